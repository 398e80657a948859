"""A seller tells what is in the boxes of a shipment that it had not told, or tells it anew.

Assumed: all boxes are told at once, until the shipment arrives; they hold what the shipment holds, and no more. Boxes
are named as their labels name them. In which words Amazon refuses what is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from sellingpartner.market.inbound.lifecycle import SHIPMENT
from sellingpartner.market.inbound.model import BY_FEED, Box, ContentSource, PlanItem, Shipment
from sellingpartner.market.inbound.packing.boxing import boxes_going, replace_boxes
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.sending.leaving import has_arrived, track_boxes
from sellingpartner.market.inbound.store.shipments import load_shipment, save_shipment, shipment_by_confirmation
from sellingpartner.storage.unit import UnitOfWork


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a box: SKUs, how many units of each, and until which day they are good where that is said."""

    box_id: str
    items: tuple[tuple[str, int, str | None], ...]


def tell_contents(unit: UnitOfWork, confirmation_id: str, told: Sequence[Contents]) -> None:
    """Say what is in each box of the shipment on whose labels an id stands; raises `BadRequest`."""
    found = shipment_by_confirmation(unit, confirmation_id)
    if found is None:
        raise BadRequest(f"ERROR: There is no shipment {confirmation_id}.")
    shipment = load_shipment(unit, found.plan_id, found.shipment_id)
    if has_arrived(shipment) or not SHIPMENT[shipment.status]:
        raise BadRequest(f"ERROR: Shipment {confirmation_id} is {shipment.status.value}.")
    boxes = {str(box.box_id): box for box, _ in boxes_going(unit, shipment)}
    _check_boxes(boxes, told)
    planned = {item.msku: item for item in shipment.items}
    _check_units(shipment, planned, told)
    again = [
        msgspec.structs.replace(
            boxes[one.box_id],
            source=ContentSource.PROVIDED,
            items=tuple(msgspec.structs.replace(planned[sku], quantity=units) for sku, units, _ in one.items),
        )
        for one in sorted(told, key=lambda one: one.box_id)
    ]
    track_boxes(unit, shipment, replace_boxes(unit, shipment, again))
    shipment.carriage.contents = BY_FEED
    save_shipment(unit, shipment)


def _check_boxes(boxes: dict[str, Box], told: Sequence[Contents]) -> None:
    named = [one.box_id for one in told]
    if unknown := sorted({*named} - {*boxes}):
        raise BadRequest(f"ERROR: The following boxes are not in the shipment: {unknown[:20]}.")
    if len({*named}) < len(named):
        raise BadRequest("ERROR: A box is named more than once.")
    if missing := sorted({*boxes} - {*named}):
        raise BadRequest(f"ERROR: It is not said what is in the following boxes: {missing[:20]}.")


def _check_units(shipment: Shipment, planned: dict[str, PlanItem], told: Sequence[Contents]) -> None:
    units: Counter[str] = Counter()
    for one in told:
        if len({sku for sku, _, _ in one.items}) < len(one.items):
            raise BadRequest(f"ERROR: An MSKU is named more than once for box {one.box_id}.")
        for sku, quantity, expires_on in one.items:
            units[sku] += quantity
            if sku in planned and expires_on is not None and expires_on != planned[sku].expires_on:
                raise BadRequest(f"ERROR: The expiration date of {sku} is not the one of the inbound plan.")
    wanted = {sku: item.quantity for sku, item in planned.items()}
    if units != wanted:
        raise BadRequest(f"Shipment {shipment.confirmation_id} did not contain expected items and/or quantities.")
