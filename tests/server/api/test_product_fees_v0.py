from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec
import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.product_fees_v0 import (
    FeesEstimateByIdRequest,
    FeesEstimateRequest,
    FeesEstimateResult,
    GetMyFeesEstimateForASIN,
    GetMyFeesEstimateForSKU,
    GetMyFeesEstimates,
    IdType,
    MoneyType,
    OptionalFulfillmentProgram,
    Points,
    PriceToEstimateFees,
)
from sellingpartner.contract.sellers_v1 import BusinessType, SellingPlan
from sellingpartner.market.accounts.model import Profile
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.catalog.commands import add_items, create_item
from sellingpartner.market.catalog.model import ItemClassification, NewCatalogItem, NewItem
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.testing import TestMarket

US, CA, DE, JP = (BY_COUNTRY[country].marketplace_id for country in ("US", "CA", "DE", "JP"))
HURTING = ("A/B C%2+:#?&", "100% +1:é", "ツ" * 13, "x" * 40, "A%2FB")
BOXED = NewItem(
    product_type="LAMP",
    title="Oak Lamp",
    brand="Harbor",
    weight_grams=900,
    length_mm=300,
    width_mm=200,
    height_mm=150,
)


@pytest.fixture(scope="module")
def market() -> Iterator[TestMarket]:
    """A market that these stories only read: a lamp whose box is known, under SKUs that hurt."""
    made = TestMarket()
    with made.market.write(made.seller_account.seller_id) as unit:
        (asin,) = add_items(unit, [BOXED])
    for sku in ("LAMP-BOXED", *HURTING):
        made.lists(sku, 5900, asin=asin)
    yield made
    made.close()


def asked(
    price: object = "14.99", currency: str | None = "USD", marketplace: str = US, **more: object
) -> FeesEstimateRequest:
    """A request for the fees of a price; `more` are its fields, or those of the price."""
    parts = {name: more.pop(name) for name in ("shipping", "points") if name in more}
    amount = None if price is None else Decimal(str(price))
    prices = PriceToEstimateFees(listing_price=MoneyType(currency_code=currency, amount=amount), **parts)  # type: ignore[arg-type]  # its fields
    return FeesEstimateRequest(
        marketplace_id=marketplace,
        price_to_estimate_fees=prices,
        identifier="first",
        **more,  # type: ignore[arg-type]  # its fields
    )


def of_sku(market: TestMarket, sku: str, wanted: FeesEstimateRequest) -> FeesEstimateResult:
    answer = market.seller.send(GetMyFeesEstimateForSKU(seller_sku=sku, fees_estimate_request=wanted))
    assert answer.payload.fees_estimate_result is not None
    return answer.payload.fees_estimate_result


def lines(result: FeesEstimateResult) -> dict[str, str]:
    """The fees of an estimate by their types, and their sum."""
    assert result.status == "Success", result.error
    assert result.fees_estimate is not None
    found = {fee.fee_type: str(fee.final_fee.amount) for fee in result.fees_estimate.fee_detail_list or ()}
    assert result.fees_estimate.total_fees_estimate is not None
    return found | {"total": str(result.fees_estimate.total_fees_estimate.amount)}


def reason(result: FeesEstimateResult) -> str:
    """Why there is no estimate, as the client's own fault."""
    assert (result.status, result.fees_estimate) == ("ClientError", None)
    assert result.error is not None
    assert (result.error.type, result.error.code) == ("Sender", "InvalidParameterValue")
    assert result.error.message == "There is an client-side error. Please verify your inputs."
    return str(result.error.detail[0]["Reason"])


def test_the_fees_of_a_sku_are_told_line_by_line(market: TestMarket) -> None:
    wanted = asked("14.99", shipping=MoneyType(currency_code="USD", amount=Decimal("5.01")))
    result = of_sku(market, "MUG-BLUE", wanted)

    assert lines(result) == {"ReferralFee": "3.00", "VariableClosingFee": "0.00", "PerItemFee": "0.00", "total": "3.00"}
    assert result.fees_estimate is not None
    assert result.fees_estimate.time_of_fees_estimation == market.now
    named = result.fees_estimate_identifier
    assert named is not None
    assert (named.marketplace_id, named.seller_id) == (US, market.seller_account.seller_id)
    assert (named.id_type, named.id_value, named.seller_input_identifier) == (IdType.SELLER_SKU, "MUG-BLUE", "first")
    assert (named.is_amazon_fulfilled, named.price_to_estimate_fees) == (False, wanted.price_to_estimate_fees)
    assert named.optional_fulfillment_program is None


