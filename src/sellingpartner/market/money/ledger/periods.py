"""Settlement periods: one is open in each currency, and keeps the sum of what counts in it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec
from sqlalchemy import bindparam, select, text

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.money.ledger.identifiers import group_id_of, settlement_id_of
from sellingpartner.market.money.ledger.policies import period_length
from sellingpartner.market.money.ledger.tables import settlement_periods
from sellingpartner.market.time.schedule import Due, later
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork


class PeriodStatus(StrEnum):
    """Whether a period goes on."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class PeriodEnds(Due):
    """A settlement period comes to its end."""

    period_id: int


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A settlement period of one currency; of one that is open, what is known of its end is still to come."""

    period_id: int
    currency: str
    group_id: str
    settlement_id: int
    began_at: datetime
    ends_at: datetime
    status: str
    balance_minor: int
    """What the entries that count in it sum to."""
    opening_minor: int
    """What it began with: the reserve, or the debt, of the one before."""
    reserve_minor: int
    """What of it is kept for the next one."""
    total_minor: int | None
    """What of it is transferred or, below zero, owed."""
    transfer_status: str | None
    transferred_at: datetime | None
    trace_id: str | None
    account_tail: str | None

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.status == PeriodStatus.OPEN


class _Id(NamedTuple):
    period_id: int


_at = settlement_periods.c
_columns = tuple(_at[name] for name in Period.__struct_fields__)
_own = _at.seller_id == bindparam("of_seller")
_is_open = (_own, _at.currency == bindparam("of_currency"), text("status = 'OPEN'"))
_add = Question(
    settlement_periods.update()
    .where(*_is_open)
    .values(balance_minor=_at.balance_minor + bindparam("minor"))
    .returning(_at.period_id),
    _Id,
)
_insert = Prepared(settlement_periods.insert())
_one = Question(select(*_columns).where(_own, _at.period_id == bindparam("of_period")), Period)
_by_settlement = Question(select(*_columns).where(_own, _at.settlement_id == bindparam("of_settlement")), Period)
_open = Question(select(*_columns).where(*_is_open), Period)


def add_to_open(unit: UnitOfWork, currency: str, minor: int) -> int:
    """Count an amount in the open period of a currency, which is opened if there is none; returns its number."""
    values = {"of_seller": unit.seller_id, "of_currency": currency, "minor": minor}
    found = _add.first(unit.connection, values)
    if found is None:
        begin_period(unit, currency, began_at=_first_began(unit))
        found = _add.one(unit.connection, values)
    return found.period_id


def open_period(unit: UnitOfWork, currency: str) -> Period | None:
    """The open period of a currency; None before anything has counted in it."""
    return _open.first(unit.connection, {"of_seller": unit.seller_id, "of_currency": currency})


def period_of(unit: UnitOfWork, period_id: int) -> Period:
    """One period; raises `NotFound`."""
    found = _one.first(unit.connection, {"of_seller": unit.seller_id, "of_period": period_id})
    if found is None:
        message = f"There is no settlement period {period_id}."
        raise NotFound(message)
    return found


def period_by_group(unit: UnitOfWork, group_id: str) -> Period | None:
    """The period that finances know by a group's id, or None."""
    wanted = select(*_columns).where(_at.seller_id == unit.seller_id, _at.group_id == group_id)
    row = unit.execute(wanted).one_or_none()
    return None if row is None else Period(**row._mapping)


def period_by_settlement(unit: UnitOfWork, settlement_id: int) -> Period:
    """The period that settlement reports know by a number; raises `NotFound`."""
    found = _by_settlement.first(unit.connection, {"of_seller": unit.seller_id, "of_settlement": settlement_id})
    if found is None:
        message = f"There is no settlement {settlement_id}."
        raise NotFound(message)
    return found


def periods_of(unit: UnitOfWork, currency: str | None = None, *, most: int | None = None) -> list[Period]:
    """The seller's periods, the latest first; all of them unless it is said how many."""
    wanted = select(*_columns).where(_at.seller_id == unit.seller_id).order_by(_at.period_id.desc()).limit(most)
    if currency is not None:
        wanted = wanted.where(_at.currency == currency)
    return [Period(**row._mapping) for row in unit.execute(wanted)]


def begin_period(unit: UnitOfWork, currency: str, *, began_at: datetime, opening_minor: int = 0) -> int:
    """Open a period of a currency that has none open; it ends 14 days after it began, to the second."""
    period_id, ends_at = unit.next_number("settlement periods"), began_at + period_length()
    row = {
        "seller_id": unit.seller_id,
        "period_id": period_id,
        "currency": currency,
        "group_id": group_id_of(unit, currency, period_id),
        "settlement_id": settlement_id_of(unit, period_id),
        "began_at": began_at,
        "ends_at": ends_at,
        "status": PeriodStatus.OPEN.value,
        "balance_minor": 0,
        "opening_minor": opening_minor,
        "reserve_minor": 0,
    }
    _insert.run(unit.connection, row)
    later(unit, PeriodEnds(period_id=period_id), at=ends_at)
    return period_id


def _first_began(unit: UnitOfWork) -> datetime:
    """Periods follow each other from the day on that the seller joined, whenever the first amount comes.

    Assumed: they end at the second of the account's beginning, not at midnight.
    """
    joined_at = seller_of(unit, unit.seller_id).joined_at.replace(microsecond=0)
    gone = max((unit.now - joined_at) // period_length(), 0)
    return joined_at + gone * period_length()
