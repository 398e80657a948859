"""updateFulfillmentOrder, cancelFulfillmentOrder, submitFulfillmentOrderStatusUpdate."""

from __future__ import annotations

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fulfillment_outbound_2020_07_01 import (
    CancelFulfillmentOrder,
    CancelFulfillmentOrderResponse,
    SubmitFulfillmentOrderStatusUpdate,
    SubmitFulfillmentOrderStatusUpdateResponse,
    UpdateFulfillmentOrder,
    UpdateFulfillmentOrderResponse,
)
from sellingpartner.market.outbound.commands import Change, ItemChange, cancel, set_status, update
from sellingpartner.market.outbound.lifecycle import Action, FulfillmentStatus, Policy
from sellingpartner.server.api.fulfillment_outbound_2020_07_01.reading import (
    address_of,
    features_of,
    moment,
    notified_of,
    speed_of,
)
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_NOT_SEEN = v2020.FulfillmentOrderStatus.NEW


@handles(UpdateFulfillmentOrder)
def update_fulfillment_order(unit: UnitOfWork, request: UpdateFulfillmentOrder) -> UpdateFulfillmentOrderResponse:
    """Change an order that is on hold, or let it go.

    Assumed: the marketplace of an order stays as it is, whatever an update says.
    """
    date, speed, address = (
        request.displayable_order_date,
        request.shipping_speed_category,
        request.destination_address,
    )
    action, policy, emails = request.fulfillment_action, request.fulfillment_policy, request.notification_emails
    change = Change(
        displayable_id=request.displayable_order_id,
        displayable_at=None if date is None else moment(date),
        comment=request.displayable_order_comment,
        speed=None if speed is None else speed_of(speed),
        address=None if address is None else address_of(address),
        action=None if action is None else Action(action.value),
        policy=None if policy is None else Policy(policy.value),
        from_country=request.ship_from_country_code,
        notified=None if emails is None else notified_of(emails),
        features=None if request.feature_constraints is None else features_of(request.feature_constraints),
        items=tuple(
            ItemChange(
                item_id=item.seller_fulfillment_order_item_id,
                quantity=item.quantity,
                gift_message=item.gift_message,
                comment=item.displayable_comment,
            )
            for item in request.items or ()
        ),
    )
    update(unit, request.seller_fulfillment_order_id, change)
    return UpdateFulfillmentOrderResponse()


@handles(CancelFulfillmentOrder)
def cancel_fulfillment_order(unit: UnitOfWork, request: CancelFulfillmentOrder) -> CancelFulfillmentOrderResponse:
    """Take an order back of which nothing is picked."""
    cancel(unit, request.seller_fulfillment_order_id)
    return CancelFulfillmentOrderResponse()


@handles(SubmitFulfillmentOrderStatusUpdate)
def submit_fulfillment_order_status_update(
    unit: UnitOfWork, request: SubmitFulfillmentOrderStatusUpdate
) -> SubmitFulfillmentOrderStatusUpdateResponse:
    """Have an order be where a test wants it, in a sandbox."""
    status = request.fulfillment_order_status
    if status is None or status is _NOT_SEEN:
        message = "fulfillmentOrderStatus must be a status that an order can come to: any but New."
        raise InvalidInput(message)
    set_status(
        unit,
        request.seller_fulfillment_order_id,
        FulfillmentStatus(status.value),
        "submitFulfillmentOrderStatusUpdate",
    )
    return SubmitFulfillmentOrderStatusUpdateResponse()
