"""Money leaves the account: transfers at a period's end, and payouts on demand.

Assumed: a transfer arrives one to three working days after it was sent; one of two hundred is refused by the bank.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any

import msgspec
from sqlalchemy import Select, select

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.money import TransferSettled
from sellingpartner.market.money.ledger.balances.reserving import withheld_now
from sellingpartner.market.money.ledger.identifiers import trace_id_of, wallet_id_of
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, Leg, NewEntry, to_seller
from sellingpartner.market.money.ledger.periods import Period, open_period
from sellingpartner.market.money.ledger.policies import home_of, policy_of
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.tables import payouts, settlement_periods
from sellingpartner.market.time.business_days import calendars
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_FAILS_ONE_IN = 200
_ARRIVES_WITHIN_DAYS = 3
_INTO_WALLET = timedelta(hours=1)
"""Assumed: what goes into a Seller Wallet is there after an hour."""


class PayoutKind(StrEnum):
    """Why money leaves."""

    SCHEDULED = "SCHEDULED"
    ON_DEMAND = "ON_DEMAND"


class PayoutStatus(StrEnum):
    """Where a payout is."""

    IN_TRANSIT = "IN_TRANSIT"
    PAID = "PAID"
    FAILED = "FAILED"


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


class TransferArrives(Due):
    """The bank takes a payout, or refuses it."""

    payout_id: int


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
    available -= withheld_now(unit, available, policy_of(unit, currency))
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


def payout_of(unit: UnitOfWork, payout_id: int) -> Payout:
    """One payout; raises `NotFound`."""
    wanted = _payouts().where(payouts.c.seller_id == unit.seller_id, payouts.c.payout_id == payout_id)
    row = unit.execute(wanted).one_or_none()
    if row is None:
        message = f"There is no payout {payout_id}."
        raise NotFound(message)
    return Payout(**row._mapping)


def payouts_of(unit: UnitOfWork, currency: str | None = None, *, most: int | None = None) -> list[Payout]:
    """The seller's payouts, the latest first; all of them unless it is said how many."""
    wanted = _payouts().where(payouts.c.seller_id == unit.seller_id).order_by(payouts.c.payout_id.desc()).limit(most)
    if currency is not None:
        wanted = wanted.where(payouts.c.currency == currency)
    return [Payout(**row._mapping) for row in unit.execute(wanted)]


def goes_into_wallet(unit: UnitOfWork, payout: Payout) -> bool:
    """Whether a payout goes into the seller's wallet, and not to its bank."""
    return payout.method_id == wallet_id_of(unit, payout.currency)


def arrives_at(unit: UnitOfWork, payout: Payout) -> datetime:
    """When a payout arrives: in the daytime of a working day, as banks work, or soon, in a wallet."""
    if goes_into_wallet(unit, payout):
        return payout.begun_at + _INTO_WALLET
    return in_bank_at(payout.currency, payout.begun_at, chance(unit, "arrival of a transfer", payout.payout_id))


def in_bank_at(currency: str, begun_at: datetime, luck: Random) -> datetime:
    """When money that was sent to a bank at a moment arrives there."""
    calendar = calendars()[home_of(currency).country_code]
    day = calendar.after(calendar.day_of(begun_at) + timedelta(days=1), luck.randrange(_ARRIVES_WITHIN_DAYS))
    return calendar.begins(day, begun_at) + timedelta(minutes=luck.randrange(6 * 60, 18 * 60))


@when(TransferArrives)
def arrive(unit: UnitOfWork, due: TransferArrives) -> None:
    """Let the bank take a payout, or refuse it, unless that has been decided by hand."""
    payout = payout_of(unit, due.payout_id)
    if payout.status != PayoutStatus.IN_TRANSIT:
        return
    is_unlucky = chance(unit, "transfer", payout.payout_id).randrange(_FAILS_ONE_IN) == 0
    is_refused = is_unlucky or not policy_of(unit, payout.currency).bank_works
    if is_refused and not goes_into_wallet(unit, payout):
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
        "method_id": wallet_id_of(unit, currency) if policy_of(unit, currency).pays_into_wallet else method_id,
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
        into_wallet = goes_into_wallet(unit, payout)
        kind = EntryKind.WALLET_DEPOSIT if into_wallet else EntryKind.ARRIVAL
        arrived = Leg("WalletDeposit" if into_wallet else "BankDeposit", amount)
        legs: tuple[Leg, ...] = (Leg("TransferArrived", -amount), arrived)
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
