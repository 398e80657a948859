"""Shipments on their way to AWD: who carries them, and how far they are.

A shipment whose carrier was named is picked up by itself; one of which nobody said anything waits. What comes next is a
due thing that says from which state it leads: if somebody was quicker by hand, it does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sellingpartner.counted import counted
from sellingpartner.market.centers.questions import center, kilometers, point_of
from sellingpartner.market.distribution.lifecycle import ShipmentStatus
from sellingpartner.market.distribution.model import InboundShipment, Tracking
from sellingpartner.market.distribution.packages import case_count, units_by_sku
from sellingpartner.market.distribution.refusals import BadRequest, WrongState
from sellingpartner.market.distribution.rules import days_of_way, some_hours
from sellingpartner.market.distribution.store import keep_shipment, shipment_to_change
from sellingpartner.market.events.distribution import AwdShipmentDelivered, AwdShipmentLeft, AwdShipmentUnderWay
from sellingpartner.market.inventory.commands import loads_of, move_all
from sellingpartner.market.inventory.model import Condition, Reason, Spot
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_SCAC = re.compile(r"[A-Z]{2,4}")
_LONGEST_BOOKING = 100
_ON_ITS_WAY = frozenset({ShipmentStatus.CREATED, ShipmentStatus.SHIPPED, ShipmentStatus.IN_TRANSIT})
_UNITED_STATES = "US"


class AwdShipmentMoves(Due):
    """A shipment is a step further, if it is still where it was."""

    shipment_id: str
    from_status: str


def tell_transport(unit: UnitOfWork, shipment_id: str, tracking: Sequence[Tracking]) -> None:
    """Say by whom a shipment is carried and under which numbers; the carrier fetches it then."""
    shipment = shipment_to_change(unit, shipment_id)
    if shipment.status not in _ON_ITS_WAY:
        allowed = " or ".join(sorted(_ON_ITS_WAY))
        raise WrongState(
            f"Inbound shipment {shipment_id} is {shipment.status.value}; to be carried it must be {allowed}."
        )
    _check(shipment, tracking)
    is_first = not shipment.tracking
    shipment.tracking = tuple(tracking)
    keep_shipment(unit, shipment)
    if is_first and shipment.status is ShipmentStatus.CREATED:
        _goes_on(unit, shipment, "until_pickup")


def ship(unit: UnitOfWork, shipment_id: str) -> InboundShipment:
    """Let a carrier pick the shipment up."""
    shipment = shipment_to_change(unit, shipment_id)
    shipment.advance(AwdShipmentLeft)
    keep_shipment(unit, shipment)
    _send(unit, shipment, Condition.INBOUND_WORKING, Condition.INBOUND_SHIPPED)
    unit.emit(AwdShipmentLeft(shipment_id=shipment_id))
    _goes_on(unit, shipment, "until_on_the_way")
    return shipment


def get_under_way(unit: UnitOfWork, shipment_id: str) -> InboundShipment:
    """Let the carrier say that the shipment is on its way."""
    shipment = shipment_to_change(unit, shipment_id)
    shipment.advance(AwdShipmentUnderWay)
    keep_shipment(unit, shipment)
    unit.emit(AwdShipmentUnderWay(shipment_id=shipment_id))
    origin, destination = shipment.origin, center(shipment.center)
    start = point_of(origin.country_code, origin.postal_code or "", origin.state_or_region)
    luck = chance(unit, "awd way", shipment_id)
    is_abroad = origin.country_code != _UNITED_STATES
    way = days_of_way(luck, kilometers(start, destination.point), is_abroad=is_abroad)
    _goes_on_after(unit, shipment, way)
    return shipment


def deliver(unit: UnitOfWork, shipment_id: str) -> InboundShipment:
    """Let the shipment stand in the yard of its distribution center."""
    shipment = shipment_to_change(unit, shipment_id)
    shipment.advance(AwdShipmentDelivered)
    keep_shipment(unit, shipment)
    _send(unit, shipment, Condition.INBOUND_SHIPPED, Condition.INBOUND_RECEIVING)
    unit.emit(AwdShipmentDelivered(shipment_id=shipment_id))
    luck = chance(unit, "awd receiving begins", shipment_id)
    later(unit, AwdBoxesAreOpened(shipment_id=shipment_id, batch=0), at=unit.now + some_hours(luck, "until_receiving"))
    return shipment


class AwdBoxesAreOpened(Due):
    """Some more boxes of a shipment are opened, if as many were as then."""

    shipment_id: str
    batch: int


_STEPS = {
    ShipmentStatus.CREATED: ship,
    ShipmentStatus.SHIPPED: get_under_way,
    ShipmentStatus.IN_TRANSIT: deliver,
}


@when(AwdShipmentMoves)
def go_on(unit: UnitOfWork, due: AwdShipmentMoves) -> None:
    """Let a shipment be a step further."""
    status = shipment_to_change(unit, due.shipment_id).status
    if status == due.from_status:
        _STEPS[status](unit, due.shipment_id)


def bring(unit: UnitOfWork, shipment_id: str) -> InboundShipment:
    """Let a shipment be at its distribution center, wherever it was on its way there."""
    shipment = shipment_to_change(unit, shipment_id)
    while (step := _STEPS.get(shipment.status)) is not None:
        shipment = step(unit, shipment_id)
    return shipment


def _send(unit: UnitOfWork, shipment: InboundShipment, *way: Condition) -> None:
    """Let the units of a shipment be a step further on their way to its center."""
    start, end = (Spot(one, shipment.center) for one in way)
    move_all(unit, loads_of(units_by_sku(shipment.packages), start, end, Reason.SENT, shipment.shipment_id))


def _goes_on(unit: UnitOfWork, shipment: InboundShipment, step: str) -> None:
    _goes_on_after(unit, shipment, some_hours(chance(unit, "awd step", step, shipment.shipment_id), step))


def _goes_on_after(unit: UnitOfWork, shipment: InboundShipment, time: timedelta) -> None:
    due = AwdShipmentMoves(shipment_id=shipment.shipment_id, from_status=shipment.status.value)
    later(unit, due, at=unit.now + time)


def _check(shipment: InboundShipment, tracking: Sequence[Tracking]) -> None:
    """Assumed: there is one number for the shipment, or one for each of its cases at most."""
    if not tracking:
        raise BadRequest("trackingDetails is empty; name at least one booking.")
    most = case_count(shipment.packages)
    if len(tracking) > most:
        raise BadRequest(
            f"trackingDetails holds {counted(len(tracking), 'booking')}; the shipment has {counted(most, 'case')}."
        )
    for number, one in enumerate(tracking):
        here = f"trackingDetails[{number}]"
        if not one.booking_id.strip() or len(one.booking_id) > _LONGEST_BOOKING or not one.booking_id.isprintable():
            raise BadRequest(f"{here}.bookingId must be 1 to {_LONGEST_BOOKING} printable characters.")
        if one.carrier is not None and _SCAC.fullmatch(one.carrier) is None:
            raise BadRequest(
                f"{here}.carrierCode.carrierCodeValue {one.carrier[:20]!r} is no Standard Carrier Alpha Code."
            )
