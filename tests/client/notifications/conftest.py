from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import boto3
import pytest

Json = dict[str, Any]
Write = Callable[..., Json]

_numbers = count(1)


@pytest.fixture
def order_change() -> Write:
    """Writes an ORDER_CHANGE as Amazon sends it."""

    def write(order_id: str = "111-1111111-1111111", *, notification_id: str = "n-1", **summary: object) -> Json:
        return {
            "NotificationVersion": "1.0",
            "NotificationType": "ORDER_CHANGE",
            "PayloadVersion": "1.0",
            "EventTime": "2026-03-01T10:00:00.000Z",
            "Payload": {
                "OrderChangeNotification": {
                    "NotificationLevel": "OrderLevel",
                    "SellerId": "ASELLER",
                    "AmazonOrderId": order_id,
                    "OrderChangeType": "OrderStatusChange",
                    "OrderChangeTrigger": {"TimeOfOrderChange": "2026-03-01T09:59:58Z", "ChangeReason": "Paid"},
                    "Summary": {
                        "MarketplaceId": "ATVPDKIKX0DER",
                        "OrderStatus": "Unshipped",
                        "PurchaseDate": "2026-03-01T09:30:00Z",
                        "DestinationPostalCode": None,
                        "FulfillmentType": "MFN",
                        "OrderType": "StandardOrder",
                        "OrderItems": [
                            {"OrderItemId": "1", "SellerSKU": "MUG-BLUE", "SupplySourceId": None, "Quantity": 2}
                        ],
                    }
                    | summary,
                }
            },
            "NotificationMetadata": {
                "ApplicationId": "app-1",
                "SubscriptionId": "sub-1",
                "PublishTime": "2026-03-01T10:00:01.000Z",
                "NotificationId": notification_id,
            },
        }

    return write


class TestQueue:
    """A queue at the moto server, and how to fill it and look into it."""

    __test__ = False

    def __init__(self, server: str) -> None:
        self.sqs = boto3.client("sqs", endpoint_url=server, region_name="us-east-1")
        self.url: str = self.sqs.create_queue(QueueName=f"notifications-{next(_numbers)}")["QueueUrl"]

    def put(self, *bodies: Json | str) -> None:
        for body in bodies:
            text = body if isinstance(body, str) else json.dumps(body)
            self.sqs.send_message(QueueUrl=self.url, MessageBody=text)

    @property
    def counts(self) -> tuple[int, int]:
        """How many messages wait, and how many somebody has received and not deleted."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=names)["Attributes"]
        return int(found[names[0]]), int(found[names[1]])


@pytest.fixture
def filled(moto_url: str, monkeypatch: pytest.MonkeyPatch) -> TestQueue:
    """An empty queue of its own for each test."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    return TestQueue(moto_url)
