"""What has left in packages: each item of each package, with what was paid for the units in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.centers.model import Center
from sellingpartner.market.centers.questions import center_or_first
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.identifiers import shipping_id_of
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.packages import Package
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.orders.order_walks import changed_since
from sellingpartner.storage.unit import UnitOfWork


class Shipped(NamedTuple):
    """Units of an item that left in a package."""

    order: Order
    item: OrderItem
    package: Package
    units: int
    amounts: LineAmounts
    shipment_id: str
    place: int
    """Which of the package's items it is."""

    @property
    def center(self) -> Center:
        """The fulfillment center that it left, where Amazon shipped it."""
        home = self.order.from_country or MARKETPLACES[self.order.marketplace_id].country_code
        return center_or_first(self.package.center, home)


def shipped_in_time(unit: UnitOfWork, asked: Asked, channel: FulfillmentChannel) -> Iterator[Shipped]:
    """What left in a report's time, by a channel."""
    for order in changed_since(unit, asked, asked.start, channels=(channel.value,)):
        yield from shipped_of(order, asked.start, asked.end)


def shipped_of(order: Order, start: datetime, end: datetime) -> Iterator[Shipped]:
    """What of an order left in some time.

    The amounts of an item's packages sum to what was paid for all that has left of it.
    """
    left: dict[str, int] = {}
    for package in order.packages:
        is_told = start <= package.shipped_at < end
        for place, (item_id, units) in enumerate(package.quantities.items(), 1):
            item, before = order.item(item_id), left.get(item_id, 0)
            left[item_id] = before + units
            if is_told:
                amounts = item.amounts_between(before, before + units)
                shipment_id = shipping_id_of(order.order_id, package.reference)
                yield Shipped(order, item, package, units, amounts, shipment_id, place)
