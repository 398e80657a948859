"""What a listing cost, when."""

from __future__ import annotations

from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.commands import set_price
from sellingpartner.market.listings.prices import price_history
from sellingpartner.testing import TestMarket


def test_its_prices_are_told_from_the_first_to_the_last(market: TestMarket) -> None:
    began = market.now
    for cents, sku in ((1299, "MUG-BLUE"), (999, "MUG-RED"), (1599, "MUG-BLUE")):
        market.advance(days=1)
        with market.market.write(market.seller.seller_id) as unit:
            set_price(unit, sku, market.marketplace_id, Money(cents, "USD"))

    with market.market.read(market.seller.seller_id) as unit:
        history = price_history(unit, "MUG-BLUE", market.marketplace_id)
        latest = price_history(unit, "MUG-BLUE", market.marketplace_id, most=1)

    assert [((one.since - began).days, one.minor) for one in history] == [(0, 1499), (1, 1299), (3, 1599)]
    assert latest == history[-1:]


def test_what_was_never_listed_cost_nothing(market: TestMarket) -> None:
    with market.market.read(market.seller.seller_id) as unit:
        assert price_history(unit, "NO-SUCH", market.marketplace_id) == []
