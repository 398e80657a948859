"""A shipment's transport is fixed, called off, and begins: its boxes get their numbers, and its units set out.

Boxes are counted through when a carrier is confirmed. What Amazon's partner carries is fetched some time after it is
ready, and is then on its way; what another carries is on its way once it has a tracking number (`tracking.py`).

Assumed: a partner comes for boxes between two hours and a day after they are ready.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from string import ascii_uppercase, digits

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.events.inbound import InboundShipped, InboundTransportConfirmed, InboundTransportVoided
from sellingpartner.market.inbound.announcing import send_units, withdraw_units
from sellingpartner.market.inbound.items.prep import LABELING, fee_of
from sellingpartner.market.inbound.lifecycle import PlanStatus, ShipmentStatus
from sellingpartner.market.inbound.model import Box, ContentSource, Plan, Shipment
from sellingpartner.market.inbound.packing.boxing import count_through
from sellingpartner.market.inbound.receiving.traveling import set_out
from sellingpartner.market.inbound.store.plans import load_plan, save_plan
from sellingpartner.market.inbound.store.shipments import load_shipment, save_shipment, shipments_of
from sellingpartner.market.inbound.transport.carriage import Tracked, TransportOption, Validation
from sellingpartner.market.inbound.transport.carrying import VOIDS_WITHIN, partnered_tracking
from sellingpartner.market.shipping.buying.buying import tracking_number
from sellingpartner.market.time.chance import chance, number_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_ALPHABET = digits + ascii_uppercase
_CONFIRMATION, _CONFIRMATION_LENGTH = "FBA15", 7
_REFERENCE_LENGTH = 8
_LEAST_TOLD = (ContentSource.MANUAL, ContentSource.BARCODE, ContentSource.PROVIDED)
_SOONEST_MINUTES, _LATEST_MINUTES = 120, 24 * 60
_AWAY = frozenset(
    {
        ShipmentStatus.SHIPPED,
        ShipmentStatus.IN_TRANSIT,
        ShipmentStatus.MIXED,
        ShipmentStatus.DELIVERED,
        ShipmentStatus.CHECKED_IN,
        ShipmentStatus.RECEIVING,
        ShipmentStatus.CLOSED,
    }
)
_ON_ITS_WAY = frozenset({ShipmentStatus.SHIPPED, ShipmentStatus.IN_TRANSIT, ShipmentStatus.MIXED})


class InboundIsFetched(Due):
    """Amazon's partner comes for a shipment."""

    plan_id: str
    shipment_id: str


def book(unit: UnitOfWork, shipment: Shipment, option: TransportOption) -> None:
    """Fix who carries a shipment."""
    carriage = shipment.carriage
    shipment.confirmation_id = _drawn(unit, "inbound confirmation", _CONFIRMATION, _CONFIRMATION_LENGTH)
    boxes = count_through(unit, shipment)
    if option.is_partnered:
        option = msgspec.structs.replace(option, voidable_until=unit.now + VOIDS_WITHIN[option.mode])
    carriage.option = option
    track_boxes(unit, shipment, boxes)
    if option.is_partnered:
        _expect(unit, shipment, option)
    shipment.move(ShipmentStatus.READY_TO_SHIP)
    save_shipment(unit, shipment)
    currency = MARKETPLACES[shipment.marketplace_id].currency
    unit.emit(
        InboundTransportConfirmed(
            plan_id=shipment.plan_id,
            shipment_id=shipment.shipment_id,
            confirmation_id=shipment.confirmation_id,
            marketplace_id=shipment.marketplace_id,
            carrier=option.name,
            is_partnered=option.is_partnered,
            cost_minor=0 if option.cost is None else option.cost.minor,
            currency=currency,
        )
    )


def call_off(unit: UnitOfWork, shipment: Shipment) -> None:
    """Give up what was announced and booked for a shipment that is to be canceled, if anything was."""
    if shipment.status is ShipmentStatus.UNCONFIRMED:
        return
    withdraw_units(unit, shipment, are_away=shipment.status in _AWAY)
    option = shipment.carriage.option
    if option is None or not option.is_partnered or option.cost is None:
        return
    is_in_time = option.voidable_until is not None and unit.now < option.voidable_until
    unit.emit(
        InboundTransportVoided(
            plan_id=shipment.plan_id,
            shipment_id=shipment.shipment_id,
            confirmation_id=shipment.confirmation_id or "",
            marketplace_id=shipment.marketplace_id,
            refunded_minor=option.cost.minor if is_in_time and shipment.status not in _AWAY else 0,
            currency=option.cost.currency,
        )
    )


