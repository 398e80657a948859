"""Shipments on their way to a fulfillment center, from the carrier's first scan until they are checked in there.

Each step is a due thing that says from which state it leads: what was given up meanwhile, or received by hand, is left
alone.
"""

from __future__ import annotations

from datetime import datetime

from sellingpartner.market.centers.questions import center, kilometers, point_of
from sellingpartner.market.inbound.lifecycle import ShipmentStatus
from sellingpartner.market.inbound.model import Shipment
from sellingpartner.market.inbound.receiving.defects import await_others
from sellingpartner.market.inbound.receiving.rules import late_boxes, some_hours, time_of_way
from sellingpartner.market.inbound.store.plans import load_plan
from sellingpartner.market.inbound.store.shipments import load_shipment, save_shipment
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork


class InboundMoves(Due):
    """A shipment is a step further, if it is still where it was."""

    plan_id: str
    shipment_id: str
    from_status: str


class InboundIsUnpacked(Due):
    """Some more units of a shipment are received, if as many batches were as then."""

    plan_id: str
    shipment_id: str
    batch: int


_NEXT = {
    ShipmentStatus.SHIPPED: ShipmentStatus.IN_TRANSIT,
    ShipmentStatus.IN_TRANSIT: ShipmentStatus.DELIVERED,
    ShipmentStatus.MIXED: ShipmentStatus.DELIVERED,
    ShipmentStatus.DELIVERED: ShipmentStatus.CHECKED_IN,
}


def set_out(unit: UnitOfWork, shipment: Shipment) -> None:
    """Let a shipment that has just left come to its center."""
    _expect_next(unit, shipment)


@when(InboundMoves)
def go_on(unit: UnitOfWork, due: InboundMoves) -> None:
    """Let a shipment be a step further."""
    load_plan(unit, due.plan_id)
    shipment = load_shipment(unit, due.plan_id, due.shipment_id)
    if shipment.status.value != due.from_status:
        return
    comes_apart = shipment.status is ShipmentStatus.IN_TRANSIT and _comes_apart(unit, shipment)
    shipment.move(ShipmentStatus.MIXED if comes_apart else _NEXT[shipment.status])
    save_shipment(unit, shipment)
    if shipment.status is ShipmentStatus.DELIVERED:
        await_others(unit, shipment)
    _expect_next(unit, shipment)


def bring(shipment: Shipment) -> None:
    """Let a shipment be checked in at once, wherever it is on its way."""
    while (status := _NEXT.get(shipment.status)) is not None:
        shipment.move(status)


def _expect_next(unit: UnitOfWork, shipment: Shipment) -> None:
    keys = {"plan_id": shipment.plan_id, "shipment_id": shipment.shipment_id}
    if shipment.status is ShipmentStatus.CHECKED_IN:
        later(unit, InboundIsUnpacked(**keys, batch=0), at=_after(unit, shipment, "until_receiving"))
        return
    if shipment.status is ShipmentStatus.IN_TRANSIT:
        at = _arrival(unit, shipment)
    elif shipment.status is ShipmentStatus.SHIPPED:
        at = _after(unit, shipment, "until_in_transit")
    elif shipment.status is ShipmentStatus.MIXED:
        at = _after(unit, shipment, "until_last_box")
    else:
        at = _after(unit, shipment, "until_checked_in")
    later(unit, InboundMoves(**keys, from_status=shipment.status.value), at=at)


def _comes_apart(unit: UnitOfWork, shipment: Shipment) -> bool:
    """Whether some of the boxes of a shipment come later than the others; pallets come together."""
    option, boxes = shipment.carriage.option, shipment.carriage.boxes
    if option is not None and option.is_freight:
        return False
    return 0 < late_boxes(chance(unit, "inbound late boxes", shipment.shipment_id), boxes) < boxes


def _arrival(unit: UnitOfWork, shipment: Shipment) -> datetime:
    """When a shipment comes: as far as it can, within the delivery window that its seller has chosen."""
    origin, destination, option = shipment.ship_from, center(shipment.center), shipment.carriage.option
    way = time_of_way(
        chance(unit, "inbound way", shipment.shipment_id),
        kilometers(point_of(origin.country_code, origin.postal_code, origin.state or ""), destination.point),
        is_abroad=origin.country_code != destination.country_code,
        is_freight=option is not None and option.is_freight,
    )
    window = shipment.carriage.window
    return unit.now + way if window is None else max(unit.now + way, window.starts_at)


def _after(unit: UnitOfWork, shipment: Shipment, step: str) -> datetime:
    return unit.now + some_hours(chance(unit, "inbound", step, shipment.shipment_id), step)
