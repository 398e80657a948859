"""Notifications v1: destinations and subscriptions, and what is refused of them, word by word."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sellingpartner.contract import notifications_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound, SellingPartnerError, Unauthorized
from sellingpartner.contract.scopes import NOTIFICATIONS, ORDERS
from sellingpartner.market.accounts.applications import register_application, register_developer
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.market.accounts.model import TokenKind
from sellingpartner.market.accounts.tokens import issue
from sellingpartner.market.demo import REGISTRATION
from sellingpartner.market.notifications.questions import all_subscriptions
from sellingpartner.market.sandbox import SANDBOX
from sellingpartner.market.sealing import sealed
from sellingpartner.testing import Caller, TestMarket

ARN = "arn:aws:sqs:us-east-1:123456789012:harbor"
PATH = "/notifications/v1/destinations"
WRONG = "Request has missing or invalid parameters and cannot be parsed."
ORDER_FILTER = v1.ProcessingDirective(event_filter=v1.EventFilter(event_filter_type=v1.EventFilterType.ORDER_CHANGE))


@pytest.fixture
def grantless(market: TestMarket) -> Caller:
    holder = Identity(
        application_id=market.application.application_id,
        seller_id="",
        kind=TokenKind.GRANTLESS,
        scopes=frozenset({NOTIFICATIONS}),
    )
    with market.market.write() as unit:
        return market.anybody().with_token(issue(unit, TokenKind.GRANTLESS, holder))


def sqs(arn: str = ARN) -> v1.DestinationResourceSpecification:
    return v1.DestinationResourceSpecification(sqs=v1.SqsResource(arn=arn))


def bus(account: str = "123456789012", region: str = "us-east-1") -> v1.DestinationResourceSpecification:
    wanted = v1.EventBridgeResourceSpecification(region=region, account_id=account)
    return v1.DestinationResourceSpecification(event_bridge=wanted)


def destination(caller: Caller, where: v1.DestinationResourceSpecification | None = None, name: str = "Harbor") -> str:
    made = caller.send(v1.CreateDestination(resource_specification=where or sqs(), name=name))
    return made.payload.destination_id


def subscribe(seller: Caller, destination_id: str, name: str = "ORDER_CHANGE", **more: Any) -> v1.Subscription:  # noqa: ANN401
    directive = ORDER_FILTER if name == "ORDER_CHANGE" else None
    wanted = {"payload_version": "1.0", "processing_directive": directive} | more
    return seller.send(v1.CreateSubscription(notification_type=name, destination_id=destination_id, **wanted)).payload


def refusal(reply: SellingPartnerError) -> tuple[int, str, str, str | None]:
    return reply.status, reply.code, reply.message, reply.details


def test_a_destination_is_made_shown_and_taken_away(grantless: Caller) -> None:
    made = grantless.send(v1.CreateDestination(resource_specification=sqs(), name="Harbor")).payload
    assert made.resource.sqs == v1.SqsResource(arn=ARN)
    assert grantless.send(v1.GetDestination(destination_id=made.destination_id)).payload == made
    assert grantless.send(v1.GetDestinations()).payload == [made]

    grantless.send(v1.DeleteDestination(destination_id=made.destination_id))

    assert grantless.send(v1.GetDestinations()).payload == []
    with pytest.raises(NotFound):
        grantless.send(v1.GetDestination(destination_id=made.destination_id))


def test_an_event_bus_has_the_name_of_its_partner_event_source(market: TestMarket, grantless: Caller) -> None:
    made = grantless.send(v1.CreateDestination(resource_specification=bus(), name="Bus")).payload

    source = f"aws.partner/sellingpartnerapi.amazon.com/123456789012/{market.application.application_id}"
    assert made.resource.event_bridge == v1.EventBridgeResource(
        name=source, region="us-east-1", account_id="123456789012"
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"resourceSpecification": {}, "name": "x"}, "Exactly one of"),
        (
            {
                "resourceSpecification": {
                    "sqs": {"arn": ARN},
                    "eventBridge": {"region": "us-east-1", "accountId": "123456789012"},
                },
                "name": "x",
            },
            "Exactly one of",
        ),
        ({"resourceSpecification": {"sqs": {"arn": f"{ARN}.fifo"}}, "name": "x"}, "FIFO"),
        ({"resourceSpecification": {"sqs": {"arn": "arn:aws:sqs:here:12:q"}}, "name": "x"}, "no SQS queue"),
        ({"resourceSpecification": {"sqs": {"arn": ARN}}, "name": " "}, "name must have"),
        ({"resourceSpecification": {"sqs": {"arn": ARN}}, "name": "x" * 257}, "name must have"),
        (
            {"resourceSpecification": {"eventBridge": {"region": "us-east-1", "accountId": "12"}}, "name": "x"},
            "12 digits",
        ),
        (
            {"resourceSpecification": {"eventBridge": {"region": "mars", "accountId": "123456789012"}}, "name": "x"},
            "not an AWS region",
        ),
    ],
)
def test_what_cannot_be_a_destination_is_refused(grantless: Caller, body: dict[str, Any], said: str) -> None:
    reply = grantless.call("POST", PATH, body=json.dumps(body).encode(), headers={"Content-Type": "application/json"})

    [error] = reply.json()["errors"]
    assert (reply.status, error["code"], error["message"]) == (400, "InvalidInput", WRONG)
    assert said in error["details"]
    assert grantless.send(v1.GetDestinations()).payload == []


def test_what_is_no_arn_at_all_is_refused(grantless: Caller) -> None:
    with pytest.raises(InvalidInput):
        destination(grantless, sqs("https://sqs.us-east-1.amazonaws.com/123456789012/harbor"))


def test_a_queue_and_an_account_are_one_destination_each(market: TestMarket, grantless: Caller) -> None:
    for where, what in ((sqs(), f"arn {ARN}"), (bus(), "AWS account 123456789012")):
        destination(grantless, where)
        with pytest.raises(SellingPartnerError) as refused:
            destination(grantless, where, name="Again")
        assert refusal(refused.value) == (
            409,
            "Conflict",
            "The requested resource conflict with a resource in the server.",
            f"A destination with {what} already exists for the application {market.application.application_id}",
        )
    with pytest.raises(SellingPartnerError, match="conflict"):
        destination(grantless, bus(region="eu-west-1"))


def test_a_destination_with_subscriptions_stays(grantless: Caller, seller: Caller) -> None:
    destination_id = destination(grantless)
    subscribe(seller, destination_id)

    with pytest.raises(Unauthorized) as refused:
        grantless.send(v1.DeleteDestination(destination_id=destination_id))

    assert refusal(refused.value) == (
        403,
        "Unauthorized",
        "The requested action is forbidden.",
        "Destination has subscriptions",
    )
    assert len(grantless.send(v1.GetDestinations()).payload) == 1


def test_a_subscription_is_made_found_and_ended(grantless: Caller, seller: Caller) -> None:
    made = subscribe(seller, destination(grantless))
    name, subscription_id = "ORDER_CHANGE", made.subscription_id

    assert made.processing_directive == ORDER_FILTER
    assert seller.send(v1.GetSubscription(notification_type=name)).payload == made
    listed = seller.send(v1.GetSubscriptions(notification_types=[name])).payload
    assert (listed.subscriptions, listed.next_token) == ([made], None)
    by_id = v1.GetSubscriptionById(notification_type=name, subscription_id=subscription_id)
    assert grantless.send(by_id).payload == made

    grantless.send(v1.DeleteSubscriptionById(notification_type=name, subscription_id=subscription_id))

    with pytest.raises(NotFound, match="does not exist"):
        seller.send(v1.GetSubscription(notification_type=name))
    with pytest.raises(NotFound):
        grantless.send(by_id)
    with pytest.raises(NotFound):
        grantless.send(v1.DeleteSubscriptionById(notification_type=name, subscription_id=subscription_id))


def test_one_type_in_two_versions_is_two_subscriptions(grantless: Caller, seller: Caller) -> None:
    destination_id, name = destination(grantless, bus()), "LISTINGS_ITEM_ISSUES_CHANGE"
    old = subscribe(seller, destination_id, name)
    new = subscribe(seller, destination_id, name, payload_version="2023-12-13")

    assert seller.send(v1.GetSubscription(notification_type=name)).payload == new
    assert seller.send(v1.GetSubscription(notification_type=name, payload_version="1.0")).payload == old
    listed = seller.send(v1.GetSubscriptions(notification_types=[name])).payload.subscriptions or []
    assert {one.subscription_id for one in listed} == {old.subscription_id, new.subscription_id}


def test_a_second_subscription_of_a_kind_is_refused(grantless: Caller, seller: Caller) -> None:
    subscribe(seller, destination(grantless))

    with pytest.raises(SellingPartnerError) as refused:
        subscribe(seller, destination(grantless, sqs(f"{ARN}-2")))

    assert refusal(refused.value) == (
        409,
        "StateConflict",
        "The resource specified conflicts with the current state.",
        "Subscription already exist for notification type ORDER_CHANGE",
    )


AGGREGATED = v1.EventFilter(
    event_filter_type=v1.EventFilterType.ANY_OFFER_CHANGED,
    aggregation_settings=v1.AggregationSettings(aggregation_time_period=v1.AggregationTimePeriod.FIVE_MINUTES),
)


def filtered(**fields: Any) -> v1.ProcessingDirective:  # noqa: ANN401 - those of an event filter
    return v1.ProcessingDirective(event_filter=v1.EventFilter(**fields))


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("NO_SUCH_TYPE", {}, "Notification type NO_SUCH_TYPE is invalid or cannot be subscribed to"),
        (
            "APPLICATION_OAUTH_CLIENT_NEW_SECRET",
            {},
            "Notification type APPLICATION_OAUTH_CLIENT_NEW_SECRET is invalid or cannot be subscribed to",
        ),
        (
            "ORDER_STATUS_CHANGE",
            {},
            "Notification type ORDER_STATUS_CHANGE is invalid or cannot be subscribed to",
        ),
        (
            "REPORT_PROCESSING_FINISHED",
            {},
            (
                "Payload version 1.0 is not supported for notification type REPORT_PROCESSING_FINISHED; "
                "supported: 2020-09-04"
            ),
        ),
        (
            "LISTINGS_ITEM_STATUS_CHANGE",
            {},
            "Notification type LISTINGS_ITEM_STATUS_CHANGE does not support AWS_SQS",
        ),
        ("ORDER_CHANGE", {"processing_directive": None}, "Processing Directive eventFilter must not be empty"),
        (
            "ORDER_CHANGE",
            {"processing_directive": filtered(event_filter_type="ORDER_CHANGE", marketplace_ids=["ATVPDKIKX0DER"])},
            (
                'EventFilter Payload {"marketplaceIds":["ATVPDKIKX0DER"],"eventFilterType":"ORDER_CHANGE"} failed to '
                "validate for notification type ORDER_CHANGE"
            ),
        ),
        (
            "ORDER_CHANGE",
            {"processing_directive": filtered(event_filter_type="ANY_OFFER_CHANGED")},
            (
                'EventFilter Payload {"eventFilterType":"ANY_OFFER_CHANGED"} failed to validate for notification type '
                "ORDER_CHANGE"
            ),
        ),
        (
            "PRICING_HEALTH",
            {"processing_directive": v1.ProcessingDirective(event_filter=AGGREGATED)},
            (
                'EventFilter Payload {"aggregationSettings":{"aggregationTimePeriod":"FiveMinutes"},'
                '"eventFilterType":"ANY_OFFER_CHANGED"} failed to validate for notification type PRICING_HEALTH'
            ),
        ),
        (
            "ANY_OFFER_CHANGED",
            {"processing_directive": filtered(event_filter_type="ANY_OFFER_CHANGED", marketplace_ids=["XX"])},
            (
                'EventFilter Payload {"marketplaceIds":["XX"],"eventFilterType":"ANY_OFFER_CHANGED"} failed to '
                "validate for notification type ANY_OFFER_CHANGED"
            ),
        ),
        (
            "LISTINGS_ITEM_STATUS_CHANGE",
            {"processing_directive": v1.ProcessingDirective(filter_expression="true")},
            "filterExpression is not supported for notification type LISTINGS_ITEM_STATUS_CHANGE",
        ),
        (
            "SHIPMENT_TRACKING_MILESTONE_CHANGED",
            {
                "payload_version": "2026-01-30",
                "processing_directive": v1.ProcessingDirective(filter_expression="true"),
            },
            "filterExpression is not supported for notification type SHIPMENT_TRACKING_MILESTONE_CHANGED",
        ),
        (
            "ORDER_CHANGE",
            {"processing_directive": v1.ProcessingDirective(filter_expression="Order.Id == '1'")},
            (
                "filterExpression Order.Id == '1' failed to validate for notification type ORDER_CHANGE: "
                "Order.Id is nothing that the payload has"
            ),
        ),
        (
            "ANY_OFFER_CHANGED",
            {"processing_directive": v1.ProcessingDirective(event_filter=AGGREGATED, filter_expression="true")},
            "eventFilter and filterExpression are mutually exclusive",
        ),
    ],
)
def test_what_cannot_be_subscribed_to_is_refused(
    market: TestMarket, grantless: Caller, seller: Caller, name: str, more: dict[str, Any], said: str
) -> None:
    destination_id = destination(grantless)

    with pytest.raises(InvalidInput) as refused:
        subscribe(seller, destination_id, name, **more)

    assert refusal(refused.value) == (400, "InvalidInput", WRONG, said)
    with market.market.read() as unit:
        assert all_subscriptions(unit) == []


def test_a_filter_that_says_what_is_no_value_of_it_is_refused(grantless: Caller, seller: Caller) -> None:
    destination_id = destination(grantless)
    wanted = {"eventFilterType": "ORDER_CHANGE", "orderChangeTypes": ["Nonsense"]}
    body = {"payloadVersion": "1.0", "destinationId": destination_id, "processingDirective": {"eventFilter": wanted}}

    reply = seller.call(
        "POST",
        "/notifications/v1/subscriptions/ORDER_CHANGE",
        body=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )

    assert (reply.status, reply.json()["errors"][0]["code"]) == (400, "InvalidInput")


def test_an_event_bus_takes_no_type_that_is_for_queues(grantless: Caller, seller: Caller) -> None:
    with pytest.raises(InvalidInput) as refused:
        subscribe(seller, destination(grantless, bus()))

    assert refused.value.details == "Notification type ORDER_CHANGE does not support AWS_EVENT_BRIDGE"


def test_what_is_another_applications_is_unknown(market: TestMarket, seller: Caller, grantless: Caller) -> None:
    with market.market.write() as unit:
        developer_id = register_developer(unit, "Strangers")
        other, _ = register_application(unit, "Stranger", developer_id, **REGISTRATION)
    stranger = market.caller(application=other)
    destination_id = destination(grantless)
    made = subscribe(seller, destination_id)

    with pytest.raises(InvalidInput) as refused:
        subscribe(stranger, destination_id)
    with pytest.raises(NotFound):
        stranger.send(v1.GetDestination(destination_id=destination_id))
    with pytest.raises(NotFound):
        stranger.send(v1.DeleteDestination(destination_id=destination_id))
    by_id = {"notification_type": "ORDER_CHANGE", "subscription_id": made.subscription_id}
    with pytest.raises(NotFound):
        stranger.send(v1.GetSubscriptionById(**by_id))
    with pytest.raises(NotFound):
        stranger.send(v1.DeleteSubscriptionById(**by_id))

    assert (
        refused.value.details == f"No destination with id '{destination_id}' for applicationId '{other.application_id}'"
    )
    assert stranger.send(v1.GetDestinations()).payload == []
    assert seller.send(v1.GetSubscription(notification_type="ORDER_CHANGE")).payload == made


def test_what_is_about_a_seller_takes_the_sellers_token(grantless: Caller, market: TestMarket) -> None:
    destination_id = destination(grantless)
    without = market.caller(scopes=(ORDERS,))

    for caller in (grantless, without):
        with pytest.raises(Unauthorized):
            subscribe(caller, destination_id)
        with pytest.raises(Unauthorized):
            caller.send(v1.GetSubscriptions(notification_types=["ORDER_CHANGE"]))
    with pytest.raises(Unauthorized):
        without.send(v1.GetDestinations())


def mock(destination_id: str | None, name: str = "ORDER_CHANGE", **test: Any) -> v1.SendTestNotification:  # noqa: ANN401
    sent = v1.TestNotification(**{"payload_version": "1.0", "test_scenario": "Any"} | test)
    return v1.SendTestNotification(notification_type=name, destination_id=destination_id, test_notification=sent)


def test_a_test_notification_is_sent_in_a_sandbox_alone(market: TestMarket, grantless: Caller) -> None:
    destination_id = destination(grantless)
    with pytest.raises(Unauthorized):
        grantless.send(mock(destination_id))

    market.market.remember(SANDBOX, "yes")
    for name, version in (("ORDER_CHANGE", "1.0"), ("TRANSACTION_UPDATE", "1.0"), ("PRICING_HEALTH", "1.0")):
        grantless.send(mock(destination_id, name, payload_version=version))
    sent = market.notifications()

    assert [one.notification_type for one in sent] == ["ORDER_CHANGE", "TRANSACTION_UPDATE", "PRICING_HEALTH"]
    assert [one.surprises for one in sent] == [(), (), ()]
    for wrong in (
        mock(None),
        mock("no-such-destination"),
        mock(destination_id, test_scenario=" "),
        mock(destination_id, payload_version="7.0"),
        mock(destination_id, "NO_SUCH_TYPE"),
        mock(destination(grantless, bus())),
        v1.SendTestNotification(notification_type="ORDER_CHANGE", destination_id=destination_id),
    ):
        with pytest.raises(InvalidInput, match="InvalidInput") as refused:
            grantless.send(wrong)
        assert refused.value.details
    assert len(market.notifications()) == 3


@pytest.mark.parametrize("other", ["nonsense", None, b"\xff\xfe", b'{"a":1}'])
def test_a_page_token_that_is_none_is_refused(market: TestMarket, seller: Caller, other: str | bytes | None) -> None:
    with market.market.read(market.seller_account.seller_id) as unit:
        token = other if isinstance(other, str) else sealed(unit, other or b"supply sources after 7")
    with pytest.raises(InvalidInput) as refused:
        seller.send(v1.GetSubscriptions(notification_types=["ORDER_CHANGE"], next_token=token))

    assert "nextToken" in (refused.value.details or "")
