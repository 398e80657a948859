"""createFulfillmentOrder, getFulfillmentOrder, listAllFulfillmentOrders."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fulfillment_outbound_2020_07_01 import (
    CreateFulfillmentOrder,
    CreateFulfillmentOrderResponse,
    GetFulfillmentOrder,
    GetFulfillmentOrderResponse,
    ListAllFulfillmentOrders,
    ListAllFulfillmentOrdersResponse,
)
from sellingpartner.market.outbound.asking import Asked
from sellingpartner.market.outbound.commands import create
from sellingpartner.market.outbound.lifecycle import Action, Policy
from sellingpartner.market.outbound.questions import (
    addresses_of,
    find_fulfillment,
    marketplace_meant,
    page_of_fulfillments,
)
from sellingpartner.server.api.fulfillment_outbound_2020_07_01.reading import (
    address_of,
    collection_of,
    drop_off_of,
    features_of,
    items_of,
    moment,
    notified_of,
    payments_of,
    speed_of,
    window_of,
)
from sellingpartner.server.api.fulfillment_outbound_2020_07_01.views import (
    authorization_view,
    item_view,
    order_view,
    payments_view,
    returned_view,
    shipment_view,
)
from sellingpartner.server.api.outbound_pages import opened, token_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PURPOSE = b"listAllFulfillmentOrders "
_UNLESS_SAID = timedelta(hours=36)


@handles(CreateFulfillmentOrder)
def create_fulfillment_order(unit: UnitOfWork, request: CreateFulfillmentOrder) -> CreateFulfillmentOrderResponse:
    """Have Amazon ship something.

    Assumed: what does not say whether it ships or is on hold ships; what says no policy is FillOrKill.
    """
    action, policy = request.fulfillment_action, request.fulfillment_policy
    create(
        unit,
        Asked(
            fulfillment_order_id=request.seller_fulfillment_order_id,
            items=items_of(request.items),
            address=address_of(request.destination_address),
            speed=speed_of(request.shipping_speed_category),
            marketplace_id=marketplace_meant(unit, request.marketplace_id),
            displayable_id=request.displayable_order_id,
            displayable_at=moment(request.displayable_order_date),
            comment=request.displayable_order_comment,
            action=Action.SHIP if action is None else Action(action.value),
            policy=Policy.FILL_OR_KILL if policy is None else Policy(policy.value),
            window=window_of(request.delivery_window),
            drop_off=drop_off_of(request.delivery_preferences),
            collection=collection_of(request.cod_settings),
            from_country=request.ship_from_country_code,
            notified=notified_of(request.notification_emails),
            features=features_of(request.feature_constraints),
            payments=payments_of(request.payment_information),
        ),
    )
    return CreateFulfillmentOrderResponse()


@handles(GetFulfillmentOrder)
def get_fulfillment_order(unit: UnitOfWork, request: GetFulfillmentOrder) -> GetFulfillmentOrderResponse:
    """Read an order with all that has become of it."""
    order = find_fulfillment(unit, request.seller_fulfillment_order_id)
    address = addresses_of(unit, [order])[order.fulfillment_order_id]
    return GetFulfillmentOrderResponse(
        payload=v2020.GetFulfillmentOrderResult(
            fulfillment_order=order_view(order, address),
            fulfillment_order_items=[item_view(order, item) for item in order.items],
            fulfillment_shipments=[shipment_view(order, one) for one in order.shipments],
            return_items=[returned_view(one) for one in order.returned],
            return_authorizations=[authorization_view(order, one) for one in order.authorizations],
            payment_information=payments_view(order.payments),
        )
    )


@handles(ListAllFulfillmentOrders)
def list_all_fulfillment_orders(
    unit: UnitOfWork, request: ListAllFulfillmentOrders
) -> ListAllFulfillmentOrdersResponse:
    """List the orders whose status changed, those first that changed first.

    Assumed: without a date they are those of the last 36 hours, and a page holds 50.
    """
    since: datetime | None = request.query_start_date
    after = None
    if request.next_token is not None:
        begun = opened(unit, request.next_token, _PURPOSE, "nextToken")
        if since not in {None, begun.since}:
            message = "nextToken belongs to another queryStartDate; pass the first one again, or none."
            raise InvalidInput(message)
        since, after = begun.since, begun.after
    elif since is None:
        since = unit.now - _UNLESS_SAID
    page = page_of_fulfillments(unit, since, after)
    addresses = addresses_of(unit, page.orders)
    return ListAllFulfillmentOrdersResponse(
        payload=v2020.ListAllFulfillmentOrdersResult(
            next_token=token_of(unit, since, page.next_key, _PURPOSE),
            fulfillment_orders=[order_view(one, addresses[one.fulfillment_order_id]) for one in page.orders],
        )
    )
