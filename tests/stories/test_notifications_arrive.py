"""Whatever happens to an order is in the application's queue: a real one, read with boto3 and with our own client."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import boto3
import pytest

from sellingpartner.client.notifications import Queue
from sellingpartner.contract import notifications_v1 as v1
from sellingpartner.contract.notifications.order_change import OrderChangeNotification
from sellingpartner.market.orders.commands import confirm_shipment, pay
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.server.process.carriers.post import post_to
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import TestMarket

_numbers = count(1)
EVERY_CHANGE = v1.ProcessingDirective(event_filter=v1.EventFilter(event_filter_type=v1.EventFilterType.ORDER_CHANGE))


@pytest.fixture
def sqs(moto_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    client = boto3.client("sqs", endpoint_url=moto_url, region_name="us-east-1")
    yield client
    client.close()


def made_queue(sqs: Any) -> tuple[str, str]:  # noqa: ANN401 - boto3 has no types
    url: str = sqs.create_queue(QueueName=f"harbor-{next(_numbers)}")["QueueUrl"]
    arn: str = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return url, arn


def subscribe(market: TestMarket, arn: str) -> None:
    resource = v1.DestinationResourceSpecification(sqs=v1.SqsResource(arn=arn))
    made = market.seller.send(v1.CreateDestination(resource_specification=resource, name="Harbor"))
    market.seller.send(
        v1.CreateSubscription(
            notification_type="ORDER_CHANGE",
            payload_version="1.0",
            destination_id=made.payload.destination_id,
            processing_directive=EVERY_CHANGE,
        )
    )


def test_an_order_is_told_of_when_it_is_placed_paid_and_shipped(market: TestMarket, moto_url: str, sqs: Any) -> None:  # noqa: ANN401
    url, arn = made_queue(sqs)
    subscribe(market, arn)
    courier = Courier(market.market, post_to(moto_url))

    order_id = market.buys("MUG-BLUE", quantity=2, paid=False)
    with market.market.write(market.seller.seller_id) as unit:
        pay(unit, order_id)
    item_id = market.seller.call("GET", f"/orders/v0/orders/{order_id}/orderItems").json()["payload"]["OrderItems"][0][
        "OrderItemId"
    ]
    with market.market.write(market.seller.seller_id) as unit:
        parcel = Parcel(
            reference="1",
            shipped_at=unit.now,
            quantities={item_id: 2},
            carrier_code="UPS",
            tracking_number="1Z999",
        )
        confirm_shipment(unit, order_id, parcel, marketplace_id=market.marketplace_id)
    assert courier.deliver() == 3

    queue = Queue(url, client=sqs, wait_seconds=0)
    told = []
    queue.handle(lambda received: told.append(received.payload), until_empty=True)
    assert all(isinstance(one, OrderChangeNotification) for one in told)
    assert {one.amazon_order_id for one in told} == {order_id}
    assert sorted(one.summary.order_status for one in told) == ["Pending", "Shipped", "Unshipped"]
    hidden = {one.summary.order_status.value: one.summary.destination_postal_code for one in told}
    assert hidden == {"Pending": None, "Unshipped": "97205", "Shipped": "97205"}
