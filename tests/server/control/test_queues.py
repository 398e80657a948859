from __future__ import annotations

import pytest
from post_office import ByHand

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.accounts.audit import entries
from sellingpartner.market.accounts.model import ActorKind
from sellingpartner.market.accounts.questions import secret_ends_at
from sellingpartner.market.notifications.commands import rotate_secret_by_queue
from sellingpartner.server.process.carriers.outcome import NotSent
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import Caller, TestMarket

QUEUE = "arn:aws:sqs:us-east-1:123456789012:harbor-secrets"


def refuse(_address: str, _body: str) -> None:
    raise NotSent("SQS did not take it.")


def test_a_queue_is_registered_and_what_waits_for_it_is_shown(market: TestMarket, operator: Caller) -> None:
    application_id = market.application.application_id

    registered = operator.send(v1.RegisterQueue(application_id=application_id, queue=QUEUE))
    with market.market.write() as unit:
        rotate_secret_by_queue(unit, application_id)
    Courier(market.market, ByHand(refuse)).deliver()
    shown = operator.send(v1.GetQueue(application_id=application_id))

    assert (registered.queue, registered.registered_at, registered.deliveries) == (QUEUE, market.now, [])
    [delivery] = shown.deliveries
    assert (delivery.notification_type, delivery.attempts) == ("APPLICATION_OAUTH_CLIENT_NEW_SECRET", 1)
    assert (delivery.sent_at, delivery.failure) == (None, "SQS did not take it.")
    with market.market.read() as unit:
        entry = next(entry for entry in entries(unit) if entry.what == "queue.registered")
    assert (entry.by.kind, entry.by.address, entry.details) == (ActorKind.OPERATOR, "127.0.0.1", {"queue": QUEUE})


def test_what_is_no_queue_of_an_application_is_refused(market: TestMarket, operator: Caller) -> None:
    application_id = market.application.application_id

    with pytest.raises(InvalidInput, match="FIFO"):
        operator.send(v1.RegisterQueue(application_id=application_id, queue=f"{QUEUE}.fifo"))
    with pytest.raises(NotFound):
        operator.send(v1.RegisterQueue(application_id="amzn1.sp.solution.none", queue=QUEUE))
    with pytest.raises(NotFound, match="No queue is registered"):
        operator.send(v1.GetQueue(application_id=application_id))
    with pytest.raises(NotFound, match="no application"):
        operator.send(v1.GetQueue(application_id="amzn1.sp.solution.none"))


def test_a_secret_is_rotated_and_shown(market: TestMarket, operator: Caller) -> None:
    application = market.application

    rotated = operator.send(v1.RotateClientSecret(application_id=application.application_id))

    assert rotated.client_id == application.client_id
    with market.market.read() as unit:
        old, new = (
            secret_ends_at(unit, application.application_id, secret)
            for secret in (market.client_secret, rotated.client_secret)
        )
    assert (old, new) == (rotated.old_expires_at, rotated.expires_at)
    with pytest.raises(NotFound):
        operator.send(v1.RotateClientSecret(application_id="amzn1.sp.solution.none"))
