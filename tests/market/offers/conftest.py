"""What competes with Harbor Goods."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.offers.model import Contest
from sellingpartner.market.offers.questions import contest_of
from sellingpartner.testing import TestMarket

See = Callable[..., Contest]


@pytest.fixture
def see(market: TestMarket) -> See:
    """All offers of what Harbor Goods sells under a SKU."""

    def look(sku: str = "MUG-BLUE") -> Contest:
        with market.market.read(market.seller_account.seller_id) as unit:
            return contest_of(unit, market.marketplace_id, listing_of(unit, sku, market.marketplace_id).asin)

    return look
