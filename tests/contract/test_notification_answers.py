"""Answers of the Notifications API, held against Amazon's own document of them."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import msgspec

from sellingpartner.market.sandbox import SANDBOX
from sellingpartner.testing import TestMarket

DOCUMENT = "notifications.json"
ARN = "arn:aws:sqs:us-east-1:123456789012:another"
V1 = "/notifications/v1"
SQS = {"name": "x", "resourceSpecification": {"sqs": {"arn": ARN}}}
BUS = {"name": "x", "resourceSpecification": {"eventBridge": {"region": "us-east-1", "accountId": "210987654321"}}}
TEST = {"destinationId": "{sqs}", "testNotification": {"payloadVersion": "1.0", "testScenario": "any"}}
OFFERS = {
    "payloadVersion": "1.0",
    "destinationId": "{sqs}",
    "processingDirective": {
        "eventFilter": {
            "eventFilterType": "ANY_OFFER_CHANGED",
            "marketplaceIds": ["ATVPDKIKX0DER"],
            "aggregationSettings": {"aggregationTimePeriod": "TenMinutes"},
        }
    },
}


class Told:
    """A market whose application has a queue, an event bus and two subscriptions."""

    def __init__(self) -> None:
        self.market = TestMarket()
        self.market.market.remember(SANDBOX, "yes")
        orders = self.market.subscribe("ORDER_CHANGE")
        listings = self.market.subscribe("LISTINGS_ITEM_STATUS_CHANGE")
        self.names = {
            "{sqs}": orders.destination_id,
            "{bus}": listings.destination_id,
            "{orders}": orders.subscription_id,
        }

    def named(self, text: str) -> str:
        for name, value in self.names.items():
            text = text.replace(name, value)
        return text


CALLS: tuple[tuple[str, str, str, object, int], ...] = (
    ("GetDestinationsResponse", "GET", f"{V1}/destinations", None, 200),
    ("GetDestinationResponse", "GET", f"{V1}/destinations/{{sqs}}", None, 200),
    ("GetDestinationResponse", "GET", f"{V1}/destinations/{{bus}}", None, 200),
    ("GetDestinationResponse", "GET", f"{V1}/destinations/none", None, 404),
    ("CreateDestinationResponse", "POST", f"{V1}/destinations", SQS, 200),
    ("CreateDestinationResponse", "POST", f"{V1}/destinations", SQS, 409),
    ("CreateDestinationResponse", "POST", f"{V1}/destinations", BUS, 200),
    ("CreateDestinationResponse", "POST", f"{V1}/destinations", {"name": "x", "resourceSpecification": {}}, 400),
    ("DeleteDestinationResponse", "DELETE", f"{V1}/destinations/{{sqs}}", None, 403),
    ("CreateSubscriptionResponse", "POST", f"{V1}/subscriptions/ANY_OFFER_CHANGED", OFFERS, 200),
    ("CreateSubscriptionResponse", "POST", f"{V1}/subscriptions/ANY_OFFER_CHANGED", OFFERS, 409),
    ("CreateSubscriptionResponse", "POST", f"{V1}/subscriptions/PRICING_HEALTH", OFFERS, 400),
    ("GetSubscriptionResponse", "GET", f"{V1}/subscriptions/ANY_OFFER_CHANGED", None, 200),
    ("GetSubscriptionResponse", "GET", f"{V1}/subscriptions/PRICING_HEALTH", None, 404),
    ("GetSubscriptionsResponse", "GET", f"{V1}/subscriptions?notificationTypes=ORDER_CHANGE", None, 200),
    ("GetSubscriptionByIdResponse", "GET", f"{V1}/subscriptions/ORDER_CHANGE/{{orders}}", None, 200),
    ("GetSubscriptionByIdResponse", "GET", f"{V1}/subscriptions/ORDER_CHANGE/none", None, 404),
    ("SendTestNotificationResponse", "POST", f"{V1}/subscriptions/ORDER_CHANGE/testNotification", TEST, 200),
    ("SendTestNotificationResponse", "POST", f"{V1}/subscriptions/NONE/testNotification", TEST, 400),
    ("DeleteSubscriptionByIdResponse", "DELETE", f"{V1}/subscriptions/ORDER_CHANGE/{{orders}}", None, 200),
    ("DeleteSubscriptionByIdResponse", "DELETE", f"{V1}/subscriptions/ORDER_CHANGE/{{orders}}", None, 404),
)
"""What is called, one after the other: the kind of answer, the call, and the status."""


def test_each_answer_has_the_form_of_amazons_document(published: dict[str, Any]) -> None:
    told = Told()
    definitions = published[DOCUMENT]["definitions"]

    for answer, method, target, body, status in CALLS:
        sent = None if body is None else told.named(msgspec.json.encode(body).decode()).encode()
        headers = {"content-type": "application/json"} if sent else {}
        reply = told.market.seller.call(method, told.named(target), headers=headers, body=sent)

        assert (target, reply.status) == (target, status)
        schema = {"$ref": f"#/definitions/{answer}", "definitions": definitions}
        jsonschema_rs.Draft7Validator(schema).validate(reply.json())
    told.market.close()
