"""What a seller learns of its own prices and of what competes with them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import msgspec
import pytest

from sellingpartner.contract import product_pricing_v0 as v0
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market import attributes as reading
from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.commands import close_listing
from sellingpartner.market.listings.store import record_to_change, save
from sellingpartner.market.offers.commands import set_outside_prices
from sellingpartner.market.offers.questions import own_offers
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import US

BASE = "/products/pricing/v0"
HURTING = ("A/B C%2+:#?&", "100% +1:é", "ツ" * 13, "x" * 40, "A%2FB")
MODEL = Path(__file__).parents[3].parent / "shared/models/openapi/product-pricing-api-model/productPricingV0.json"
BUSINESS = {
    "audience": "B2B",
    "currency": "USD",
    "marketplace_id": US,
    "our_price": [{"schedule": [{"value_with_tax": Decimal("13.00")}]}],
    "quantity_discount_plan": [
        {"schedule": [{"discount_type": "fixed", "levels": [{"lower_bound": 5, "value": Decimal("12.00")}]}]}
    ],
}


def asin_of(market: TestMarket, sku: str = "MUG-BLUE") -> str:
    with market.market.read(market.seller_account.seller_id) as unit:
        return own_offers(unit, US, [sku])[sku].asin


def for_businesses(market: TestMarket) -> None:
    """Give the mug a price for businesses."""
    with market.market.write(market.seller_account.seller_id) as unit:
        before = record_to_change(unit, "MUG-BLUE", US)
        assert before is not None
        attributes = reading.decode(before.attributes)
        attributes["purchasable_offer"].append(BUSINESS)  # type: ignore[arg-type]  # as JSON has it
        save(unit, before, msgspec.structs.replace(before, attributes=reading.encode(attributes)))


def offers_of(seller: Caller, asin: str, **more: Any) -> v0.GetOffersResult:  # noqa: ANN401 - fields of the request
    wanted = {"item_condition": v0.ItemCondition.NEW} | more
    return seller.send(v0.GetItemOffers(asin=asin, marketplace_id=US, **wanted)).payload


def refused(seller: Caller, target: str) -> tuple[int, str, str]:
    reply = seller.call("GET", BASE + target)
    (error,) = reply.json()["errors"]
    return reply.status, error["code"], error["message"]


def test_an_item_shows_all_its_offers_the_cheapest_first_and_marks_the_featured_one(
    market: TestMarket, seller: Caller
) -> None:
    rival = market.competes(1300, shipping=150, channel="MFN")
    market.competes(1480, sku="MUG-BLUE", channel="AFN", is_prime=True, minimum_hours=0, maximum_hours=0)

    reply = seller.call("GET", f"{BASE}/items/{rival.asin}/offers?MarketplaceId={US}&ItemCondition=New")

    payload = reply.json()["payload"]
    assert [offer["ListingPrice"]["Amount"] for offer in payload["Offers"]] == [13.0, 14.8, 14.99]
    assert [offer["IsBuyBoxWinner"] for offer in payload["Offers"]] == [False, True, False]
    assert payload["Offers"][0] == {
        "SubCondition": "new",
        "SellerId": rival.seller_id,
        "SellerFeedbackRating": {"SellerPositiveFeedbackRating": 97, "FeedbackCount": 500},
        "ShippingTime": {"minimumHours": 24, "maximumHours": 48, "availabilityType": "NOW"},
        "ListingPrice": {"CurrencyCode": "USD", "Amount": 13.00},
        "Shipping": {"CurrencyCode": "USD", "Amount": 1.50},
        "ShipsFrom": {"Country": "US"},
        "IsFulfilledByAmazon": False,
        "PrimeInformation": {"IsPrime": False, "IsNationalPrime": False},
        "IsBuyBoxWinner": False,
        "IsFeaturedMerchant": True,
    }
    assert payload["Identifier"] == {"MarketplaceId": US, "ASIN": rival.asin, "ItemCondition": "New"}
    summary = payload["Summary"]
    assert summary["TotalOfferCount"] == 3
    assert summary["NumberOfOffers"] == [
        {"condition": "new", "fulfillmentChannel": "Amazon", "OfferCount": 1},
        {"condition": "new", "fulfillmentChannel": "Merchant", "OfferCount": 2},
    ]
    assert summary["BuyBoxEligibleOffers"] == summary["NumberOfOffers"]
    assert [price["LandedPrice"]["Amount"] for price in summary["LowestPrices"]] == [14.8, 14.5]
    assert [price["ListingPrice"]["Amount"] for price in summary["BuyBoxPrices"]] == [14.8]


def test_a_condition_shows_its_own_offers_only_and_the_summary_counts_all(market: TestMarket, seller: Caller) -> None:
    asin = market.competes(700, condition="Used", subcondition="Very Good").asin

    used = offers_of(seller, asin, item_condition=v0.ItemCondition.USED)
    collectible = offers_of(seller, asin, item_condition=v0.ItemCondition.COLLECTIBLE)

    assert [(offer.sub_condition, offer.is_buy_box_winner) for offer in used.offers] == [("very_good", True)]
    assert (collectible.status, collectible.offers) == ("Success", [])
    assert used.summary == collectible.summary
    assert [price.condition for price in used.summary.buy_box_prices or ()] == ["new", "used"]


def test_an_item_that_nobody_can_order_has_no_buyable_offers(market: TestMarket, seller: Caller) -> None:
    asin = asin_of(market)
    with market.market.write(market.seller_account.seller_id) as unit:
        close_listing(unit, "MUG-BLUE", US)

    found = offers_of(seller, asin)

    assert (found.status, found.offers, found.summary.total_offer_count) == ("NoBuyableOffers", [], 0)


def test_other_shops_prices_are_the_threshold(market: TestMarket, seller: Caller) -> None:
    asin = asin_of(market)
    with market.market.write() as unit:
        set_outside_prices(unit, US, [(asin, Money(1000, "USD"))])

    found = offers_of(seller, asin)

    assert found.summary.competitive_price_threshold == v0.MoneyType(currency_code="USD", amount=Decimal("10.00"))
    assert found.summary.suggested_lower_price_plus_shipping == found.summary.competitive_price_threshold
    assert found.summary.buy_box_prices is None
    assert found.summary.buy_box_eligible_offers is None
    assert [offer.is_buy_box_winner for offer in found.offers] == [False]


def test_businesses_see_their_own_prices_and_quantity_discounts(market: TestMarket, seller: Caller) -> None:
    for_businesses(market)
    asin = market.competes(1350).asin

    business, consumer = offers_of(seller, asin, customer_type=v0.CustomerType.BUSINESS), offers_of(seller, asin)

    assert [offer.is_buy_box_winner for offer in consumer.offers] == [True, False]
    assert [offer.offer_type for offer in consumer.offers] == [None, None]
    (mine, _) = business.offers
    assert (mine.listing_price.amount, mine.is_buy_box_winner, mine.offer_type) == (Decimal("13.00"), True, "B2B")
    assert [(each.quantity_tier, each.listing_price.amount) for each in mine.quantity_discount_prices or ()] == [
        (5, Decimal("12.00"))
    ]
    told = [
        (price.offer_type, price.quantity_tier, price.landed_price.amount)
        for price in business.summary.buy_box_prices or ()
    ]
    assert told == [("B2B", None, Decimal("13.00")), ("B2B", 5, Decimal("12.00"))]


def test_points_lower_what_a_buyer_in_japan_pays() -> None:
    japan = "A1VC38T7YXB528"
    market = TestMarket(marketplaces=(japan,))
    rival = market.competes(1500, points=30)

    found = market.seller.send(
        v0.GetItemOffers(asin=rival.asin, marketplace_id=japan, item_condition=v0.ItemCondition.NEW)
    ).payload

    cheapest = (found.summary.lowest_prices or [])[0]
    assert (cheapest.landed_price, cheapest.listing_price) == (
        v0.MoneyType(currency_code="JPY", amount=Decimal(1470)),
        v0.MoneyType(currency_code="JPY", amount=Decimal(1500)),
    )
    assert cheapest.points == v0.Points(
        points_number=30, points_monetary_value=v0.MoneyType(currency_code="JPY", amount=Decimal(30))
    )
    market.close()


@pytest.mark.parametrize("sku", HURTING)
def test_a_sku_that_hurts_finds_its_offers(market: TestMarket, seller: Caller, sku: str) -> None:
    asin = asin_of(market)
    market.lists(sku, 1100, 1, asin=asin)

    found = seller.send(v0.GetListingOffers(seller_sku=sku, marketplace_id=US, item_condition=v0.ItemCondition.NEW))
    priced = seller.send(v0.GetPricing(marketplace_id=US, item_type=v0.ItemType.SKU, skus=[sku]))
    entry = v0.ListingOffersRequest(
        uri=f"{BASE}/listings/{quote(sku, safe='')}/offers",
        method=v0.HttpMethod.GET,
        marketplace_id=US,
        item_condition=v0.ItemCondition.NEW,
    )
    (one,) = seller.send(v0.GetListingOffersBatch(requests=[entry])).responses or []

    assert (found.payload.sku, found.payload.asin) == (sku, None)
    assert [offer.my_offer for offer in found.payload.offers] == [True, True]
    assert [(each.status, each.seller_sku) for each in priced.payload] == [("Success", sku)]
    assert one.body.payload == found.payload
    assert one.request is not None
    assert one.request.seller_sku == sku


def test_own_prices_are_told_by_sku_and_by_asin_and_nobody_elses(market: TestMarket, seller: Caller) -> None:
    asin = market.competes(900).asin

    by_sku = seller.call("GET", f"{BASE}/price?MarketplaceId={US}&ItemType=Sku&Skus=MUG-BLUE,NO-SUCH").json()["payload"]
    by_asin = seller.send(v0.GetPricing(marketplace_id=US, item_type=v0.ItemType.ASIN, asins=[asin, "B000000000"]))

    assert by_sku[1] == {"status": "ClientError", "SellerSKU": "NO-SUCH"}
    assert by_sku[0] == {
        "status": "Success",
        "SellerSKU": "MUG-BLUE",
        "Product": {
            "Identifiers": {
                "MarketplaceASIN": {"MarketplaceId": US, "ASIN": asin},
                "SKUIdentifier": {"MarketplaceId": US, "SellerId": seller.seller_id, "SellerSKU": "MUG-BLUE"},
            },
            "Offers": [
                {
                    "offerType": "B2C",
                    "BuyingPrice": {
                        "LandedPrice": {"CurrencyCode": "USD", "Amount": 14.99},
                        "ListingPrice": {"CurrencyCode": "USD", "Amount": 14.99},
                        "Shipping": {"CurrencyCode": "USD", "Amount": 0.0},
                    },
                    "RegularPrice": {"CurrencyCode": "USD", "Amount": 14.99},
                    "FulfillmentChannel": "MERCHANT",
                    "ItemCondition": "New",
                    "ItemSubCondition": "New",
                    "SellerSKU": "MUG-BLUE",
                }
            ],
        },
    }
    known, unknown = by_asin.payload
    assert (known.asin, unknown.status) == (asin, "ClientError")
    assert known.product is not None
    assert [offer.seller_sku for offer in known.product.offers or ()] == ["MUG-BLUE"]


def test_a_business_price_is_told_to_who_asks_for_it(market: TestMarket, seller: Caller) -> None:
    for_businesses(market)
    wanted = v0.GetPricing(
        marketplace_id=US,
        item_type=v0.ItemType.SKU,
        skus=["MUG-BLUE", "MUG-RED"],
        offer_type=v0.GetPricingOfferType.B2B,
    )

    blue, red = seller.send(wanted).payload

    assert blue.product is not None
    (offer,) = blue.product.offers or []
    assert (offer.offer_type, offer.buying_price.listing_price.amount) == ("B2B", Decimal("13.00"))
    assert red.product is not None
    assert red.product.offers is None


@pytest.mark.parametrize(("cents", "mine"), [(1400, False), (1600, True)])
def test_the_competitive_price_is_the_featured_offers(
    market: TestMarket,
    seller: Caller,
    cents: int,
    mine: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    asin = market.competes(cents).asin
    market.competes(500, condition="Used", subcondition="Good")

    found = seller.send(v0.GetCompetitivePricing(marketplace_id=US, item_type=v0.ItemType.ASIN, asins=[asin]))

    product = found.payload[0].product
    assert product is not None
    assert product.competitive_pricing is not None
    new, used = product.competitive_pricing.competitive_prices
    assert (new.competitive_price_id, new.condition, new.belongs_to_requester) == ("1", "New", mine)
    assert new.price.listing_price.amount == Decimal(min(cents, 1499)).scaleb(-2)
    assert (used.competitive_price_id, used.condition, used.belongs_to_requester) == ("2", "Used", False)
    counts = {each.condition: each.count for each in product.competitive_pricing.number_of_offer_listings}
    assert counts == {"Any": 3, "New": 2, "Used": 1}


def test_a_batch_answers_each_of_its_entries_by_itself(market: TestMarket, seller: Caller) -> None:
    asin = market.competes(1400).asin

    def entry(uri: str, **more: Any) -> v0.ItemOffersRequest:  # noqa: ANN401 - fields of the entry
        wanted: dict[str, Any] = {"method": v0.HttpMethod.GET, "marketplace_id": US}
        return v0.ItemOffersRequest(uri=uri, item_condition=v0.ItemCondition.NEW, **(wanted | more))

    there = f"{BASE}/items/{asin}/offers"
    sent = [
        entry(there),
        entry(f"{BASE}/items/B000000000/offers"),
        entry("/orders/v0/orders"),
        entry(there, method=v0.HttpMethod.POST),
        entry(there, marketplace_id="A1PA6795UKMFR9"),
        entry(there, customer_type=v0.CustomerType.BUSINESS),
    ]
    responses = seller.send(v0.GetItemOffersBatch(requests=sent)).responses or []

    lines = [(each.status.status_code, each.status.reason_phrase) for each in responses if each.status]
    assert lines == [(200, "OK"), *[(400, "Bad Request")] * 4, (200, "OK")]
    assert responses[0].body.payload == offers_of(seller, asin)
    (error,) = responses[1].body.errors or []
    assert (error.code, error.message) == (
        "InvalidInput",
        f"B000000000 is an invalid ASIN for marketplace {US}",
    )
    assert [each.request.asin for each in responses] == [asin, "B000000000", None, asin, asin, asin]
    assert len({each.headers.request_id for each in responses if each.headers}) == len(sent)
    assert {each.headers.date_ for each in responses if each.headers} == {"Mon, 02 Nov 2026 09:00:00 GMT"}


def test_a_batch_holds_one_to_twenty(seller: Caller) -> None:
    entry = {"uri": f"{BASE}/items/B0/offers", "method": "GET", "MarketplaceId": US, "ItemCondition": "New"}
    for name in ("itemOffers", "listingOffers"):
        bodies: tuple[dict[str, Any], ...] = ({"requests": [entry] * 21}, {"requests": []}, {})
        for body in bodies:
            target, kind = f"/batches{BASE}/{name}", {"content-type": "application/json"}
            reply = seller.call("POST", target, headers=kind, body=json.dumps(body).encode())
            assert reply.status == 400
            assert reply.json()["errors"][0]["code"] == "InvalidInput"


@pytest.mark.parametrize(
    ("target", "status", "code", "said"),
    [
        (f"/price?MarketplaceId={US}&ItemType=ASIN&Asins=B0", 404, "NotFound", "The requested resource doesn't exist."),
        (f"/competitivePrice?MarketplaceId={US}&ItemType=New&Asins=B0", 404, "NotFound", "The requested resource"),
        (f"/price?MarketplaceId={US}&Asins=B0", 400, "InvalidInput", "ItemType is missing"),
        (f"/price?MarketplaceId={US}&ItemType=Asin", 400, "InvalidInput", "Asins is missing"),
        (f"/price?MarketplaceId={US}&ItemType=Sku&Asins=B0", 400, "InvalidInput", "Skus is missing"),
        (f"/price?MarketplaceId={US}&ItemType=Asin&Asins={','.join(['B0'] * 21)}", 400, "InvalidInput", "at most 20"),
        ("/price?MarketplaceId=NOWHERE&ItemType=Asin&Asins=B0", 400, "InvalidInput", "NOWHERE is not a marketplace"),
        (f"/items/B000000000/offers?MarketplaceId={US}&ItemCondition=New", 400, "InvalidInput", "B000000000 is an"),
        (f"/listings/NO/offers?MarketplaceId={US}&ItemCondition=New", 400, "InvalidInput", "NO is an invalid SKU"),
        (f"/items/B0/offers?MarketplaceId={US}", 400, "InvalidInput", "ItemCondition is missing"),
        (f"/items/B0/offers?MarketplaceId={US}&ItemCondition=new", 400, "InvalidInput", "ItemCondition"),
        (
            f"/items/B0/offers?MarketplaceId={US}&ItemCondition=New&CustomerType=B2B",
            400,
            "InvalidInput",
            "CustomerType",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(seller: Caller, target: str, status: int, code: str, said: str) -> None:
    found = refused(seller, target)

    assert found[:2] == (status, code)
    assert said in found[2]


@pytest.mark.skipif(not MODEL.exists(), reason=f"there is no model at {MODEL}")
def test_answers_are_what_the_published_model_says(market: TestMarket, seller: Caller) -> None:
    for_businesses(market)
    asin = market.competes(1400).asin
    market.competes(700, condition="Used", subcondition="Very Good")
    model = json.loads(MODEL.read_bytes())
    where = f"MarketplaceId={US}"
    entries = [
        {"uri": f"{BASE}/{kind}/offers", "method": "GET", "MarketplaceId": US, "ItemCondition": "New"}
        for kind in (f"items/{asin}", "items/B000000000", "listings/MUG-BLUE", "listings/NO")
    ]
    kind = {"content-type": "application/json"}
    for target, definition, entry in (
        (f"{BASE}/price?{where}&ItemType=Sku&Skus=MUG-BLUE,NO&OfferType=B2B", "GetPricingResponse", None),
        (f"{BASE}/competitivePrice?{where}&ItemType=Asin&Asins={asin}", "GetPricingResponse", None),
        (f"{BASE}/items/{asin}/offers?{where}&ItemCondition=Used", "GetOffersResponse", None),
        (f"{BASE}/listings/MUG-BLUE/offers?{where}&ItemCondition=New&CustomerType=Business", "GetOffersResponse", None),
        (f"/batches{BASE}/itemOffers", "GetItemOffersBatchResponse", entries[:2]),
        (f"/batches{BASE}/listingOffers", "GetListingOffersBatchResponse", entries[2:]),
    ):
        body = None if entry is None else json.dumps({"requests": entry}).encode()
        reply = seller.call("POST" if body else "GET", target, headers=kind if body else {}, body=body)
        assert reply.status == 200
        schema = {"$ref": f"#/definitions/{definition}", "definitions": model["definitions"]}
        assert [str(fault) for fault in jsonschema_rs.Draft4Validator(schema).iter_errors(reply.json())] == []


def test_an_unknown_item_is_refused_in_amazons_words(seller: Caller) -> None:
    with pytest.raises(InvalidInput, match=f"^.*B000000000 is an invalid ASIN for marketplace {US}"):
        offers_of(seller, "B000000000")
