"""What belongs to entries besides themselves: what releases them or is released by them, and ids of their parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, select

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.money.ledger.model import Entry, EntryKind
from sellingpartner.market.money.ledger.store import COLUMNS
from sellingpartner.market.money.ledger.tables import ledger_entries
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.several import Several
from sellingpartner.storage.unit import UnitOfWork

_at = ledger_entries.c
_SMALLEST, _MANY = 10**13, 8 * 10**13


class _Release(NamedTuple):
    entry_id: int
    of_entry_id: int


_mine = _at.seller_id == bindparam("seller_id")
_entries = Several(lambda keys: select(*COLUMNS).where(_mine, _at.entry_id.in_(keys)), Entry, BigInteger)
_releases = Several(
    lambda keys: select(_at.entry_id, _at.of_entry_id).where(
        _mine, _at.of_entry_id.in_(keys), _at.kind == bindparam("kind")
    ),
    _Release,
    BigInteger,
)


def entries_of(unit: UnitOfWork, entry_ids: Iterable[int]) -> dict[int, Entry]:
    """Entries by their numbers."""
    found = _entries.all(unit.connection, {"seller_id": unit.seller_id}, sorted(entry_ids))
    return {entry.entry_id: entry for entry in found}


def releases_of(unit: UnitOfWork, entry_ids: Iterable[int]) -> dict[int, int]:
    """The number of the entry that released each of these, as far as they were held and are no longer."""
    values = {"seller_id": unit.seller_id, "kind": EntryKind.RELEASE.value}
    found = _releases.all(unit.connection, values, sorted(entry_ids))
    return {one.of_entry_id: one.entry_id for one in found}


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
