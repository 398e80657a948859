"""Money leaves the account: transfers at a period's end, payouts on demand, and debts that are charged.

Assumed: a transfer arrives one to three working days after it was sent; one of two hundred is refused by the bank. A
debt is charged to the seller's card a day after the period has ended.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Select, select

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.money import TransferSettled
from sellingpartner.market.money.ledger.identifiers import trace_id_of
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, Leg, NewEntry, to_seller
from sellingpartner.market.money.ledger.periods import Period, open_period
from sellingpartner.market.money.ledger.policies import home_of, policy_of
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.tables import debts, payouts, settlement_periods
from sellingpartner.market.time.business_days import calendars
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_FAILS_ONE_IN = 200
_ARRIVES_WITHIN_DAYS = 3
_CHARGED_AFTER = timedelta(days=1)


class PayoutKind(StrEnum):
    """Why money leaves."""

    SCHEDULED = "SCHEDULED"
    ON_DEMAND = "ON_DEMAND"


class PayoutStatus(StrEnum):
    """Where a payout is."""

    IN_TRANSIT = "IN_TRANSIT"
    PAID = "PAID"
    FAILED = "FAILED"


class DebtStatus(StrEnum):
    """Whether a debt is still to be charged."""

    OWED = "OWED"
    PAID = "PAID"
    CARRIED = "CARRIED"


class Payout(msgspec.Struct, frozen=True, kw_only=True):
    """Money on its way to the seller's bank, or there, or refused."""

    payout_id: int
    period_id: int | None
    currency: str
    amount_minor: int
    kind: str
    status: str
    begun_at: datetime
    ended_at: datetime | None
    reason: str
    method_id: str | None
    marketplace_id: str | None


