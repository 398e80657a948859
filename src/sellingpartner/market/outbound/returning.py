"""Units of a fulfillment order come back: the seller asks for it unit by unit, and the network says what it got.

What comes back is a return of the order that the units left as: it travels, arrives and is judged as any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.events.orders import ReturnReceived
from sellingpartner.market.events.outbound import FulfillmentReturnReceived
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.questions import order_of, returns_of
from sellingpartner.market.outbound.lifecycle import ShipmentStatus
from sellingpartner.market.outbound.model import Authorization, FulfillmentOrder, ReturnedItem
from sellingpartner.market.outbound.numbers import authorization_id_of, rma_id_of
from sellingpartner.market.outbound.store import fulfillment_of_order, load_fulfillment, save_fulfillment
from sellingpartner.storage.unit import UnitOfWork, on


class AskedReturn(msgspec.Struct, frozen=True, kw_only=True):
    """One unit that is to come back."""

    return_item_id: str
    item_id: str
    shipment_id: str
    reason: str
    comment: str | None = None


class Refusal(StrEnum):
    """Why a unit cannot come back."""

    INVALID_VALUES = "InvalidValues"
    DUPLICATE = "DuplicateRequest"
    NOT_SHIPPED = "NoCompletedShipItems"
    NONE_LEFT = "NoReturnableQuantity"


WORDS: Mapping[Refusal, str] = {
    Refusal.INVALID_VALUES: "The order has no such item in such a shipment, or the reason is none of the listed.",
    Refusal.DUPLICATE: "A return was asked for under this number before.",
    Refusal.NOT_SHIPPED: "The shipment that holds the item has not left.",
    Refusal.NONE_LEFT: "All units that have arrived are on their way back already.",
}


class RefusedReturn(msgspec.Struct, frozen=True):
    """A unit that cannot come back, and why."""

    asked: AskedReturn
    why: Refusal


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """What became of what was asked."""

    items: list[ReturnedItem]
    refused: list[RefusedReturn]
    authorizations: list[Authorization]


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reason for which units come back, in English and in other languages."""

    code: str
    said: str
    translated: dict[str, str] = {}


class _Reasons(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: tuple[Reason, ...]


@cache
def return_reasons() -> tuple[Reason, ...]:
    """The reasons that there are.

    Assumed: they are the same for every SKU in every marketplace.
    """
    path = files("sellingpartner.market.outbound") / "reasons.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_Reasons).reason


def ask_return(unit: UnitOfWork, fulfillment_order_id: str, asked: Sequence[AskedReturn]) -> Returned:
    """Let units come back: those that can, under one authorization for each center; the others are told."""
    order = load_fulfillment(unit, fulfillment_order_id)
    arrived = Counter[str]()
    if order.order_id is not None:
        arrived.update(orders.left_to_return(order_of(unit, order.order_id), returns_of(unit, order.order_id)))
    known = {one.return_item_id for one in order.returned}
    granted: list[AskedReturn] = []
    refused: list[RefusedReturn] = []
    for one in asked:
        why = _why_not(order, one, known, arrived)
        known.add(one.return_item_id)
        if why is not None:
            refused.append(RefusedReturn(one, why))
            continue
        arrived[order.item(one.item_id).order_item_id] -= 1
        granted.append(one)
    if not granted:
        return Returned(items=[], refused=refused, authorizations=[])
    items, authorizations = _grant(unit, order, granted)
    save_fulfillment(unit, order)
    return Returned(items=items, refused=refused, authorizations=authorizations)


def _why_not(order: FulfillmentOrder, one: AskedReturn, known: set[str], arrived: Counter[str]) -> Refusal | None:
    shipment = order.shipment(one.shipment_id)
    item = next((each for each in order.items if each.item_id == one.item_id), None)
    if one.return_item_id in known:
        return Refusal.DUPLICATE
    is_reason = any(reason.code == one.reason for reason in return_reasons())
    if item is None or shipment is None or one.item_id not in shipment.quantities or not is_reason:
        return Refusal.INVALID_VALUES
    if shipment.status is not ShipmentStatus.SHIPPED:
        return Refusal.NOT_SHIPPED
    already = sum(each.item_id == one.item_id and each.shipment_id == one.shipment_id for each in order.returned)
    is_left = arrived[item.order_item_id] > 0 and already < shipment.quantities[one.item_id]
    return None if is_left else Refusal.NONE_LEFT


def _grant(
    unit: UnitOfWork, order: FulfillmentOrder, granted: Sequence[AskedReturn]
) -> tuple[list[ReturnedItem], list[Authorization]]:
    quantities = Counter(order.item(one.item_id).order_item_id for one in granted)
    back = orders.ask_return(unit, order.shipped_as, quantities=quantities, reason=granted[0].reason, is_late=True)
    orders.expect_return(unit, back)
    given: dict[str, Authorization] = {}
    items = []
    for one in granted:
        shipment = order.shipment(one.shipment_id)
        center = shipment.center if shipment is not None else ""
        if center not in given:
            number = len(order.authorizations) + len(given)
            given[center] = Authorization(
                authorization_id=authorization_id_of(unit, order.fulfillment_order_id, number),
                center=center,
                rma_id=rma_id_of(unit, order.fulfillment_order_id, number),
            )
        items.append(
            ReturnedItem(
                return_item_id=one.return_item_id,
                item_id=one.item_id,
                shipment_id=one.shipment_id,
                reason=one.reason,
                comment=one.comment,
                return_id=back.return_id,
                authorization_id=given[center].authorization_id,
                changed_at=unit.now,
            )
        )
    order.returned = [*order.returned, *items]
    order.authorizations = [*order.authorizations, *given.values()]
    return items, list(given.values())


@on(ReturnReceived)
def note_return(unit: UnitOfWork, fact: ReturnReceived) -> None:
    """Know that units of a fulfillment order have come back, and in which condition."""
    fulfillment_order_id = fulfillment_of_order(unit, fact.order_id)
    if fulfillment_order_id is None:
        return
    order = load_fulfillment(unit, fulfillment_order_id)
    come = [one for one in order.returned if one.return_id == fact.return_id]
    for one in come:
        shipment = order.shipment(one.shipment_id)
        one.condition, one.changed_at = fact.condition, unit.now
        one.center = shipment.center if shipment is not None else None
    save_fulfillment(unit, order)
    for line in fact.lines:
        unit.emit(
            FulfillmentReturnReceived(
                fulfillment_order_id=order.fulfillment_order_id,
                order_id=order.order_id,
                marketplace_id=order.marketplace_id,
                status=order.status.value,
                sku=line.sku,
                quantity=line.quantity,
                condition=fact.condition,
            )
        )
