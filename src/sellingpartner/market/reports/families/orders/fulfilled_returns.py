"""What buyers have sent back to Amazon's fulfillment centers, unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.centers.questions import center_or_first
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.orders.returned_lines import Returned, plate_of, reason_of, returned_since
from sellingpartner.market.reports.kinds import Empty, Repeats, Rows, Window, report
from sellingpartner.market.reports.writing.cells import columns_of, table
from sellingpartner.market.reports.writing.values import moment
from sellingpartner.storage.unit import UnitOfWork


class _Unit(NamedTuple):
    """One of the units that came back."""

    of: Returned
    place: int


@report(
    "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA",
    window=Window(default_days=30),
    empty=Empty.CANCELLED,
    repeats=Repeats(minutes=240),
)
def customer_returns(unit: UnitOfWork, asked: Asked) -> Rows:
    """Units that came back in some time."""
    return table(columns_of("orders/fulfilled.toml", "returns"), _units(unit, asked), _cells(unit))


def _units(unit: UnitOfWork, asked: Asked) -> Iterator[_Unit]:
    for one in returned_since(unit, asked, FulfillmentChannel.AFN, start=None):
        came_at = one.asked.received_at
        if came_at is not None and asked.start <= came_at < asked.end:
            for place in range(1, one.units + 1):
                yield _Unit(one, place)


def _center(one: _Unit) -> str:
    home = MARKETPLACES[one.of.order.marketplace_id].country_code
    return center_or_first(one.of.asked.center, home).code


def _cells(unit: UnitOfWork) -> Mapping[str, Callable[[_Unit], str]]:
    return {
        "return-date": lambda one: moment(one.of.asked.received_at),
        "order-id": lambda one: one.of.order.order_id,
        "sku": lambda one: one.of.item.sku,
        "asin": lambda one: one.of.item.asin,
        "fnsku": lambda one: fnsku_of(unit, one.of.item.sku),
        "product-name": lambda one: one.of.item.title,
        "quantity": lambda _: "1",
        "fulfillment-center-id": _center,
        "detailed-disposition": lambda one: (one.of.asked.condition or Condition.SELLABLE).value,
        "reason": lambda one: reason_of(one.of.asked),
        # Assumed: whatever the condition in which a unit comes back, it is in the seller's inventory again.
        "status": lambda _: "Unit returned to inventory",
        "license-plate-number": lambda one: plate_of(unit, one.of.asked, one.of.item.order_item_id, one.place),
        "customer-comments": lambda _: "",
    }
