"""GET_MERCHANT_CANCELLED_LISTINGS_DATA: what was deleted, as it was last."""

from __future__ import annotations

from shopkeeper import Shop

from sellingpartner.testing import TestMarket

TYPE = "GET_MERCHANT_CANCELLED_LISTINGS_DATA"


def skus(market: TestMarket) -> list[str]:
    market.advance(hours=2)  # a report of the hour before would be given again
    return [row["seller-sku"] for row in market.report(TYPE).rows]


def test_what_was_deleted_is_told_until_it_is_listed_anew(market: TestMarket) -> None:
    keeper = Shop(market)
    asin = keeper.listed("MUG-TEA")
    assert skus(market) == []

    keeper.delete("MUG-TEA")

    market.advance(hours=2)
    (row,) = market.report(TYPE).rows
    assert (row["seller-sku"], row["asin1"], row["price"]) == ("MUG-TEA", asin, "19.99")
    assert not {"listing-id", "open-date", "pending-quantity", "fulfillment-channel"} & row.keys()
    keeper.listed("MUG-TEA")
    assert skus(market) == []
