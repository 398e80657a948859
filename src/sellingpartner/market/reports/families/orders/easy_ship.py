"""Packages of Easy Ship: those that wait to be fetched, and those that were."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import orders_by_id
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.handing_over import TYPE, wanted_of
from sellingpartner.market.reports.kinds import UNAVAILABLE, Empty, Pages, ReportUnavailable, Rows, Window, report
from sellingpartner.market.reports.writing.cells import columns_of, table
from sellingpartner.market.reports.writing.values import moment, true_false, zone_of
from sellingpartner.market.shipping.easy_ship.bundles import FED, bundle_of
from sellingpartner.market.shipping.easy_ship.model import EasyPackage, PackageStatus
from sellingpartner.market.shipping.easy_ship.rules import all_rules, rules_for
from sellingpartner.market.shipping.easy_ship.store import page_of_packages
from sellingpartner.storage.unit import UnitOfWork

_FILE = "orders/easy_ship.toml"
_WAITING = frozenset({PackageStatus.READY_FOR_PICKUP})
_NEVER_LEFT = frozenset({PackageStatus.READY_FOR_PICKUP, PackageStatus.LABEL_CANCELED})


class _Packed(NamedTuple):
    """An item of a package."""

    package: EasyPackage
    order: Order
    item: OrderItem
    picked_up_at: datetime | None


def _slot(one: _Packed) -> str:
    """When a package is fetched, by the clock of its country.

    Assumed: reports on Easy Ship tell a time slot as the day and from when until when.
    """
    zone: ZoneInfo = zone_of(one.package.marketplace_id)
    begins, ends = one.package.starts_at.astimezone(zone), one.package.ends_at.astimezone(zone)
    return f"{begins:%Y-%m-%d %H:%M}-{ends:%H:%M}"


_CELLS: Final[Mapping[str, Callable[[_Packed], str]]] = {
    "order-id": lambda one: one.order.order_id,
    "tracking-id": lambda one: one.package.tracking_id,
    "purchase-date": lambda one: moment(one.order.purchased_at),
    "expected-ship-date": lambda one: moment(one.order.latest_ship_at),
    "picked-up-date": lambda one: moment(one.picked_up_at),
    "asin": lambda one: one.item.asin,
    "sku": lambda one: one.item.sku,
    "product-name": lambda one: one.item.title,
    "quantity-purchased": lambda one: str(one.item.held),
    "invoice-id": lambda one: "" if one.package.invoice is None else one.package.invoice.number,
    "package-identifier": lambda one: one.package.identifier or "",
    "ship-service-level": lambda one: one.order.service.value,
    "is-prime": lambda one: true_false(one.order.is_prime),
    "pickup-slot": _slot,
    "order-item-id": lambda one: one.item.order_item_id,
    "ship-postal-code": lambda one: one.order.address.postal_code,
    "ship-country": lambda one: one.order.address.country_code,
    "ship-city": lambda one: one.order.address.city,
    "ship-state": lambda one: one.order.address.state_or_region or "",
    "carrier": lambda one: rules_for(one.package.marketplace_id).carrier_name,
}


@report("GET_EASYSHIP_WAITING_FOR_PICKUP", empty=Empty.CANCELLED, countries=all_rules())
def waiting(unit: UnitOfWork, asked: Asked) -> Rows:
    """What waits to be fetched, or brought."""
    packed = (one for one in _packed(unit, asked) if one.package.status in _WAITING)
    return table(columns_of(_FILE, "waiting"), packed, _CELLS)


@report("GET_EASYSHIP_PICKEDUP", window=Window(default_days=30), empty=Empty.CANCELLED, countries=all_rules())
def picked_up(unit: UnitOfWork, asked: Asked) -> Rows:
    """What was fetched in some time."""
    packed = (
        one
        for one in _packed(unit, asked)
        if one.package.status not in _NEVER_LEFT
        and one.picked_up_at is not None
        and asked.start <= one.picked_up_at < asked.end
    )
    return table(columns_of(_FILE, "picked_up"), packed, _CELLS)


@report(TYPE, empty=Empty.FATAL, countries=FED)
def documents(unit: UnitOfWork, asked: Asked) -> Pages:
    """The documents that a feed has asked for; what was canceled meanwhile is not there."""
    content = bundle_of(unit, wanted_of(asked.options))
    if content is None:
        raise ReportUnavailable(UNAVAILABLE)
    return Pages(content, "application/pdf")


def _packed(unit: UnitOfWork, asked: Asked) -> Iterator[_Packed]:
    after = ""
    while packages := page_of_packages(unit, after=after):
        orders = orders_by_id(unit, [one.order_id for one in packages])
        for package in packages:
            if package.marketplace_id not in asked.marketplace_ids:
                continue
            order = orders[package.order_id]
            left = next((one for one in order.packages if one.tracking_number == package.tracking_id), None)
            for item in order.items:
                yield _Packed(package, order, item, None if left is None else left.shipped_at)
        after = packages[-1].order_id
