"""Shipments to Amazon's fulfillment centers."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument, NotFound
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.inbound import commands
from sellingpartner.market.inbound.model import Plan, Shipment
from sellingpartner.market.inbound.questions import (
    PlanFilter,
    at_work_on,
    find_plan,
    latest_shipments,
    page_of_plans,
    shipment_by_confirmation,
    shipments_of,
)
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork

_LATEST = 100


def list_inbound_plans(desk: Desk, request: v1.ListInboundPlans) -> v1.InboundPlans:
    """The newest plans."""
    with desk.market.read(_meant(desk, request.seller_id)) as unit:
        return v1.InboundPlans(plans=[_plan(unit, one) for one in page_of_plans(unit, PlanFilter(), None, _LATEST)])


def get_inbound_plan(desk: Desk, request: v1.GetInboundPlan) -> v1.InboundPlan:
    """One of them, by its own id or by that of one of its shipments."""
    with desk.market.read(_meant(desk, request.seller_id)) as unit:
        shipment = shipment_by_confirmation(unit, request.plan_id)
        plan_id = request.plan_id if shipment is None else shipment.plan_id
        try:
            return _plan(unit, find_plan(unit, plan_id))
        except BadRequest as unknown:
            message = f"There is no plan or shipment {plan_id[:40]!r} to Amazon; see `spapi inbound plans`."
            raise NotFound(message) from unknown


def list_inbound_shipments(desk: Desk, request: v1.ListInboundShipments) -> v1.InboundShipments:
    """The latest shipments."""
    with desk.market.read(_meant(desk, request.seller_id)) as unit:
        return v1.InboundShipments(shipments=[_shown(one) for one in latest_shipments(unit, _LATEST)])


def get_inbound_shipment(desk: Desk, request: v1.GetInboundShipment) -> v1.InboundShipment:
    """One of them."""
    with desk.market.read(_meant(desk, request.seller_id)) as unit:
        return _shown(_found(unit, request.confirmation_id))


def carry_inbound_shipment(desk: Desk, request: v1.CarryInboundShipment) -> v1.InboundShipment:
    """Let something happen to one."""
    _check(request)
    harm = commands.Harm(short=request.short, broken_by_amazon=request.damaged, over=request.over)
    with desk.market.write(_meant(desk, request.seller_id)) as unit:
        if request.deed is v1.InboundDeed.LOSE:
            return _shown(commands.lose_by_hand(unit, request.confirmation_id))
        shipment = _found(unit, request.confirmation_id)
        sku = request.sku or min(item.msku for item in shipment.items)
        harms = {sku: harm} if any(harm) or request.sku is not None else {}
        flaws = [] if request.problem is None else [commands.Flaw(sku, request.problem.value, request.problem_units)]
        return _shown(commands.receive_by_hand(unit, request.confirmation_id, harms, flaws))


def _check(request: v1.CarryInboundShipment) -> None:
    has_harm = any((request.short, request.damaged, request.over, request.problem, request.problem_units))
    if has_harm and request.deed is not v1.InboundDeed.RECEIVE:
        message = f"short, damaged, over and problem are for RECEIVE; leave them out of {request.deed.value}."
        raise InvalidArgument(message)
    if (request.problem is None) != (request.problem_units == 0):
        message = "problem and problemUnits belong together: say what is wrong, and with how many units."
        raise InvalidArgument(message)


def _meant(desk: Desk, seller_id: str | None) -> str:
    return shop_meant(desk.market, seller_id, None)[0]


def _found(unit: UnitOfWork, confirmation_id: str) -> Shipment:
    shipment = shipment_by_confirmation(unit, confirmation_id)
    if shipment is None:
        message = f"There is no shipment {confirmation_id[:40]!r} to Amazon; see `spapi inbound list`."
        raise NotFound(message)
    return shipment


def _plan(unit: UnitOfWork, plan: Plan) -> v1.InboundPlan:
    chosen = plan.placement
    shown = [
        one for one in shipments_of(unit, plan.plan_id) if chosen is None or one.shipment_id in chosen.shipment_ids
    ]
    return v1.InboundPlan(
        plan_id=plan.plan_id,
        name=plan.name,
        status=plan.status.value,
        units=plan.units,
        at_work=at_work_on(unit, plan.plan_id),
        updated_at=max([plan.updated_at, *(one.updated_at for one in shown)]),
        shipments=[
            v1.InboundPlanShipment(
                shipment_id=one.shipment_id,
                confirmation_id=one.confirmation_id,
                status=one.status.value,
                center=one.center,
                sent=sum(item.quantity for item in one.items),
                received=sum(one.received.values()),
                updated_at=one.updated_at,
            )
            for one in shown
        ],
    )


def _shown(shipment: Shipment) -> v1.InboundShipment:
    currency = MARKETPLACES[shipment.marketplace_id].currency
    return v1.InboundShipment(
        confirmation_id=shipment.confirmation_id or "",
        shipment_id=shipment.shipment_id,
        plan_id=shipment.plan_id,
        name=shipment.name,
        status=shipment.status.value,
        center=shipment.center,
        updated_at=shipment.updated_at,
        skus=[
            v1.InboundSku(
                sku=sku, sent=units, received=shipment.received.get(sku, 0), damaged=shipment.broken.get(sku, 0)
            )
            for sku, units in sorted(shipment.sent.items())
        ],
        defects=[
            v1.InboundDefect(
                problem=v1.InboundProblem(one.kind),
                sku=one.sku,
                units=one.units,
                fee=f"{Money(one.fee_minor, currency)} {currency}" if one.fee_minor else "",
                found_at=one.found_at,
            )
            for one in shipment.defects
        ],
    )
