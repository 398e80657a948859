"""Brand analytics, and page views: of whole periods, out of the orders there are and the visits that go with them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from published import check_report
from shipper import leaves

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.orders.buyer import Buyer
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.testing import TestMarket
from sellingpartner.testing.papers import Paper

SUNDAY, SATURDAY = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 7, tzinfo=UTC)
SCHEMAS = {
    "REPEAT_PURCHASE": "sellingPartnerRepeatPurchaseReport.json",
    "MARKET_BASKET": "sellingPartnerMarketBasketAnalysisReport.json",
    "SEARCH_TERMS": "sellingPartnerSearchTermsReport.json",
    "SEARCH_CATALOG_PERFORMANCE": "sellingPartnerSearchCatalogPerformanceReport.json",
    "SEARCH_QUERY_PERFORMANCE": "sellingPartnerSearchQueryPerformanceReport.json",
}


def buys(market: TestMarket, who: str, *skus: str, quantity: int = 1) -> None:
    order_id = market.buys(
        lines=tuple(PurchaseLine(sku=sku, quantity=quantity) for sku in skus),
        buyer=Buyer(name=who, email=f"{who}@marketplace.amazon.com"),
    )
    with market.market.write(market.seller_account.seller_id) as unit:
        leaves(unit, order_id)  # what does not leave for weeks is canceled


def asin_of(market: TestMarket, sku: str) -> str:
    with market.market.read(market.seller_account.seller_id) as unit:
        return listing_of(unit, sku, market.marketplace_id).asin


def report(market: TestMarket, name: str, **more: Any) -> Paper:  # noqa: ANN401 - what a report is asked with
    options = {"reportPeriod": "WEEK"} | more.pop("options", {})
    asked = {"start": SUNDAY, "end": SATURDAY} | more
    return market.report(f"GET_BRAND_ANALYTICS_{name}_REPORT", options=options, **asked)


@pytest.fixture
def busy(market: TestMarket) -> TestMarket:
    """Ann buys blue mugs twice and once a red one with them; Ben and Cleo buy once."""
    buys(market, "ann", "MUG-BLUE", "MUG-RED")
    buys(market, "ann", "MUG-BLUE", quantity=2)
    buys(market, "ben", "MUG-BLUE", "MUG-RED")
    buys(market, "cleo", "MUG-BLUE", "TEA/50 G&B 100%")
    market.advance(days=8)
    return market


def test_who_buys_again_is_counted_once(busy: TestMarket) -> None:
    paper = report(busy, "REPEAT_PURCHASE")

    check_report(paper.json, SCHEMAS["REPEAT_PURCHASE"])
    told = {one["asin"]: one for one in paper.json["dataByAsin"]}
    blue, red = told[asin_of(busy, "MUG-BLUE")], told[asin_of(busy, "MUG-RED")]
    assert (blue["orders"], blue["uniqueCustomers"], blue["repeatCustomersPctTotal"]) == (4, 3, 0.3333)
    assert blue["repeatPurchaseRevenue"] == {"amount": 44.97, "currencyCode": "USD"}
    assert blue["repeatPurchaseRevenuePctTotal"] == 0.6
    assert (red["orders"], red["uniqueCustomers"], red["repeatPurchaseRevenue"]["amount"]) == (2, 2, 0)


def test_what_is_bought_together_is_ranked(busy: TestMarket) -> None:
    paper = report(busy, "MARKET_BASKET")

    check_report(paper.json, SCHEMAS["MARKET_BASKET"])
    blue, red, tea = (asin_of(busy, sku) for sku in ("MUG-BLUE", "MUG-RED", "TEA/50 G&B 100%"))
    told = [
        (one["asin"], one["purchasedWithAsin"], one["purchasedWithRank"], one["combinationPct"])
        for one in paper.json["dataByAsin"]
    ]
    assert sorted(told) == sorted([(blue, red, 1, 0.5), (blue, tea, 2, 0.25), (red, blue, 1, 1.0), (tea, blue, 1, 1.0)])


def test_searches_are_ranked_and_their_shares_are_parts(busy: TestMarket) -> None:
    paper = report(busy, "SEARCH_TERMS")

    check_report(paper.json, SCHEMAS["SEARCH_TERMS"])
    told = paper.json["dataByDepartmentAndSearchTerm"]
    assert {one["departmentName"] for one in told} == {"Amazon.com"}
    ranks = [one["searchFrequencyRank"] for one in told]
    assert ranks == sorted(ranks)
    for term in {one["searchTerm"] for one in told}:
        of_term = [one for one in told if one["searchTerm"] == term]
        assert [one["clickShareRank"] for one in of_term] == list(range(1, len(of_term) + 1))
        assert len(of_term) <= 3
        assert sum(one["clickShare"] for one in of_term) <= 1.001


def test_a_catalogs_searches_narrow_from_step_to_step(busy: TestMarket) -> None:
    blue = asin_of(busy, "MUG-BLUE")

    everything = report(busy, "SEARCH_CATALOG_PERFORMANCE")
    one = report(busy, "SEARCH_CATALOG_PERFORMANCE", options={"asins": f"{blue} B000000000"})

    check_report(everything.json, SCHEMAS["SEARCH_CATALOG_PERFORMANCE"])
    assert [row["asin"] for row in one.json["dataByAsin"]] == [blue]
    assert one.json["dataByAsin"][0] in everything.json["dataByAsin"]
    for row in everything.json["dataByAsin"]:
        steps = [
            row["impressionData"]["impressionCount"],
            row["clickData"]["clickCount"],
            row["cartAddData"]["cartAddCount"],
            row["purchaseData"]["purchaseCount"],
        ]
        assert steps == sorted(steps, reverse=True)
    [mug] = one.json["dataByAsin"]
    assert mug["purchaseData"]["purchaseCount"] == 3  # seven in ten of four orders
    assert 0 < mug["purchaseData"]["searchTrafficSales"]["amount"] <= 5 * 14.99


def test_each_search_of_an_item_is_told_beside_its_total(busy: TestMarket) -> None:
    blue = asin_of(busy, "MUG-BLUE")

    paper = report(busy, "SEARCH_QUERY_PERFORMANCE", options={"asin": blue})

    check_report(paper.json, SCHEMAS["SEARCH_QUERY_PERFORMANCE"])
    told = paper.json["dataByAsin"]
    assert {one["asin"] for one in told} == {blue}
    assert [one["searchQueryData"]["searchQueryScore"] for one in told] == list(range(1, len(told) + 1))
    assert sum(one["purchaseData"]["asinPurchaseCount"] for one in told) == 3
    for one in told:
        assert one["clickData"]["asinClickCount"] <= one["clickData"]["totalClickCount"]
        assert one["clickData"]["totalClickCount"] <= one["searchQueryData"]["searchQueryVolume"]


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name != "SEARCH_QUERY_PERFORMANCE"])
def test_months_are_told_as_well(busy: TestMarket, name: str) -> None:
    busy.advance(days=30)
    month = {"start": datetime(2026, 11, 1, tzinfo=UTC), "end": datetime(2026, 11, 30, tzinfo=UTC)}

    paper = report(busy, name, options={"reportPeriod": "MONTH"}, **month)

    assert paper.status == "DONE"
    check_report(paper.json, SCHEMAS[name])


def test_several_periods_are_told_one_after_the_other_where_that_may_be(busy: TestMarket) -> None:
    busy.advance(days=7)
    buys(busy, "ann", "MUG-BLUE")
    busy.advance(days=7)
    two_weeks = {"start": SUNDAY, "end": SATURDAY + timedelta(days=14)}

    again = report(busy, "REPEAT_PURCHASE", **two_weeks)
    terms = report(busy, "SEARCH_TERMS", **two_weeks)

    assert [(one["startDate"], one["endDate"]) for one in again.json["dataByAsin"]][-1] == ("2026-11-15", "2026-11-21")
    assert terms.status == "FATAL"


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("REPEAT_PURCHASE", {"start": SUNDAY + timedelta(days=1)}, "client error"),
        ("MARKET_BASKET", {"end": SATURDAY - timedelta(days=1)}, "client error"),
        ("SEARCH_TERMS", {"options": {"reportPeriod": "MONTH"}}, "client error"),
        ("SEARCH_QUERY_PERFORMANCE", {}, "client error"),
        ("SEARCH_QUERY_PERFORMANCE", {"options": {"asin": "B" * 201}}, "client error"),
        ("SEARCH_QUERY_PERFORMANCE", {"options": {"asin": "B000000000"}}, "data is unavailable"),
        ("REPEAT_PURCHASE", {"start": SUNDAY - timedelta(days=7), "end": SUNDAY - timedelta(days=1)}, "unavailable"),
        (
            "MARKET_BASKET",
            {
                "start": SUNDAY + timedelta(days=7),
                "end": SUNDAY + timedelta(days=8),
                "options": {"reportPeriod": "DAY"},
            },
            "unavailable",
        ),
    ],
)
def test_what_is_not_whole_or_not_over_or_holds_nothing_is_fatal(
    busy: TestMarket, name: str, more: dict[str, Any], said: str
) -> None:
    paper = report(busy, name, **more)

    assert paper.status == "FATAL"
    assert re.search(said, paper.json["errorDetails"])


def test_a_period_that_no_type_has_is_refused(busy: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="WEEK, MONTH, QUARTER"):
        report(busy, "REPEAT_PURCHASE", options={"reportPeriod": "DAY"})
    with pytest.raises(InvalidInput, match="Invalid Report Type"):
        busy.report("GET_VENDOR_SALES_REPORT")


VIEWS = "MARKETPLACE_ASIN_PAGE_VIEW_METRICS"


def test_page_views_of_a_type_are_told_by_day() -> None:
    market = TestMarket(marketplaces=["DE"])
    buys(market, "ann", "MUG-BLUE")
    market.advance(days=3)

    whole = market.report(VIEWS, start=market.now - timedelta(days=3), options={"productType": "MUG"})
    yesterday = market.report(VIEWS, options={"productType": "MUG"})
    nothing = market.report(VIEWS, options={"productType": "CHAIR"})
    too_old = market.report(VIEWS, start=market.now - timedelta(days=9), options={"productType": "MUG"})
    untyped = market.report(VIEWS)

    check_report(whole.json, "marketplaceAsinPageViewMetrics.json")
    blue = asin_of(market, "MUG-BLUE")
    first = next(one for one in whole.json["marketplaceAsinPageViewMetrics"] if one["asin"] == blue)
    assert (first["startTime"], first["endTime"]) == ("2026-11-01T23:00:00Z", "2026-11-02T23:00:00Z")
    assert first["pageViews"] >= 1
    assert {one["startTime"] for one in yesterday.json["marketplaceAsinPageViewMetrics"]} == {"2026-11-03T23:00:00Z"}
    assert [one.status for one in (nothing, too_old, untyped)] == ["CANCELLED", "CANCELLED", "FATAL"]
    market.close()


def test_page_views_are_told_in_europe_alone(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="they are for those of BE, DE"):
        market.report(VIEWS, options={"productType": "MUG"})
