"""The sandbox, by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


def test_it_is_driven_as_the_market_is_and_begins_anew(spapi: Spapi, market: TestMarket) -> None:
    unseen = spapi("sandbox", "show").out
    placed = spapi("order", "place", "--sandbox", "--json").json()["orderId"]
    spapi("clock", "advance", "PT5M", "--sandbox")

    assert unseen.endswith("/sandbox; nobody has called it yet; has no models (serve --models)\n")
    assert "2026-11-02 09:05:00 UTC there" in spapi("sandbox", "show").out
    assert spapi("clock", "now").out == "2026-11-02T09:00:00Z\n"
    assert placed in market.in_sandbox().call("GET", f"/orders/v0/orders/{placed}").body.decode()
    assert market.seller.call("GET", f"/orders/v0/orders/{placed}").status == 404
    assert not spapi("sandbox", "reset", "--json").json()["isOpen"]
    assert "2026-11-02 09:00:00" in spapi("clock", "show", "--sandbox").out


@pytest.mark.parametrize(
    "command",
    [
        ("seller", "create", "A Shop"),
        ("application", "create", "An App"),
        ("grant", "create", "A1", "amzn1.sp.solution.1"),
        ("user", "create", "a@b.example", "--seller", "A1"),
    ],
)
def test_accounts_are_the_markets(spapi: Spapi, command: tuple[str, ...]) -> None:
    refused = spapi(*command, "--sandbox")

    assert (refused.code, "Accounts are the market's" in refused.err) == (1, True)


def test_a_sandbox_has_none_beside_it(spapi: Spapi) -> None:
    refused = spapi("sandbox", "reset", "--sandbox")

    assert (refused.code, "There is no sandbox beside this market" in refused.err) == (1, True)
