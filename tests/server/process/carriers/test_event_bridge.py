"""Putting events on a bus, of a server that speaks like EventBridge and passes them on to a queue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from sellingpartner.market.notifications.questions import lanes_of
from sellingpartner.server.process.carriers.post import post_to
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import TestMarket

REGION = "us-east-1"


@pytest.fixture
def aws(moto_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Any]]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    clients = [boto3.client(name, endpoint_url=moto_url, region_name=REGION) for name in ("events", "sqs")]
    yield clients[0], clients[1]
    for client in clients:
        client.close()


def test_a_listing_is_told_of_on_the_bus_of_its_partner_event_source(
    market: TestMarket, moto_url: str, aws: tuple[Any, Any]
) -> None:
    events, sqs = aws
    market.subscribe("LISTINGS_ITEM_STATUS_CHANGE")
    source = f"aws.partner/sellingpartnerapi.amazon.com/123456789012/{market.application.application_id}"
    courier = Courier(market.market, post_to(moto_url))
    courier.deliver()  # nothing yet; but the source is offered, as soon as there is a destination
    assert events.describe_event_source(Name=source)["Name"] == source
    bus = market.application.application_id  # moto knows a bus by the last part of its name
    events.create_event_bus(Name=bus)
    queue = sqs.create_queue(QueueName="from-the-bus")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    pattern = {"detail-type": ["LISTINGS_ITEM_STATUS_CHANGE"]}
    events.put_rule(Name="all", EventBusName=bus, EventPattern=json.dumps(pattern))
    events.put_targets(Rule="all", EventBusName=bus, Targets=[{"Id": "queue", "Arn": arn}])

    market.buys("MUG-RED", quantity=100)
    delivered = courier.deliver()
    with market.market.read() as unit:
        assert [one.failure for one in lanes_of(unit)] == [""]
    assert delivered == 1

    [message] = sqs.receive_message(QueueUrl=queue)["Messages"]
    event = json.loads(message["Body"])
    assert (event["source"], event["detail-type"]) == (source, "LISTINGS_ITEM_STATUS_CHANGE")
    assert event["detail"]["Payload"]["Sku"] == "MUG-RED"
    assert event["detail"]["Payload"]["Status"] == ["DISCOVERABLE"]


def test_nobody_there_is_said(market: TestMarket, aws: tuple[Any, Any]) -> None:
    market.subscribe("LISTINGS_ITEM_STATUS_CHANGE")
    market.buys("MUG-RED", quantity=100)
    courier = Courier(market.market, post_to("http://127.0.0.1:9"))

    assert courier.deliver() == 0

    with market.market.read() as unit:
        [lane] = lanes_of(unit)
    assert lane.failure.startswith("EventBridge did not take it: Could not connect")
