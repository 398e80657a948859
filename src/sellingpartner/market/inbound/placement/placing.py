"""Placement: a plan is split over fulfillment centers in ways that its seller may choose from, and one is chosen.

What is packed goes box by box, if it is told what is in the boxes; a group of boxes that nothing is told of stays
together. While nothing is packed, units are dealt out as they are.

Assumed: an option holds for three days. To generate options again ends those that were offered before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.centers.model import Center
from sellingpartner.market.centers.questions import kilometers, nearest, point_of
from sellingpartner.market.events.inbound import PlacementConfirmed
from sellingpartner.market.inbound.announcing import announce_units
from sellingpartner.market.inbound.identifiers import Prefix, new_id
from sellingpartner.market.inbound.items.unit_sizes import Unit
from sellingpartner.market.inbound.lifecycle import PlacementStatus, ShipmentStatus
from sellingpartner.market.inbound.model import Incentive, PlacementOption, Plan, PlanItem, Shipment
from sellingpartner.market.inbound.operations import begin, carries_out, plan_for
from sellingpartner.market.inbound.packing.boxing import hand_out
from sellingpartner.market.inbound.packing.withdrawing import withdraw, withdraw_placements
from sellingpartner.market.inbound.placement.measuring import goods_in
from sellingpartner.market.inbound.placement.splits import Proposal, Share, Split, fee_of, proposals
from sellingpartner.market.inbound.placement.splitting import Goods, merged
from sellingpartner.market.inbound.problems import Problem, about
from sellingpartner.market.inbound.receiving.defects import await_shipment
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.store.options import boxes_for, keep_boxes
from sellingpartner.market.inbound.store.plans import load_plan, save_plan
from sellingpartner.market.inbound.store.shipments import insert_shipments, load_shipment, save_shipment
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

GENERATE, CONFIRM = "generatePlacementOptions", "confirmPlacementOption"

_HOLDS = timedelta(hours=72)
_TARGET, _TOLD = "Placement Services", "For the service of spreading the units over Amazon's fulfillment centers."


class CustomShare(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller wants to go to a center that it names."""

    center: str
    items: tuple[PlanItem, ...]


class PlacementsExpire(Due):
    """The placement options of a plan have held for as long as they hold."""

    plan_id: str
    option_ids: tuple[str, ...]


def generate(unit: UnitOfWork, plan_id: str, custom: Sequence[CustomShare]) -> str:
    """Have the ways to split a plan worked out; returns the operation's id."""
    plan = plan_for(unit, GENERATE, plan_id)
    return begin(unit, GENERATE, plan, tuple(custom))


def confirm(unit: UnitOfWork, plan_id: str, option_id: str) -> str:
    """Choose one of the ways to split a plan; returns the operation's id."""
    plan = plan_for(unit, CONFIRM, plan_id)
    _offered(plan, option_id)
    return begin(unit, CONFIRM, plan, option_id)


@carries_out(GENERATE, tuple[CustomShare, ...])
def offer(unit: UnitOfWork, plan: Plan, custom: tuple[CustomShare, ...]) -> list[Problem]:
    """Work the ways out, and have them expire."""
    goods, sizes = goods_in(unit, plan)
    if missing := goods.unpacked_groups:
        return [about("FBA_INB_0313", group.group_id) for group in missing]
    country = MARKETPLACES[plan.marketplace_id].country_code
    source = plan.ship_from
    near = nearest(country, source.postal_code, state=source.state or "")
    here = point_of(source.country_code, source.postal_code, source.state or "")
    luck = chance(unit, "placement", plan.plan_id, len(plan.placement_options))
    if custom:
        found = [_as_wanted(goods, near, custom)]
    else:
        found = proposals(luck, goods.loads, near, [kilometers(here, one.point) for one in near])
    if not found:
        return [Problem(code="BadRequest", message="ERROR: No fulfillment center takes all items of the inbound plan.")]
    withdraw_placements(unit, plan)
    made = tuple(_option(unit, plan, goods, proposal, sizes) for proposal in found)
    plan.placement_options = [*plan.placement_options, *made]
    ends = PlacementsExpire(plan_id=plan.plan_id, option_ids=tuple(one.option_id for one in made))
    later(unit, ends, at=unit.now + _HOLDS)
    return []


