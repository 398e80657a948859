from __future__ import annotations

import pytest

from sellingpartner.market.accounts.questions import NotTheSellersMarketplace, participations_of
from sellingpartner.testing import TestMarket

US, CA, DE = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1PA6795UKMFR9"


def test_a_seller_is_asked_for_the_marketplaces_that_it_takes_part_in() -> None:
    market = TestMarket(marketplaces=(US, CA))

    with market.market.read() as unit:
        entered = participations_of(unit, market.seller_account.seller_id, including=[CA])

    assert [one.marketplace_id for one in entered] == [CA, US]
    market.close()


@pytest.mark.parametrize("marketplace_id", [DE, "NOWHERE"])
def test_a_marketplace_that_is_none_of_the_sellers_is_refused(market: TestMarket, marketplace_id: str) -> None:
    said = f"{marketplace_id} is not a marketplace of this seller; those are {US}."

    with market.market.read() as unit, pytest.raises(NotTheSellersMarketplace, match=said) as refusal:
        participations_of(unit, market.seller_account.seller_id, including=[US, marketplace_id])

    assert refusal.value.status == 400
    assert marketplace_id not in refusal.value.reason  # what callers write stays out of the request log
