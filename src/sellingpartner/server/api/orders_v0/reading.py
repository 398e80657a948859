"""One order and its parts: getOrder, getOrderBuyerInfo, getOrderAddress, getOrderItems, getOrderItemsBuyerInfo."""

from __future__ import annotations

from collections.abc import Iterable

from sellingpartner.contract import orders_v0 as v0
from sellingpartner.contract.orders_v0 import (
    GetOrder,
    GetOrderAddress,
    GetOrderAddressResponse,
    GetOrderBuyerInfo,
    GetOrderBuyerInfoResponse,
    GetOrderItems,
    GetOrderItemsBuyerInfo,
    GetOrderItemsBuyerInfoResponse,
    GetOrderItemsResponse,
    GetOrderResponse,
)
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.orders.page_tokens import InvalidPageToken
from sellingpartner.market.orders.questions import order_of
from sellingpartner.server.api.orders_v0.item_views import item_buyer_view, item_view
from sellingpartner.server.api.orders_v0.views import (
    BUYER,
    buyer_info,
    delivery_preferences,
    order_view,
    shipping_address,
    shows_store_name,
)
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GetOrder)
def get_order(unit: UnitOfWork, request: GetOrder, caller: Caller) -> GetOrderResponse:
    """Show one order, from the moment it was placed."""
    order = order_of(unit, request.order_id)
    names = store_names(unit) if shows_store_name(order) else {}
    return GetOrderResponse(payload=order_view(order, opened_by(caller), now=unit.now, store_names=names))


@handles(GetOrderBuyerInfo)
def get_order_buyer_info(unit: UnitOfWork, request: GetOrderBuyerInfo, caller: Caller) -> GetOrderBuyerInfoResponse:
    """Show who buys."""
    order = order_of(unit, request.order_id)
    info = buyer_info(order) if caller.is_restricted else v0.BuyerInfo()
    return GetOrderBuyerInfoResponse(
        payload=v0.OrderBuyerInfo(
            amazon_order_id=order.order_id,
            buyer_email=info.buyer_email,
            buyer_name=info.buyer_name,
            buyer_county=info.buyer_county,
            buyer_tax_info=info.buyer_tax_info,
            purchase_order_number=info.purchase_order_number,
        )
    )


@handles(GetOrderAddress)
def get_order_address(unit: UnitOfWork, request: GetOrderAddress, caller: Caller) -> GetOrderAddressResponse:
    """Show where an order goes."""
    order = order_of(unit, request.order_id)
    return GetOrderAddressResponse(
        payload=v0.OrderAddress(
            amazon_order_id=order.order_id,
            buyer_company_name=order.buyer.company_name if caller.is_restricted else None,
            shipping_address=shipping_address(order, now=unit.now, is_open=caller.is_restricted),
            delivery_preferences=delivery_preferences(order) if caller.is_restricted else None,
        )
    )


@handles(GetOrderItems)
def get_order_items(unit: UnitOfWork, request: GetOrderItems, caller: Caller) -> GetOrderItemsResponse:
    """Show what was ordered."""
    _check_only_page(request.next_token)
    order = order_of(unit, request.order_id)
    with_buyer = BUYER in opened_by(caller)
    items = [item_view(order, item, with_buyer=with_buyer) for item in order.items]
    return GetOrderItemsResponse(payload=v0.OrderItemsList(amazon_order_id=order.order_id, order_items=items))


@handles(GetOrderItemsBuyerInfo)
def get_order_items_buyer_info(
    unit: UnitOfWork, request: GetOrderItemsBuyerInfo, caller: Caller
) -> GetOrderItemsBuyerInfoResponse:
    """Show what the buyer wants of each item."""
    _check_only_page(request.next_token)
    order = order_of(unit, request.order_id)
    items = [item_buyer_view(order, item, with_buyer=caller.is_restricted) for item in order.items]
    return GetOrderItemsBuyerInfoResponse(
        payload=v0.OrderItemsBuyerInfoList(amazon_order_id=order.order_id, order_items=items)
    )


def opened_by(caller: Caller) -> frozenset[str]:
    """The personal data that a call may see."""
    return caller.elements if caller.is_restricted else frozenset()


def store_names(unit: UnitOfWork, *, including: Iterable[str] = ()) -> dict[str, str]:
    """What the seller is called in each marketplace; raises if one of these is none of the seller's."""
    entered = participations_of(unit, unit.seller_id, including=including)
    return {one.marketplace_id: one.store_name for one in entered}


def _check_only_page(next_token: str | None) -> None:
    """Assumed: all items of an order, 100 at most, fit one page; so no token was ever given that could come back."""
    if next_token is not None:
        raise InvalidPageToken("NextToken")
