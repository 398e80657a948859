"""setPackingInformation: boxes are told by packing group, or by shipment, and must add up to what is planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from sellingpartner.market.events.inbound import InboundPacked
from sellingpartner.market.inbound.identifiers import Prefix, new_ids
from sellingpartner.market.inbound.lifecycle import PackingStatus, ShipmentStatus
from sellingpartner.market.inbound.model import Box, ContentSource, PackingGroup, PackingOption, Plan, PlanItem
from sellingpartner.market.inbound.operations import begin, carries_out, plan_for
from sellingpartner.market.inbound.packing.box_limits import check_box
from sellingpartner.market.inbound.packing.rules import handling_of_all
from sellingpartner.market.inbound.packing.withdrawing import withdraw_placements
from sellingpartner.market.inbound.problems import Problem, about
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.sizes import Size, Weight
from sellingpartner.market.inbound.store.packages import Among, delete_packages, insert_packages, next_number
from sellingpartner.market.inbound.store.plans import items_of
from sellingpartner.market.inbound.store.shipments import find_shipment
from sellingpartner.storage.unit import UnitOfWork

KIND = "setPackingInformation"
_MOST_TOLD = 50


class BoxTold(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """So many boxes that are alike, as a seller tells of them."""

    source: ContentSource
    size: Size
    weight: Weight
    quantity: int
    items: tuple[PlanItem, ...] = ()


class Grouping(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The boxes of a packing group, or of a shipment."""

    group_id: str | None = None
    shipment_id: str | None = None
    boxes: tuple[BoxTold, ...]


class AllGroupings(msgspec.Struct, frozen=True):
    """All that is told at once."""

    groupings: tuple[Grouping, ...]


class WrongContents(BadRequest):
    """What is in the boxes is not what is planned."""

    def __init__(self, subject: str, expected: Sequence[tuple[str, int]]) -> None:
        told = ", ".join(f"{msku}: {units}" for msku, units in expected[:_MOST_TOLD])
        super().__init__(
            f"ERROR: {subject} did not contain expected items and/or quantities",
            details=f"Expected item quantities {told}",
        )


def set_packing(unit: UnitOfWork, plan_id: str, groupings: Sequence[Grouping]) -> str:
    """Have it kept how a plan is packed; returns the operation's id. Raises `BadRequest`."""
    plan = plan_for(unit, KIND, plan_id)
    planned = {one.msku: one for one in items_of(unit, plan_id)}
    named = [one.group_id or one.shipment_id for one in groupings]
    if len(set(named)) < len(named):
        # Assumed: in which words a packing group or a shipment is refused that is told of twice.
        raise BadRequest("ERROR: A packingGroupId or shipmentId was provided more than once.")
    for grouping in groupings:
        _check(unit, plan, planned, grouping)
    return begin(unit, KIND, plan, AllGroupings(tuple(groupings)))


@carries_out(KIND, AllGroupings)
def pack(unit: UnitOfWork, plan: Plan, told: AllGroupings) -> list[Problem]:
    """Keep the boxes of a plan; those of a group that is told of again are over, and so are placements by them."""
    stale = [one.group_id for one in told.groupings if one.group_id is not None and _is_over(plan, one.group_id)]
    if stale:
        return [about("FBA_INB_0364", group_id) for group_id in stale]
    for grouping in told.groupings:
        delete_packages(unit, Among(plan.plan_id, group_id=grouping.group_id, shipment_id=grouping.shipment_id))
        _insert(unit, plan, grouping)
    withdraw_placements(unit, plan)
    boxes = sum(box.quantity for grouping in told.groupings for box in grouping.boxes)
    unit.emit(InboundPacked(plan_id=plan.plan_id, boxes=boxes))
    return []


def _check(unit: UnitOfWork, plan: Plan, planned: dict[str, PlanItem], grouping: Grouping) -> None:
    """Assumed: in which words a grouping is refused that names both or neither, or the one at the other's time."""
    if (grouping.group_id is None) == (grouping.shipment_id is None):
        raise BadRequest("ERROR: One of packingGroupId or shipmentId must be provided for each package grouping.")
    if grouping.group_id is not None:
        if plan.placement is not None:
            raise BadRequest("ERROR: The packingGroupId can only be provided before a placement option is confirmed.")
        option, group = plan.packing_group(grouping.group_id)
        _check_confirmed(option)
        expected, subject = [planned[msku] for msku in group.mskus], f"Package group {group.group_id}"
        handling = group.handling
    else:
        expected, subject = _of_shipment(unit, plan, str(grouping.shipment_id)), f"Shipment {grouping.shipment_id}"
        handling = handling_of_all(unit, expected, plan.marketplace_id)
    for box in grouping.boxes:
        check_box(box.size, box.weight, box.source, sum(one.quantity for one in box.items), plan, handling)
    _check_contents(expected, grouping.boxes, subject)


