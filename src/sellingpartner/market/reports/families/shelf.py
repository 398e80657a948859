"""What a seller has in a marketplace, SKU by SKU: its listing, the item that it is, and what there is of it.

Pages of SKUs are read one after the other, each with a fixed number of queries, and given out line by line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property

import msgspec

from sellingpartner.market import attributes as reading
from sellingpartner.market.attributes import Attributes
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.questions import items_of
from sellingpartner.market.inventory.model import Place, Position, Stock
from sellingpartner.market.inventory.questions import positions_at, stocks_of_skus
from sellingpartner.market.listings.canceled import page_of_canceled
from sellingpartner.market.listings.model import FulfillmentChannel, Record
from sellingpartner.market.listings.questions import records_in, records_of_skus
from sellingpartner.market.listings.terms import Terms, terms_of
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.questions import OrderFilter, orders_like
from sellingpartner.market.reports.asked import Asked
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 500
_NONE = Stock()


class Listed(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A SKU as it is listed in a marketplace, and the item that it is, if the catalog has it."""

    record: Record
    item: Item | None
    at: datetime

    @cached_property
    def attributes(self) -> Attributes:
        """What the seller put."""
        return reading.decode(self.record.attributes)

    @cached_property
    def terms(self) -> Terms:
        """On what terms it sells."""
        return terms_of(self.attributes, self.record.marketplace_id, self.at)

    @property
    def title(self) -> str:
        """What it is called there."""
        if self.item is not None:
            return self.item.title(self.record.marketplace_id)
        return self.text("item_name")

    def text(self, name: str) -> str:
        """The text of an attribute; empty where it has none."""
        return reading.text(self.attributes, name, self.record.marketplace_id) or ""

    @property
    def is_amazons(self) -> bool:
        """Whether Amazon ships it."""
        return self.record.fulfillment_channel == FulfillmentChannel.AFN.value


class OnShelf(Listed, frozen=True, kw_only=True, dict=True):
    """A listing and what the seller itself has of it."""

    stock: Stock
    pending: int
    """How many units of it are in orders of which nobody knows yet whether they are paid."""


class Stored(Listed, frozen=True, kw_only=True, dict=True):
    """A listing and what lies of it at Amazon."""

    position: Position


def shelf(unit: UnitOfWork, asked: Asked) -> Iterator[OnShelf]:
    """All that a seller lists in a marketplace, in the order of SKU."""
    pending = _pending(unit)
    after = ""
    while page := records_in(unit, asked.marketplace_id, after=after, limit=_PAGE):
        items = _items(unit, page)
        stocks = stocks_of_skus(unit, [one.sku for one in page], Place.SELLER)
        for record in page:
            stock = stocks.get(record.sku, _NONE)
            yield OnShelf(
                record=record,
                item=items.get(record.asin or ""),
                at=asked.at,
                stock=stock,
                pending=pending[record.sku],
            )
        after = page[-1].sku


def canceled_shelf(unit: UnitOfWork, asked: Asked) -> Iterator[OnShelf]:
    """All that a seller has deleted in a marketplace, as it was last, in the order of SKU; none of it is for sale."""
    after = ""
    while page := page_of_canceled(unit, asked.marketplace_id, after=after, limit=_PAGE):
        items = _items(unit, page)
        for record in page:
            yield OnShelf(record=record, item=items.get(record.asin or ""), at=asked.at, stock=_NONE, pending=0)
        after = page[-1].sku


def store(unit: UnitOfWork, asked: Asked) -> Iterator[Stored]:
    """All that lies, or lay, at Amazon and is listed in a marketplace, in the order of SKU."""
    after = ""
    while page := positions_at(unit, Place.FBA, after=after, limit=_PAGE):
        records = records_of_skus(unit, [one.sku for one in page], asked.marketplace_id)
        items = _items(unit, records.values())
        for position in page:
            record = records.get(position.sku)
            if record is not None:
                yield Stored(record=record, item=items.get(record.asin or ""), at=asked.at, position=position)
        after = page[-1].sku


def listed(unit: UnitOfWork, asked: Asked, skus: Iterable[str]) -> dict[str, Listed]:
    """Some SKUs as they are listed in a marketplace; one that is not listed there is left out."""
    records = records_of_skus(unit, list(skus), asked.marketplace_id)
    items = _items(unit, records.values())
    return {
        sku: Listed(record=record, item=items.get(record.asin or ""), at=asked.at) for sku, record in records.items()
    }


def _pending(unit: UnitOfWork) -> Counter[str]:
    """Units by SKU in pending orders that the seller is to ship; an order is pending for minutes, so they are few."""
    wanted = OrderFilter(statuses=(OrderStatus.PENDING.value,), channels=(FulfillmentChannel.MFN.value,))
    units: Counter[str] = Counter()
    for order in orders_like(unit, wanted):
        for item in order.items:
            units[item.sku] += item.quantity
    return units


def _items(unit: UnitOfWork, records: Iterable[Record]) -> dict[str, Item]:
    return items_of(unit, {record.asin for record in records if record.asin is not None})
