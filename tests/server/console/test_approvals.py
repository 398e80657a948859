"""Asking to sell what is restricted, where the links of getListingsRestrictions lead."""

from __future__ import annotations

from typing import Any

import pytest
from shopkeeper import US, Shop

from sellingpartner.market.listings.enforcing import add_restriction
from sellingpartner.market.listings.restrictions import NewRestriction, RestrictionKind

Town = Any  # tests/server/console/conftest.py
Browser = Any
PAGE = "/hz/approvalrequest/restrictions/approve"


@pytest.fixture
def asin(town: Town) -> str:
    return str((Shop(town.market).get("MUG-BLUE").summaries or [])[0].asin)


def restrict(town: Town, *, at_once: bool) -> None:
    new = NewRestriction(kind=RestrictionKind.BRAND, subject="Harbor", is_approved_at_once=at_once)
    with town.market.market.write() as unit:
        add_restriction(unit, new)


@pytest.mark.parametrize(
    ("at_once", "said", "issues"), [(True, "You are approved", []), (False, "somebody has to approve it", ["6024"])]
)
def test_a_seller_asks_and_may_be_approved_at_once(
    town: Town, browser: Browser, asin: str, *, at_once: bool, said: str, issues: list[str]
) -> None:
    restrict(town, at_once=at_once)
    browser.open(f"{PAGE}?asin={asin}&marketplaceId={US}").signs_in()
    assert "Approval to sell Stoneware Mug, Blue" in browser.text
    assert Shop(town.market).issues("MUG-BLUE") == ["6024"]

    browser.send(PAGE)

    assert said in browser.text
    assert Shop(town.market).issues("MUG-BLUE") == issues


def test_nothing_is_asked_for_what_is_free_unknown_or_nowhere(town: Town, browser: Browser, asin: str) -> None:
    browser.open(f"{PAGE}?asin={asin}&marketplaceId={US}").signs_in()
    assert "Nothing keeps you from selling this product" in browser.text

    assert browser.open(f"{PAGE}?asin=B000000000&marketplaceId={US}").reply.status == 404
    assert browser.open(f"{PAGE}?asin={asin}").reply.status == 400


def test_who_sells_nothing_cannot_ask(town: Town, browser: Browser, asin: str) -> None:
    browser.open(f"{PAGE}?asin={asin}&marketplaceId={US}").signs_in("ben@wharf.example")

    assert (browser.reply.status, "You act for no seller" in browser.text) == (403, True)