def _check_confirmed(option: PackingOption) -> None:
    if option.status is PackingStatus.OFFERED:
        # Assumed: in which words a packing group is refused whose option nobody has confirmed.
        raise BadRequest("ERROR: The packingGroupId does not belong to a confirmed packing option.")


def _of_shipment(unit: UnitOfWork, plan: Plan, shipment_id: str) -> list[PlanItem]:
    """What is to be in a shipment that may be packed; raises `BadRequest`."""
    if plan.placement is None:
        raise BadRequest("ERROR: The shipmentId can only be provided after a placement option is confirmed.")
    shipment = find_shipment(unit, plan.plan_id, shipment_id)
    if shipment_id not in plan.placement.shipment_ids or shipment.status is not ShipmentStatus.WORKING:
        raise BadRequest("The inbound plan is not in a valid state to set packing information.")
    return list(shipment.items)


def _check_contents(expected: Sequence[PlanItem], boxes: Sequence[BoxTold], subject: str) -> None:
    """Raise `BadRequest` unless boxes hold what is planned, as far as it is told what they hold."""
    by_msku = {one.msku: one for one in expected}
    held: Counter[str] = Counter()
    is_whole = True
    for box in boxes:
        if box.source is not ContentSource.PROVIDED:
            is_whole = False
            continue
        for item in box.items:
            held[item.msku] += item.quantity * box.quantity
            plan_item = by_msku.get(item.msku)
            if plan_item is not None and plan_item.kind != item.kind:
                raise BadRequest(
                    f"ERROR: Invalid item details for {item.msku}, expected: {_told(plan_item)}, "
                    f"provided: {_told(item)}; "
                )
    wrong = [
        (one.msku, one.quantity)
        for one in expected
        if held[one.msku] > one.quantity or (is_whole and held[one.msku] != one.quantity)
    ]
    if wrong or any(msku not in by_msku for msku in held):
        raise WrongContents(subject, wrong or [(one.msku, one.quantity) for one in expected])


def _told(item: PlanItem) -> str:
    """An item as Amazon's message has it."""
    expires = "null" if item.expires_on is None else f"{item.expires_on}T00:00Z"
    lot = item.lot or "null"
    owners = f"labelOwner={item.label_owner.value}, prepOwner={item.prep_owner.value}"
    return f"Item(msku={item.msku}, mlc={lot}, expiration={expires}, {owners}, isQtyKnown=true)"


def _is_over(plan: Plan, group_id: str) -> bool:
    option, _ = plan.packing_group(group_id)
    return option.status is PackingStatus.EXPIRED


def _insert(unit: UnitOfWork, plan: Plan, grouping: Grouping) -> None:
    first = next_number(unit, plan.plan_id)
    place = _place(plan, grouping)
    ids = new_ids(unit, Prefix.PACKAGE, len(grouping.boxes))
    insert_packages(
        unit,
        plan.plan_id,
        [
            Box(
                package_id=package_id,
                number=first + number,
                source=box.source,
                size=box.size,
                weight=box.weight,
                quantity=box.quantity,
                items=box.items,
                group_id=grouping.group_id,
                shipment_id=grouping.shipment_id,
                template_name=f"P{place} - B{number + 1}",
            )
            for number, (package_id, box) in enumerate(zip(ids, grouping.boxes, strict=True))
        ],
    )


def _place(plan: Plan, grouping: Grouping) -> int:
    """Which of the plan's packing groups, or of its shipments, is meant: the first is 1."""
    if grouping.group_id is not None:
        option, _ = plan.packing_group(grouping.group_id)
        groups: Sequence[PackingGroup] = option.groups
        return 1 + next(place for place, one in enumerate(groups) if one.group_id == grouping.group_id)
    shipment_ids = () if plan.placement is None else plan.placement.shipment_ids
    return 1 + shipment_ids.index(str(grouping.shipment_id))
