"""A seller orders that units be removed from Amazon's warehouses, or takes that back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sellingpartner.market.accounts.model import Address
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.events.removals import RemovalCanceled, RemovalRequested
from sellingpartner.market.inventory.commands import Load, move_all
from sellingpartner.market.inventory.model import Condition, Place, Position, Reason, Spot
from sellingpartner.market.inventory.questions import positions_at
from sellingpartner.market.removals.liquidating import check_liquidation, unsellable_for
from sellingpartner.market.removals.model import NewRemoval, RemovalItem, RemovalKind, RemovalOrder, Wanted
from sellingpartner.market.removals.processing import RemovalIsPlanned
from sellingpartner.market.removals.refusals import InvalidRemoval, NothingToRemove, RemovalExists, TooFewToRemove
from sellingpartner.market.removals.store import (
    find_removal,
    insert_removal,
    load_removal,
    open_removals,
    save_removal,
)
from sellingpartner.market.removals.tables import REMOVAL_ID_LENGTH
from sellingpartner.market.skus import checked_sku
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import later
from sellingpartner.storage.unit import UnitOfWork

MOST_ITEMS = 500
_LONGEST_NOTE = 500
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def request_removal(unit: UnitOfWork, new: NewRemoval) -> RemovalOrder:
    """Order that units be removed. Those that can be sold are put aside at once; raises `InvalidRemoval`.

    Assumed: what cannot be sold stays where it lies until it leaves, as nobody else wants it.
    """
    number = unit.next_number("removals")  # two orders of a seller come one after the other
    removal_id = _number(unit, new, number)
    wanted = _checked(new)
    if new.kind is RemovalKind.LIQUIDATION:
        check_liquidation(unit)
    items = list(_items(unit, wanted, unsellable_for(new.kind)))
    order = RemovalOrder(
        removal_id=removal_id,
        kind=new.kind,
        requested_at=unit.now,
        updated_at=unit.now,
        items=items,
        recipient=new.recipient,
        address=_address(unit, new),
        notes=new.notes,
    )
    _set_aside(unit, order, Condition.SELLABLE, Condition.FC_PROCESSING)
    insert_removal(unit, order)
    unit.emit(RemovalRequested(removal_id=removal_id, kind=order.kind.value))
    # Assumed: a removal order is planned within one to six hours of when it was handed in.
    hours = chance(unit, "removal is planned", removal_id).uniform(1, 6)
    later(unit, RemovalIsPlanned(removal_id=removal_id), at=unit.now + timedelta(hours=hours))
    return order


def cancel_removal(unit: UnitOfWork, removal_id: str) -> RemovalOrder:
    """Take a removal order back; raises `NoSuchRemoval`, or `IllegalTransition` once its units are picked.

    What is to be sold in bulk cannot be taken back, as Amazon says: `InvalidRemoval`.
    """
    order = load_removal(unit, removal_id)
    if order.kind is RemovalKind.LIQUIDATION:
        message = f"Removal order {removal_id} is a liquidation; what is to be sold in bulk cannot be taken back."
        raise InvalidRemoval(message)
    order.move(RemovalCanceled, unit.now)
    _set_aside(unit, order, Condition.FC_PROCESSING, Condition.SELLABLE)
    for item in order.items:
        item.canceled += item.in_process
    save_removal(unit, order)
    unit.emit(RemovalCanceled(removal_id=removal_id, kind=order.kind.value))
    return order


def _set_aside(unit: UnitOfWork, order: RemovalOrder, *way: Condition) -> None:
    """Take units that can be sold off the shelf, where buyers cannot order them any more, or put them back on it."""
    start, end = (Spot(one) for one in way)
    items = [item for item in order.items if item.condition is Condition.SELLABLE and item.in_process]
    reference = order.removal_id
    move_all(unit, [Load(item.sku, item.in_process, start, end, Reason.SET_ASIDE, reference) for item in items])


def _number(unit: UnitOfWork, new: NewRemoval, number: int) -> str:
    if new.removal_id is None:
        luck = chance(unit, "removal", str(number))
        return "".join(luck.choice(_LETTERS) for _ in range(10))
    removal_id = new.removal_id.strip()
    if not 1 <= len(removal_id) <= REMOVAL_ID_LENGTH or not removal_id.isprintable():
        message = f"The number of a removal order has 1 to {REMOVAL_ID_LENGTH} characters that can be printed."
        raise InvalidRemoval(message)
    if find_removal(unit, removal_id) is not None:
        raise RemovalExists(removal_id)
    return removal_id


def _checked(new: NewRemoval) -> Sequence[Wanted]:
    if not 1 <= len(new.items) <= MOST_ITEMS:
        message = f"A removal order has 1 to {MOST_ITEMS} items, not {len(new.items)}."
        raise InvalidRemoval(message)
    if len(new.notes) > _LONGEST_NOTE:
        message = f"The notes of a removal order have at most {_LONGEST_NOTE} characters."
        raise InvalidRemoval(message)
    if len({one.sku for one in new.items}) < len(new.items):
        message = "Each SKU stands once in a removal order; add the quantities up."
        raise InvalidRemoval(message)
    for one in new.items:
        if min(one.sellable, one.unsellable) < 0 or not one.sellable + one.unsellable:
            message = f"Of {one.sku!r} nothing is to be removed; ask for one unit or more."
            raise NothingToRemove(message)
    return sorted(new.items, key=lambda one: one.sku)


def _items(unit: UnitOfWork, wanted: Sequence[Wanted], unsellable: Sequence[Condition]) -> Iterator[RemovalItem]:
    """The units that are wanted, by their condition; raises `TooFewToRemove`."""
    skus = [checked_sku(one.sku) for one in wanted]
    positions = {one.sku: one for one in positions_at(unit, Place.FBA, limit=len(skus), skus=skus)}
    pending = open_removals(unit)
    for one in wanted:
        there = positions.get(one.sku)
        if there is None:
            message = f"Amazon has nothing of {one.sku!r}."
            raise InvalidRemoval(message)
        if one.sellable > there.fulfillable:
            raise TooFewToRemove(one.sku, "sellable", asked=one.sellable, there=there.fulfillable)
        if one.sellable:
            yield RemovalItem(sku=one.sku, condition=Condition.SELLABLE, requested=one.sellable)
        if one.unsellable:
            yield from _unsellable(pending, one, there, unsellable)


def _unsellable(
    pending: Sequence[RemovalOrder], wanted: Wanted, there: Position, conditions: Sequence[Condition]
) -> Iterator[RemovalItem]:
    free = {
        condition: max(there.of(condition) - sum(one.pending(wanted.sku, (condition,)) for one in pending), 0)
        for condition in conditions
    }
    if wanted.unsellable > sum(free.values()):
        raise TooFewToRemove(wanted.sku, "unsellable", asked=wanted.unsellable, there=sum(free.values()))
    left = wanted.unsellable
    for condition, units in free.items():
        taken = min(units, left)
        if taken:
            yield RemovalItem(sku=wanted.sku, condition=condition, requested=taken)
        left -= taken


def _address(unit: UnitOfWork, new: NewRemoval) -> Address | None:
    if new.kind is not RemovalKind.RETURN or new.address is not None:
        return new.address
    known = seller_of(unit, unit.seller_id).profile
    at = known.business or known.contact
    if at is None:
        message = "Say where the units are to be sent: nobody knows an address of the seller."
        raise InvalidRemoval(message)
    return at.address
