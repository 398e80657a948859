"""Plans are renamed and given up."""

from __future__ import annotations

from sellingpartner.market.events.inbound import InboundPlanVoided
from sellingpartner.market.inbound.lifecycle import SHIPMENT, PackingStatus, PlacementStatus, PlanStatus, ShipmentStatus
from sellingpartner.market.inbound.model import Plan
from sellingpartner.market.inbound.operations import begin, carries_out, plan_for
from sellingpartner.market.inbound.problems import Problem
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.sending.leaving import call_off
from sellingpartner.market.inbound.store.plans import load_plan, save_plan
from sellingpartner.market.inbound.store.shipments import save_shipment, shipments_to_change
from sellingpartner.storage.unit import UnitOfWork

CANCEL = "cancelInboundPlan"


def rename(unit: UnitOfWork, plan_id: str, name: str) -> None:
    """Give a plan another name, whatever its state. Raises `BadRequest`."""
    plan = load_plan(unit, plan_id)
    plan.name = name
    save_plan(unit, plan)


def cancel(unit: UnitOfWork, plan_id: str) -> str:
    """Have a plan given up; returns the operation's id. Raises `BadRequest`."""
    return begin(unit, CANCEL, plan_for(unit, CANCEL, plan_id))


@carries_out(CANCEL)
def void(unit: UnitOfWork, plan: Plan, _: None) -> list[Problem]:
    """Give a plan up with its shipments, unless one of them is with its carrier already."""
    given_up = []
    for shipment in shipments_to_change(unit, plan.plan_id):
        if not SHIPMENT[shipment.status]:
            continue
        if ShipmentStatus.CANCELED not in SHIPMENT[shipment.status]:
            # Assumed: in which words a plan is kept of which a shipment is on its way.
            raise BadRequest(
                f"ERROR: Shipment {shipment.shipment_id} is {shipment.status.value} and can not be cancelled."
            )
        call_off(unit, shipment)
        shipment.move(ShipmentStatus.CANCELED)
        save_shipment(unit, shipment)
        given_up.append(shipment.shipment_id)
    for packing in plan.packing_options:
        if packing.status is PackingStatus.OFFERED:
            packing.move(PackingStatus.EXPIRED)
    for placement in plan.placement_options:
        if placement.status is PlacementStatus.OFFERED:
            placement.move(PlacementStatus.EXPIRED)
    plan.move(PlanStatus.VOIDED)
    unit.emit(InboundPlanVoided(plan_id=plan.plan_id, marketplace_id=plan.marketplace_id, shipment_ids=tuple(given_up)))
    return []
