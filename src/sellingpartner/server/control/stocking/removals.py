"""Removal orders of a seller."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.market.removals.commands import cancel_removal, request_removal
from sellingpartner.market.removals.model import NewRemoval, RemovalKind, RemovalOrder, Wanted
from sellingpartner.market.removals.questions import removal_of, removals_between
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant

_SHOWN = timedelta(days=548)


def list_removals(desk: Desk, request: v1.ListRemovals) -> v1.Removals:
    """The removal orders of the last 18 months."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        found = removals_between(unit, unit.now - _SHOWN, unit.now + timedelta(seconds=1))
        return v1.Removals(removals=[_told(seller_id, one) for one in found])


def get_removal(desk: Desk, request: v1.GetRemoval) -> v1.Removal:
    """One removal order."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        return _told(seller_id, removal_of(unit, request.removal_id))


def create_removal(desk: Desk, request: v1.CreateRemoval) -> v1.Removal:
    """Hand a removal order in."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    try:
        kind = RemovalKind(request.kind.value)
    except ValueError:
        message = f"kind is {request.kind.value!r}; it must be one of {', '.join(RemovalKind)}."
        raise InvalidArgument(message) from None
    items = tuple(Wanted(sku=one.sku, sellable=one.sellable, unsellable=one.unsellable) for one in request.items)
    with desk.market.write(seller_id) as unit:
        order = request_removal(unit, NewRemoval(kind=kind, items=items, removal_id=request.removal_id))
    return _told(seller_id, order)


def cancel(desk: Desk, request: v1.CancelRemoval) -> v1.Removal:
    """Take a removal order back."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        order = cancel_removal(unit, request.removal_id)
    return _told(seller_id, order)


def _told(seller_id: str, order: RemovalOrder) -> v1.Removal:
    return v1.Removal(
        removal_id=order.removal_id,
        seller_id=seller_id,
        kind=v1.RemovalKind(order.kind.value),
        status=order.status.value,
        requested_at=order.requested_at,
        updated_at=order.updated_at,
        lines=[
            v1.RemovalLine(
                sku=item.sku,
                condition=item.condition.value,
                requested=item.requested,
                left=item.left,
                canceled=item.canceled,
            )
            for item in order.items
        ],
        parcels=[
            v1.RemovalParcel(
                shipped_at=one.shipped_at,
                center=one.center,
                carrier=one.carrier,
                tracking_id=one.tracking_id,
                units=sum(packed.units for packed in one.packed),
            )
            for one in order.shipments
        ],
    )
