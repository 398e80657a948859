"""A seller tells the tracking numbers of a shipment, which is on its way from then on; Amazon looks at them later.

Assumed: a number is looked at within a day. One of eight or more letters and digits is taken for the carrier's; of a
carrier that Amazon does not know none can be.
"""

from __future__ import annotations

import re
from datetime import timedelta

import msgspec

from sellingpartner.market.inbound.lifecycle import SHIPMENT
from sellingpartner.market.inbound.model import Plan, Shipment
from sellingpartner.market.inbound.operations import begin, carries_out, plan_for
from sellingpartner.market.inbound.packing.boxing import box_ids_of
from sellingpartner.market.inbound.problems import Problem
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.sending.leaving import depart, has_left
from sellingpartner.market.inbound.store.plans import load_plan
from sellingpartner.market.inbound.store.shipments import find_shipment, load_shipment, save_shipment
from sellingpartner.market.inbound.transport.carriage import Tracked, Validation
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

KIND = "updateShipmentTrackingDetails"
_NUMBER = re.compile(r"[A-Za-z0-9]{8,}")
_MOST_SHOWN = 10
_SOONEST_MINUTES, _LATEST_MINUTES = 30, 20 * 60


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a seller tells of a shipment: a number for each box, or the bill of its freight."""

    shipment_id: str
    numbers: tuple[tuple[str, str], ...] = ()
    """Box ids and tracking numbers."""
    freight_bills: tuple[str, ...] = ()
    bill_of_lading: str | None = None


class TrackingIsLookedAt(Due):
    """Amazon has looked at the tracking numbers of a shipment."""

    plan_id: str
    shipment_id: str


def tell(unit: UnitOfWork, plan_id: str, told: Told) -> str:
    """Have tracking numbers taken in; returns the operation's id."""
    plan = plan_for(unit, KIND, plan_id)
    shipment = find_shipment(unit, plan_id, told.shipment_id)
    _check(unit, shipment, told)
    return begin(unit, KIND, plan, told)


@carries_out(KIND, Told)
def take_in(unit: UnitOfWork, plan: Plan, told: Told) -> list[Problem]:
    """Take the numbers in, in place of those that the same boxes had."""
    shipment = load_shipment(unit, plan.plan_id, told.shipment_id)
    _check(unit, shipment, told)
    carriage = shipment.carriage
    known = {one.box_id: one for one in carriage.tracked}
    known |= {box_id: Tracked(box_id=box_id, tracking_id=number) for box_id, number in told.numbers}
    carriage.tracked = tuple(known[box_id] for box_id in sorted(known))
    carriage.freight_bills = told.freight_bills or carriage.freight_bills
    carriage.bill_of_lading = told.bill_of_lading or carriage.bill_of_lading
    if has_left(shipment):
        save_shipment(unit, shipment)
    else:
        depart(unit, plan, shipment)
    if told.numbers:
        luck = chance(unit, "tracking is looked at", shipment.shipment_id, len(carriage.tracked))
        due = TrackingIsLookedAt(plan_id=plan.plan_id, shipment_id=shipment.shipment_id)
        later(unit, due, at=unit.now + timedelta(minutes=luck.randint(_SOONEST_MINUTES, _LATEST_MINUTES)))
    return []


@when(TrackingIsLookedAt)
def look_at(unit: UnitOfWork, due: TrackingIsLookedAt) -> None:
    """Say of each number whether it is one of the carrier's."""
    load_plan(unit, due.plan_id)
    shipment = load_shipment(unit, due.plan_id, due.shipment_id)
    option = shipment.carriage.option
    is_known = option is not None and option.alpha_code is not None
    shipment.carriage.tracked = tuple(
        msgspec.structs.replace(one, validation=_validation(one.tracking_id, is_known=is_known))
        for one in shipment.carriage.tracked
    )
    save_shipment(unit, shipment)


def _validation(number: str, *, is_known: bool) -> Validation:
    if not is_known:
        return Validation.NOT_SUPPORTED
    return Validation.VALIDATED if _NUMBER.fullmatch(number) else Validation.NOT_VALIDATED


def _check(unit: UnitOfWork, shipment: Shipment, told: Told) -> None:
    """Raise `BadRequest` for boxes that are not the shipment's, and for numbers that are not the seller's to tell.

    Assumed: in which words Amazon refuses numbers of what its partner carries, or of the other kind of transport.
    """
    option = shipment.carriage.option
    known = box_ids_of(unit, shipment) if told.numbers and not (option and option.is_freight) else set()
    if wrong := [box_id for box_id, _ in told.numbers if box_id not in known]:
        shown = ", ".join(wrong[:_MOST_SHOWN])
        raise BadRequest(
            "UpdateShipmentTrackingDetails cannot be processed because the following invalid boxIds were found in the "
            f"request: [{shown}]"
        )
    if option is None or not SHIPMENT[shipment.status]:
        raise BadRequest(f"ERROR: No transportation option is confirmed for shipment {shipment.shipment_id}.")
    if option.is_partnered:
        raise BadRequest("ERROR: Tracking details of an Amazon-partnered shipment can not be updated.")
    if told.freight_bills and not option.is_freight:
        raise BadRequest("ERROR: A small parcel shipment is tracked by spdTrackingDetail.")
    if not told.numbers and not told.freight_bills:
        raise BadRequest("ERROR: The trackingDetails hold no tracking number.")
