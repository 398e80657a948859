"""Pricing: who competes and who is featured, the same in eight operations, and what it takes to be featured."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner import SellingPartner
from sellingpartner.contract import product_pricing_2022_05_01 as v2022
from sellingpartner.contract import product_pricing_v0 as v0
from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.commands import set_price
from sellingpartner.testing import TestMarket

EXPECTED = "/products/pricing/2022-05-01/offer/featuredOfferExpectedPrice"
SUMMARY = "/products/pricing/2022-05-01/items/competitiveSummary"
NEW = v0.ItemCondition.NEW


def featured(market: TestMarket, client: SellingPartner, asin: str) -> tuple[str | None, Decimal | None]:
    """Whose offer is featured and for how much, as every operation that lists offers says."""
    here = market.marketplace_id
    shown = [
        client.product_pricing_v0.get_item_offers(asin=asin, marketplace_id=here, item_condition=NEW).payload,
        client.product_pricing_v0.get_listing_offers(
            seller_sku="MUG-BLUE", marketplace_id=here, item_condition=NEW
        ).payload,
    ]
    by_item = v0.ItemOffersRequest(
        uri=f"/products/pricing/v0/items/{asin}/offers",
        method=v0.HttpMethod.GET,
        marketplace_id=here,
        item_condition=NEW,
    )
    by_sku = v0.ListingOffersRequest(
        uri="/products/pricing/v0/listings/MUG-BLUE/offers",
        method=v0.HttpMethod.GET,
        marketplace_id=here,
        item_condition=NEW,
    )
    for batch in (
        client.product_pricing_v0.get_item_offers_batch(requests=[by_item]).responses,
        client.product_pricing_v0.get_listing_offers_batch(requests=[by_sku]).responses,
    ):
        [one] = batch or []
        assert one.body.payload is not None
        shown.append(one.body.payload)
    winners = {
        (offer.seller_id or market.seller.seller_id, offer.listing_price.amount)
        for found in shown
        for offer in found.offers
        if offer.is_buy_box_winner
    }
    entry = v2022.CompetitiveSummaryRequest(
        asin=asin,
        marketplace_id=here,
        included_data=[v2022.CompetitiveSummaryIncludedData.FEATURED_BUYING_OPTIONS],
        uri=SUMMARY,
        method=v2022.HttpMethod.GET,
    )
    [summary] = client.product_pricing.get_competitive_summary(requests=[entry]).responses
    assert summary.body is not None
    [option] = summary.body.featured_buying_options or []
    winners |= {(one.seller_id, one.listing_price.amount) for one in option.segmented_featured_offers}
    [competing] = client.product_pricing_v0.get_competitive_pricing(
        marketplace_id=here, item_type=v0.ItemType.ASIN, asins=[asin]
    ).payload
    assert competing.product is not None
    assert competing.product.competitive_pricing is not None
    [price] = competing.product.competitive_pricing.competitive_prices
    [winner] = winners
    assert price.price.listing_price.amount == winner[1]
    assert price.belongs_to_requester == (winner[0] == market.seller.seller_id)
    return winner


def test_at_the_expected_price_the_offer_is_featured_wherever_one_looks(
    market: TestMarket, client: SellingPartner
) -> None:
    rival = market.competes(1300)
    assert featured(market, client, rival.asin) == (rival.seller_id, Decimal("13.00"))

    entry = v2022.FeaturedOfferExpectedPriceRequest(
        uri=EXPECTED, method=v2022.HttpMethod.GET, marketplace_id=market.marketplace_id, sku="MUG-BLUE"
    )
    [told] = client.product_pricing.get_featured_offer_expected_price_batch(requests=[entry]).responses or []
    assert told.body is not None
    [result] = told.body.featured_offer_expected_price_results or []
    assert result.featured_offer_expected_price is not None
    price = result.featured_offer_expected_price.listing_price.amount
    assert price is not None
    with market.market.write(market.seller.seller_id) as unit:
        set_price(unit, "MUG-BLUE", market.marketplace_id, Money(int(price * 100), "USD"))

    assert featured(market, client, rival.asin) == (market.seller.seller_id, price)
    [own] = client.product_pricing_v0.get_pricing(
        marketplace_id=market.marketplace_id, item_type=v0.ItemType.SKU, skus=["MUG-BLUE"]
    ).payload
    assert own.product is not None
    assert [one.buying_price.listing_price.amount for one in own.product.offers or []] == [price]
    order_id = market.buys("MUG-BLUE")
    [bought] = client.orders_v0.get_order_items(order_id=order_id).payload.order_items
    assert bought.item_price is not None
    assert Decimal(bought.item_price.amount or "") == price
