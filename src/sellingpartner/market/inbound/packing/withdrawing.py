"""Placement options that are over, with the shipments that were made for them."""

from __future__ import annotations

from sellingpartner.market.inbound.lifecycle import PlacementStatus, ShipmentStatus
from sellingpartner.market.inbound.model import PlacementOption, Plan
from sellingpartner.market.inbound.store.shipments import save_shipment, shipments_to_change
from sellingpartner.storage.unit import UnitOfWork


def withdraw_placements(unit: UnitOfWork, plan: Plan) -> None:
    """Offer none of a plan's placement options any more: what is to be sent has changed."""
    withdraw(unit, plan, [one for one in plan.placement_options if one.status is PlacementStatus.OFFERED])


def withdraw(
    unit: UnitOfWork,
    plan: Plan,
    options: list[PlacementOption],
    become: ShipmentStatus = ShipmentStatus.ABANDONED,
) -> None:
    """Offer some placement options no more; of their shipments nothing becomes. The plan is for the caller to keep."""
    gone = {shipment_id for option in options for shipment_id in option.shipment_ids}
    for option in options:
        option.move(PlacementStatus.EXPIRED)
    if not gone:
        return
    for shipment in shipments_to_change(unit, plan.plan_id):
        if shipment.shipment_id in gone and shipment.status is ShipmentStatus.UNCONFIRMED:
            shipment.move(become)
            save_shipment(unit, shipment)