def test_an_asin_and_its_sku_cost_the_same_and_amazon_fulfills_by_the_box(market: TestMarket) -> None:
    wanted = asked("59.00", is_amazon_fulfilled=True, optional_fulfillment_program=OptionalFulfillmentProgram.FBA_CORE)
    with market.market.read() as unit:
        unit.seller_id = market.seller_account.seller_id
        asin = listing_of(unit, "LAMP-BOXED", US).asin
    answer = market.seller.send(GetMyFeesEstimateForASIN(asin=asin, fees_estimate_request=wanted))
    by_sku, by_asin = of_sku(market, "LAMP-BOXED", wanted), answer.payload.fees_estimate_result

    assert by_asin is not None
    assert lines(by_sku) == lines(by_asin)
    # 900 g are 31.75 oz, but 9 liters count as 63.2 oz: 7.23 + 4 begun steps of 4 oz over 3 lb.
    assert lines(by_sku)["FBAFees"] == "7.55"
    assert by_sku.fees_estimate is not None
    (fulfilled,) = (fee for fee in by_sku.fees_estimate.fee_detail_list or () if fee.fee_type == "FBAFees")
    parts = {part.fee_type: str(part.final_fee.amount) for part in fulfilled.included_fee_detail_list or ()}
    assert parts == {
        "FBAPickAndPack": "7.55",
        "FBAWeightHandling": "0.00",
        "FBAOrderHandling": "0.00",
        "FBADeliveryServicesFee": "0.00",
    }


@pytest.mark.parametrize("sku", ["TEA/50 G&B 100%", *HURTING])
def test_a_sku_with_any_characters_has_its_fees(market: TestMarket, sku: str) -> None:
    result = of_sku(market, sku, asked("20"))

    assert result.status == "Success"
    assert result.fees_estimate_identifier is not None
    assert result.fees_estimate_identifier.id_value == sku


@pytest.mark.parametrize(
    ("sku", "wanted", "words"),
    [
        ("NO-SUCH", asked(), "NO-SUCH"),
        ("", asked(), ""),
        ("MUG-BLUE", asked("0"), "it must be more"),
        ("MUG-BLUE", asked("0.004"), "it must be more"),
        ("MUG-BLUE", asked("-1"), "must not be negative"),
        ("MUG-BLUE", asked("999999999999999"), "less than"),
        ("MUG-BLUE", asked("14.99", "EUR"), "it must be an amount in USD"),
        ("MUG-BLUE", asked("14.99", None), "it must be an amount in USD"),
        ("MUG-BLUE", asked(None), "it must be an amount in USD"),
        ("MUG-BLUE", asked(shipping=MoneyType(currency_code="usd", amount=Decimal(1))), "Shipping"),
        ("MUG-BLUE", asked(is_amazon_fulfilled=True), "package dimensions"),
        (
            "LAMP-BOXED",
            asked(is_amazon_fulfilled=True, optional_fulfillment_program=OptionalFulfillmentProgram.FBA_SNL),
            "FBA_SNL",
        ),
        (
            "LAMP-BOXED",
            asked(is_amazon_fulfilled=True, optional_fulfillment_program=OptionalFulfillmentProgram.FBA_EFN),
            "FBA_EFN",
        ),
    ],
)
def test_what_makes_no_sense_is_the_clients_fault_in_an_answer_of_200(
    market: TestMarket, sku: str, wanted: FeesEstimateRequest, words: str
) -> None:
    if not sku:
        item = FeesEstimateByIdRequest(fees_estimate_request=wanted, id_type=IdType.SELLER_SKU, id_value="")
        assert reason(market.seller.send(GetMyFeesEstimates(body=[item]))[0])
        return
    assert words in reason(of_sku(market, sku, wanted))


def test_a_program_counts_only_where_amazon_fulfills(market: TestMarket) -> None:
    result = of_sku(market, "MUG-BLUE", asked(optional_fulfillment_program=OptionalFulfillmentProgram.FBA_EFN))

    assert result.status == "Success"
    assert result.fees_estimate_identifier is not None
    assert result.fees_estimate_identifier.optional_fulfillment_program is OptionalFulfillmentProgram.FBA_EFN


def test_a_batch_answers_each_product_in_its_place(market: TestMarket) -> None:
    wanted = [
        ("MUG-BLUE", IdType.SELLER_SKU, asked("10")),
        ("B000000000", IdType.ASIN, asked("10")),
        ("MUG-BLUE", IdType.SELLER_SKU, asked("0")),
        ("MUG-BLUE", IdType.ASIN, asked("10")),
        ("MUG-BLUE", IdType.SELLER_SKU, asked("20")),
    ]
    body = [
        FeesEstimateByIdRequest(
            fees_estimate_request=msgspec.structs.replace(about, identifier=f"number {place}"),
            id_type=kind,
            id_value=value,
        )
        for place, (value, kind, about) in enumerate(wanted)
    ]

    results = market.seller.send(GetMyFeesEstimates(body=body))

    identifiers = [result.fees_estimate_identifier for result in results]
    assert [one and one.seller_input_identifier for one in identifiers] == [f"number {place}" for place in range(5)]
    assert [one and (one.id_value, one.id_type) for one in identifiers] == [(value, kind) for value, kind, _ in wanted]
    assert [result.status for result in results] == ["Success", *["ClientError"] * 3, "Success"]
    assert [lines(results[place])["total"] for place in (0, 4)] == ["1.50", "3.00"]


