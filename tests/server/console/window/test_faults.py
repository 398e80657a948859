"""Faults on their page: rules are added, taken from a profile, and taken away."""

from __future__ import annotations

import pytest
from page_browser import Browser

from sellingpartner.testing import TestMarket

RULE = "refuse 503 operation=getOrders times=1"


@pytest.fixture
def operator(browser: Browser) -> Browser:
    return browser.opens_market().open("/console/faults")


def add(operator: Browser, rule: str) -> Browser:
    fields = operator.form("/console/faults").fields
    return operator.post("/console/faults", [*((n, v) for n, v in fields if n != "rule"), ("rule", rule)])


def rules(market: TestMarket) -> int:
    return len(market.faults.rules)


def test_a_rule_is_added_and_strikes(market: TestMarket, operator: Browser) -> None:
    add(operator, RULE)
    assert RULE in operator.text

    asked = "/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-11-01"
    assert [market.seller.call("GET", asked).status for _ in range(2)] == [503, 200]

    assert "refuse 1 1 Remove" in operator.open("/console/faults").text


def test_a_rule_is_removed_and_all_are_cleared(market: TestMarket, operator: Browser) -> None:
    add(operator, RULE).send("/faults/remove")
    assert rules(market) == 0

    operator.send("/faults/profile", profile="prime-day")
    assert rules(market) > 1

    operator.send("/faults/clear")
    assert (rules(market), "All goes well again." in operator.text) == (0, True)


@pytest.mark.parametrize("rule", ["", "explode", "refuse 999", "refuse 503 operation=noSuch", "x" * 2000, "\x00"])
def test_a_rule_that_is_none_is_refused(market: TestMarket, operator: Browser, rule: str) -> None:
    assert add(operator, rule).reply.status == 400
    assert dict(operator.form("/console/faults").fields)["rule"] == rule
    assert rules(market) == 0


def test_what_is_not_there_cannot_be_taken_away(operator: Browser) -> None:
    csrf = dict(operator.form("/console/sign-out").fields)["csrf"]

    assert operator.post("/console/faults/remove", [("csrf", csrf), ("fault", "7")]).reply.status == 404
    assert operator.post("/console/faults/remove", [("csrf", csrf), ("fault", "x")]).reply.status == 400
    assert operator.post("/console/faults/profile", [("csrf", csrf), ("profile", "none")]).reply.status == 404