@when(InboundIsFetched)
def fetch(unit: UnitOfWork, due: InboundIsFetched) -> None:
    """Let a shipment leave with Amazon's partner, unless it was given up or has left."""
    plan = load_plan(unit, due.plan_id)
    shipment = load_shipment(unit, due.plan_id, due.shipment_id)
    if shipment.status is not ShipmentStatus.READY_TO_SHIP:
        return
    depart(unit, plan, shipment)
    save_plan(unit, plan)


def depart(unit: UnitOfWork, plan: Plan, shipment: Shipment) -> None:
    """Let a shipment be on its way, and its plan with the last one. Whoever calls this keeps the plan."""
    shipment.move(ShipmentStatus.SHIPPED)
    save_shipment(unit, shipment)
    send_units(unit, shipment)
    set_out(unit, shipment)
    prep, label = _prepared(shipment)
    unit.emit(
        InboundShipped(
            plan_id=shipment.plan_id,
            shipment_id=shipment.shipment_id,
            confirmation_id=shipment.confirmation_id or "",
            marketplace_id=shipment.marketplace_id,
            center=shipment.center,
            shipped_at=unit.now,
            units=sum(item.quantity for item in shipment.items),
            placement_minor=shipment.placement_minor,
            prep_minor=prep,
            label_minor=label,
            currency=MARKETPLACES[shipment.marketplace_id].currency,
        )
    )
    placed = () if plan.placement is None else plan.placement.shipment_ids
    left = {one.shipment_id for one in shipments_of(unit, plan.plan_id) if one.status in _AWAY}
    if plan.status is PlanStatus.ACTIVE and left >= {*placed}:
        plan.move(PlanStatus.SHIPPED)


def track_boxes(unit: UnitOfWork, shipment: Shipment, boxes: Sequence[Box]) -> None:
    """Give each box its tracking number, where Amazon's partner carries boxes; what is not there any more has none."""
    carriage = shipment.carriage
    box_ids = [box.box_id for box in boxes if box.box_id is not None]
    known, sources = {*box_ids}, {box.source for box in boxes}
    carriage.contents = next((one.value for one in _LEAST_TOLD if one in sources), None)
    kept = {one.box_id: one for one in carriage.tracked if one.box_id in known}
    carriage.boxes = len(box_ids)
    if carriage.option is not None and carriage.option.is_partnered and not carriage.option.is_freight:
        form = partnered_tracking(shipment.ship_from.country_code)
        for box_id in (one for one in box_ids if one not in kept):
            number = tracking_number(chance(unit, "inbound tracking", box_id), form)
            kept[box_id] = Tracked(box_id=box_id, tracking_id=number, validation=Validation.VALIDATED)
    carriage.tracked = tuple(kept[box_id] for box_id in sorted(kept))


def has_left(shipment: Shipment) -> bool:
    """Whether a shipment is on its way, or has come."""
    return shipment.status in _AWAY


def has_arrived(shipment: Shipment) -> bool:
    """Whether all of a shipment has come to its center."""
    return has_left(shipment) and shipment.status not in _ON_ITS_WAY


def _expect(unit: UnitOfWork, shipment: Shipment, option: TransportOption) -> None:
    """Have Amazon's partner come for a shipment."""
    carriage = shipment.carriage
    luck = chance(unit, "inbound is fetched", shipment.shipment_id)
    if option.is_freight:
        carriage.reference = _drawn(unit, "inbound reference", "", _REFERENCE_LENGTH)
        start, end = option.picked_up_from or unit.now, option.picked_up_until or unit.now
        at = start + (end - start) * luck.random()
    else:
        wait = timedelta(minutes=luck.randint(_SOONEST_MINUTES, _LATEST_MINUTES))
        at = max(carriage.ready_at or unit.now, unit.now) + wait
    due = InboundIsFetched(plan_id=shipment.plan_id, shipment_id=shipment.shipment_id)
    later(unit, due, at=max(at, unit.now))


def _prepared(shipment: Shipment) -> tuple[int, int]:
    """What Amazon takes for preparing and for labeling the units of a shipment."""
    prep = label = 0
    for item in shipment.items:
        for one in item.instructions:
            fee = fee_of(one.prep_type, one.owner, shipment.marketplace_id)
            if fee is not None and one.prep_type == LABELING:
                label += fee.minor * item.quantity
            elif fee is not None:
                prep += fee.minor * item.quantity
    return prep, label


def _drawn(unit: UnitOfWork, purpose: str, begins: str, length: int) -> str:
    """An identifier that follows from a running number, and does not show it."""
    number = number_of(unit.seed, purpose, unit.seller_id, unit.next_number(purpose))
    drawn = []
    for _ in range(length):
        number, place = divmod(number, len(_ALPHABET))
        drawn.append(_ALPHABET[place])
    return begins + "".join(drawn)
