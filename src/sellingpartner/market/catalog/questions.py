"""What others may ask of the catalog."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, select

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.tables import items
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork

_BATCH = 1000
"""How many ASINs one statement names at most: databases have a limit."""

_COLUMNS = [column for column in items.c if column.name != "added_at"]
_PRICE = ("list_price_minor", "list_price_currency")
_one = Prepared(select(*_COLUMNS).where(items.c.asin == bindparam("asin")))
_several = select(*_COLUMNS).where(items.c.asin.in_(bindparam("asins", expanding=True)))


class ItemUnknown(NotFound):
    """The catalog has no item under this ASIN."""

    def __init__(self, asin: str) -> None:
        super().__init__(f"The catalog has no item {asin}.")


def item_of(unit: UnitOfWork, asin: str) -> Item:
    """One item; raises `NotFound`."""
    row = _one.first(unit.connection, {"asin": asin})
    if row is None:
        raise ItemUnknown(asin)
    return _item(row._asdict())


def items_of(unit: UnitOfWork, asins: Collection[str]) -> dict[str, Item]:
    """Several items by their ASINs; an ASIN that the catalog does not know is left out."""
    found: dict[str, Item] = {}
    left = iter(dict.fromkeys(asins))
    while batch := list(islice(left, _BATCH)):
        for row in unit.execute(_several, {"asins": batch}):
            found[row.asin] = _item(dict(row._mapping))
    return found


def _item(values: dict[str, Any]) -> Item:
    minor, currency = (values.pop(name) for name in _PRICE)
    return Item(**values, list_price=None if minor is None else Money(minor, currency))
