"""Transfers that are planned: once or again and again, they happen on their days by themselves."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

from sellingpartner.market.amounts import exponent_of
from sellingpartner.market.money.ledger.identifiers import letters_of
from sellingpartner.market.money.wallet.model import (
    BankAccount,
    Failure,
    Frequency,
    Plan,
    Schedule,
    Terms,
    Wallet,
)
from sellingpartner.market.money.wallet.moving import NOT_ENOUGH, Wish, send_planned
from sellingpartner.market.money.wallet.rates import is_known
from sellingpartner.market.money.wallet.refusals import InsufficientBalance, NotWhileSo, PlannedTwice, Wrong
from sellingpartner.market.money.wallet.store import (
    change_schedule,
    insert_schedule,
    schedule_of,
    schedules_of,
    wallet_to_change,
)
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_DAYS = {Frequency.DAILY: 1, Frequency.WEEKLY: 7, Frequency.BIWEEKLY: 14}
_MONTHS_IN_YEAR = 12
_PERCENT = Decimal(100)
_LIVES = frozenset({Plan.ENABLED, Plan.DISABLED})


class WalletTransferIsDue(Due):
    """A planned transfer is to happen; one of terms that were changed meanwhile does not."""

    number: int
    at: datetime


def plan(
    unit: UnitOfWork,
    wallet: Wallet,
    destination: BankAccount,
    terms: Terms,
    *,
    is_enabled: bool,
    requester: str,
) -> Schedule:
    """Plan a transfer; between two accounts there is one plan at a time."""
    _check_terms(terms, wallet.currency, unit.now)
    if not is_known(destination.currency):
        message = f"{destination.currency[:10]!r} is no currency that can be sent."
        raise Wrong(message)
    for one in schedules_of(unit, wallet.currency):
        if one.status in _LIVES and one.destination.account_id == destination.account_id:
            raise PlannedTwice(one.schedule_id)
    number = unit.next_number("wallet schedules")
    schedule = Schedule(
        number=number,
        schedule_id=f"amzn1.transferschedule.{letters_of(unit, 28, 'transfer schedule', number)}",
        currency=wallet.currency,
        destination=destination,
        status=Plan.ENABLED if is_enabled else Plan.DISABLED,
        terms=terms,
        next_at=terms.starts_at,
        failures=(),
        requester=requester,
    )
    insert_schedule(unit, schedule)
    _wait(unit, number, terms.starts_at)
    return schedule


def change(unit: UnitOfWork, schedule: Schedule, terms: Terms, status: Plan) -> Schedule:
    """Change when a planned transfer happens, how much it is, or whether it does."""
    _check_lives(schedule)
    if status not in _LIVES:
        message = f"transferScheduleStatus is {status.value}; it can be set to ENABLED or DISABLED."
        raise Wrong(message)
    next_at = schedule.next_at
    if terms != schedule.terms:
        is_new_start = terms.starts_at != schedule.terms.starts_at
        _check_terms(terms, schedule.currency, unit.now if is_new_start else None)
        next_at = _first_after(terms, unit.now)
    if next_at is not None and next_at != schedule.next_at:
        _wait(unit, schedule.number, next_at)
    ended = next_at is None
    change_schedule(
        unit,
        schedule.number,
        terms=terms,
        status=(Plan.EXPIRED if ended else status).value,
        next_at=next_at,
    )
    return schedule_of(unit, schedule.number)


def delete(unit: UnitOfWork, schedule: Schedule) -> None:
    """End a plan."""
    _check_lives(schedule)
    change_schedule(unit, schedule.number, status=Plan.DELETED.value, next_at=None)


@when(WalletTransferIsDue)
def happen(unit: UnitOfWork, due: WalletTransferIsDue) -> None:
    """Let a planned transfer happen, and plan the next one."""
    schedule = schedule_of(unit, due.number)
    if schedule.status not in _LIVES or schedule.next_at != due.at:
        return
    failures = schedule.failures
    wallet = wallet_to_change(unit, schedule.currency)
    if schedule.status is Plan.ENABLED and wallet is not None:
        try:
            send_planned(unit, wallet, _wish(schedule, wallet))
        except InsufficientBalance:
            failures = (*failures, Failure(unit.now, NOT_ENOUGH))
    next_at = _next(schedule.terms, due.at)
    status = schedule.status if next_at is not None else Plan.EXPIRED
    change_schedule(unit, schedule.number, failures=failures, next_at=next_at, status=status.value)
    if next_at is not None:
        _wait(unit, schedule.number, next_at)


def _wish(schedule: Schedule, wallet: Wallet) -> Wish:
    terms = schedule.terms
    if terms.is_percentage:
        minor = int((wallet.balance_minor * terms.value / _PERCENT).to_integral_value(ROUND_FLOOR))
    else:
        minor = int(terms.value.scaleb(exponent_of(wallet.currency)))
    return Wish(
        minor=minor,
        destination=schedule.destination,
        description=f"Scheduled transfer {schedule.schedule_id}",
        requester=schedule.requester,
    )


def _wait(unit: UnitOfWork, number: int, at: datetime) -> None:
    later(unit, WalletTransferIsDue(number=number, at=at), at=max(at, unit.now))


def _next(terms: Terms, last: datetime) -> datetime | None:
    """When it happens after a time at which it did, or None after the last one."""
    if terms.frequency is Frequency.ONCE:
        return None
    if terms.frequency is Frequency.MONTHLY:
        months = (last.year - terms.starts_at.year) * _MONTHS_IN_YEAR + last.month - terms.starts_at.month + 1
        following = _months_after(terms.starts_at, months)
    else:
        following = last + timedelta(days=_DAYS[terms.frequency])
    return following if terms.ends_at is None or following <= terms.ends_at else None


def _first_after(terms: Terms, now: datetime) -> datetime | None:
    following: datetime | None = terms.starts_at
    while following is not None and following < now:
        following = _next(terms, following)
    return following


def _months_after(start: datetime, months: int) -> datetime:
    """The same day so many months later, or the last one of a month that has no such day."""
    year, month = divmod(start.year * _MONTHS_IN_YEAR + start.month - 1 + months, _MONTHS_IN_YEAR)
    return start.replace(year=year, month=month + 1, day=min(start.day, monthrange(year, month + 1)[1]))


def _check_lives(schedule: Schedule) -> None:
    if schedule.status not in _LIVES:
        message = f"Transfer schedule {schedule.schedule_id} is {schedule.status.value}, for good."
        raise NotWhileSo(message)


def _check_terms(terms: Terms, currency: str, not_before: datetime | None) -> None:
    if not_before is not None and terms.starts_at < not_before:
        raise Wrong("transferScheduleInformation.scheduleStartDate is over; it must be now or later.")
    if terms.ends_at is not None and terms.ends_at < terms.starts_at:
        raise Wrong("transferScheduleInformation.scheduleEndDate is before scheduleStartDate; it must not be.")
    if terms.is_percentage:
        if not 0 < terms.value <= _PERCENT:
            raise Wrong(f"paymentPreference.value is {terms.value}; a PERCENTAGE is above 0 and at most 100.")
        return
    scaled = terms.value.scaleb(exponent_of(currency))
    if terms.value <= 0 or scaled != scaled.to_integral_value():
        raise Wrong(f"paymentPreference.value is {terms.value}; it must be above 0, an amount of {currency}.")
