"""What belongs to entries besides themselves: what releases them or is released by them, and ids of their parts."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from sellingpartner.batched import batched
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.money.ledger.model import Entry, EntryKind
from sellingpartner.market.money.ledger.store import COLUMNS
from sellingpartner.market.money.ledger.tables import ledger_entries
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

_AT_ONCE = 500
_SMALLEST, _MANY = 10**13, 8 * 10**13


def entries_of(unit: UnitOfWork, entry_ids: Iterable[int]) -> dict[int, Entry]:
    """Entries by their numbers."""
    at, wanted = ledger_entries.c, sorted(set(entry_ids))
    found: dict[int, Entry] = {}
    for some in batched(wanted, _AT_ONCE):
        rows = unit.execute(select(*COLUMNS).where(at.seller_id == unit.seller_id, at.entry_id.in_(some)))
        found |= {row.entry_id: Entry(**row._mapping) for row in rows}
    return found


def releases_of(unit: UnitOfWork, entry_ids: Iterable[int]) -> dict[int, int]:
    """The number of the entry that released each of these, as far as they were held and are no longer."""
    at, wanted = ledger_entries.c, sorted(set(entry_ids))
    found: dict[int, int] = {}
    for some in batched(wanted, _AT_ONCE):
        rows = unit.execute(
            select(at.entry_id, at.of_entry_id).where(
                at.seller_id == unit.seller_id, at.of_entry_id.in_(some), at.kind == EntryKind.RELEASE.value
            )
        )
        found |= {row.of_entry_id: row.entry_id for row in rows}
    return found


def adjustment_item_id(unit: UnitOfWork, entry_id: int, line: int) -> str:
    """The number of 14 digits that a refund's line is known by."""
    return str(_SMALLEST + number_of(unit.seed, unit.seller_id, "adjustment item", entry_id, line) % _MANY)


def shipment_id(unit: UnitOfWork, order_id: str, reference: str) -> str:
    """The number of 14 digits by which finances know a package."""
    return str(_SMALLEST + number_of(unit.seed, unit.seller_id, "financial shipment", order_id, reference) % _MANY)


def shop_named(entry: Entry) -> str:
    """What finances call the shop that an entry is of; nothing where it is of none.

    Assumed: an order from outside the shop is of `Non-Amazon` and the country.
    """
    market = MARKETPLACES.get(entry.marketplace_id or "")
    if market is None:
        return ""
    return f"Non-Amazon {market.country_code}" if entry.kind == EntryKind.MULTI_CHANNEL else market.name
