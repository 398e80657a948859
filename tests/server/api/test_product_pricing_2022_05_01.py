"""At which price an offer would be featured, and a summary of what competes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from sellingpartner.contract import product_pricing_2022_05_01 as v2022
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.amounts import Money
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.commands import close_listing, set_price
from sellingpartner.market.offers.commands import set_outside_prices
from sellingpartner.market.offers.questions import own_offers
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import US

EXPECTED = "/products/pricing/2022-05-01/offer/featuredOfferExpectedPrice"
SUMMARY = "/products/pricing/2022-05-01/items/competitiveSummary"
MODEL = (
    Path(__file__).parents[3].parent / "shared/models/openapi/product-pricing-api-model/productPricing_2022-05-01.json"
)
ALL = [*v2022.CompetitiveSummaryIncludedData]


def expected(seller: Caller, *skus: str, marketplace_id: str = US) -> list[v2022.FeaturedOfferExpectedPriceResponse]:
    entries = [
        v2022.FeaturedOfferExpectedPriceRequest(
            uri=EXPECTED, method=v2022.HttpMethod.GET, marketplace_id=marketplace_id, sku=sku
        )
        for sku in skus
    ]
    return seller.send(v2022.GetFeaturedOfferExpectedPriceBatch(requests=entries)).responses or []


def result(seller: Caller, sku: str = "MUG-BLUE") -> v2022.FeaturedOfferExpectedPriceResult:
    (response,) = expected(seller, sku)
    assert response.body is not None
    (found,) = response.body.featured_offer_expected_price_results or []
    return found


def summary(seller: Caller, asin: str, **more: Any) -> v2022.CompetitiveSummaryResponse:  # noqa: ANN401 - fields of the entry
    wanted: dict[str, Any] = {"included_data": ALL, "marketplace_id": US} | more
    entry = v2022.CompetitiveSummaryRequest(asin=asin, uri=SUMMARY, method=v2022.HttpMethod.GET, **wanted)
    (found,) = seller.send(v2022.GetCompetitiveSummary(requests=[entry])).responses
    return found


def seller_of(offer: v2022.FeaturedOffer | None) -> str | None:
    return None if offer is None else offer.offer_identifier.seller_id


def price(market: TestMarket, cents: int) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        set_price(unit, "MUG-BLUE", US, Money(cents, "USD"))


def test_at_the_expected_price_an_offer_is_featured_and_a_cent_above_it_is_not(
    market: TestMarket, seller: Caller
) -> None:
    rival = market.competes(1300, maximum_hours=96)

    found = result(seller)

    assert found.result_status == "VALID_FOEP"
    assert seller_of(found.current_featured_offer) == seller_of(found.competing_featured_offer) == rival.seller_id
    assert found.featured_offer_expected_price is not None
    amount = found.featured_offer_expected_price.listing_price.amount
    assert amount is not None
    assert amount > Decimal("13.00")
    price(market, int(amount * 100) + 1)
    assert seller_of(result(seller).current_featured_offer) == rival.seller_id
    price(market, int(amount * 100))
    assert seller_of(result(seller).current_featured_offer) == seller.seller_id


def test_who_is_featured_competes_with_the_next_one(market: TestMarket, seller: Caller) -> None:
    rival = market.competes(1600)

    found = result(seller)

    assert seller_of(found.current_featured_offer) == seller.seller_id
    assert seller_of(found.competing_featured_offer) == rival.seller_id
    assert found.competing_featured_offer is not None
    assert found.competing_featured_offer.offer_identifier.sku is None


def test_why_there_is_no_expected_price_is_told(market: TestMarket, seller: Caller) -> None:
    assert result(seller).result_status == "NO_COMPETING_OFFER"
    asin = market.competes(1600).asin

    market.lists("MUG-USED", 500, 0, asin=asin, condition="Used", condition_subtype="Good")
    with market.market.write(market.seller_account.seller_id) as unit:
        adjust(unit, "MUG-BLUE", Place.SELLER, on_hand=0, reference="count")
        close_listing(unit, "MUG-RED", US)

    statuses = [result(seller, sku).result_status for sku in ("MUG-BLUE", "MUG-USED", "MUG-RED")]
    assert statuses == ["OFFER_NOT_ELIGIBLE", "OFFER_NOT_ELIGIBLE", "OFFER_NOT_FOUND"]


def test_an_unknown_sku_is_an_entry_with_its_own_status(market: TestMarket, seller: Caller) -> None:
    market.competes(1300)

    known, unknown, elsewhere = [
        *expected(seller, "MUG-BLUE", "NO"),
        *expected(seller, "MUG-BLUE", marketplace_id="A1PA6795UKMFR9"),
    ]

    assert (known.status.status_code, known.status.reason_phrase) == (200, "Success")
    assert known.headers.keys() == {"x-amzn-RequestId", "Date"}
    assert (unknown.status.status_code, unknown.status.reason_phrase) == (400, "Client Error")
    assert unknown.body is not None
    (error,) = unknown.body.errors or []
    assert (error.code, error.message) == (
        "INVALID_SKU",
        "The requested SKU does not exist for the seller in the requested Amazon store.",
    )
    assert unknown.request.sku == "NO"
    assert elsewhere.status.status_code == 400


@pytest.mark.parametrize("count", [0, 41])
def test_a_batch_of_expected_prices_holds_one_to_forty(seller: Caller, count: int) -> None:
    with pytest.raises(InvalidInput):
        expected(seller, *["MUG-BLUE"] * count)


def test_a_summary_says_who_is_featured_and_what_costs_least(market: TestMarket, seller: Caller) -> None:
    rival = market.competes(1300, shipping=100, channel="AFN", is_prime=True)
    market.competes(500, condition="Used", subcondition="Very Good")
    with market.market.write() as unit:
        set_outside_prices(unit, US, [(rival.asin, Money(1550, "USD"))])
    asked = [
        v2022.LowestPricedOffersInput(item_condition=v2022.Condition(name), offer_type=v2022.OfferType.CONSUMER)
        for name in ("New", "Used", "Club")
    ]

    found = summary(seller, rival.asin, lowest_priced_offers_inputs=asked).body

    (option,) = found.featured_buying_options or []
    (featured,) = option.segmented_featured_offers
    assert (featured.seller_id, featured.listing_price.amount) == (rival.seller_id, Decimal("13.00"))
    assert [each.customer_membership for each in featured.featured_offer_segments] == ["PRIME", "NON_PRIME"]
    lowest = found.lowest_priced_offers or []
    assert [each.lowest_priced_offers_input.item_condition for each in lowest] == ["New", "Used"]
    assert [each.seller_id for each in lowest[0].offers] == [rival.seller_id, seller.seller_id]
    assert lowest[1].offers[0].sub_condition == "VeryGood"
    told = [(each.name, each.price.amount) for each in found.reference_prices or ()]
    assert told == [("CompetitivePrice", Decimal("15.50"))]


def test_a_summary_holds_what_was_asked_for_alone(market: TestMarket, seller: Caller) -> None:
    asin = market.competes(1300).asin

    found = summary(seller, asin, included_data=[v2022.CompetitiveSummaryIncludedData.REFERENCE_PRICES]).body

    assert found.reference_prices == []
    assert found.featured_buying_options is None
    assert found.lowest_priced_offers is None
    assert found.similar_items is None


def test_similar_items_are_of_the_same_type(market: TestMarket, seller: Caller) -> None:
    with market.market.read(seller.seller_id) as unit:
        offers = own_offers(unit, US, ["MUG-BLUE", "MUG-RED"])
    similar = v2022.CompetitiveSummaryIncludedData.SIMILAR_ITEMS

    found = summary(seller, offers["MUG-BLUE"].asin, included_data=[similar]).body

    (items,) = found.similar_items or []
    assert [each.asin for each in items.items or ()] == [offers["MUG-RED"].asin]


def test_an_unknown_asin_is_an_entry_with_its_own_status(seller: Caller) -> None:
    found = summary(seller, "11_AABB_123")

    assert (found.status.status_code, found.status.reason_phrase) == (400, "Client Error")
    (error,) = found.body.errors or []
    assert (error.code, error.message) == ("INVALID_ASIN", "11_AABB_123 is not a valid ASIN")


def test_a_batch_of_summaries_holds_one_to_twenty(seller: Caller) -> None:
    entry = {"asin": "B0", "marketplaceId": US, "includedData": ["similarItems"], "method": "GET", "uri": SUMMARY}
    inputs = [{"itemCondition": "New", "offerType": "Consumer"}] * 6
    kind = {"content-type": "application/json"}
    for requests in ([entry] * 21, [], [entry | {"lowestPricedOffersInputs": inputs}], [entry | {"includedData": []}]):
        body = json.dumps({"requests": requests}).encode()
        assert seller.call("POST", f"/batches{SUMMARY}", headers=kind, body=body).status == 400


@pytest.mark.skipif(not MODEL.exists(), reason=f"there is no model at {MODEL}")
def test_answers_are_what_the_published_model_says(market: TestMarket, seller: Caller) -> None:
    asin = market.competes(1400).asin
    model = json.loads(MODEL.read_bytes())
    same = {"marketplaceId": US, "method": "GET"}
    asked = {"includedData": ["featuredBuyingOptions", "referencePrices", "lowestPricedOffers", "similarItems"]}
    kind = {"content-type": "application/json"}
    for target, definition, requests in (
        (
            EXPECTED,
            "GetFeaturedOfferExpectedPriceBatchResponse",
            [{"sku": sku} for sku in ("MUG-BLUE", "LAMP-OAK", "NO")],
        ),
        (SUMMARY, "CompetitiveSummaryBatchResponse", [asked | {"asin": name} for name in (asin, "11_AABB_123")]),
    ):
        body = json.dumps({"requests": [same | {"uri": target} | entry for entry in requests]}).encode()
        reply = seller.call("POST", f"/batches{target}", headers=kind, body=body)
        assert reply.status == 200
        schema = {"$ref": f"#/definitions/{definition}", "definitions": model["definitions"]}
        assert [str(fault) for fault in jsonschema_rs.Draft4Validator(schema).iter_errors(reply.json())] == []
