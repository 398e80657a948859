"""What an application is told in its queue, from the unit that causes it to the message that arrives."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from post_office import ByHand
from sqlalchemy import select

from sellingpartner.client.notifications import parse
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.notifications.application_oauth_client_new_secret import (
    ApplicationOAuthClientNewSecretNotification,
)
from sellingpartner.contract.notifications.application_oauth_client_secret_expiry import (
    ApplicationOAuthClientSecretExpiryNotification,
    ClientSecretExpiryReason,
)
from sellingpartner.market.accounts.secrets import rotate_secret, secrets_of
from sellingpartner.market.notifications.commands import claim, register_queue, rotate_secret_by_queue
from sellingpartner.market.notifications.deliveries import AT_ONCE, CLAIMED_FOR
from sellingpartner.market.notifications.questions import queue_of
from sellingpartner.market.notifications.tables import deliveries
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

Post = Any  # tests/market/notifications/conftest.py

QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/harbor-secrets"
OTHER_QUEUE = "arn:aws:sqs:us-east-1:123456789012:others"
DAY = timedelta(days=1)


def lane_in(unit: UnitOfWork, market: TestMarket) -> str:
    queue = queue_of(unit, market.application.application_id)
    assert queue is not None
    return queue.subscription_id


def rotate(market: TestMarket) -> None:
    with market.market.write() as unit:
        rotate_secret_by_queue(unit, market.application.application_id)


def test_a_new_secret_goes_to_the_queue_and_the_client_can_read_it(market: TestMarket, post: Post) -> None:
    rotate(market)

    assert post.courier.deliver() == 1

    [(address, body)] = post.arrived
    told = parse(body)
    assert address == QUEUE
    assert told.surprises == ()
    assert (told.notification_type, told.event_time) == ("APPLICATION_OAUTH_CLIENT_NEW_SECRET", START)
    assert told.metadata.application_id == market.application.application_id
    assert len(told.metadata.notification_id) == len(told.metadata.subscription_id) == 36
    assert isinstance(told.payload, ApplicationOAuthClientNewSecretNotification)
    assert told.payload.client_id == market.application.client_id
    assert told.payload.new_client_secret.startswith("amzn1.oa2-cs.v1.")
    assert told.payload.new_client_secret_expiry_time == START + 180 * DAY
    assert told.payload.old_client_secret_expiry_time == START + 7 * DAY


def test_the_envelope_is_amazons_to_the_letter(market: TestMarket, post: Post) -> None:
    rotate(market)
    post.courier.deliver()

    body = json.loads(post.arrived[0][1])
    secret = body["payload"]["applicationOAuthClientNewSecret"].pop("newClientSecret")
    metadata = body.pop("notificationMetadata")
    assert len(secret) == len("amzn1.oa2-cs.v1.") + 64
    assert body == {
        "notificationVersion": "1.0",
        "notificationType": "APPLICATION_OAUTH_CLIENT_NEW_SECRET",
        "payloadVersion": "2023-11-30",
        "eventTime": "2026-11-02T09:00:00.000Z",
        "payload": {
            "applicationOAuthClientNewSecret": {
                "clientId": market.application.client_id,
                "newClientSecretExpiryTime": "2027-05-01T09:00:00.000Z",
                "oldClientSecretExpiryTime": "2026-11-09T09:00:00.000Z",
            }
        },
    }
    assert set(metadata) == {"applicationId", "subscriptionId", "publishTime", "notificationId"}


def test_the_end_of_a_secret_is_announced_90_days_before_it(market: TestMarket, post: Post) -> None:
    market.advance(days=89)
    assert post.courier.deliver() == 0
    market.advance(days=1)

    assert post.courier.deliver() == 1

    told = parse(post.arrived[0][1])
    assert isinstance(told.payload, ApplicationOAuthClientSecretExpiryNotification)
    assert told.payload.client_id == market.application.client_id
    assert told.payload.client_secret_expiry_time == START + 180 * DAY
    assert told.payload.client_secret_expiry_reason is ClientSecretExpiryReason.PERIODIC_ROTATION
    market.advance(days=200)
    assert post.courier.deliver() == 0


def test_a_rotated_secret_is_not_warned_of_and_the_one_in_its_place_is(market: TestMarket, post: Post) -> None:
    market.advance(days=60)
    rotate(market)
    market.advance(days=60)
    post.courier.deliver()
    assert [parse(body).notification_type for _, body in post.arrived] == ["APPLICATION_OAUTH_CLIENT_NEW_SECRET"]

    market.advance(days=30)
    post.courier.deliver()

    warned = parse(post.arrived[-1][1]).payload
    assert isinstance(warned, ApplicationOAuthClientSecretExpiryNotification)
    assert warned.client_secret_expiry_time == START + 240 * DAY


def test_a_queue_that_is_registered_late_hears_of_the_end_at_once(market: TestMarket) -> None:
    market.advance(days=120)
    with market.market.write() as unit:
        register_queue(unit, market.application.application_id, QUEUE)

    market.market.run_due()

    with market.market.read() as unit:
        kinds = unit.execute(select(deliveries.c.notification_type)).scalars().all()
    assert kinds == ["APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY"]


def test_a_queue_that_is_registered_again_is_told_once(market: TestMarket, post: Post) -> None:
    with market.market.write() as unit:
        register_queue(unit, market.application.application_id, OTHER_QUEUE)

    market.advance(days=90)
    post.courier.deliver()

    assert [address for address, _ in post.arrived] == [OTHER_QUEUE]


def test_without_a_queue_no_secret_is_made(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="spapi application queue"):
        rotate(market)

    with market.market.read() as unit:
        assert len(secrets_of(unit, market.application.application_id)) == 1
        assert unit.count(deliveries) == 0


def test_a_rotation_by_the_developer_is_told_to_no_queue(market: TestMarket, post: Post) -> None:
    with market.market.write() as unit:
        rotate_secret(unit, market.application.application_id)

    assert post.courier.deliver() == 0


def test_only_an_application_has_a_queue_and_a_standard_one(market: TestMarket) -> None:
    application_id = market.application.application_id
    with market.market.write() as unit:
        with pytest.raises(NotFound):
            register_queue(unit, "amzn1.sp.solution.none", QUEUE)
        with pytest.raises(InvalidInput, match="FIFO"):
            register_queue(unit, application_id, f"{QUEUE}.fifo")
        assert queue_of(unit, application_id) is None


def test_what_arrived_is_no_longer_kept(market: TestMarket, post: Post) -> None:
    rotate(market)
    post.courier.deliver()

    with market.market.read() as unit:
        kept = unit.execute(select(deliveries.c.body, deliveries.c.next_at, deliveries.c.sent_at)).one()
    assert tuple(kept) == ("", None, START)
    assert post.courier.deliver() == 0


def test_what_cannot_be_sent_waits_and_says_why(market: TestMarket, post: Post) -> None:
    post.is_closed = True
    rotate(market)

    assert post.courier.deliver() == 0

    [waiting] = post.deliveries
    assert (waiting.attempts, waiting.failure, waiting.sent_at) == (1, "The post office is closed.", None)
    assert waiting.next_at == START + timedelta(seconds=5)
    assert waiting.body == ""  # whoever looks at what waits sees no secret
    post.is_closed = False
    assert post.courier.deliver() == 0
    market.advance(seconds=5)
    assert post.courier.deliver() == 1
    assert post.deliveries[0].failure == ""


def test_the_pauses_double_up_to_an_hour_of_market_time(market: TestMarket, post: Post) -> None:
    post.is_closed = True
    rotate(market)
    pauses = []

    for _ in range(13):
        post.courier.deliver()
        pauses.append((post.deliveries[0].next_at - market.now).total_seconds())
        market.market.clock.move_to(post.deliveries[0].next_at)

    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600]


def test_one_that_fails_does_not_hold_up_the_next(market: TestMarket, post: Post) -> None:
    rotate(market)
    with market.market.write() as unit:
        register_queue(unit, market.application.application_id, OTHER_QUEUE)
    rotate(market)

    def take(address: str, body: str) -> None:
        post.is_closed = address == QUEUE
        post.take(address, body)

    assert type(post.courier)(market.market, ByHand(take)).deliver() == 1
    assert [address for address, _ in post.arrived] == [OTHER_QUEUE]


def test_what_a_courier_claimed_nobody_else_gets_until_its_time_is_over(market: TestMarket, post: Post) -> None:
    rotate(market)
    with market.market.write() as unit:
        [lost] = claim(unit, lane_in(unit, market))  # by a courier that dies before it sends

    assert post.courier.deliver() == 0
    market.advance(seconds=CLAIMED_FOR.total_seconds())
    assert post.courier.deliver() == 1

    assert post.arrived[0][1] == lost.body


def test_a_message_that_is_sent_twice_has_one_id(market: TestMarket, post: Post) -> None:
    rotate(market)
    with market.market.write() as unit:
        [delivery] = claim(unit, lane_in(unit, market))
    post.take(delivery.address, delivery.body)  # and the courier dies before it says so
    market.advance(seconds=CLAIMED_FOR.total_seconds())

    post.courier.deliver()

    first, second = (parse(body).metadata.notification_id for _, body in post.arrived)
    assert first == second


def test_what_a_courier_that_is_stopped_has_not_tried_is_due_for_the_next(market: TestMarket, post: Post) -> None:
    for _ in range(AT_ONCE + 1):
        rotate(market)

    def stop(address: str, body: str) -> None:
        post.take(address, body)
        courier.stop()

    courier = type(post.courier)(market.market, ByHand(stop))
    assert courier.deliver() == AT_ONCE

    assert post.courier.deliver() == 1
    assert len({body for _, body in post.arrived}) == AT_ONCE + 1
    assert {delivery.attempts for delivery in post.deliveries} == {1}


def test_a_refused_operation_sends_nothing(market: TestMarket, post: Post) -> None:
    with pytest.raises(ZeroDivisionError), market.market.write() as unit:
        rotate_secret_by_queue(unit, market.application.application_id)
        raise ZeroDivisionError

    assert post.courier.deliver() == 0


def test_the_same_seed_gives_the_same_ids() -> None:
    told = []
    for _ in range(2):
        market = TestMarket()
        with market.market.write() as unit:
            register_queue(unit, market.application.application_id, QUEUE)
            rotate_secret_by_queue(unit, market.application.application_id)
        with market.market.write() as unit:
            told.append(parse(claim(unit, lane_in(unit, market))[0].body))
        market.close()

    first, second = told
    assert first.metadata == second.metadata
    assert first.payload != second.payload  # a secret is no matter of the seed
