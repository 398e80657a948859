"""What others may ask of the catalog."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.tables import items
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

_BATCH = 1000
"""How many ASINs one statement names at most: databases have a limit."""

_COLUMNS = [column for column in items.c if column.name != "added_at"]
_this = items.c.asin == bindparam("asin")
_several = select(*_COLUMNS).where(items.c.asin.in_(bindparam("asins", expanding=True)))


class ItemUnknown(NotFound):
    """The catalog has no item under this ASIN."""

    def __init__(self, asin: str) -> None:
        super().__init__(f"The catalog has no item {asin}.")


def item_of(unit: UnitOfWork, asin: str) -> Item:
    """One item; raises `NotFound`."""
    item = _one.first(unit.connection, {"asin": asin})
    if item is None:
        raise ItemUnknown(asin)
    return item


def title_of(unit: UnitOfWork, asin: str) -> str:
    """What an item is called; raises `NotFound`."""
    row = _title.first(unit.connection, {"asin": asin})
    if row is None:
        raise ItemUnknown(asin)
    return row.title


def items_of(unit: UnitOfWork, asins: Collection[str]) -> dict[str, Item]:
    """Several items by their ASINs; an ASIN that the catalog does not know is left out."""
    found: dict[str, Item] = {}
    left = iter(dict.fromkeys(asins))
    while batch := list(islice(left, _BATCH)):
        for row in unit.execute(_several, {"asins": batch}):
            found[row.asin] = _item(**row._mapping)
    return found


def _item(*, list_price_minor: int | None, list_price_currency: str, **columns: Any) -> Item:  # noqa: ANN401 - a row's
    price = None if list_price_minor is None else Money(list_price_minor, list_price_currency)
    return Item(**columns, list_price=price)


class _Named(NamedTuple):
    title: str


_one = Question(select(*_COLUMNS).where(_this), _item)
_title = Question(select(items.c.title).where(_this), _Named)
