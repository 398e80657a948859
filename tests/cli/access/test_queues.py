from __future__ import annotations

from collections.abc import Callable
from typing import Any

from post_office import ByHand

from sellingpartner.market.notifications.commands import rotate_secret_by_queue
from sellingpartner.server.process.carriers.outcome import NotSent
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]

QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/harbor-secrets"


def refuse(_address: str, _body: str) -> None:
    raise NotSent("To send to a queue takes boto3.")


def test_a_queue_is_registered_and_then_shown_with_what_waits(market: TestMarket, spapi: Spapi) -> None:
    application_id = market.application.application_id

    registered = spapi("application", "queue", application_id, QUEUE)
    with market.market.write() as unit:
        rotate_secret_by_queue(unit, application_id)
    Courier(market.market, ByHand(refuse)).deliver()
    shown = spapi("application", "queue", application_id)

    assert (registered.code, registered.err) == (0, "")
    assert QUEUE in registered.out
    assert "Nothing was sent yet." in registered.out
    assert "APPLICATION_OAUTH_CLIENT_NEW_SECRET" in shown.out
    assert "boto3" in shown.out
    machine = spapi("application", "queue", application_id, "--json").json()
    assert machine["deliveries"][0]["failure"] == "To send to a queue takes boto3."


def test_a_secret_is_rotated(market: TestMarket, spapi: Spapi) -> None:
    application_id = market.application.application_id

    told = spapi("application", "rotate", application_id)
    machine = spapi("application", "rotate", application_id, "--json").json()

    assert "amzn1.oa2-cs.v1." in told.out
    assert "2027-05-01 09:00:00" in told.out
    assert machine["clientId"] == market.application.client_id
    assert machine["oldExpiresAt"] == "2026-11-09T09:00:00Z"


def test_a_fifo_queue_is_refused_in_one_line(market: TestMarket, spapi: Spapi) -> None:
    said = spapi("application", "queue", market.application.application_id, f"{QUEUE}.fifo")

    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "spapi: harbor-secrets.fifo is a FIFO queue, which takes no notifications; name a standard queue.\n"
    )
