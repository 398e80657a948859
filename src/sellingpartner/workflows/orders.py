"""Which orders there are to ship, and what is left of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from sellingpartner.contract.orders_2026_01_01 import (
    FulfillmentStatus,
    GetOrder,
    IncludedData,
    Order,
    SearchOrders,
)
from sellingpartner.workflows.model import Units
from sellingpartner.workflows.steps import Steps, ask

_PARTS = [
    IncludedData.BUYER,
    IncludedData.RECIPIENT,
    IncludedData.CANCELLATION,
    IncludedData.FULFILLMENT,
    IncludedData.PACKAGES,
]
_TO_SHIP = [FulfillmentStatus.UNSHIPPED, FulfillmentStatus.PARTIALLY_SHIPPED]
_PAGE = 100
_LAST = datetime.max.replace(tzinfo=UTC)


class Found(msgspec.Struct, frozen=True):
    """Orders, and the API's time when they were found."""

    orders: tuple[Order, ...]
    at: datetime | None = None


def orders_to_ship(marketplace_ids: Sequence[str], since: datetime) -> Steps[Found]:
    """The orders that wait to be shipped, those first that must leave first."""
    request = SearchOrders(
        marketplace_ids=list(marketplace_ids),
        created_after=since,
        fulfillment_statuses=_TO_SHIP,
        max_results_per_page=_PAGE,
        included_data=_PARTS,
    )
    orders, at = [], None
    while True:
        page = yield from ask(request)
        orders += page.orders
        at = at or page.created_before  # two minutes ago, by the API's own clock
        token = page.pagination and page.pagination.next_token
        if not token:
            return Found(tuple(sorted(orders, key=_leaves_by)), at)
        request = msgspec.structs.replace(request, pagination_token=token)


def order(order_id: str) -> Steps[Order]:
    """One order, as the API has it at this moment."""
    return (yield from ask(GetOrder(order_id=order_id, included_data=_PARTS))).order


def units_left(one: Order) -> tuple[Units, ...]:
    """The units of an order that have not left."""
    return tuple(
        Units(item.order_item_id, left, item.product.seller_sku)
        for item in one.order_items
        if (left := (item.fulfillment and item.fulfillment.quantity_unfulfilled) or 0)
    )


def cancellation_asked(one: Order) -> bool:
    """Whether the buyer asks the seller to cancel something of the order."""
    return any(
        item.cancellation is not None
        and item.cancellation.cancellation_request is not None
        and item.cancellation.cancellation_execution is None
        for item in one.order_items
    )


def status_of(one: Order) -> str:
    """The order's status, as the API words it."""
    return "" if one.fulfillment is None else one.fulfillment.fulfillment_status.value


def references(one: Order) -> tuple[str, ...]:
    """The references of the order's packages."""
    return tuple(package.package_reference_id for package in one.packages or ())


def next_reference(one: Order, more: Sequence[str]) -> str:
    """A number that no package of the order has."""
    taken = {int(text) for text in (*references(one), *more) if text.isascii() and text.isdigit()}
    return str(max(taken, default=0) + 1)


def _leaves_by(one: Order) -> tuple[datetime, datetime]:
    window = one.fulfillment and one.fulfillment.ship_by_window
    return (window and window.latest_date_time) or _LAST, one.created_time
