"""The operator enters as the control API lets in: by its key or, where there is none, from the market's own machine."""

from __future__ import annotations

import time
from typing import Any

import pytest
from page_browser import Browser

from sellingpartner.server.console.operators_door import LASTS_SECONDS
from sellingpartner.testing import TestMarket

Town = Any  # tests/server/console/conftest.py
KEY = "quay-7-key"
OF_THE_OPERATOR = ("/console/clock", "/console/faults", "/console/place-order")


@pytest.fixture
def keyed(town: Town) -> TestMarket:
    """The market with a control key."""
    market: TestMarket = town.market
    market.server.open_pages(market.desk, KEY)
    return market


def test_at_the_markets_own_machine_a_button_is_enough(browser: Browser) -> None:
    browser.opens_market()

    assert (browser.reply.status, browser.target) == (200, "/console/market")
    assert "Harbor Goods" in browser.text
    assert "Operator" in browser.text
    assert browser.open("/console").target == "/console/market"


def test_nobody_is_the_operator_before(browser: Browser) -> None:
    for path in ("/console/market", "/console/orders", *OF_THE_OPERATOR):
        assert browser.open(path).target.startswith("/console/sign-in?return_to=")


def test_whoever_wanted_a_page_comes_to_it(browser: Browser) -> None:
    browser.open("/console/clock").send("/console/operator")

    assert browser.target == "/console/clock"


def test_another_sites_page_cannot_press_the_button(browser: Browser) -> None:
    form = browser.open("/console/sign-in").form("/console/operator").fields

    assert browser.post("/console/operator", form, Origin="https://elsewhere.example").reply.status == 403
    assert browser.post("/console/operator", [("return_to", "")]).reply.status == 403
    assert browser.open("/console/market").target.startswith("/console/sign-in")


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded"])
def test_who_comes_through_a_proxy_is_not_at_the_machine(town: Town, name: str) -> None:
    reply = town.market.anybody().call("GET", "/console/sign-in", headers={name: "192.0.2.7", "Host": "127.0.0.1"})

    assert b"Open the market" not in reply.body


def test_a_name_that_was_made_to_lead_here_opens_nothing(town: Town) -> None:
    browser = town.browser("market.attacker.example").open("/console/sign-in")
    assert "Open the market" not in browser.text

    csrf = dict(browser.form("/console/sign-in").fields)["csrf"]
    browser.post("/console/operator", [("csrf", csrf)])

    assert browser.reply.status == 403
    assert "needs the market's control key" in browser.text
    assert town.last_call().code == "OperatorRefused"


def test_the_button_leaves_nothing_that_helps_from_elsewhere(town: Town, browser: Browser) -> None:
    browser.opens_market()

    there = town.browser("market.attacker.example")
    there.cookies = browser.cookies

    assert there.open("/console/market").target.startswith("/console/sign-in")


def test_where_there_is_a_key_it_is_asked_for(keyed: TestMarket, browser: Browser) -> None:
    browser.open("/console/sign-in").send("/console/operator", control_key="guess")
    assert (browser.reply.status, "This is not the market's control key." in browser.text) == (403, True)

    browser.open("/console/sign-in").send("/console/operator", control_key=KEY)
    assert browser.target == "/console/market"
    assert keyed.market is not None


def test_with_the_key_one_may_come_from_anywhere(keyed: TestMarket) -> None:
    browser = Browser(keyed, "market.example").open("/console/sign-in")

    browser.send("/console/operator", control_key=KEY)

    assert browser.target == "/console/market"


def test_a_market_that_others_reach_is_shut_until_it_has_a_key(town: Town, browser: Browser) -> None:
    town.market.server.open_pages(town.market.desk, is_public=True)
    browser.open("/console/sign-in")
    assert "Open the market" not in browser.text

    csrf = dict(browser.form("/console/sign-in").fields)["csrf"]
    browser.post("/console/operator", [("csrf", csrf), ("control_key", "")])

    assert browser.reply.status == 403
    assert "before it has a control key" in browser.text


@pytest.mark.parametrize("forged", ["", "x", "1.", f"{2**40}.", "1764408000." + "0" * 64, "²." + "0" * 64, "9" * 190])
def test_what_no_door_has_sealed_opens_none(town: Town, browser: Browser, forged: str) -> None:
    browser.open("/console/sign-in").cookies["spapi-operator"] = forged

    assert browser.open("/console/market").target.startswith("/console/sign-in")


def test_another_markets_seal_opens_nothing(keyed: TestMarket, browser: Browser) -> None:
    browser.open("/console/sign-in").send("/console/operator", control_key=KEY)

    keyed.server.open_pages(keyed.desk, "another-key")

    assert browser.open("/console/market").target.startswith("/console/sign-in")


def test_it_ends_after_half_a_day_by_the_machines_clock(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.opens_market()
    browser.market.advance(days=30)
    assert browser.open("/console/market").target == "/console/market"

    later = time.time() + LASTS_SECONDS
    monkeypatch.setattr(time, "time", lambda: later)

    assert browser.open("/console/market").target.startswith("/console/sign-in")


def test_signing_out_ends_it(browser: Browser) -> None:
    browser.opens_market().send("/console/sign-out")

    assert browser.open("/console/market").target.startswith("/console/sign-in")


def test_a_form_of_the_market_needs_its_token(browser: Browser) -> None:
    browser.opens_market()

    assert browser.post("/console/clock/advance", [("by", "P1D")]).reply.status == 403
    assert browser.market.now == browser.market.clock.now


def test_what_concerns_the_whole_market_is_not_a_sellers(browser: Browser) -> None:
    browser.signs_in()
    started = browser.market.now
    for path in OF_THE_OPERATOR:
        assert browser.open(path).reply.status == 403
    csrf = dict(browser.form("/console/sign-out").fields)["csrf"]

    for path in ("/console/clock/advance", "/console/faults", "/console/faults/clear", "/console/place-order"):
        assert browser.post(path, [("csrf", csrf), ("by", "P1D"), ("rule", "refuse 503")]).reply.status == 403

    assert (browser.market.now, browser.market.faults.rules) == (started, ())


def test_a_developer_has_no_shop_to_look_at(browser: Browser) -> None:
    browser.signs_in("ben@wharf.example")

    assert browser.open("/console/orders").reply.status == 403
    assert "You act for no seller" in browser.text


def test_the_key_is_in_no_log_and_no_page(keyed: TestMarket, browser: Browser) -> None:
    browser.open("/console/sign-in").send("/console/operator", control_key=KEY)
    browser.open("/console/requests?own=yes")

    assert KEY not in browser.reply.body.decode()
