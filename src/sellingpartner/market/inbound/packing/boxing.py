"""The boxes and pallets of shipments: handed out when a placement is confirmed, counted through when a carrier is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sellingpartner.market.inbound.identifiers import Prefix, new_ids
from sellingpartner.market.inbound.lifecycle import ShipmentStatus
from sellingpartner.market.inbound.model import Box, Package, Pallet, Plan, Shipment
from sellingpartner.market.inbound.store.options import BoxShare, boxes_for
from sellingpartner.market.inbound.store.packages import (
    Among,
    boxes_of,
    delete_packages,
    insert_packages,
    next_number,
    pallets_of,
)
from sellingpartner.storage.unit import UnitOfWork

MOST_BOXES = 5000
"""How many boxes a shipment may have."""


def boxes_going(unit: UnitOfWork, shipment: Shipment) -> list[tuple[Box, int]]:
    """The boxes that go with a shipment, or would: those that are alike together, and how many they are."""
    if shipment.status is not ShipmentStatus.UNCONFIRMED:
        return [(box, box.quantity) for box in boxes_of(unit, _of(shipment))]
    shares = boxes_for(unit, shipment.shipment_id)
    known = {box.package_id: box for box in boxes_of(unit, Among(shipment.plan_id))} if shares else {}
    return [(known[share.package_id], share.quantity) for share in shares if share.package_id in known]


def pallets_going(unit: UnitOfWork, shipment: Shipment) -> Sequence[Pallet]:
    """The pallets that go with a shipment, or would."""
    return pallets_of(unit, _of(shipment))


def keep_pallets(unit: UnitOfWork, shipment: Shipment, pallets: Sequence[Pallet]) -> None:
    """Say on which pallets a shipment goes, in place of what was said before."""
    boxes = boxes_of(unit, _of(shipment))
    delete_packages(unit, _of(shipment))
    first = next_number(unit, shipment.plan_id)
    numbered = (
        msgspec.structs.replace(one, number=first + len(boxes) + place, shipment_id=shipment.shipment_id)
        for place, one in enumerate(pallets)
    )
    moved = (msgspec.structs.replace(one, number=first + place) for place, one in enumerate(boxes))
    insert_packages(unit, shipment.plan_id, [*moved, *numbered])


def hand_out(unit: UnitOfWork, plan: Plan, shares: Sequence[tuple[str, Sequence[BoxShare]]]) -> None:
    """Give a plan's boxes to the shipments that they go with; what nobody confirmed has no pallets any more."""
    known = {box.package_id: box for box in boxes_of(unit, Among(plan.plan_id))}
    ids = {shipment_id for shipment_id, _ in shares}
    pallets = [one for one in pallets_of(unit, Among(plan.plan_id)) if one.shipment_id in ids]
    parts = [(shipment_id, share) for shipment_id, given in shares for share in given]
    delete_packages(unit, Among(plan.plan_id))
    spare = iter(new_ids(unit, Prefix.PACKAGE, len(parts)))
    kept: set[str] = set()
    boxes: list[Package] = []
    for shipment_id, share in parts:
        # The first part of boxes that are alike keeps their id.
        package_id = next(spare) if share.package_id in kept else share.package_id
        kept.add(share.package_id)
        box = known[share.package_id]
        boxes.append(
            msgspec.structs.replace(box, package_id=package_id, quantity=share.quantity, shipment_id=shipment_id)
        )
    insert_packages(unit, plan.plan_id, _numbered([*boxes, *pallets]))


def count_through(unit: UnitOfWork, shipment: Shipment) -> list[Box]:
    """Give each box of a shipment a number of its own, from one on; returns the boxes."""
    return _put(unit, shipment, boxes_of(unit, _of(shipment)), 1)


def replace_boxes(unit: UnitOfWork, shipment: Shipment, boxes: Sequence[Box]) -> list[Box]:
    """Let a shipment have other boxes: those that it had keep their numbers, new ones get the next; returns all."""
    known = {box.package_id: box for box in boxes_of(unit, _of(shipment))}
    again = []
    for box in boxes:
        former = known.get(box.package_id)
        if former is None:
            again.append(box)
            continue
        kept = msgspec.structs.replace(box, quantity=1, box_id=former.box_id, template_name=former.template_name)
        again.append(msgspec.structs.replace(kept, group_id=former.group_id, shipment_id=shipment.shipment_id))
        if box.quantity > 1:
            again.append(msgspec.structs.replace(box, package_id="", quantity=box.quantity - 1))
    highest = max((int(box.box_id[-6:]) for box in known.values() if box.box_id is not None), default=0)
    return _put(unit, shipment, again, highest + 1)


def box_ids_of(unit: UnitOfWork, shipment: Shipment) -> set[str]:
    """The ids of a shipment's boxes; none until its carrier is confirmed."""
    return {box.box_id for box in boxes_of(unit, _of(shipment)) if box.box_id is not None}


def _put(unit: UnitOfWork, shipment: Shipment, boxes: Sequence[Box], first: int) -> list[Box]:
    pallets = pallets_going(unit, shipment)
    delete_packages(unit, _of(shipment))
    start = next_number(unit, shipment.plan_id)
    single = list(_one_by_one(unit, shipment, boxes, first))
    insert_packages(unit, shipment.plan_id, _numbered([*single, *pallets], start))
    return single


def _one_by_one(unit: UnitOfWork, shipment: Shipment, boxes: Sequence[Box], number: int) -> Iterator[Box]:
    spare = iter(new_ids(unit, Prefix.PACKAGE, sum(box.quantity for box in boxes)))
    known = {item.msku: item for item in shipment.items}
    for place, box in enumerate(boxes, start=1):
        if box.box_id is not None:  # it is counted already
            yield box
            continue
        for copy in range(box.quantity):
            yield msgspec.structs.replace(
                box,
                package_id=(copy == 0 and box.package_id) or next(spare),
                quantity=1,
                shipment_id=shipment.shipment_id,
                box_id=f"{shipment.confirmation_id}U{number:06d}",
                template_name=box.template_name or f"P1 - B{place}",
                items=tuple(msgspec.structs.replace(known[item.msku], quantity=item.quantity) for item in box.items),
            )
            number += 1


def _numbered(packages: Iterable[Package], start: int = 1) -> list[Package]:
    return [msgspec.structs.replace(one, number=start + place) for place, one in enumerate(packages)]


def _of(shipment: Shipment) -> Among:
    return Among(shipment.plan_id, shipment_id=shipment.shipment_id)
