"""A seller's own truck at the dock of a fulfillment center: times are worked out, one is taken, moved and given up.

Assumed: a time is taken at once. Who has one and takes another has moved, and the first stays in the list as given up.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.centers.questions import center
from sellingpartner.market.inbound.identifiers import Prefix, new_ids
from sellingpartner.market.inbound.lifecycle import SHIPMENT, ShipmentStatus
from sellingpartner.market.inbound.model import Plan, Shipment
from sellingpartner.market.inbound.operations import begin, carries_out, plan_for
from sellingpartner.market.inbound.problems import Problem
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.sending.leaving import has_arrived
from sellingpartner.market.inbound.store.options import dock_for, keep_dock
from sellingpartner.market.inbound.store.plans import load_plan
from sellingpartner.market.inbound.store.shipments import find_shipment, load_shipment, save_shipment
from sellingpartner.market.inbound.transport.carriage import Appointment, AppointmentStatus, DockSlot, DockSlots
from sellingpartner.market.inbound.transport.windows import SLOTS_LAST, dock_slots
from sellingpartner.market.time.chance import chance
from sellingpartner.storage.unit import UnitOfWork

GENERATE, CANCEL = "generateSelfShipAppointmentSlots", "cancelSelfShipAppointment"
COUNTRIES = frozenset({"MX", "BR", "EG", "SA", "AE", "IN"})
"""Where sellers may bring what they send themselves."""

_USUAL = timedelta(days=7)
_FIRST_NUMBER = 1000


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """When a truck would come."""

    shipment_id: str
    begins: datetime
    ends: datetime


class GivenUp(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment that its seller does not want any more."""

    shipment_id: str
    reason: str | None


def generate(unit: UnitOfWork, plan_id: str, shipment_id: str, begins: datetime | None, ends: datetime | None) -> str:
    """Have times at the dock worked out; returns the operation's id."""
    plan = plan_for(unit, GENERATE, plan_id)
    _check(find_shipment(unit, plan_id, shipment_id))
    first = begins or unit.now
    last = ends or max(first, unit.now) + _USUAL
    if last <= first or last <= unit.now:
        raise BadRequest("ERROR: The desiredEndDate must be in the future, and after the desiredStartDate.")
    return begin(unit, GENERATE, plan, Asked(shipment_id=shipment_id, begins=first, ends=last))


@carries_out(GENERATE, Asked)
def offer(unit: UnitOfWork, plan: Plan, asked: Asked) -> list[Problem]:
    """Work the times out."""
    shipment = load_shipment(unit, plan.plan_id, asked.shipment_id)
    zone = ZoneInfo(center(shipment.center).time_zone)
    luck = chance(unit, "dock", shipment.center, f"{unit.now:%Y-%m-%d}")
    found = list(dock_slots(luck, zone, asked.begins, asked.ends, unit.now))
    ids = new_ids(unit, Prefix.SLOT, len(found))
    slots = tuple(
        DockSlot(slot_id=one, starts_at=slot.starts_at, ends_at=slot.ends_at)
        for one, slot in zip(ids, found, strict=True)
    )
    keep_dock(unit, asked.shipment_id, DockSlots(expires_at=unit.now + SLOTS_LAST, slots=slots))
    return []


def slots_of(unit: UnitOfWork, plan_id: str, shipment_id: str) -> DockSlots | None:
    """The times that were worked out; None before that."""
    _check_country(find_shipment(unit, plan_id, shipment_id))
    return dock_for(unit, shipment_id)


def schedule(unit: UnitOfWork, plan_id: str, shipment_id: str, slot_id: str, reason: str | None) -> Appointment:
    """Take a time at the dock, in place of the one that the shipment had."""
    load_plan(unit, plan_id)
    shipment = load_shipment(unit, plan_id, shipment_id)
    _check(shipment)
    dock = dock_for(unit, shipment_id)
    slot = next((one for one in dock.slots if one.slot_id == slot_id), None) if dock is not None else None
    if dock is None or slot is None:
        raise BadRequest("The requested slotId does not exist for the specified shipment.")
    if dock.expires_at <= unit.now or slot.starts_at <= unit.now:
        raise BadRequest("ERROR: Operation cannot be processed because the requested slot is expired.")
    made = Appointment(
        number=_FIRST_NUMBER + unit.next_number("dock appointments"),
        slot_id=slot_id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        reason=reason,
    )
    _give_up(shipment, reason)
    shipment.carriage.appointments += (made,)
    save_shipment(unit, shipment)
    return made


def cancel(unit: UnitOfWork, plan_id: str, shipment_id: str, reason: str | None) -> str:
    """Give the time at the dock up; returns the operation's id."""
    plan = plan_for(unit, CANCEL, plan_id)
    shipment = find_shipment(unit, plan_id, shipment_id)
    _check(shipment)
    if shipment.carriage.appointment is None:
        raise BadRequest("ERROR: No self-ship appointment is scheduled for the shipment.")
    return begin(unit, CANCEL, plan, GivenUp(shipment_id=shipment_id, reason=reason))


@carries_out(CANCEL, GivenUp)
def free(unit: UnitOfWork, plan: Plan, given_up: GivenUp) -> list[Problem]:
    """Give it up."""
    shipment = load_shipment(unit, plan.plan_id, given_up.shipment_id)
    _give_up(shipment, given_up.reason)
    save_shipment(unit, shipment)
    return []


def _give_up(shipment: Shipment, reason: str | None) -> None:
    shipment.carriage.appointments = tuple(
        msgspec.structs.replace(one, status=AppointmentStatus.CANCELED, reason=reason)
        if one.status is AppointmentStatus.SCHEDULED
        else one
        for one in shipment.carriage.appointments
    )


def _check(shipment: Shipment) -> None:
    """Raise `BadRequest` where sellers bring nothing themselves, or there is nothing to bring.

    Assumed: in which words Amazon refuses an appointment at the dock for a shipment that is not placed, or has come.
    """
    _check_country(shipment)
    if shipment.status is ShipmentStatus.UNCONFIRMED:
        raise BadRequest(f"ERROR: No placement option is confirmed for inboundPlan {shipment.plan_id}.")
    if has_arrived(shipment) or not SHIPMENT[shipment.status]:
        raise BadRequest(f"ERROR: Shipment {shipment.shipment_id} is {shipment.status.value}.")


def _check_country(shipment: Shipment) -> None:
    country = MARKETPLACES[shipment.marketplace_id].country_code
    if country not in COUNTRIES:
        raise BadRequest("ERROR: Self-ship appointments are not supported in the marketplace of the inbound plan.")
