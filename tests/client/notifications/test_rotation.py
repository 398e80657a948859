"""An application rotates its own client secret: it asks, reads its queue, and goes on with the new one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from sellingpartner.client.notifications import Queue
from sellingpartner.contract.application_management_2023_11_30 import RotateApplicationClientSecret
from sellingpartner.contract.errors import InvalidInput, Unauthorized
from sellingpartner.contract.notifications.application_oauth_client_new_secret import (
    ApplicationOAuthClientNewSecretNotification,
)
from sellingpartner.contract.scopes import CREDENTIAL_ROTATION, NOTIFICATIONS
from sellingpartner.market.accounts import audit
from sellingpartner.market.accounts.calls import latest_calls
from sellingpartner.market.accounts.model import Actor, ActorKind
from sellingpartner.market.notifications.commands import register_queue
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import Caller, TestMarket

Filled = Any  # tests/client/notifications/conftest.py


def grantless(market: TestMarket, secret: str, scope: str = CREDENTIAL_ROTATION) -> Caller:
    fields = {
        "grant_type": "client_credentials",
        "scope": scope,
        "client_id": market.application.client_id,
        "client_secret": secret,
    }
    reply = market.anybody().call("POST", "/auth/o2/token", body=urlencode(fields).encode())
    if reply.status != 200:
        raise Unauthorized(reply.json()["error"])
    return market.anybody().with_token(reply.json()["access_token"])


@pytest.fixture
def registered(market: TestMarket, filled: Filled) -> TestMarket:
    with market.market.write() as unit:
        register_queue(unit, market.application.application_id, filled.url)
    return market


def test_a_secret_is_rotated_from_the_call_to_the_death_of_the_old_one(registered: TestMarket, filled: Filled) -> None:
    market = registered

    grantless(market, market.client_secret).send(RotateApplicationClientSecret())
    assert Courier(market.market).deliver() == 1

    [received] = Queue(filled.url, client=filled.sqs).receive(until_empty=True)
    told = received.notification.payload
    assert isinstance(told, ApplicationOAuthClientNewSecretNotification)
    assert told.client_id == market.application.client_id
    for secret in (market.client_secret, told.new_client_secret):
        assert grantless(market, secret).token is not None
    market.advance(days=7)
    with pytest.raises(Unauthorized, match="denied") as refused:
        grantless(market, market.client_secret)
    assert refused.value.details == "invalid_client"
    assert grantless(market, told.new_client_secret).token is not None


def test_the_audit_says_who_rotated_and_no_log_says_the_secret(registered: TestMarket, filled: Filled) -> None:
    market = registered

    grantless(market, market.client_secret).send(RotateApplicationClientSecret())
    Courier(market.market).deliver()

    [received] = Queue(filled.url, client=filled.sqs).receive(until_empty=True)
    market.server.journal.flush()
    with market.market.read() as unit:
        entry = audit.entries(unit, application_id=market.application.application_id)[-1]
        calls = latest_calls(unit)
    assert entry.what == "secret.rotated"
    assert entry.by == Actor(ActorKind.APPLICATION, market.application.application_id, "127.0.0.1")
    assert received.notification.payload.new_client_secret not in f"{calls!r} {entry!r}"


def test_without_a_queue_nothing_is_rotated_and_the_answer_says_how_to_register_one(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="Register an SQS queue first: spapi application queue"):
        grantless(market, market.client_secret).send(RotateApplicationClientSecret())

    market.advance(days=8)
    assert grantless(market, market.client_secret).token is not None


def test_it_takes_the_token_for_rotation_and_no_other(registered: TestMarket) -> None:
    for caller in (registered.seller, grantless(registered, registered.client_secret, NOTIFICATIONS)):
        with pytest.raises(Unauthorized) as refused:
            caller.send(RotateApplicationClientSecret())
        assert refused.value.details == ""
    assert Courier(registered.market).deliver() == 0
