"""The network fulfills an order at hand: it plans, picks and ships, and comes to an end.

Assumed: an order is planned within minutes, picked within two hours and leaves within 18, in half of that time for the
faster speeds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from sellingpartner.market.centers.questions import center as center_by_code
from sellingpartner.market.events.outbound import (
    Collected,
    FulfillmentBegun,
    FulfillmentCompleted,
    FulfillmentPartlyCompleted,
    FulfillmentPlanned,
    FulfillmentShipped,
    FulfillmentUnfulfillable,
    Sent,
)
from sellingpartner.market.inventory import commands as inventory
from sellingpartner.market.inventory.commands import Near
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.orders.fulfilling import outside as orders
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.outbound.departing import carrier_of, near_to, spot_of, spread
from sellingpartner.market.outbound.dues import FulfillmentIsPicked, FulfillmentLeaves
from sellingpartner.market.outbound.features import BLOCKS_AMAZON
from sellingpartner.market.outbound.lifecycle import ShipmentStatus
from sellingpartner.market.outbound.model import FulfillmentOrder, Item, Shipment
from sellingpartner.market.outbound.numbers import package_number_of, shipment_id_of
from sellingpartner.market.outbound.speeds import Speed
from sellingpartner.market.outbound.store import (
    keep_package,
    save_fulfillment,
)
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import later
from sellingpartner.storage.unit import UnitOfWork


def plan(unit: UnitOfWork, order: FulfillmentOrder) -> None:
    """Plan the shipments of an order at hand."""
    order.move(FulfillmentPlanned, at=unit.now)
    save_fulfillment(unit, order)
    orders.accept(unit, order.shipped_as)
    unit.emit(order.said(FulfillmentPlanned))
    if any(item.ready for item in order.items):
        plan_picking(unit, order)


def pick(unit: UnitOfWork, order: FulfillmentOrder) -> None:
    """Begin to pick what is there of an order at hand."""
    order.move(FulfillmentBegun, at=unit.now)
    pick_what_is_ready(unit, order)
    save_fulfillment(unit, order)
    unit.emit(order.said(FulfillmentBegun))


def ship(unit: UnitOfWork, order: FulfillmentOrder, shipment: Shipment) -> None:
    """Let a shipment of an order at hand leave; the last one completes the order.

    Its center may have given its units to another order meanwhile: then others ship what lacks, each a package.
    """
    quantities: Counter[str] = Counter()
    for item_id, units in shipment.quantities.items():
        quantities[order.item(item_id).sku] += units
    center = center_by_code(shipment.center)
    near = Near(center.country_code, center.point)
    picked = inventory.pick(unit, quantities, Place.FBA, reference=order.shipped_as, near=near)
    parts = divided(order, shipment.quantities, picked)
    for place, (code, part) in enumerate(parts.items()):
        one = shipment if place == 0 else shipment_of(unit, order, part, code)
        one.center, one.quantities = code, part
        _leave(unit, order, one)
    finish(unit, order)


def _leave(unit: UnitOfWork, order: FulfillmentOrder, shipment: Shipment) -> None:
    """Let what one center gives leave as a package."""
    number = unit.next_number("outbound packages")
    shipment.move(FulfillmentShipped)
    shipment.package_number = package_number_of(unit, number)
    shipment.package_reference = str(1 + sum(one.package_reference is not None for one in order.shipments))
    shipment.carrier, shipment.tracking_number = carrier_of(order, chance(unit, "outbound tracking", number))
    shipment.ships_at = unit.now
    is_first = not any(item.shipped for item in order.items)
    for item_id, units in shipment.quantities.items():
        order.item(item_id).shipped += units
    keep_package(unit, shipment.package_number, order.fulfillment_order_id)
    save_fulfillment(unit, order)
    parcel = Parcel(
        reference=shipment.package_reference,
        shipped_at=unit.now,
        quantities={order.item(item_id).order_item_id: units for item_id, units in shipment.quantities.items()},
        carrier_code=shipment.carrier,
        method=order.speed.value,
        tracking_number=shipment.tracking_number,
        center=shipment.center,
    )
    orders.ship_outside(unit, order.shipped_as, parcel)
    unit.emit(_shipped(order, shipment, is_first=is_first))


def finish(unit: UnitOfWork, order: FulfillmentOrder) -> None:
    """End an order at hand of which nothing more is to leave."""
    if order.is_shipping or any(item.left for item in order.items) or not order.is_open:
        return
    shipped = sum(item.shipped for item in order.items)
    fact: type[FulfillmentCompleted | FulfillmentPartlyCompleted | FulfillmentUnfulfillable]
    if not shipped:
        fact = FulfillmentUnfulfillable
    else:
        fact = FulfillmentCompleted if shipped == order.units else FulfillmentPartlyCompleted
    order.move(fact, at=unit.now)
    save_fulfillment(unit, order)
    unit.emit(order.said(fact))


def shipment_of(unit: UnitOfWork, order: FulfillmentOrder, quantities: Mapping[str, int], center: str) -> Shipment:
    """Put units of an order at hand into a shipment that is to leave a center."""
    number = len(order.shipments)
    luck = chance(unit, "fulfillment center", order.fulfillment_order_id, number)
    shipment = Shipment(
        shipment_id=shipment_id_of(unit, order.fulfillment_order_id, number),
        center=center,
        quantities=dict(quantities),
        ships_at=unit.now + timedelta(hours=luck.uniform(3, 16)) * _slowness(order),
        arrives_at=max(order.arrives_by or unit.now, unit.now + timedelta(days=1)),
    )
    order.shipments = [*order.shipments, shipment]
    return shipment


def pick_what_is_ready(unit: UnitOfWork, order: FulfillmentOrder) -> None:
    """Make shipments of what is promised to an order and not in one already: one for each center that gives units."""
    taken = {item.item_id: item.ready - _pending(order, item) for item in order.items}
    ready = {item_id: units for item_id, units in taken.items() if units > 0}
    if not ready:
        return
    quantities: Counter[str] = Counter()
    for item_id, units in ready.items():
        quantities[order.item(item_id).sku] += units
    near = near_to(order.marketplace_id, spot_of(order_of(unit, order.shipped_as).address))
    for code, part in divided(order, ready, spread(unit, quantities, near)).items():
        shipment = shipment_of(unit, order, part, code)
        due = FulfillmentLeaves(fulfillment_order_id=order.fulfillment_order_id, shipment_id=shipment.shipment_id)
        later(unit, due, at=shipment.ships_at)


def divided(
    order: FulfillmentOrder, quantities: Mapping[str, int], by_center: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, int]]:
    """The units of lines by center, where it is known how many of which SKU each center gives."""
    left = dict(quantities)
    parts: dict[str, dict[str, int]] = {}
    for code, of_skus in by_center.items():
        for sku, given in of_skus.items():
            rest = given
            for item_id, wanted in list(left.items()):
                units = min(rest, wanted) if order.item(item_id).sku == sku else 0
                if units:
                    parts.setdefault(code, {})[item_id] = units
                    left[item_id] -= units
                    rest -= units
    return parts


def _pending(order: FulfillmentOrder, item: Item) -> int:
    pending = (one for one in order.shipments if one.status is ShipmentStatus.PENDING)
    return sum(one.quantities.get(item.item_id, 0) for one in pending)


def plan_picking(unit: UnitOfWork, order: FulfillmentOrder) -> None:
    """Have a planned order picked soon."""
    minutes = chance(unit, "picked", order.fulfillment_order_id).uniform(20, 110) * _slowness(order)
    due = FulfillmentIsPicked(fulfillment_order_id=order.fulfillment_order_id)
    later(unit, due, at=unit.now + timedelta(minutes=minutes))


def _slowness(order: FulfillmentOrder) -> float:
    return 1.0 if order.speed is Speed.STANDARD else 0.5


def _shipped(order: FulfillmentOrder, shipment: Shipment, *, is_first: bool) -> FulfillmentShipped:
    assert shipment.package_number is not None  # noqa: S101 - it has just been given one
    collection = order.collection if is_first else None
    return FulfillmentShipped(
        fulfillment_order_id=order.fulfillment_order_id,
        order_id=order.order_id,
        marketplace_id=order.marketplace_id,
        status=order.status.value,
        shipment_id=shipment.shipment_id,
        package_number=shipment.package_number,
        carrier=shipment.carrier,
        tracking_number=shipment.tracking_number or "",
        arrives_at=shipment.arrives_at,
        speed=order.speed.value,
        units_ordered=sum(item.quantity - item.unfulfillable for item in order.items),
        is_first=is_first,
        blocks_amazons_carrier=order.requires(BLOCKS_AMAZON),
        lines=tuple(_sent(order.item(item_id), units, order) for item_id, units in shipment.quantities.items()),
        collected=None
        if collection is None
        else Collected(
            charge=collection.charge,
            charge_tax=collection.charge_tax,
            shipping=collection.shipping,
            shipping_tax=collection.shipping_tax,
        ),
    )


def _sent(item: Item, units: int, order: FulfillmentOrder) -> Sent:
    is_collected = order.collection is not None
    return Sent(
        order_item_id=item.order_item_id,
        sku=item.sku,
        asin=item.asin,
        quantity=units,
        collected=item.price.minor * units if is_collected and item.price else 0,
        collected_tax=item.price_tax.minor * units if is_collected and item.price_tax else 0,
    )
