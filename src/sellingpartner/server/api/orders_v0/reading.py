"""One order and its parts: getOrder, getOrderBuyerInfo, getOrderAddress, getOrderItems, getOrderItemsBuyerInfo."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

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
from sellingpartner.market.orders.questions import kept_order
from sellingpartner.market.orders.reading.page_tokens import InvalidPageToken
from sellingpartner.server.api.orders_v0.item_views import items_buyer_view, items_view
from sellingpartner.server.api.orders_v0.views import BUYER, address_view, buyer_view, order_view
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GetOrder)
def get_order(unit: UnitOfWork, request: GetOrder, caller: Caller) -> GetOrderResponse:
    """Show one order, from the moment it was placed."""
    order = kept_order(unit, request.order_id)
    names = partial(store_names, unit)
    return GetOrderResponse(payload=order_view(order, opened_by(caller), now=lambda: unit.now, store_names=names))


@handles(GetOrderBuyerInfo)
def get_order_buyer_info(unit: UnitOfWork, request: GetOrderBuyerInfo, caller: Caller) -> GetOrderBuyerInfoResponse:
    """Show who buys."""
    order = kept_order(unit, request.order_id)
    return GetOrderBuyerInfoResponse(payload=buyer_view(order, is_open=caller.is_restricted))


@handles(GetOrderAddress)
def get_order_address(unit: UnitOfWork, request: GetOrderAddress, caller: Caller) -> GetOrderAddressResponse:
    """Show where an order goes."""
    order = kept_order(unit, request.order_id)
    return GetOrderAddressResponse(payload=address_view(order, now=lambda: unit.now, is_open=caller.is_restricted))


@handles(GetOrderItems)
def get_order_items(unit: UnitOfWork, request: GetOrderItems, caller: Caller) -> GetOrderItemsResponse:
    """Show what was ordered."""
    _check_only_page(request.next_token)
    order = kept_order(unit, request.order_id)
    return GetOrderItemsResponse(payload=items_view(order, with_buyer=BUYER in opened_by(caller)))


@handles(GetOrderItemsBuyerInfo)
def get_order_items_buyer_info(
    unit: UnitOfWork, request: GetOrderItemsBuyerInfo, caller: Caller
) -> GetOrderItemsBuyerInfoResponse:
    """Show what the buyer wants of each item."""
    _check_only_page(request.next_token)
    order = kept_order(unit, request.order_id)
    return GetOrderItemsBuyerInfoResponse(payload=items_buyer_view(order, with_buyer=caller.is_restricted))


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