@pytest.mark.parametrize("count", [0, 21])
def test_a_batch_holds_one_to_twenty_products(market: TestMarket, count: int) -> None:
    item = FeesEstimateByIdRequest(fees_estimate_request=asked(), id_type=IdType.SELLER_SKU, id_value="MUG-BLUE")

    with pytest.raises(InvalidInput, match="must be 1 to 20") as refused:
        market.seller.send(GetMyFeesEstimates(body=[item] * count))
    assert (refused.value.status, refused.value.code) == (400, "InvalidParameterValue")
    assert len(market.seller.send(GetMyFeesEstimates(body=[item] * 20))) == 20


@pytest.mark.parametrize("marketplace", ["WRNGMRKTPLCE", CA])
def test_another_marketplace_than_the_sellers_is_refused_as_a_whole(market: TestMarket, marketplace: str) -> None:
    good, bad = asked(), asked(marketplace=marketplace)
    body = [
        FeesEstimateByIdRequest(fees_estimate_request=one, id_type=IdType.SELLER_SKU, id_value="MUG-BLUE")
        for one in (good, bad)
    ]

    one_by_one = GetMyFeesEstimateForSKU(seller_sku="MUG-BLUE", fees_estimate_request=bad)
    for ask in (lambda: market.seller.send(one_by_one), lambda: market.seller.send(GetMyFeesEstimates(body=body))):
        with pytest.raises(InvalidInput, match="Incorrect Marketplace identifier") as refused:
            ask()
        assert (refused.value.status, refused.value.code) == (400, "InvalidInput")
        assert marketplace in (refused.value.details or "")


def test_a_request_without_its_content_is_refused_by_name(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="FeesEstimateRequest is missing"):
        market.seller.send(GetMyFeesEstimateForASIN(asin="B000000000"))
    with pytest.raises(InvalidInput, match=r"\[0\].FeesEstimateRequest is missing"):
        market.seller.send(
            GetMyFeesEstimates(body=[FeesEstimateByIdRequest(id_type=IdType.ASIN, id_value="B000000000")])
        )


def test_a_parent_of_variations_has_no_fees(market: TestMarket) -> None:
    parent = NewCatalogItem(
        product_type="MUG",
        attributes={"item_name": [{"value": "Mugs"}], "brand": [{"value": "Harbor"}]},
        marketplaces=(US,),
        item_classification=ItemClassification.VARIATION_PARENT,
    )
    with market.market.write() as unit:
        asin = create_item(unit, parent)

    result = market.seller.send(GetMyFeesEstimateForASIN(asin=asin, fees_estimate_request=asked())).payload
    assert result.fees_estimate_result is not None
    error = result.fees_estimate_result.error
    assert error is not None
    assert (result.fees_estimate_result.status, error.type, error.code) == (
        "ServiceError",
        "Receiver",
        "DataNotAvailable",
    )
    assert "parent of variations" in error.detail[0]["Reason"]


def test_an_individual_pays_for_each_item(market: TestMarket) -> None:
    profile = Profile(
        business_type=BusinessType.INDIVIDUAL,
        selling_plan=SellingPlan.INDIVIDUAL,
        contact=None,
    )
    with market.market.write() as unit:
        person = join_seller(unit, "Ada Finch", (US,), profile=profile)
    with market.market.read() as unit:
        unit.seller_id = market.seller_account.seller_id
        asin = listing_of(unit, "LAMP-BOXED", US).asin

    answer = market.caller(seller=person).send(GetMyFeesEstimateForASIN(asin=asin, fees_estimate_request=asked("20")))
    assert answer.payload.fees_estimate_result is not None
    assert lines(answer.payload.fees_estimate_result)["PerItemFee"] == "0.99"


def test_japan_counts_in_whole_yen_and_takes_points_off() -> None:
    market = TestMarket(marketplaces=(JP,))
    worth = asked("10000", "JPY", JP, points=Points(points_number=500))
    without = asked("10000", "JPY", JP)

    totals = [lines(of_sku(market, "MUG-BLUE", wanted))["total"] for wanted in (worth, without)]
    market.close()

    assert totals == ["1463", "1540"]
