"""What a seller asks, and whether its offer is featured, is the same wherever one looks, in one call's time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sellingpartner.contract import listings_items_2021_08_01 as listings
from sellingpartner.contract import product_pricing_v0 as v0
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.listings import PriceChanged
from sellingpartner.market.events.offers import FeaturedOfferChanged, OfferChange, OfferChanged, OfferPricedOut
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.offers.commands import set_outside_prices
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

OFFER: dict[str, Any] = {
    "currency": "USD",
    "marketplace_id": US,
    "our_price": [{"schedule": [{"value_with_tax": 13.50}]}],
}


def own_price(market: TestMarket) -> Decimal | None:
    wanted = v0.GetPricing(marketplace_id=US, item_type=v0.ItemType.SKU, skus=["MUG-BLUE"])
    (told,) = market.seller.send(wanted).payload
    assert told.product is not None
    offers = told.product.offers or []
    return offers[0].buying_price.listing_price.amount if offers else None


def winner(market: TestMarket, asin: str) -> tuple[str | None, Decimal | None]:
    """Whose offer is featured and for how much, as three operations agree."""
    item = v0.GetItemOffers(asin=asin, marketplace_id=US, item_condition=v0.ItemCondition.NEW)
    offers = market.seller.send(item).payload
    won = next(offer for offer in offers.offers if offer.is_buy_box_winner)
    (featured,) = offers.summary.buy_box_prices or []
    wanted = v0.GetCompetitivePricing(marketplace_id=US, item_type=v0.ItemType.ASIN, asins=[asin])
    (told,) = market.seller.send(wanted).payload
    assert told.product is not None
    assert told.product.competitive_pricing is not None
    (competitive,) = told.product.competitive_pricing.competitive_prices
    assert won.listing_price == featured.listing_price == competitive.price.listing_price
    assert competitive.belongs_to_requester is (won.seller_id == market.seller.seller_id)
    return won.seller_id, won.listing_price.amount


def test_a_patched_price_shows_everywhere_and_may_win_the_featured_offer(market: TestMarket) -> None:
    rival = market.competes(1400)
    assert winner(market, rival.asin) == (rival.seller_id, Decimal("14.00"))

    patched = market.seller.send(
        listings.PatchListingsItem(
            seller_id=market.seller.seller_id,
            sku="MUG-BLUE",
            marketplace_ids=[US],
            product_type="MUG",
            patches=[
                listings.PatchOperation(op=listings.Op.REPLACE, path="/attributes/purchasable_offer", value=[OFFER])
            ],
        )
    )

    assert patched.status == "ACCEPTED"
    assert own_price(market) == Decimal("13.50")
    assert winner(market, rival.asin) == (market.seller.seller_id, Decimal("13.50"))
    assert [(fact.before_minor, fact.after_minor) for fact in market.facts(PriceChanged)][-1:] == [(1499, 1350)]
    (priced,) = [fact for fact in market.facts(OfferChanged) if fact.change is OfferChange.PRICED]
    assert (priced.landed_before, priced.landed_after) == (1499, 1350)
    featured = [fact for fact in market.facts(FeaturedOfferChanged) if fact.seller_id_before == rival.seller_id]
    assert [fact.sku for fact in featured] == ["MUG-BLUE"]


def test_a_price_far_above_other_shops_is_accepted_and_loses_the_featured_offer(market: TestMarket) -> None:
    rival = market.competes(1600)
    with market.market.write() as unit:
        set_outside_prices(unit, US, [(rival.asin, Money(1400, "USD"))])
    before = {kind: len(market.facts(kind)) for kind in (PriceChanged, OfferChanged, FeaturedOfferChanged)}

    dear = OFFER | {"our_price": [{"schedule": [{"value_with_tax": 16.81}]}]}
    replace = listings.PatchOperation(op=listings.Op.REPLACE, path="/attributes/purchasable_offer", value=[dear])
    patch = listings.PatchListingsItem(
        seller_id=market.seller.seller_id,
        sku="MUG-BLUE",
        marketplace_ids=[US],
        product_type="MUG",
        patches=[replace],
    )
    assert market.seller.send(patch).status == "ACCEPTED"

    assert own_price(market) == Decimal("16.81")
    assert winner(market, rival.asin) == (rival.seller_id, Decimal("16.00"))
    assert {kind: len(market.facts(kind)) - count for kind, count in before.items()} == dict.fromkeys(before, 1)
    (out,) = market.facts(OfferPricedOut)
    assert (out.asin, out.sku, out.landed, out.ceiling) == (rival.asin, "MUG-BLUE", 1681, 1680)


def test_a_sale_is_on_between_its_moments_and_changes_who_is_featured(market: TestMarket) -> None:
    rival = market.competes(1400)
    sale = {"start_at": "2026-11-03T00:00:00Z", "end_at": "2026-11-05T00:00:00Z", "value_with_tax": 13.00}
    offer = OFFER | {
        "our_price": [{"schedule": [{"value_with_tax": 14.99}]}],
        "discounted_price": [{"schedule": [sale]}],
    }
    market.seller.send(
        listings.PatchListingsItem(
            seller_id=market.seller.seller_id,
            sku="MUG-BLUE",
            marketplace_ids=[US],
            product_type="MUG",
            patches=[
                listings.PatchOperation(op=listings.Op.REPLACE, path="/attributes/purchasable_offer", value=[offer])
            ],
        )
    )
    prices = [winner(market, rival.asin)[1]]
    for _ in range(2):
        market.advance(days=2)
        prices.append(winner(market, rival.asin)[1])

    assert prices == [Decimal("14.00"), Decimal("13.00"), Decimal("14.00")]


def test_selling_out_hands_the_featured_offer_on_and_restocking_wins_it_back(market: TestMarket) -> None:
    rival = market.competes(1600)
    with market.market.write(market.seller_account.seller_id) as unit:
        adjust(unit, "MUG-BLUE", Place.SELLER, on_hand=2, reference="count")
    assert winner(market, rival.asin)[0] == market.seller.seller_id

    market.buys("MUG-BLUE", quantity=2)
    assert winner(market, rival.asin) == (rival.seller_id, Decimal("16.00"))
    assert own_price(market) is None

    with market.market.write(market.seller_account.seller_id) as unit:
        adjust(unit, "MUG-BLUE", Place.SELLER, on_hand=7, reference="count")
    assert winner(market, rival.asin)[0] == market.seller.seller_id
    assert own_price(market) == Decimal("14.99")
