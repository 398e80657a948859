"""What is in a shipment changes after its carrier is fixed: the change is priced first, and taken if its seller likes.

Assumed: a change is priced for a day, until the shipment leaves; it may name the plan's SKUs alone. What Amazon's
partner takes for pallets follows from the pallets, and does not change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.events.inbound import InboundTransportRepriced
from sellingpartner.market.inbound.announcing import announce_change
from sellingpartner.market.inbound.identifiers import Prefix, new_id
from sellingpartner.market.inbound.lifecycle import ShipmentStatus
from sellingpartner.market.inbound.model import Box, ContentSource, Plan, PlanItem, Shipment
from sellingpartner.market.inbound.operations import begin, carries_out, plan_for
from sellingpartner.market.inbound.packing.box_limits import check_box
from sellingpartner.market.inbound.packing.boxing import MOST_BOXES, boxes_going, replace_boxes
from sellingpartner.market.inbound.packing.rules import handling_of_all
from sellingpartner.market.inbound.placement.splitting import merged
from sellingpartner.market.inbound.problems import Problem
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.sending.leaving import track_boxes
from sellingpartner.market.inbound.sending.transporting import load_of
from sellingpartner.market.inbound.store.options import ContentUpdate, keep_previews, previews_for
from sellingpartner.market.inbound.store.plans import items_of
from sellingpartner.market.inbound.store.shipments import find_shipment, load_shipment, save_shipment
from sellingpartner.market.inbound.transport.carriage import TransportOption
from sellingpartner.market.inbound.transport.carrying import Piece, parcel_cost
from sellingpartner.storage.unit import UnitOfWork

GENERATE, CONFIRM = "generateShipmentContentUpdatePreviews", "confirmShipmentContentUpdatePreview"

_HOLDS = timedelta(hours=24)
_MOST_KEPT = 20


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """All that is to be in a shipment; a box without a package id is new."""

    shipment_id: str
    boxes: tuple[Box, ...]
    items: tuple[PlanItem, ...]


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A change that was priced, and is wanted."""

    shipment_id: str
    preview_id: str


def generate(unit: UnitOfWork, plan_id: str, change: Change) -> str:
    """Have a change priced; returns the operation's id."""
    plan = plan_for(unit, GENERATE, plan_id)
    shipment = find_shipment(unit, plan_id, change.shipment_id)
    _check_open(shipment)
    planned = {item.msku: item for item in items_of(unit, plan_id)}
    named = {item.msku for item in (*change.items, *(item for box in change.boxes for item in box.items))}
    if unknown := sorted(named - {*planned}):
        raise BadRequest(f"ERROR: The following MSKUs are not on the inbound plan: [{', '.join(unknown)}].")
    _check_boxes(unit, shipment, change)
    wanted = _as_planned(change, planned)
    handling = handling_of_all(unit, wanted.items, plan.marketplace_id)
    for box in wanted.boxes:
        check_box(box.size, box.weight, box.source, sum(one.quantity for one in box.items), plan, handling)
    return begin(unit, GENERATE, plan, wanted)


def confirm(unit: UnitOfWork, plan_id: str, taken: Taken) -> str:
    """Take a change that was priced; returns the operation's id."""
    plan = plan_for(unit, CONFIRM, plan_id)
    shipment = find_shipment(unit, plan_id, taken.shipment_id)
    _check_open(shipment)
    if preview_of(unit, shipment, taken.preview_id).expires_at <= unit.now:
        raise BadRequest("ERROR: Operation cannot be processed because the content update preview is expired.")
    return begin(unit, CONFIRM, plan, taken)


def preview_of(unit: UnitOfWork, shipment: Shipment, preview_id: str) -> ContentUpdate:
    """A change that was priced; raises `BadRequest`."""
    for preview in previews_for(unit, shipment.shipment_id):
        if preview.preview_id == preview_id:
            return preview
    raise BadRequest("The requested contentUpdatePreviewId does not exist for the specified shipment.")


@carries_out(GENERATE, Change)
def price(unit: UnitOfWork, plan: Plan, change: Change) -> list[Problem]:
    """Price a change."""
    shipment = load_shipment(unit, plan.plan_id, change.shipment_id)
    _check_open(shipment)
    preview = ContentUpdate(
        preview_id=new_id(unit, Prefix.CONTENT_UPDATE),
        expires_at=unit.now + _HOLDS,
        boxes=change.boxes,
        items=change.items,
        option=_repriced(unit, shipment, change.boxes),
    )
    kept = previews_for(unit, shipment.shipment_id)[-_MOST_KEPT + 1 :]
    keep_previews(unit, shipment.shipment_id, (*kept, preview))
    return []


