"""What Subscribe & Save brings, counted from subscriptions, deliveries and orders."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from modeled import check_form
from subscriber import LAMP, Program

from sellingpartner.client.wire import encode
from sellingpartner.contract import replenishment_2022_11_07 as v2022
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.inventory.commands import make_available
from sellingpartner.market.inventory.model import Place
from sellingpartner.testing import TestMarket
from sellingpartner.testing.saying import US

FORM = "replenishment-2022-11-07.json"
BASE = "/replenishment/2022-11-07"
SNS = [v2022.ProgramType.SUBSCRIBE_AND_SAVE]


@pytest.fixture
def program(market: TestMarket) -> Program:
    return Program(market, percent=10)


def asked(market: TestMarket, **more: Any) -> v2022.GetSellingPartnerMetrics:  # noqa: ANN401 - fields of the request
    said: dict[str, Any] = {
        "time_interval": interval(market, -100, 0),
        "time_period_type": v2022.TimePeriodType.PERFORMANCE,
        "aggregation_frequency": v2022.AggregationFrequency.YEAR,
        "marketplace_id": US,
        "program_types": SNS,
    }
    return v2022.GetSellingPartnerMetrics(**said | more)


def interval(market: TestMarket, begins: int, ends: int) -> v2022.TimeInterval:
    """An interval by days from the present."""
    now: datetime = market.now
    return v2022.TimeInterval(start_date=now + timedelta(days=begins), end_date=now + timedelta(days=ends))


def one(market: TestMarket, **more: Any) -> v2022.GetSellingPartnerMetricsResponseMetric:  # noqa: ANN401 - as above
    (found,) = market.seller.send(asked(market, **more)).metrics or []
    return found


def price_of(market: TestMarket) -> float:
    (offer,) = offers(market).offers or []
    assert offer.price is not None
    return offer.price


def offers(market: TestMarket, **filters: Any) -> v2022.ListOffersResponse:  # noqa: ANN401 - fields of the filters
    said: dict[str, Any] = {"marketplace_id": US, "program_types": SNS}
    return market.seller.send(
        v2022.ListOffers(
            pagination=v2022.ListOffersRequestPagination(limit=100, offset=0),
            filters=v2022.ListOffersRequestFilters(**said | filters),
        )
    )


def test_what_was_shipped_is_counted_and_nothing_else(market: TestMarket, program: Program) -> None:
    program.subscribes(quantity=2, interval_days=14)
    lost = program.subscribes("eve", interval_days=30)
    program.buys("bo", 3)
    market.advance(days=10)
    program.cancels(lost)
    market.advance(days=10)

    found, price = one(market), price_of(market)

    assert (found.shipped_subscription_units, found.active_subscriptions) == (5, 1)
    assert found.total_subscriptions_revenue == pytest.approx(5 * price * 0.9)
    assert (found.not_delivered_due_to_oos, found.lost_revenue_due_to_oos) == (0, 0)
    assert found.revenue_penetration == pytest.approx(100 * 5 / 8, abs=0.01)
    assert found.revenue_penetration_for10_percent_seller_funding == 100
    assert (found.revenue_penetration_for5_percent_seller_funding, found.share_of_coupon_subscriptions) == (0, 0)
    assert found.signup_conversion_for10_percent_seller_funding == pytest.approx(100 * 2 / 3, abs=0.01)
    assert found.subscriber_average_revenue == pytest.approx(5 * price / 2, abs=0.01)
    assert found.non_subscriber_average_revenue == pytest.approx(3 * price)
    assert (found.subscriber_average_reorders, found.non_subscriber_average_reorders) == (0.5, 0)
    assert found.revenue_from_subscriptions_with_multiple_deliveries == pytest.approx(4 * price * 0.9)
    assert found.revenue_from_cancelled_subscriptions_after_single_delivery == pytest.approx(price * 0.9)
    assert found.non_subscriber_life_time_value_from_otp == pytest.approx(3 * price)
    assert found.growing_subscriber_life_time_value_from_sns == pytest.approx(4 * price)
    assert found.lost_subscriber_life_time_value_from_sns == pytest.approx(price)
    assert found.currency_code == "USD"


def test_what_is_missed_is_told(market: TestMarket, program: Program) -> None:
    program.subscribes(interval_days=14)
    market.advance(days=10)
    with market.market.write(program.seller_id) as unit:
        make_available(unit, LAMP, Place.FBA, 0, reference="test")
    market.advance(days=10)

    found = one(market, metrics=["NOT_DELIVERED_DUE_TO_OOS", "LOST_REVENUE_DUE_TO_OOS"])

    assert found.not_delivered_due_to_oos == 50
    assert found.lost_revenue_due_to_oos == pytest.approx(price_of(market) * 0.9)
    assert found.shipped_subscription_units is None


def test_an_interval_is_cut_into_calendar_months(market: TestMarket, program: Program) -> None:
    program.subscribes(interval_days=14)
    market.advance(days=45)

    found = market.seller.send(asked(market, aggregation_frequency=v2022.AggregationFrequency.MONTH)).metrics or []

    spans = [one.time_interval for one in found if one.time_interval is not None]
    assert [(span.start_date.month, span.end_date.month) for span in spans][-2:] == [(11, 12), (12, 12)]
    assert all(before.end_date == after.start_date for before, after in pairwise(spans))
    assert sum(one.shipped_subscription_units or 0 for one in found) == 4


def test_retention_counts_those_that_are_old_enough(market: TestMarket, program: Program) -> None:
    kept, gone = program.subscribes(), program.subscribes("eve")
    market.advance(days=20)
    program.cancels(gone)
    market.advance(days=80)
    program.subscribes("new")
    market.advance(days=1)

    found = (market.seller.send(asked(market, metrics=["SUBSCRIBER_RETENTION"])).metrics or [])[-1]

    assert (found.subscriber_retention_for30_days, found.subscriber_retention_for90_days) == (50, 50)
    assert kept != gone


def test_a_forecast_goes_by_what_is_due(market: TestMarket, program: Program) -> None:
    program.subscribes(quantity=2, interval_days=30)
    market.advance(days=1)

    found = one(
        market,
        time_interval=interval(market, 0, 95),
        time_period_type=v2022.TimePeriodType.FORECAST,
        aggregation_frequency=None,
    )

    assert (found.shipped_subscription_units, found.active_subscriptions) == (6, None)
    assert found.total_subscriptions_revenue == pytest.approx(6 * price_of(market) * 0.9)


def test_offers_of_the_program_are_listed_filtered_and_sorted(market: TestMarket, program: Program) -> None:
    program.enrolls("MUG-BLUE", percent=5)
    program.enrolls("MUG-RED", percent=0, is_suspended=True)
    program.subscribes(quantity=3, interval_days=14)
    market.advance(days=1)

    found = {offer.sku: offer for offer in offers(market).offers or []}

    assert {sku: offer.eligibility for sku, offer in found.items()} == {
        LAMP: "ELIGIBLE",
        "MUG-BLUE": "ELIGIBLE",
        "MUG-RED": "SUSPENDED",
    }
    lamp = found[LAMP]
    assert (lamp.subscriptions, lamp.inventory, lamp.stock_risk) == (1, 97, "LOW")
    assert lamp.forecast_deliveries is not None
    assert (lamp.forecast_deliveries.next15_days_deliveries, lamp.forecast_deliveries.next90_days_deliveries) == (1, 6)
    assert [one.sku for one in offers(market, eligibilities=["SUSPENDED"]).offers or []] == ["MUG-RED"]
    five = v2022.Promotion(selling_partner_funded_base_discount=v2022.DiscountFunding(percentage=[5.0]))
    assert [one.sku for one in offers(market, promotions=five).offers or []] == ["MUG-BLUE"]
    assert [one.sku for one in offers(market, skus=[LAMP, "NONE"]).offers or []] == [LAMP]
    due = ["NO_ISSUES_FOR_NEXT_30_DAYS_DELIVERIES"]
    assert [one.sku for one in offers(market, deliveries_conditions=due).offers or []] == [LAMP]
    asked_for = v2022.ListOffers(
        pagination=v2022.ListOffersRequestPagination(limit=1, offset=1),
        filters=v2022.ListOffersRequestFilters(marketplace_id=US, program_types=SNS),
        sort=v2022.ListOffersRequestSort(order=v2022.SortOrder.DESC, key=v2022.ListOffersSortKey.PRICE),
    )
    page = market.seller.send(asked_for)
    assert page.pagination == v2022.PaginationResponse(total_results=3)
    assert len(page.offers or []) == 1


def test_figures_of_each_offer_add_up_to_those_of_the_seller(market: TestMarket, program: Program) -> None:
    program.enrolls("MUG-BLUE", percent=5)
    program.subscribes(interval_days=14)
    program.subscribes("eve", interval_days=30)
    market.advance(days=40)
    said: dict[str, Any] = {
        "aggregation_frequency": v2022.AggregationFrequency.YEAR,
        "time_interval": interval(market, -100, 0),
        "time_period_type": v2022.TimePeriodType.PERFORMANCE,
        "marketplace_id": US,
        "program_types": SNS,
    }

    request = v2022.ListOfferMetrics(
        pagination=v2022.ListOfferMetricsRequestPagination(limit=10, offset=0),
        filters=v2022.ListOfferMetricsRequestFilters(**said),
        sort=v2022.ListOfferMetricsRequestSort(
            order=v2022.SortOrder.DESC, key=v2022.ListOfferMetricsSortKey.SHIPPED_SUBSCRIPTION_UNITS
        ),
    )
    found = market.seller.send(request).offers or []

    whole = one(market)
    assert [offer.sku for offer in found] == [LAMP, "MUG-BLUE"]
    assert sum(offer.shipped_subscription_units or 0 for offer in found) == whole.shipped_subscription_units == 5
    assert sum(offer.total_subscriptions_revenue or 0 for offer in found) == whole.total_subscriptions_revenue
    forecast = {**said, "time_period_type": v2022.TimePeriodType.FORECAST, "time_interval": interval(market, 0, 90)}
    ahead = v2022.ListOfferMetrics(
        pagination=v2022.ListOfferMetricsRequestPagination(limit=10, offset=0),
        filters=v2022.ListOfferMetricsRequestFilters(**forecast),
    )
    coming = {
        offer.sku: offer.next30_day_shipped_subscription_units for offer in market.seller.send(ahead).offers or []
    }
    assert coming == {LAMP: 3, "MUG-BLUE": 0}


def test_answers_have_the_form_that_amazon_publishes(market: TestMarket, program: Program) -> None:
    program.subscribes(interval_days=14)
    market.advance(days=30)
    for request, path, definition in (
        (asked(market), "/sellingPartners/metrics/search", "GetSellingPartnerMetricsResponse"),
        (
            v2022.ListOffers(
                pagination=v2022.ListOffersRequestPagination(limit=5, offset=0),
                filters=v2022.ListOffersRequestFilters(marketplace_id=US, program_types=SNS),
            ),
            "/offers/search",
            "ListOffersResponse",
        ),
    ):
        wire = encode(request)
        reply = market.seller.call("POST", BASE + path, headers=wire.headers, body=wire.body)
        assert reply.status == 200, reply.body
        check_form(reply.json(), FORM, definition)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"aggregation_frequency": v2022.AggregationFrequency.DAY}, "Unsupported aggregationFrequency is provided"),
        ({"aggregation_frequency": None}, "aggregationFrequency is missing"),
        ({"marketplace_id": "A1PA6795UKMFR9"}, "is not a marketplace of this seller"),
        (
            {"time_period_type": v2022.TimePeriodType.FORECAST, "metrics": [v2022.Metric.ACTIVE_SUBSCRIPTIONS]},
            "endDate is in the past",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(market: TestMarket, said: dict[str, Any], why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        market.seller.send(asked(market, **said))


def test_times_that_cannot_be_are_refused(market: TestMarket) -> None:
    for begins, ends, why in ((0, -1, "before"), (1, 2, "in the future"), (-2000, 0, "three years")):
        with pytest.raises(InvalidInput, match=why):
            market.seller.send(asked(market, time_interval=interval(market, begins, ends)))


def test_a_seller_without_subscribers_has_figures_of_nothing(market: TestMarket) -> None:
    other = market.caller(seller=market.join("Quay Goods"))

    (found,) = other.send(asked(market)).metrics or []

    assert (found.shipped_subscription_units, found.revenue_penetration, found.active_subscriptions) == (0, 0, 0)
