"""Notifications of the whole market on one page, and sending them again."""

from __future__ import annotations

from typing import Any

import pytest
from page_browser import Browser
from post_office import ByHand

from sellingpartner.market.notifications import browsing
from sellingpartner.server.console.window import deliveries
from sellingpartner.server.process.carriers.outcome import NotSent
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import TestMarket

Town = Any  # tests/server/console/conftest.py


def refuse(_address: str, _body: str) -> None:
    raise NotSent("SQS did not take it: AccessDenied")


@pytest.fixture
def told(market: TestMarket) -> TestMarket:
    """A market that has told something, and could not deliver it."""
    market.subscribe("ORDER_CHANGE")
    market.buys()
    Courier(market.market, ByHand(refuse)).deliver()
    return market


def test_what_fails_is_shown_and_sent_again(told: TestMarket, browser: Browser) -> None:
    browser.opens_market().open("/console/notifications")
    assert "SQS did not take it: AccessDenied" in browser.text
    assert "On its way" in browser.text

    browser.post("/console/notifications", browser.page.forms[-1].fields)
    came: list[str] = []
    Courier(told.market, ByHand(lambda _, body: came.append(body))).deliver()

    assert len(came) >= 1
    assert "Arrived" in browser.open("/console/notifications").text


def test_they_are_narrowed_down_and_walked(told: TestMarket, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        told.buys()
    browser.opens_market()
    assert "ORDER_CHANGE" in browser.open("/console/notifications?type=order_change&state=WAITING").text
    assert "There is no such notification." in browser.open("/console/notifications?state=DEAD").text

    monkeypatch.setattr(deliveries, "_AT_ONCE", 2)
    counts = [browser.open("/console/notifications").text.count("ORDER_CHANGE")]
    while link := next((link for link in browser.page.links if "before=" in link), ""):
        counts.append(browser.open(link).text.count("ORDER_CHANGE"))
    assert counts == [2] * (len(counts) - 1) + [counts[-1]]
    assert sum(counts) == len(told.notifications("ORDER_CHANGE"))


def test_a_page_says_how_far_it_looked_where_few_are_wanted(
    told: TestMarket, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "LOOKED_AT", 2)
    every = len(told.notifications("ORDER_CHANGE"))
    told.subscribe("ANY_OFFER_CHANGED")
    for _ in range(3):
        told.buys()
    every_later = len(told.notifications("ORDER_CHANGE"))
    browser.opens_market().open("/console/notifications?type=any_offer_changed")
    assert "There is no such notification." in browser.text

    pages = 1
    while link := next((link for link in browser.page.links if "before=" in link), ""):
        assert "Look further back" in browser.text
        browser.open(link)
        pages += 1
    assert (pages, every < every_later) == (-(-every_later // 2), True)


def test_a_seller_sees_and_sends_what_is_about_the_own_shop(told: TestMarket, town: Town, browser: Browser) -> None:
    other = town.market.join("Second Shop")
    town.user("eve@second.example", "Eve Lund", seller_id=other.seller_id)

    assert "ORDER_CHANGE" in town.browser().signs_in().open("/console/notifications").text

    browser.signs_in("eve@second.example").open("/console/notifications")
    assert "There is no such notification." in browser.text
    csrf = dict(browser.form("/console/sign-out").fields)["csrf"]
    assert browser.post("/console/notifications", [("csrf", csrf), ("delivery", "1")]).reply.status == 404


@pytest.mark.parametrize("query", ["state=x", "before=x", "before=-1", "type=%00"])
def test_what_cannot_be_asked_is_refused(browser: Browser, query: str) -> None:
    assert browser.opens_market().open(f"/console/notifications?{query}").reply.status == 400