@carries_out(CONFIRM, Taken)
def take(unit: UnitOfWork, plan: Plan, taken: Taken) -> list[Problem]:
    """Let a shipment hold what the change says."""
    shipment = load_shipment(unit, plan.plan_id, taken.shipment_id)
    _check_open(shipment)
    preview = preview_of(unit, shipment, taken.preview_id)
    before = shipment.carriage.option
    announce_change(unit, shipment, preview.items)
    shipment.items = preview.items
    boxes = replace_boxes(unit, shipment, preview.boxes)
    shipment.carriage.option = preview.option
    track_boxes(unit, shipment, boxes)
    save_shipment(unit, shipment)
    keep_previews(unit, shipment.shipment_id, ())
    _tell(unit, shipment, before, preview.option)
    return []


def _tell(unit: UnitOfWork, shipment: Shipment, before: TransportOption | None, after: TransportOption) -> None:
    if before is None or before.cost is None or after.cost is None or before.cost == after.cost:
        return
    unit.emit(
        InboundTransportRepriced(
            plan_id=shipment.plan_id,
            shipment_id=shipment.shipment_id,
            confirmation_id=shipment.confirmation_id or "",
            marketplace_id=shipment.marketplace_id,
            added_minor=(after.cost - before.cost).minor,
            currency=after.cost.currency,
        )
    )


def _repriced(unit: UnitOfWork, shipment: Shipment, boxes: Sequence[Box]) -> TransportOption:
    """How the shipment is carried, and for how much then; raises `BadRequest` for boxes that are not taken."""
    option = shipment.carriage.option
    if option is None:
        raise BadRequest(f"ERROR: No transportation option is confirmed for shipment {shipment.shipment_id}.")
    if option.cost is None or option.is_freight:
        return option
    pieces = [Piece(size=box.size, weight=box.weight, quantity=box.quantity) for box in boxes]
    cost = parcel_cost(load_of(unit, shipment, pieces))
    if cost is None:
        raise BadRequest("ERROR: The carrier of the shipment does not take all of its boxes.")
    return msgspec.structs.replace(option, cost=Money(cost, option.cost.currency))


def _check_open(shipment: Shipment) -> None:
    """Assumed: in which words Amazon refuses a change before a carrier is confirmed, or once the shipment has left."""
    if shipment.status is not ShipmentStatus.READY_TO_SHIP:
        raise BadRequest(
            f"ERROR: The contents of shipment {shipment.shipment_id} can be updated after its transportation option is "
            f"confirmed and before it is shipped; it is {shipment.status.value}."
        )


def _check_boxes(unit: UnitOfWork, shipment: Shipment, change: Change) -> None:
    known = {box.package_id for box, _ in boxes_going(unit, shipment)}
    named = [box.package_id for box in change.boxes if box.package_id]
    if unknown := sorted({*named} - known):
        raise BadRequest(f"ERROR: The following packageIds are not in shipment {shipment.shipment_id}: {unknown}.")
    if len({*named}) < len(named):
        raise BadRequest("ERROR: A packageId is named more than once.")
    if sum(box.quantity for box in change.boxes) > MOST_BOXES:
        raise BadRequest(f"ERROR: A shipment can have at most {MOST_BOXES} boxes.")
    if len({item.msku for item in change.items}) < len(change.items):
        raise BadRequest("ERROR: An MSKU is named more than once.")
    told = [box for box in change.boxes if box.source is ContentSource.PROVIDED]
    if any(bool(box.items) is not (box.source is ContentSource.PROVIDED) for box in change.boxes):
        raise BadRequest("ERROR: The items of a box must be provided for BOX_CONTENT_PROVIDED, and for nothing else.")
    packed: Counter[str] = Counter()
    for box in told:
        for item in box.items:
            packed[item.msku] += item.quantity * box.quantity
    wanted = {item.msku: item.quantity for item in change.items}
    if len(told) == len(change.boxes) and packed != wanted:
        raise BadRequest(f"Shipment {shipment.shipment_id} did not contain expected items and/or quantities.")


def _as_planned(change: Change, planned: dict[str, PlanItem]) -> Change:
    """The change with all that the plan knows of its items."""

    def known(items: Sequence[PlanItem]) -> tuple[PlanItem, ...]:
        return tuple(msgspec.structs.replace(planned[item.msku], quantity=item.quantity) for item in items)

    boxes = tuple(msgspec.structs.replace(box, items=merged(known(box.items))) for box in change.boxes)
    return msgspec.structs.replace(change, boxes=boxes, items=known(change.items))
