"""The operator's view of notifications: what went where, what waits and why, and having it tried again."""

from __future__ import annotations

import json

import pytest
from post_office import ByHand

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound, SellingPartnerError
from sellingpartner.market.accounts.audit import entries
from sellingpartner.market.notifications.commands import (
    delete_destination,
    register_queue,
    rotate_secret_by_queue,
    unsubscribe,
)
from sellingpartner.server.process.carriers.outcome import NotSent
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import Caller, TestMarket

QUEUE = "arn:aws:sqs:us-east-1:123456789012:harbor-secrets"


def refuse(_address: str, _body: str) -> None:
    raise NotSent("SQS did not take it: AccessDenied")


def test_what_waits_is_shown_with_its_reason_and_tried_again(market: TestMarket, operator: Caller) -> None:
    market.subscribe("ORDER_CHANGE")
    order_id = market.buys(paid=False)
    Courier(market.market, ByHand(refuse)).deliver()

    [listed] = operator.send(v1.ListDeliveries(state=v1.DeliveryState.WAITING)).deliveries
    assert (listed.notification_type, listed.attempts) == ("ORDER_CHANGE", 1)
    assert (listed.failure, listed.body) == ("SQS did not take it: AccessDenied", None)
    assert listed.seller_id == market.seller.seller_id
    [where] = operator.send(v1.ListDestinations()).destinations
    assert (where.kind, where.failures, where.failure) == ("AWS_SQS", 1, "SQS did not take it: AccessDenied")
    assert where.to == listed.to

    assert operator.send(v1.RetryDelivery(delivery_id=listed.delivery_id)).next_at == market.now
    came: list[str] = []
    Courier(market.market, ByHand(lambda _, body: came.append(body))).deliver()

    shown = operator.send(v1.GetDelivery(delivery_id=listed.delivery_id))
    assert (shown.state, shown.sent_at, shown.body) == (v1.DeliveryState.SENT, market.now, came[0])
    assert order_id in came[0]
    assert operator.send(v1.ListDeliveries(state=v1.DeliveryState.WAITING)).deliveries == []


def test_what_has_no_destination_any_more_is_not_tried(market: TestMarket, operator: Caller) -> None:
    made = market.subscribe("ORDER_CHANGE")
    market.buys(paid=False)
    application_id = market.application.application_id
    with market.market.write() as unit:
        unsubscribe(unit, application_id, "ORDER_CHANGE", made.subscription_id)
        delete_destination(unit, application_id, made.destination_id)

    shown = operator.send(v1.GetDelivery(delivery_id=1))
    assert (shown.state, shown.failure) == ("DEAD", "Its destination was deleted before it was sent.")
    with pytest.raises(NotFound, match="no destination any more"):
        operator.send(v1.RetryDelivery(delivery_id=1))


def test_deliveries_are_listed_a_stretch_at_a_time(market: TestMarket, operator: Caller) -> None:
    market.subscribe("ORDER_CHANGE")
    for _ in range(3):
        market.buys(paid=False)

    first = operator.send(v1.ListDeliveries(limit=2))
    rest = operator.send(v1.ListDeliveries(limit=2, before=first.before))

    assert [one.delivery_id for one in (*first.deliveries, *rest.deliveries)] == [3, 2, 1]
    assert rest.before is None
    assert operator.send(v1.ListDeliveries(notification_type="PRICING_HEALTH")).deliveries == []
    assert operator.send(v1.ListDeliveries(application_id="amzn1.sp.solution.none")).deliveries == []


def test_a_secret_is_shown_to_nobody(market: TestMarket, operator: Caller) -> None:
    with market.market.write() as unit:
        register_queue(unit, market.application.application_id, QUEUE)
        rotate_secret_by_queue(unit, market.application.application_id)

    shown = operator.call("GET", "/market/v1/deliveries/1")

    assert shown.json()["notificationType"] == "APPLICATION_OAUTH_CLIENT_NEW_SECRET"
    assert b"oa2-cs" not in shown.body
    assert b"oa2-cs" not in operator.call("GET", "/market/v1/deliveries").body
    assert b"oa2-cs" not in operator.call("POST", "/market/v1/deliveries/1/retry").body


def test_who_is_told_what_is_listed(market: TestMarket, operator: Caller) -> None:
    made = market.subscribe("ORDER_CHANGE")

    [listed] = operator.send(v1.ListSubscriptions(application_id=market.application.application_id)).subscriptions

    assert (listed.subscription_id, listed.is_active, listed.seller_id) == (
        made.subscription_id,
        True,
        market.seller.seller_id,
    )
    assert listed.processing_directive == made.directive
    assert operator.send(v1.ListSubscriptions(application_id="amzn1.sp.solution.none")).subscriptions == []


def test_a_webhook_is_made_with_its_secret_which_is_shown_once(market: TestMarket, operator: Caller) -> None:
    application_id = market.application.application_id

    made = operator.send(v1.CreateWebhook(application_id=application_id, url="https://hooks.example.com/amazon"))

    assert made.secret.startswith("whsec_")
    [listed] = operator.send(v1.ListDestinations()).destinations
    assert (listed.kind, listed.to, listed.name) == ("WEBHOOK", made.url, made.url)
    assert made.secret.encode() not in operator.call("GET", "/market/v1/destinations").body
    with market.market.read() as unit:
        entry = entries(unit)[-1]
    assert (entry.what, entry.details) == ("webhook.registered", {"webhook": made.url})
    with pytest.raises(SellingPartnerError, match="conflict"):
        operator.send(v1.CreateWebhook(application_id=application_id, url="https://hooks.example.com/amazon"))


@pytest.mark.parametrize(
    "url",
    ["", "hooks.example.com", "ftp://hooks.example.com/", "https://", "https://u:p@hooks.example.com/", "http://h:x/"],
)
def test_what_is_no_webhook_is_refused(market: TestMarket, operator: Caller, url: str) -> None:
    with pytest.raises(InvalidInput, match=r"write https://hooks\.example\.com/amazon"):
        operator.send(v1.CreateWebhook(application_id=market.application.application_id, url=url))
    assert operator.send(v1.ListDestinations()).destinations == []


def test_what_is_not_there_is_said_not_to_be(operator: Caller) -> None:
    for asked in (v1.GetDelivery(delivery_id=4711), v1.RetryDelivery(delivery_id=4711)):
        with pytest.raises(NotFound, match="no delivery 4711"):
            operator.send(asked)
    with pytest.raises(NotFound):
        operator.send(v1.CreateWebhook(application_id="amzn1.sp.solution.none", url="https://hooks.example.com/"))


def test_messages_are_disturbed_on_demand(operator: Caller) -> None:
    assert operator.send(v1.GetDisturbance()) == v1.Disturbance(duplicate_percent=0, is_shuffled=False)

    operator.send(v1.SetDisturbance(duplicate_percent=20, is_shuffled=True))
    assert operator.send(v1.GetDisturbance()) == v1.Disturbance(duplicate_percent=20, is_shuffled=True)
    reply = operator.call(
        "PUT",
        "/market/v1/disturbance",
        body=json.dumps({"duplicatePercent": 101}).encode(),
        headers={"Content-Type": "application/json"},
    )
    assert reply.status == 400

    operator.send(v1.SetDisturbance())
    assert operator.send(v1.GetDisturbance()) == v1.Disturbance(duplicate_percent=0, is_shuffled=False)
