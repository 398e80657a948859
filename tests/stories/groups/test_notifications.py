"""Notifications: a queue is named, subscribed for, hears of an order, and hears no more once it is given up."""

from __future__ import annotations

from sellingpartner import SellingPartner
from sellingpartner.contract import notifications_v1 as v1
from sellingpartner.testing import TestMarket

QUEUE = "arn:aws:sqs:us-east-1:123456789012:harbor"
ORDERS = "ORDER_CHANGE"


def test_a_queue_hears_of_orders_until_it_is_given_up(market: TestMarket, client: SellingPartner) -> None:
    made = client.notifications.create_destination(
        resource_specification=v1.DestinationResourceSpecification(sqs=v1.SqsResource(arn=QUEUE)), name="Harbor"
    ).payload
    where = made.destination_id
    assert client.notifications.get_destination(destination_id=where).payload.name == "Harbor"
    filter_ = v1.EventFilter(
        event_filter_type=v1.EventFilterType.ORDER_CHANGE,
        order_change_types=[v1.OrderChangeTypeEnum.ORDER_STATUS_CHANGE],
    )
    subscription = client.notifications.create_subscription(
        notification_type=ORDERS,
        payload_version="1.0",
        destination_id=where,
        processing_directive=v1.ProcessingDirective(event_filter=filter_),
    ).payload.subscription_id
    mine = client.notifications.get_subscription(notification_type=ORDERS).payload
    again = client.notifications.get_subscription_by_id(notification_type=ORDERS, subscription_id=subscription).payload
    assert mine == again
    assert [one.destination_id for one in client.notifications.get_destinations().payload] == [where]

    order_id = market.buys()
    heard = market.notifications(ORDERS)
    assert {order_id in str(one.payload) for one in heard} == {True}
    client.notifications.delete_subscription_by_id(notification_type=ORDERS, subscription_id=subscription)
    client.notifications.delete_destination(destination_id=where)
    market.buys()
    assert market.notifications(ORDERS) == heard
    assert client.notifications.get_destinations().payload == []
