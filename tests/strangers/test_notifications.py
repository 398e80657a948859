"""An order by a stranger's SDK, over real sockets: it subscribes, and boto3 reads the queue."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import boto3
import httpx2
import pytest
from nursery import opened
from sp_api.api import Notifications

from sellingpartner.contract import market_v1 as v1
from sellingpartner.env_file import read_env

SDK = "python-amazon-sp-api"
EVERYTHING = {"eventFilter": {"eventFilterType": "ORDER_CHANGE"}}

Guide = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(autouse=True)
def _sockets_left_open() -> Iterator[None]:
    """This SDK never closes the connections of its token client; here they end without a warning."""
    yield
    gc.collect()


@pytest.fixture
def telling(
    moto_url: str,
    tmp_path: Path,
    free_port: Callable[[], int],
    serving: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Any]:
    """An empty market whose queues are at moto, with one SKU, and its ready credentials in the environment."""
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    port = free_port()
    command = ["--no-demo", "--port", str(port), "--database", f"sqlite:///{tmp_path / 'market.db'}"]
    command += ["--credentials", str(tmp_path / "credentials.env"), "--queues", moto_url, "--limits", "off"]
    with (
        httpx2.Client(transport=httpx2.HTTPTransport(retries=5), timeout=60) as http,
        opened(*command, folder=tmp_path, environ=keys),
    ):
        market = serving(url=f"http://127.0.0.1:{port}", credentials=tmp_path / "credentials.env", http=http)
        for name, value in read_env(market.credentials).items():
            monkeypatch.setenv(name, value)
        listing = v1.PutListing(sku="MUG", title="A Mug", price=Decimal("9.99"), stock=5)
        market.send(listing)
        yield market


def test_an_order_arrives_in_the_queue_of_who_subscribed(telling: Any, moto_url: str, guide: Guide) -> None:  # noqa: ANN401
    sqs = boto3.client("sqs", endpoint_url=moto_url, region_name="us-east-1")
    queue = sqs.create_queue(QueueName="of-a-stranger")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    api = Notifications(**guide(SDK, "Connect")["connection"])
    destination_id = api.create_destination("orders", arn=arn).payload["destinationId"]
    subscribed = api.create_subscription(
        "ORDER_CHANGE", destination_id=destination_id, processingDirective=EVERYTHING
    ).payload
    assert api.get_subscription("ORDER_CHANGE").payload == subscribed

    order_id = telling.send(v1.PlaceOrder()).order_id
    told: list[Any] = []
    while len(told) < 2:
        answer = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=20)
        assert answer.get("Messages"), "nothing arrives"
        told += [json.loads(message["Body"]) for message in answer["Messages"]]
        for message in answer["Messages"]:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    sqs.close()
    orders = [one["Payload"]["OrderChangeNotification"] for one in told]
    assert {one["AmazonOrderId"] for one in orders} == {order_id}
    assert {one["Summary"]["OrderStatus"] for one in orders} == {"Pending", "Unshipped"}
    assert {one["NotificationMetadata"]["SubscriptionId"] for one in told} == {subscribed["subscriptionId"]}
