"""What a period ends below zero by is owed: the next one begins with it, and the seller's card is charged.

Assumed: a debt is charged to the seller's card a day after the period has ended.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from sqlalchemy import select

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, NewEntry, to_seller
from sellingpartner.market.money.ledger.periods import Period, open_period
from sellingpartner.market.money.ledger.policies import policy_of
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.tables import debts
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_CHARGED_AFTER = timedelta(days=1)


class DebtStatus(StrEnum):
    """Whether a debt is still to be charged."""

    OWED = "OWED"
    PAID = "PAID"
    CARRIED = "CARRIED"


class Debt(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller owes since a period that ended below zero."""

    debt_id: int
    period_id: int
    currency: str
    amount_minor: int
    left_minor: int
    status: str
    owed_at: datetime


class DebtIsCharged(Due):
    """A debt is charged to the seller's card."""

    debt_id: int


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


def debt_of(unit: UnitOfWork, debt_id: int) -> Debt:
    """One debt; raises `NotFound`."""
    at = debts.c
    wanted = select(*(at[name] for name in Debt.__struct_fields__))
    row = unit.execute(wanted.where(at.seller_id == unit.seller_id, at.debt_id == debt_id)).one_or_none()
    if row is None:
        message = f"There is no debt {debt_id}."
        raise NotFound(message)
    return Debt(**row._mapping)


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
