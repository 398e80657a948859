"""Competitors for Harbor Goods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sellingpartner.market.amounts import Money
from sellingpartner.market.offers.commands import compete, join_competitor
from sellingpartner.market.offers.model import Contest, Offer
from sellingpartner.market.offers.questions import contest_of, own_offers
from sellingpartner.testing import TestMarket

Rival = Callable[..., Offer]
See = Callable[..., Contest]


@pytest.fixture
def see(market: TestMarket) -> See:
    """All offers of what Harbor Goods sells under a SKU."""

    def look(sku: str = "MUG-BLUE") -> Contest:
        with market.market.read(market.seller_account.seller_id) as unit:
            asin = own_offers(unit, market.marketplace_id, [sku])[sku].asin
            return contest_of(unit, market.marketplace_id, asin)

    return look


@pytest.fixture
def rival(market: TestMarket, see: See) -> Rival:
    """A competitor with an offer of what Harbor Goods sells under a SKU."""

    def begin(cents: int, sku: str = "MUG-BLUE", name: str = "Rival", **more: Any) -> Offer:  # noqa: ANN401 - fields of Offer
        asin = see(sku).asin
        with market.market.write() as unit:
            merchant = join_competitor(unit, name)
            wanted: dict[str, Any] = {
                "seller_id": merchant.seller_id,
                "sku": "RIVAL",
                "marketplace_id": market.marketplace_id,
                "asin": asin,
                "currency": "USD",
                "price": cents,
                "regular_price": cents,
            }
            offer = Offer(**(wanted | more))
            compete(unit, offer)
        return offer

    return begin


def dollars(cents: int) -> Money:
    return Money(cents, "USD")
