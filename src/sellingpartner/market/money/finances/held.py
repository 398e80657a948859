"""What is held at this moment, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from sellingpartner.market.money.finances.events import FinancialEvent, events_from
from sellingpartner.market.money.finances.origins import entries_of
from sellingpartner.market.money.ledger.holds import Hold
from sellingpartner.market.money.ledger.tables import ledger_holds
from sellingpartner.storage.unit import UnitOfWork

_AT_ONCE = 500


class HeldEvent(msgspec.Struct, frozen=True):
    """An entry whose money is held, and until when."""

    hold: Hold
    event: FinancialEvent


def held_events(unit: UnitOfWork, currencies: tuple[str, ...]) -> Iterator[HeldEvent]:
    """What is held of some currencies, in the order in which it was posted; few at a time are in memory."""
    at, after = ledger_holds.c, -1
    columns = tuple(at[name] for name in Hold.__struct_fields__)
    wanted = select(*columns).where(
        at.seller_id == unit.seller_id, at.currency.in_(currencies), at.released_at.is_(None)
    )
    while True:
        some = wanted.where(at.entry_id > after).order_by(at.entry_id).limit(_AT_ONCE)
        holds = [Hold(**row._mapping) for row in unit.execute(some)]
        entries = entries_of(unit, [one.entry_id for one in holds])
        events = events_from(unit, [entries[one.entry_id] for one in holds])
        yield from map(HeldEvent, holds, events)
        if len(holds) < _AT_ONCE:
            return
        after = holds[-1].entry_id
