from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


def test_an_account_is_put_at_risk_and_told_of(market: TestMarket, spapi: Spapi) -> None:
    market.subscribe("ACCOUNT_STATUS_CHANGED")
    seller_id = market.seller.seller_id
    assert "NORMAL" in spapi("seller", "status", seller_id).out

    put = spapi("seller", "status", seller_id, "DEACTIVATED", "--marketplace", "US", "--json").json()

    assert put["standings"] == [{"marketplaceId": market.marketplace_id, "status": "DEACTIVATED"}]
    [told] = market.notifications()
    assert (told.payload.previous_account_status, told.payload.current_account_status) == ("NORMAL", "DEACTIVATED")
    entered = market.seller.call("GET", "/sellers/v1/marketplaceParticipations").json()["payload"]
    assert entered[0]["participation"]["hasSuspendedListings"] is True

    assert spapi("seller", "status", seller_id, "NORMAL").code == 0
    entered = market.seller.call("GET", "/sellers/v1/marketplaceParticipations").json()["payload"]
    assert entered[0]["participation"]["hasSuspendedListings"] is False


def test_where_a_seller_is_not_nothing_is_changed(market: TestMarket, spapi: Spapi) -> None:
    elsewhere = spapi("seller", "status", market.seller.seller_id, "AT_RISK", "--marketplace", "JP")
    nobody = spapi("seller", "status", "A0NOBODY", "AT_RISK")

    assert (elsewhere.code, nobody.code) == (1, 1)
    assert "is not a marketplace of this seller" in elsewhere.err
    assert "There is no seller A0NOBODY." in nobody.err
    assert "NORMAL" in spapi("seller", "status", market.seller.seller_id).out
