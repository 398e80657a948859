"""A developer sees what an application was told, and has it sent again; without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from post_office import ByHand

from sellingpartner.market.accounts.grants import give_grant, revoke_application
from sellingpartner.market.notifications.commands import register_queue, rotate_secret_by_queue
from sellingpartner.server.process.carriers.outcome import NotSent
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing.mailbox import subscribe_to

Town = Any  # tests/server/console/conftest.py
Browser = Any
TYPE = "FBA_INVENTORY_AVAILABILITY_CHANGES"


@pytest.fixture
def ben(town: Town, browser: Browser) -> Browser:
    """Ben, who has signed in, and whose application is told of the seller's stock."""
    with town.market.market.write(town.seller_id) as unit:
        give_grant(unit, town.seller_id, town.application.application_id)
        subscribe_to(unit, town.application.application_id, TYPE)
    browser.signs_in("ben@wharf.example")
    return browser


def place(town: Town) -> str:
    return f"/console/developer/{town.application.application_id}/notifications"


def refuse(_address: str, _body: str) -> None:
    raise NotSent("SQS did not take it: AccessDenied")


def test_what_waits_is_shown_with_its_reason_and_sent_again(town: Town, ben: Browser) -> None:
    town.market.buys("LAMP-OAK", paid=False)
    Courier(town.market.market, ByHand(refuse)).deliver()

    ben.open(place(town))
    assert "SQS did not take it: AccessDenied" in ben.text
    assert TYPE in ben.text
    assert "On its way" in ben.text
    assert "There is none of these." in ben.open(f"{place(town)}?state=dead").text

    ben.open(place(town)).send(place(town), delivery="1")
    came: list[str] = []
    Courier(town.market.market, ByHand(lambda _, body: came.append(body))).deliver()

    assert len(came) == 1
    assert "Arrived" in ben.open(place(town)).text


def test_a_subscription_pauses_where_the_seller_took_the_grant_back(town: Town, ben: Browser) -> None:
    assert "Active" in ben.open(place(town)).text

    with town.market.market.write(town.seller_id) as unit:
        revoke_application(unit, town.seller_id, town.application.application_id)

    assert "Paused" in ben.open(place(town)).text


def test_no_page_shows_what_a_message_holds(town: Town, ben: Browser) -> None:
    with town.market.market.write() as unit:
        register_queue(unit, town.application.application_id, "arn:aws:sqs:us-east-1:123456789012:secrets")
        rotate_secret_by_queue(unit, town.application.application_id)

    ben.open(place(town))

    assert "APPLICATION_OAUTH_CLIENT_NEW_SECRET" in ben.text
    assert "Its own queue, for its secrets" in ben.text
    assert "oa2-cs" not in ben.reply.body.decode()


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 20, "4711", "²"])
def test_a_message_that_is_none_cannot_be_sent(town: Town, ben: Browser, number: str) -> None:
    town.market.buys("LAMP-OAK", paid=False)

    ben.open(place(town)).send(place(town), delivery=number)

    assert ben.reply.status == 404


def test_another_developers_application_is_unknown(town: Town, ben: Browser) -> None:
    other = place(town).replace(town.application.application_id, town.market.application.application_id)

    assert ben.open(other).reply.status == 404
