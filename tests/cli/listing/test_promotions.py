"""`spapi promotion`."""

from __future__ import annotations

from datetime import timedelta

from tests.cli.conftest import Spapi

from sellingpartner.testing import TestMarket


def test_a_promotion_is_created_listed_and_ended(market: TestMarket, spapi: Spapi) -> None:
    ends = f"{market.now + timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}"
    made = spapi(
        "promotion", "create", "MUG-BLUE", "MUG-RED", "--percent", "20", "--budget", "50", "--ends", ends,
        "--kind", "COUPON", "--json",
    )  # fmt: skip
    assert made.code == 0, made.err
    promotion_id = made.json()["promotionId"]
    market.buys("MUG-BLUE")

    listed = spapi("promotion", "list")

    assert promotion_id in listed.out
    assert "RUNNING" in listed.out
    assert "3.00 USD" in listed.out
    ended = spapi("promotion", "end", promotion_id)
    assert (ended.code, "OVER (CANCELED)" in ended.out) == (0, True)
    refused = spapi("promotion", "end", "4711")
    assert (refused.code, refused.out) == (1, "")
    assert "`spapi promotion list`" in refused.err
