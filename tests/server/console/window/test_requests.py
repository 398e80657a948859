"""Requests on the pages: the latest calls with their reasons, renewed as they come, and one call's whole story."""

from __future__ import annotations

import re
from typing import Any

import pytest
from page_browser import Browser

from sellingpartner.testing import TestMarket

Town = Any  # tests/server/console/conftest.py
ORDERS = "/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-11-01"
NO_ORDER = "/orders/v0/orders/902-0000000-0000000"


@pytest.fixture
def operator(browser: Browser) -> Browser:
    return browser.opens_market()


def stories(browser: Browser) -> list[str]:
    return [link for link in browser.page.links if re.fullmatch(r"/console/requests/[0-9a-f-]{36}", link)]


def polls(browser: Browser, target: str) -> Browser:
    """What the script of an open page asks for."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    sent = {"Host": browser.host, "Cookie": cookies, "HX-Request": "true"}
    browser.reply = browser.market.anybody().call("GET", target, headers=sent)
    return browser


def test_calls_are_shown_with_their_reasons(market: TestMarket, operator: Browser) -> None:
    market.seller.call("GET", ORDERS)
    market.seller.call("GET", NO_ORDER)

    text = operator.open("/console/requests").text
    assert text.index("getOrder ") < text.index("getOrders")
    assert "There is no order 902-0000000-0000000." in text

    assert "getOrders" not in operator.open("/console/requests?which=refused").text
    assert len(stories(operator.open("/console/requests?operation=getOrders"))) == 1
    assert len(stories(operator.open("/console/requests?status=404"))) == 1
    assert "console" not in operator.text.partition("Calls, the newest first")[2]


def test_the_consoles_own_are_shown_if_that_is_wanted(operator: Browser) -> None:
    operator.open("/console/orders")

    assert "GET /console/orders" in operator.open("/console/requests?own=yes").text
    assert "GET /console/orders" not in operator.open("/console/requests").text


def test_one_call_is_told_whole(market: TestMarket, operator: Browser) -> None:
    market.seller.call("GET", NO_ORDER)
    market.seller.call("GET", ORDERS)
    (link,) = stories(operator.open("/console/requests?status=404"))

    text = operator.open(link).text

    for told in (
        "404 NotFound",
        "There is no order",
        "Harbor Desk",
        "Harbor Goods",
        "It changed nothing.",
        "getOrders",
    ):
        assert told in text, told


def test_an_open_page_asks_again_and_is_told_only_what_is_new(market: TestMarket, operator: Browser) -> None:
    operator.open("/console/requests")
    seen = re.search(r'"seen": "([0-9a-f]{16})"', operator.reply.body.decode())
    assert seen is not None

    polls(operator, f"/console/requests?seen={seen[1]}")
    assert (operator.reply.status, operator.reply.body) == (204, b"")

    market.seller.call("GET", ORDERS)
    polls(operator, f"/console/requests?seen={seen[1]}")
    assert operator.reply.status == 200
    assert "getOrders" in operator.text


def test_asking_again_is_not_written_down_and_keeps_nobody_signed_in(market: TestMarket, browser: Browser) -> None:
    browser.signs_in().open("/console/requests")
    market.advance(minutes=20)
    before = len(market.requests())

    polls(browser, "/console/requests")
    assert (browser.reply.status, len(market.requests())) == (200, before)

    market.advance(minutes=15)
    polls(browser, "/console/requests")
    assert browser.reply.status == 204
    assert browser.reply.headers["hx-redirect"].startswith("/console/sign-in")


def test_a_seller_sees_what_was_called_for_the_own_shop(town: Town, browser: Browser) -> None:
    other = town.market.join("Second Shop")
    town.user("eve@second.example", "Eve Lund", seller_id=other.seller_id)
    town.market.seller.call("GET", NO_ORDER)
    (link,) = stories(town.browser().opens_market().open("/console/requests?status=404"))

    assert stories(town.browser().signs_in().open("/console/requests?status=404")) == [link]
    assert "There is no order" in town.browser().signs_in().open(link).text

    browser.signs_in("eve@second.example")
    assert link not in stories(browser.open("/console/requests"))
    assert browser.open(link).reply.status == 404
    assert browser.open(f"/console/requests?seller={town.seller_id}").text.count("getOrder") == 0


@pytest.mark.parametrize("path", ["/console/requests/x", "/console/requests/%00", "/console/requests/" + "x" * 300])
def test_a_call_that_is_not_in_the_log_is_not_there(operator: Browser, path: str) -> None:
    assert operator.open(path).reply.status == 404


def test_a_call_that_is_not_there_leaves_the_list(market: TestMarket, operator: Browser) -> None:
    market.seller.call("GET", ORDERS)

    operator.open("/console/requests/00000000-0000-0000-0000-000000000000")

    assert (operator.reply.status, len(stories(operator))) == (404, 1)
    assert "There is no call 00000000-0000-0000-0000-000000000000 in the log" in operator.text
