"""What is held of a seller's money, until when: a row for each entry, beside the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import bindparam, select

from sellingpartner.market.money.ledger.tables import ledger_entries, ledger_holds
from sellingpartner.market.time.chance import number_of
from sellingpartner.market.time.schedule import Due, later
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork

_HOUR = timedelta(hours=1)
_SEEN_TO_WITHIN = 600_000_000
"""Assumed: within ten minutes, in microseconds, after money has matured it is released."""


class HoldMatures(Due):
    """The time to hold an order's money may be over."""

    order_id: str


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """That an entry's money is held, or was."""

    entry_id: int
    order_id: str | None
    currency: str
    amount_minor: int
    reason: str
    held_at: datetime
    matures_at: datetime
    released_at: datetime | None


_at = ledger_holds.c
_columns = tuple(_at[name] for name in Hold.__struct_fields__)
_own = _at.seller_id == bindparam("of_seller")
_insert = Prepared(ledger_holds.insert())
_is_of_order = _at.entry_id.in_(
    select(ledger_entries.c.entry_id).where(
        ledger_entries.c.seller_id == bindparam("of_seller"), ledger_entries.c.order_id == bindparam("of_order")
    )
)
_of_order = Question(select(*_columns).where(_own, _is_of_order, _at.released_at.is_(None)), Hold)
_put_off = Prepared(
    ledger_holds.update().where(_own, _is_of_order, _at.released_at.is_(None)).values(matures_at=bindparam("until"))
)
_let_go = Prepared(
    ledger_holds.update().where(_own, _at.entry_id == bindparam("of_entry")).values(released_at=bindparam("moment"))
)


def keep_hold(unit: UnitOfWork, hold: Hold) -> None:
    """Hold the money of an entry."""
    row = {"seller_id": unit.seller_id} | {name: getattr(hold, name) for name in Hold.__struct_fields__}
    _insert.run(unit.connection, row)


def open_holds(unit: UnitOfWork, order_id: str) -> list[Hold]:
    """What is held of an order's money."""
    found = _of_order.all(unit.connection, {"of_seller": unit.seller_id, "of_order": order_id})
    return sorted(found, key=lambda one: one.entry_id)  # to have SQLite sort would have it walk along all holds


def hold_until(unit: UnitOfWork, order_id: str, moment: datetime) -> int:
    """Hold all that is held of an order's money until another moment; returns of how many entries it is."""
    return _put_off.run(unit.connection, {"of_seller": unit.seller_id, "of_order": order_id, "until": moment})


def let_go(unit: UnitOfWork, entry_id: int) -> None:
    """Hold the money of an entry no longer."""
    _let_go.run(unit.connection, {"of_seller": unit.seller_id, "of_entry": entry_id, "moment": unit.now})


def add_to_held(unit: UnitOfWork, currency: str, change: int) -> None:
    """Note what an entry does to all that is held of a currency: `held_in` then need not add up what may be many."""
    unit.add(f"held {currency}", change)


def held_in(unit: UnitOfWork, currency: str) -> int:
    """How much of a currency is held."""
    return unit.sum_of(f"held {currency}")


def holds_of(unit: UnitOfWork, entry_ids: Sequence[int]) -> dict[int, Hold]:
    """How entries are held, or were, by entry."""
    if not entry_ids:
        return {}
    wanted = select(*_columns).where(_at.seller_id == unit.seller_id, _at.entry_id.in_(entry_ids))
    return {row.entry_id: Hold(**row._mapping) for row in unit.execute(wanted)}


def look_when_matured(unit: UnitOfWork, order_id: str, matures_at: datetime) -> None:
    """See to an order's money when it matures: some minutes after the hour, for each order others.

    What matures at the same hour would else happen in an order that depends on how time passed.
    """
    after = number_of(unit.seed, unit.seller_id, "matures", order_id) % _SEEN_TO_WITHIN
    later(unit, HoldMatures(order_id=order_id), at=matures_at + timedelta(microseconds=after))


def on_the_hour(moment: datetime) -> datetime:
    """A moment, or the next full hour after it."""
    floor = moment.replace(minute=0, second=0, microsecond=0)
    return floor if floor == moment else floor + _HOUR
