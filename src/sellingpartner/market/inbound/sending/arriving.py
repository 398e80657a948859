"""Delivery windows: when a shipment may arrive is worked out, and one window is chosen.

After one was confirmed none are worked out anew, but another of them may still be chosen until it begins.

Assumed: windows may be chosen until they begin. In which words a full window is refused, and one that is over.
"""

from __future__ import annotations

import msgspec

from sellingpartner.market.inbound.identifiers import Prefix, new_ids
from sellingpartner.market.inbound.lifecycle import SHIPMENT, ShipmentStatus
from sellingpartner.market.inbound.model import Plan, Shipment
from sellingpartner.market.inbound.operations import begin, carries_out, plan_for
from sellingpartner.market.inbound.problems import Problem
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.store.options import keep_windows, windows_for
from sellingpartner.market.inbound.store.shipments import find_shipment, load_shipment, save_shipment
from sellingpartner.market.inbound.transport.carriage import WindowOption
from sellingpartner.market.inbound.transport.windows import Availability, windows
from sellingpartner.market.time.chance import chance
from sellingpartner.storage.unit import UnitOfWork

GENERATE, CONFIRM = "generateDeliveryWindowOptions", "confirmDeliveryWindowOptions"


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A window of a shipment."""

    shipment_id: str
    option_id: str


def generate(unit: UnitOfWork, plan_id: str, shipment_id: str) -> str:
    """Have it worked out when a shipment may arrive; returns the operation's id."""
    plan = plan_for(unit, GENERATE, plan_id)
    shipment = find_shipment(unit, plan_id, shipment_id)
    _check_open(shipment, "GenerateDeliveryWindowOptions")
    if shipment.carriage.window is not None:
        raise BadRequest(
            "ERROR: Operation GenerateDeliveryWindowOptions cannot be processed because a delivery window is already "
            "confirmed."
        )
    return begin(unit, GENERATE, plan, shipment_id)


def confirm(unit: UnitOfWork, plan_id: str, choice: Choice) -> str:
    """Choose a window; returns the operation's id."""
    plan = plan_for(unit, CONFIRM, plan_id)
    shipment = find_shipment(unit, plan_id, choice.shipment_id)
    _check_open(shipment, "ConfirmDeliveryWindowOptions")
    _window(unit, choice)
    return begin(unit, CONFIRM, plan, choice)


@carries_out(GENERATE, str)
def offer(unit: UnitOfWork, plan: Plan, shipment_id: str) -> list[Problem]:
    """Work it out."""
    shipment = load_shipment(unit, plan.plan_id, shipment_id)
    luck = chance(unit, "delivery windows", shipment_id, f"{unit.now:%Y-%m-%d}")
    found = list(windows(luck, shipment.carriage.ready_at or unit.now, unit.now))
    ids = new_ids(unit, Prefix.DELIVERY_WINDOW_OPTION, len(found))
    made = (
        WindowOption(option_id=one, **msgspec.structs.asdict(window)) for one, window in zip(ids, found, strict=True)
    )
    keep_windows(unit, shipment_id, tuple(made))
    return []


@carries_out(CONFIRM, Choice)
def accept(unit: UnitOfWork, plan: Plan, choice: Choice) -> list[Problem]:
    """Take what was chosen."""
    shipment = load_shipment(unit, plan.plan_id, choice.shipment_id)
    _check_open(shipment, "ConfirmDeliveryWindowOptions")
    shipment.carriage.window = _window(unit, choice)
    save_shipment(unit, shipment)
    return []


def _check_open(shipment: Shipment, name: str) -> None:
    """Raise `BadRequest` unless a shipment's placement was confirmed, and it has not come yet."""
    if shipment.status is ShipmentStatus.UNCONFIRMED:
        raise BadRequest(f"ERROR: No placement option is confirmed for inboundPlan {shipment.plan_id}.")
    if not SHIPMENT[shipment.status]:
        raise BadRequest(f"ERROR: Operation {name} cannot be processed on a {shipment.status.value} shipment.")


def _window(unit: UnitOfWork, choice: Choice) -> WindowOption:
    """The window that is chosen; raises `BadRequest` unless it can be."""
    found = next((one for one in windows_for(unit, choice.shipment_id) if one.option_id == choice.option_id), None)
    if found is None:
        raise BadRequest("The requested deliveryWindowOptionId does not exist for the specified shipment.")
    if found.availability is Availability.BLOCKED:
        raise BadRequest("ERROR: The requested delivery window is not available.")
    if min(found.valid_until, found.starts_at) <= unit.now:
        raise BadRequest(
            "ERROR: Operation cannot be processed because the requested delivery window option is expired."
        )
    return found
