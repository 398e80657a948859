"""Multi-channel orders of a seller, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.counted import counted
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.outbound.asking import Asked, AskedItem
from sellingpartner.market.outbound.commands import Change, advance_order, cancel, create, miss, update
from sellingpartner.market.outbound.explaining import why_invalid
from sellingpartner.market.outbound.lifecycle import Action, FulfillmentStatus, Policy
from sellingpartner.market.outbound.model import FulfillmentOrder, Shipment
from sellingpartner.market.outbound.questions import (
    find_fulfillment,
    marketplace_meant,
    page_of_fulfillments,
    parcels_by_reference,
)
from sellingpartner.market.outbound.speeds import Speed
from sellingpartner.market.shipping.lifecycle import PARCEL
from sellingpartner.market.shipping.model import Parcel
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork

Word = TypeVar("Word", bound=StrEnum)


def list_orders(desk: Desk, request: v1.ListOutboundOrders) -> v1.OutboundOrders:
    """Those whose status changed last."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        found = page_of_fulfillments(unit, None, None, request.limit, newest=True).orders
        return v1.OutboundOrders(orders=[_told(unit, one) for one in found])


def get_order(desk: Desk, request: v1.GetOutboundOrder) -> v1.OutboundOrder:
    """One of them."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        return _told(unit, find_fulfillment(unit, request.fulfillment_order_id))


def create_order(desk: Desk, request: v1.CreateOutboundOrder) -> v1.OutboundOrder:
    """Have Amazon ship something."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    said = request.address
    with desk.market.write(seller_id) as unit:
        number = request.fulfillment_order_id or f"HAND-{unit.next_number('outbound by hand'):06}"
        if len(number) > _LONGEST:
            message = f"fulfillmentOrderId has {counted(len(number), 'character')}; it must have {_LONGEST} at most."
            raise InvalidArgument(message)
        order = create(
            unit,
            Asked(
                fulfillment_order_id=number,
                items=(AskedItem(item_id="1", sku=request.sku, quantity=request.quantity),),
                address=Address(
                    name=said.name,
                    line_1=said.line_1,
                    city=said.city,
                    postal_code=said.postal_code,
                    state_or_region=said.state_or_region,
                    country_code=said.country_code,
                ),
                speed=_word("speed", request.speed, Speed),
                marketplace_id=marketplace_meant(unit, request.marketplace_id),
                displayable_id=number,
                displayable_at=unit.now,
                action=Action.HOLD if request.hold else Action.SHIP,
                policy=_word("policy", request.policy, Policy),
            ),
        )
        return _told(unit, order)


def ship_order(desk: Desk, request: v1.ShipOutboundOrder) -> v1.OutboundOrder:
    """Have an order leave at once."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        order = find_fulfillment(unit, request.fulfillment_order_id)
        if order.status is FulfillmentStatus.RECEIVED and order.action is Action.HOLD:
            update(unit, request.fulfillment_order_id, Change(action=Action.SHIP))
        return _told(unit, advance_order(unit, request.fulfillment_order_id))


def cancel_order(desk: Desk, request: v1.CancelOutboundOrder) -> v1.OutboundOrder:
    """Take an order back."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        return _told(unit, cancel(unit, request.fulfillment_order_id))


def miss_units(desk: Desk, request: v1.MissOutboundUnits) -> v1.OutboundOrder:
    """Have a center not find units."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        order = find_fulfillment(unit, request.fulfillment_order_id)
        line_id = request.line_id or order.items[0].item_id
        return _told(unit, miss(unit, request.fulfillment_order_id, line_id, request.units))


_LONGEST = 40


def _word(name: str, said: str, words: type[Word]) -> Word:
    found = next((one for one in words if one.value.lower() == said.lower()), None)
    if found is None:
        message = f"{name} is {said[:40]!r}; it must be one of {', '.join(one.value for one in words)}."
        raise InvalidArgument(message)
    return found


def _told(unit: UnitOfWork, order: FulfillmentOrder) -> v1.OutboundOrder:
    parcels = parcels_by_reference(unit, order)
    return v1.OutboundOrder(
        fulfillment_order_id=order.fulfillment_order_id,
        seller_id=unit.seller_id,
        order_id=order.order_id,
        status=order.status.value,
        action=order.action.value,
        policy=order.policy.value,
        speed=order.speed.value,
        marketplace_id=order.marketplace_id,
        received_at=order.received_at,
        updated_at=order.updated_at,
        is_open=order.is_open or any(PARCEL[one.status] for one in parcels.values()),
        invalid_because=order.invalid_because,
        why_invalid=why_invalid(order),
        lines=[
            v1.OutboundLine(
                line_id=item.item_id,
                sku=item.sku,
                quantity=item.quantity,
                shipped=item.shipped,
                awaited=item.awaited,
                canceled=item.canceled,
                unfulfillable=item.unfulfillable,
            )
            for item in order.items
        ],
        shipments=[_shipment(one, parcels) for one in order.shipments],
    )


def _shipment(shipment: Shipment, parcels: Mapping[str, Parcel]) -> v1.OutboundShipment:
    parcel = parcels.get(shipment.package_reference or "")
    return v1.OutboundShipment(
        shipment_id=shipment.shipment_id,
        center=shipment.center,
        status=shipment.status.value,
        ships_at=shipment.ships_at,
        arrives_at=shipment.arrives_at,
        units=sum(shipment.quantities.values()),
        package_number=shipment.package_number,
        carrier=shipment.carrier or None,
        tracking_id=shipment.tracking_number,
        parcel_id=None if parcel is None else parcel.parcel_id,
        parcel_status=None if parcel is None else parcel.status.value,
    )
