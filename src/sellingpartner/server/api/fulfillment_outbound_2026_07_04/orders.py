"""createOrder, getOrder, listOrders, updateOrder, cancelOrder."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.contract import fulfillment_outbound_2026_07_04 as v2026
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fulfillment_outbound_2026_07_04 import (
    CancelOrder,
    CancelOrderResponse,
    CreateOrder,
    CreateOrderResponse,
    GetOrder,
    GetOrderResponse,
    ListOrders,
    ListOrdersResponse,
    UpdateOrder,
    UpdateOrderResponse,
)
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.outbound.commands import Change, cancel, create, update
from sellingpartner.market.outbound.lifecycle import Action
from sellingpartner.market.outbound.model import FulfillmentOrder
from sellingpartner.market.outbound.questions import (
    addresses_of,
    find_fulfillment,
    marketplace_meant,
    page_of_fulfillments,
    parcels_by_reference,
)
from sellingpartner.server.api.fulfillment_outbound_2026_07_04.reading import asked_of
from sellingpartner.server.api.fulfillment_outbound_2026_07_04.views import order_view
from sellingpartner.server.api.fulfillment_outbound_2026_07_04.words import ACTIONS, meant
from sellingpartner.server.api.outbound_pages import opened, token_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PURPOSE = b"listOrders 2026-07-04 "
_UNLESS_SAID = timedelta(hours=36)


@handles(CreateOrder)
def create_order(unit: UnitOfWork, request: CreateOrder) -> CreateOrderResponse:
    """Have Amazon ship something.

    Assumed: an order is answered at once, with 200 and the whole of it; Amazon may answer 202 and look at it later.
    """
    marketplace_id = marketplace_meant(unit, None, None if request.origin is None else request.origin.country_code)
    country = MARKETPLACES[marketplace_id].country_code
    order = create(unit, asked_of(request, marketplace_id, country, unit.now))
    return CreateOrderResponse(order=_view(unit, order, is_whole=True))


@handles(GetOrder)
def get_order(unit: UnitOfWork, request: GetOrder) -> GetOrderResponse:
    """Read an order, with its shipments unless they are left out."""
    order = find_fulfillment(unit, request.order_id)
    return GetOrderResponse(order=_view(unit, order, is_whole=request.shipments is not v2026.Shipments.EXCLUDE))


@handles(ListOrders)
def list_orders(unit: UnitOfWork, request: ListOrders) -> ListOrdersResponse:
    """List the orders whose status changed, those first that changed first.

    Assumed: without a moment they are those of the last 36 hours; shipments are shown where they are asked for.
    """
    since, after = request.updated_after, None
    if request.page_token is not None:
        begun = opened(unit, request.page_token, _PURPOSE, "pageToken")
        if since not in {None, begun.since}:
            message = "pageToken belongs to another updatedAfter; pass the first one again, or none."
            raise InvalidInput(message)
        since, after = begun.since, begun.after
    elif since is None:
        since = unit.now - _UNLESS_SAID
    page = page_of_fulfillments(unit, since, after)
    is_whole = request.shipments is v2026.Shipments.INCLUDE
    addresses = addresses_of(unit, page.orders)
    token = token_of(unit, since, page.next_key, _PURPOSE)
    return ListOrdersResponse(
        orders=[
            order_view(
                one,
                addresses[one.fulfillment_order_id],
                parcels_by_reference(unit, one) if is_whole else None,
                unit.now,
            )
            for one in page.orders
        ],
        pagination=None if token is None else v2026.Pagination(next_token=token),
    )


@handles(UpdateOrder)
def update_order(unit: UnitOfWork, request: UpdateOrder) -> UpdateOrderResponse:
    """Let an order go that is on hold."""
    wanted = request.fulfillment_configuration
    action = meant(wanted.action if wanted is not None else None, ACTIONS, "action", Action.HOLD)
    update(unit, request.order_id, Change(action=action))
    return UpdateOrderResponse()


@handles(CancelOrder)
def cancel_order(unit: UnitOfWork, request: CancelOrder) -> CancelOrderResponse:
    """Take an order back of which nothing is picked."""
    cancel(unit, request.order_id)
    return CancelOrderResponse()


def _view(unit: UnitOfWork, order: FulfillmentOrder, *, is_whole: bool) -> v2026.FulfillmentOrder:
    parcels = parcels_by_reference(unit, order) if is_whole else None
    return order_view(order, addresses_of(unit, [order])[order.fulfillment_order_id], parcels, unit.now)
