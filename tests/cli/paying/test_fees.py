from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

Spapi = Callable[..., Any]


def test_the_fees_of_a_sku_are_printed_line_by_line(market: TestMarket, spapi: Spapi) -> None:
    with market.market.read(market.seller_account.seller_id) as unit:
        asin = listing_of(unit, "MUG-BLUE", US).asin

    told = spapi("fees", "MUG-BLUE", "--price", "19.99", "--shipping", "4")

    assert (told.code, told.err) == (0, "")
    assert [tuple(line.split(maxsplit=1)) for line in told.out.splitlines()] == [
        ("ASIN", asin),
        ("Category", "kitchen"),
        ("Price", "19.99 USD"),
        ("Shipping", "4.00 USD"),
        ("ReferralFee", "3.60 USD"),
        ("VariableClosingFee", "0.00 USD"),
        ("PerItemFee", "0.00 USD"),
        ("Fees", "3.60 USD"),
        ("Left", "20.39 USD"),
    ]
    by_asin = spapi("fees", asin, "--asin", "--price", "19.99", "--shipping", "4", "--json").json()
    assert by_asin["proceeds"] == {"currencyCode": "USD", "amount": "20.39"}


def test_what_is_left_out_is_as_the_sku_is_listed(market: TestMarket, spapi: Spapi) -> None:
    market.lists("UNMEASURED", fulfillment_channel=FulfillmentChannel.AFN)

    assert spapi("fees", "MUG-BLUE", "--json").json()["price"]["amount"] == "14.99"
    assert "package dimensions" in spapi("fees", "UNMEASURED").err  # Amazon fulfills it
    assert spapi("fees", "UNMEASURED", "--no-fba").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("MUG-BLUE", "--price", "much"), 2, "'much' is no amount for --price; write one like 19.99."),
        (("MUG-BLUE", "--price", "NaN"), 2, "is no amount"),
        (("MUG-BLUE", "--price", "0"), 2, "it must be more"),
        (("MUG-BLUE", "--price", "1e30"), 2, "at most 15 digits"),
        (("NO-SUCH",), 1, "NO-SUCH"),
        (("B000000000", "--asin", "--price", "1"), 1, "no item 'B000000000'"),
        (("B000000000", "--asin"), 2, "say what it is sold for"),
        (("MUG-BLUE", "--fba"), 1, "package dimensions"),
        (("MUG-BLUE", "--marketplace", "DE"), 1, "does not sell in marketplace"),
    ],
)
def test_what_has_no_fees_is_told_in_one_line(spapi: Spapi, arguments: tuple[str, ...], code: int, why: str) -> None:
    said = spapi("fees", *arguments)

    assert (said.code, said.out) == (code, "")
    assert why in said.err
    assert said.err.count("\n") == 1