class Debt(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller owes since a period that ended below zero."""

    debt_id: int
    period_id: int
    currency: str
    amount_minor: int
    left_minor: int
    status: str
    owed_at: datetime


class TransferArrives(Due):
    """The bank takes a payout, or refuses it."""

    payout_id: int


class DebtIsCharged(Due):
    """A debt is charged to the seller's card."""

    debt_id: int


class NothingToPayOut(InvalidInput):
    """Only what is available can be paid out."""


def transfer(unit: UnitOfWork, period: Period, amount: int) -> Payout:
    """Send what is left of a period to the bank; the entry is none of any period's."""
    payout = _begin(unit, period.currency, amount, PayoutKind.SCHEDULED, period_id=period.period_id)
    post(
        unit,
        NewEntry(
            kind=EntryKind.TRANSFER,
            source=f"transfer:{payout.payout_id}",
            currency=period.currency,
            legs=(to_seller("FundTransfer", -amount),),
            detail=EntryDetail(period_id=period.period_id, payout_id=payout.payout_id),
            counts=False,
        ),
    )
    _note_transfer(unit, period.period_id, "Processing", trace_id=trace_id_of(unit, payout.payout_id))
    return payout


def pay_out(
    unit: UnitOfWork,
    currency: str,
    amount: int | None = None,
    *,
    marketplace_id: str | None = None,
    method_id: str | None = None,
) -> Payout:
    """Send money to the bank before the period ends: what is named, or all that is available."""
    period = open_period(unit, currency)
    available = period.balance_minor if period else 0
    wanted = available if amount is None else amount
    if not 0 < wanted <= available:
        there = Money(max(available, 0), currency)
        message = f"{there} {currency} are available; a payout of {Money(wanted, currency)} is not possible."
        raise NothingToPayOut(message)
    payout = _begin(unit, currency, wanted, PayoutKind.ON_DEMAND, method_id=method_id, marketplace_id=marketplace_id)
    post(
        unit,
        NewEntry(
            kind=EntryKind.ON_DEMAND,
            source=f"payout:{payout.payout_id}",
            marketplace_id=marketplace_id,
            currency=currency,
            legs=(to_seller("AdhocDisbursement", -wanted),),
            detail=EntryDetail(payout_id=payout.payout_id),
        ),
    )
    return payout


def carry_debt(unit: UnitOfWork, period: Period, amount: int) -> Debt:
    """Let what a period ended below zero be owed: the next one begins with it, and the seller's card is charged."""
    debt_id = unit.next_number("debts")
    for kind, name, minor, counts in (
        (EntryKind.CARRIED, "DebtCarried", amount, False),
        (EntryKind.PAYABLE, "PayableToAmazon", -amount, True),
    ):
        post(
            unit,
            NewEntry(
                kind=kind,
                source=f"{kind.value.lower()}:{period.period_id}",
                currency=period.currency,
                legs=(to_seller(name, minor),),
                detail=EntryDetail(period_id=period.period_id, debt_id=debt_id),
                counts=counts,
            ),
        )
    row = {
        "seller_id": unit.seller_id,
        "debt_id": debt_id,
        "period_id": period.period_id,
        "currency": period.currency,
        "amount_minor": amount,
        "left_minor": amount,
        "status": DebtStatus.OWED.value,
        "owed_at": unit.now,
    }
    unit.execute(debts.insert(), row)
    later(unit, DebtIsCharged(debt_id=debt_id), at=unit.now + _CHARGED_AFTER)
    return debt_of(unit, debt_id)


def end_debts(unit: UnitOfWork, currency: str) -> None:
    """Let the debts of a currency that nobody has paid become part of what the period that ends now comes to."""
    open_ones = (
        debts.c.seller_id == unit.seller_id,
        debts.c.currency == currency,
        debts.c.status == DebtStatus.OWED.value,
    )
    unit.execute(debts.update().where(*open_ones).values(status=DebtStatus.CARRIED.value))


def payout_of(unit: UnitOfWork, payout_id: int) -> Payout:
    """One payout; raises `NotFound`."""
    wanted = _payouts().where(payouts.c.seller_id == unit.seller_id, payouts.c.payout_id == payout_id)
    row = unit.execute(wanted).one_or_none()
    if row is None:
        message = f"There is no payout {payout_id}."
        raise NotFound(message)
    return Payout(**row._mapping)


def payouts_of(unit: UnitOfWork, currency: str | None = None) -> list[Payout]:
    """The seller's payouts, the latest first."""
    wanted = _payouts().where(payouts.c.seller_id == unit.seller_id).order_by(payouts.c.payout_id.desc())
    if currency is not None:
        wanted = wanted.where(payouts.c.currency == currency)
    return [Payout(**row._mapping) for row in unit.execute(wanted)]


def debt_of(unit: UnitOfWork, debt_id: int) -> Debt:
    """One debt; raises `NotFound`."""
    at = debts.c
    wanted = select(*(at[name] for name in Debt.__struct_fields__))
    row = unit.execute(wanted.where(at.seller_id == unit.seller_id, at.debt_id == debt_id)).one_or_none()
    if row is None:
        message = f"There is no debt {debt_id}."
        raise NotFound(message)
    return Debt(**row._mapping)


def arrives_at(unit: UnitOfWork, payout: Payout) -> datetime:
    """When a payout arrives: in the daytime of a working day."""
    luck = chance(unit, "arrival of a transfer", payout.payout_id)
    calendar = calendars()[home_of(payout.currency).country_code]
    day = calendar.after(calendar.day_of(payout.begun_at) + timedelta(days=1), luck.randrange(_ARRIVES_WITHIN_DAYS))
    return calendar.begins(day, payout.begun_at) + timedelta(minutes=luck.randrange(6 * 60, 18 * 60))


@when(TransferArrives)
def arrive(unit: UnitOfWork, due: TransferArrives) -> None:
    """Let the bank take a payout, or refuse it, unless that has been decided by hand."""
    payout = payout_of(unit, due.payout_id)
    if payout.status != PayoutStatus.IN_TRANSIT:
        return
    is_unlucky = chance(unit, "transfer", payout.payout_id).randrange(_FAILS_ONE_IN) == 0
    if is_unlucky or not policy_of(unit, payout.currency).bank_works:
        fail(unit, payout.payout_id)
    else:
        _settle(unit, payout, PayoutStatus.PAID)


def fail(unit: UnitOfWork, payout_id: int) -> Payout:
    """Let the bank refuse a payout: its money is in the account again, and leaves with the next transfer."""
    payout = payout_of(unit, payout_id)
    if payout.status != PayoutStatus.IN_TRANSIT:
        message = f"Payout {payout_id} is {payout.status}; only one that is IN_TRANSIT can fail."
        raise InvalidInput(message)
    return _settle(unit, payout, PayoutStatus.FAILED)


def retry(unit: UnitOfWork, payout_id: int) -> Payout:
    """Send the money of a payout that failed again at once, as far as it is still available."""
    payout = payout_of(unit, payout_id)
    if payout.status != PayoutStatus.FAILED:
        message = f"Payout {payout_id} is {payout.status}; only one that FAILED can be tried again."
        raise InvalidInput(message)
    period = open_period(unit, payout.currency)
    available = period.balance_minor if period else 0
    return pay_out(unit, payout.currency, min(payout.amount_minor, available), marketplace_id=payout.marketplace_id)


@when(DebtIsCharged)
def charge_debt(unit: UnitOfWork, due: DebtIsCharged) -> None:
    """Charge what is left of a debt, less what sales have brought in meanwhile, unless it was carried over."""
    debt = debt_of(unit, due.debt_id)
    period = open_period(unit, debt.currency)
    if debt.status != DebtStatus.OWED or period is None:
        return
    if not policy_of(unit, debt.currency).card_works:
        return  # it becomes part of what the period comes to
    owed = min(debt.left_minor, max(-period.balance_minor, 0))
    if owed:
        post(
            unit,
            NewEntry(
                kind=EntryKind.DEBT_PAID,
                source=f"debt:{debt.debt_id}",
                currency=debt.currency,
                legs=(to_seller("SuccessfulCharge", owed),),
                detail=EntryDetail(debt_id=debt.debt_id),
            ),
        )
    this = (debts.c.seller_id == unit.seller_id, debts.c.debt_id == debt.debt_id)
    unit.execute(debts.update().where(*this).values(left_minor=0, status=DebtStatus.PAID.value))


def _begin(
    unit: UnitOfWork,
    currency: str,
    amount: int,
    kind: PayoutKind,
    *,
    period_id: int | None = None,
    method_id: str | None = None,
    marketplace_id: str | None = None,
) -> Payout:
    payout_id = unit.next_number("payouts")
    row = {
        "seller_id": unit.seller_id,
        "payout_id": payout_id,
        "period_id": period_id,
        "currency": currency,
        "amount_minor": amount,
        "kind": kind.value,
        "status": PayoutStatus.IN_TRANSIT.value,
        "begun_at": unit.now,
        "reason": "",
        "method_id": method_id,
        "marketplace_id": marketplace_id,
    }
    unit.execute(payouts.insert(), row)
    begun = payout_of(unit, payout_id)
    later(unit, TransferArrives(payout_id=payout_id), at=arrives_at(unit, begun))
    return begun


def _settle(unit: UnitOfWork, payout: Payout, status: PayoutStatus) -> Payout:
    """Let a payout end, in the ledger and beside it."""
    amount, is_paid = payout.amount_minor, status is PayoutStatus.PAID
    is_scheduled = payout.kind == PayoutKind.SCHEDULED
    if is_paid:
        kind = EntryKind.ARRIVAL
        legs: tuple[Leg, ...] = (Leg("TransferArrived", -amount), Leg("BankDeposit", amount))
    else:
        kind = EntryKind.FAILED_TRANSFER if is_scheduled else EntryKind.FAILED_ON_DEMAND
        legs = (to_seller("FailedDisbursement" if is_scheduled else "FailedAdhocDisbursement", amount),)
    post(
        unit,
        NewEntry(
            kind=kind,
            source=f"{'arrived' if is_paid else 'failed'}:{payout.payout_id}",
            marketplace_id=payout.marketplace_id,
            currency=payout.currency,
            legs=legs,
            detail=EntryDetail(period_id=payout.period_id, payout_id=payout.payout_id),
            counts=not is_paid,
        ),
    )
    this = (payouts.c.seller_id == unit.seller_id, payouts.c.payout_id == payout.payout_id)
    reason = "" if is_paid else "The bank did not accept the transfer."
    unit.execute(payouts.update().where(*this).values(status=status.value, ended_at=unit.now, reason=reason))
    if payout.period_id is not None:
        _note_transfer(unit, payout.period_id, "Succeeded" if is_paid else "Failed")
    unit.emit(
        TransferSettled(
            payout_id=payout.payout_id,
            period_id=payout.period_id,
            currency=payout.currency,
            amount_minor=amount,
            status=status.value,
        )
    )
    return payout_of(unit, payout.payout_id)


def _note_transfer(unit: UnitOfWork, period_id: int, status: str, *, trace_id: str | None = None) -> None:
    at = settlement_periods.c
    changes = {"transfer_status": status, "transferred_at": unit.now} | ({"trace_id": trace_id} if trace_id else {})
    unit.execute(
        settlement_periods.update().where(at.seller_id == unit.seller_id, at.period_id == period_id).values(changes)
    )


def _payouts() -> Select[Any]:
    return select(*(payouts.c[name] for name in Payout.__struct_fields__))
