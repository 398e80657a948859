"""What time brings to a removal order: it is planned, then picked, and its units leave over some days.

Assumed: a removal takes a few days to two weeks and leaves in one or two turns; a center sends its own parcels.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from sellingpartner.market.events.removals import (
    RemovalBegun,
    RemovalCompleted,
    RemovalPlanned,
    RemovalUnitsLeft,
    RemovedUnits,
)
from sellingpartner.market.inventory.commands import Load, move_all
from sellingpartner.market.inventory.model import Condition, Place, Reason, Spot, Stock
from sellingpartner.market.inventory.questions import stocks_of_skus
from sellingpartner.market.removals.lifecycle import RemovalStatus
from sellingpartner.market.removals.model import Packed, RemovalItem, RemovalKind, RemovalOrder, RemovalShipment
from sellingpartner.market.removals.store import load_removal, save_removal
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_REASONS = {
    RemovalKind.RETURN: Reason.REMOVED,
    RemovalKind.DISPOSAL: Reason.DISPOSED,
    RemovalKind.LIQUIDATION: Reason.REMOVED,
}
_MANY = 6
"""From how many units on an order leaves in two turns."""


class RemovalIsPlanned(Due):
    """Amazon plans a removal order."""

    removal_id: str


class RemovalIsPicked(Due):
    """The centers begin to pick a removal order."""

    removal_id: str


class RemovalLeaves(Due):
    """Units of a removal order leave; the last time all that is left of it."""

    removal_id: str
    is_last: bool


@when(RemovalIsPlanned)
def plan(unit: UnitOfWork, due: RemovalIsPlanned) -> None:
    """Plan a removal order, unless it was canceled."""
    order = load_removal(unit, due.removal_id)
    if order.status is not RemovalStatus.PENDING:
        return
    order.move(RemovalPlanned, unit.now)
    save_removal(unit, order)
    unit.emit(RemovalPlanned(removal_id=order.removal_id, kind=order.kind.value))
    hours = chance(unit, "removal is picked", order.removal_id).uniform(8, 48)
    later(unit, RemovalIsPicked(removal_id=order.removal_id), at=unit.now + timedelta(hours=hours))


@when(RemovalIsPicked)
def begin(unit: UnitOfWork, due: RemovalIsPicked) -> None:
    """Let the centers pick a removal order, unless it was canceled."""
    order = load_removal(unit, due.removal_id)
    if order.status is not RemovalStatus.PLANNING:
        return
    order.move(RemovalBegun, unit.now)
    save_removal(unit, order)
    unit.emit(RemovalBegun(removal_id=order.removal_id, kind=order.kind.value))
    luck = chance(unit, "removal leaves", order.removal_id)
    first = unit.now + timedelta(days=luck.uniform(1, 4))
    if sum(item.in_process for item in order.items) >= _MANY:
        later(unit, RemovalLeaves(removal_id=order.removal_id, is_last=False), at=first)
    later(unit, RemovalLeaves(removal_id=order.removal_id, is_last=True), at=first + timedelta(days=luck.uniform(1, 8)))


@when(RemovalLeaves)
def leave(unit: UnitOfWork, due: RemovalLeaves) -> None:
    """Let units leave; what is not there any more the last time is canceled, and the order is completed."""
    order = load_removal(unit, due.removal_id)
    if order.status is not RemovalStatus.PROCESSING:
        return
    left = _leave(unit, order, is_last=due.is_last)
    turn, order.turns = order.turns, order.turns + 1
    order.updated_at = unit.now
    if order.kind is not RemovalKind.DISPOSAL:
        order.shipments += [_shipment(unit, order, center, units) for center, units in left.items()]
    if due.is_last:
        for item in order.items:
            item.canceled += item.in_process
        order.move(RemovalCompleted, unit.now)
    save_removal(unit, order)
    for center, units in left.items():
        unit.emit(
            RemovalUnitsLeft(
                removal_id=order.removal_id,
                kind=order.kind.value,
                turn=turn,
                requested_at=order.requested_at,
                center=center,
                units=tuple(RemovedUnits(one.sku, one.condition.value, one.units) for one in units),
            )
        )
    if due.is_last:
        unit.emit(RemovalCompleted(removal_id=order.removal_id, kind=order.kind.value))


def _leave(unit: UnitOfWork, order: RemovalOrder, *, is_last: bool) -> dict[str, list[Packed]]:
    """What leaves which center: half of it, or all that is left, as far as it is still there."""
    items = sorted(order.items, key=lambda one: (one.sku, one.condition))
    there = {
        lies: stocks_of_skus(unit, [one.sku for one in items if _lies(one) is lies], Place.FBA, condition=lies)
        for lies in {_lies(one) for one in items}
    }
    leaving: list[tuple[RemovalItem, int]] = []
    for item in items:
        wanted = item.in_process if is_last else item.in_process // 2
        units = min(wanted, there[_lies(item)].get(item.sku, Stock()).available)
        if units > 0:
            leaving.append((item, units))
    reason, reference = _REASONS[order.kind], order.removal_id
    parts = move_all(
        unit, [Load(item.sku, units, Spot(_lies(item)), None, reason, reference) for item, units in leaving]
    )
    left: dict[str, list[Packed]] = defaultdict(list)
    for (item, _), centers in zip(leaving, parts, strict=True):
        for center, units in centers:
            left[center].append(Packed(sku=item.sku, condition=item.condition, units=units))
            item.left += units
    return left


def _lies(item: RemovalItem) -> Condition:
    """In which condition the units of an item wait until they leave."""
    return Condition.FC_PROCESSING if item.condition is Condition.SELLABLE else item.condition


def _shipment(unit: UnitOfWork, order: RemovalOrder, center: str, units: list[Packed]) -> RemovalShipment:
    """A parcel to the seller, or to whoever buys in bulk.

    Assumed: whatever the country, it goes by UPS, as the removals known of did.
    """
    luck = chance(unit, "removal parcel", order.removal_id, center, str(order.turns))
    return RemovalShipment(
        shipped_at=unit.now,
        center=center,
        carrier="UPS",
        tracking_id=f"1Z861E7F03{luck.randrange(10**8):08d}",
        packed=tuple(units),
    )
