"""A shipment is renamed, or leaves from elsewhere: then nobody is known any more who might carry it."""

from __future__ import annotations

import msgspec

from sellingpartner.market.inbound.lifecycle import SHIPMENT, ShipmentStatus
from sellingpartner.market.inbound.model import Address, Plan, Shipment
from sellingpartner.market.inbound.operations import begin, carries_out, plan_for
from sellingpartner.market.inbound.problems import Problem, warning
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.sending.addresses import NOT_VERIFIED, check_address, is_verified
from sellingpartner.market.inbound.store.options import keep_transports
from sellingpartner.market.inbound.store.plans import load_plan
from sellingpartner.market.inbound.store.shipments import find_shipment, load_shipment, save_shipment
from sellingpartner.storage.unit import UnitOfWork

SOURCE = "updateShipmentSourceAddress"
_BEFORE_CARRIERS = frozenset({ShipmentStatus.UNCONFIRMED, ShipmentStatus.WORKING})


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """From where a shipment leaves."""

    shipment_id: str
    address: Address


def rename_shipment(unit: UnitOfWork, plan_id: str, shipment_id: str, name: str) -> None:
    """Give a shipment another name."""
    load_plan(unit, plan_id)
    shipment = load_shipment(unit, plan_id, shipment_id)
    if not SHIPMENT[shipment.status]:
        # Assumed: in which words a shipment keeps its name that is over.
        raise BadRequest(f"ERROR: Shipment {shipment_id} is {shipment.status.value} and can not be renamed.")
    shipment.name = name
    save_shipment(unit, shipment)


def change_source(unit: UnitOfWork, plan_id: str, source: Source) -> str:
    """Have a shipment leave from elsewhere; returns the operation's id."""
    plan = plan_for(unit, SOURCE, plan_id)
    check_address(source.address)
    _check(find_shipment(unit, plan_id, source.shipment_id))
    return begin(unit, SOURCE, plan, source)


@carries_out(SOURCE, Source)
def move_source(unit: UnitOfWork, plan: Plan, source: Source) -> list[Problem]:
    """Let it leave from there."""
    shipment = load_shipment(unit, plan.plan_id, source.shipment_id)
    _check(shipment)
    shipment.ship_from = source.address
    save_shipment(unit, shipment)
    keep_transports(unit, shipment.shipment_id, ())
    return [] if is_verified(source.address) else [warning(NOT_VERIFIED)]


def _check(shipment: Shipment) -> None:
    """Assumed: in which words Amazon refuses another address once a carrier is confirmed."""
    if shipment.status not in _BEFORE_CARRIERS:
        raise BadRequest(
            f"ERROR: The source address of shipment {shipment.shipment_id} can be updated only before its "
            "transportation option is confirmed."
        )