@carries_out(CONFIRM, str)
def accept(unit: UnitOfWork, plan: Plan, option_id: str) -> list[Problem]:
    """Take what was chosen; the others are over, and Amazon knows what will come to which of its centers."""
    option = _offered(plan, option_id)
    others = [one for one in plan.placement_options if one is not option and one.status is PlacementStatus.OFFERED]
    withdraw(unit, plan, others, ShipmentStatus.DELETED)
    option.move(PlacementStatus.ACCEPTED)
    shipments = [load_shipment(unit, plan.plan_id, shipment_id) for shipment_id in option.shipment_ids]
    for shipment in shipments:
        shipment.move(ShipmentStatus.WORKING)
        save_shipment(unit, shipment)
        await_shipment(unit, shipment)
    hand_out(unit, plan, [(shipment.shipment_id, boxes_for(unit, shipment.shipment_id)) for shipment in shipments])
    announce_units(unit, shipments)
    fee = sum(one.amount.minor for one in option.fees)
    unit.emit(
        PlacementConfirmed(
            plan_id=plan.plan_id,
            placement_option_id=option_id,
            marketplace_id=plan.marketplace_id,
            shipment_ids=option.shipment_ids,
            fee_minor=fee,
            currency=MARKETPLACES[plan.marketplace_id].currency,
        )
    )
    return []


@when(PlacementsExpire)
def end(unit: UnitOfWork, due: PlacementsExpire) -> None:
    """End those of a plan's options that nobody has confirmed."""
    plan = load_plan(unit, due.plan_id)
    over = [one for one in plan.placement_options if one.option_id in due.option_ids]
    over = [one for one in over if one.status is PlacementStatus.OFFERED]
    if over:
        withdraw(unit, plan, over)
        save_plan(unit, plan)


def _offered(plan: Plan, option_id: str) -> PlacementOption:
    option = plan.placement_option(option_id)
    if option.status is not PlacementStatus.OFFERED:
        raise BadRequest("ERROR: Operation cannot be processed because the requested placement option is expired.")
    return option


def _as_wanted(goods: Goods, near: Sequence[Center], custom: Sequence[CustomShare]) -> Proposal:
    """What the seller wants itself; raises `BadRequest` unless that is possible, and all there is."""
    takes = {one.code: one.takes for one in near}
    for share in custom:
        if share.center not in takes:
            raise BadRequest(f"ERROR: Warehouse {share.center} is not available for the inbound plan.")
        if any(not goods.takes.get(item.msku, frozenset()) <= takes[share.center] for item in share.items):
            raise BadRequest(f"ERROR: Warehouse {share.center} does not take all of the items that are to go there.")
    if goods.is_packed:
        raise BadRequest("ERROR: Custom placement is not supported once packing information was provided.")
    wanted = merged(item for share in custom for item in share.items)
    if {item.msku: item.quantity for item in wanted} != {item.msku: item.quantity for item in goods.items}:
        raise BadRequest("ERROR: Custom placement did not contain expected items and/or quantities.")
    shares = tuple(Share(share.center, {item.msku: item.quantity for item in merged(share.items)}) for share in custom)
    return Proposal(Split.OPTIMIZED, shares)


def _option(
    unit: UnitOfWork, plan: Plan, goods: Goods, proposal: Proposal, sizes: Mapping[str, Unit | None]
) -> PlacementOption:
    option_id = new_id(unit, Prefix.PLACEMENT_OPTION)
    marketplace = MARKETPLACES[plan.marketplace_id]
    fee, shipments = 0, []
    for share in proposal.shares:
        items = goods.items_in(share)
        cost = sum(item.quantity * fee_of(marketplace.country_code, sizes[item.msku], proposal.split) for item in items)
        shipment = Shipment(
            shipment_id=new_id(unit, Prefix.SHIPMENT),
            plan_id=plan.plan_id,
            marketplace_id=plan.marketplace_id,
            placement_option_id=option_id,
            created_at=unit.now,
            updated_at=unit.now,
            center=share.center,
            name=f"FBA STA ({plan.created_at:%m/%d/%Y %H:%M})-{share.center}",
            ship_from=plan.ship_from,
            items=items,
            placement_minor=cost,
        )
        insert_shipments(unit, [shipment])
        keep_boxes(unit, shipment.shipment_id, goods.boxes_in(share))
        shipments.append(shipment)
        fee += cost
    charged = Incentive(description=_TOLD, target=_TARGET, amount=Money(fee, marketplace.currency))
    return PlacementOption(
        option_id=option_id,
        expires_at=unit.now + _HOLDS,
        fees=(charged,) if fee else (),
        shipment_ids=tuple(one.shipment_id for one in shipments),
    )
