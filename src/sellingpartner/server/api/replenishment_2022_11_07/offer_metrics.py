"""What subscriptions brought, offer by offer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.contract import replenishment_2022_11_07 as v2022
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.listings.model import Record
from sellingpartner.market.subscriptions.questions import Figures, enrolled_in
from sellingpartner.server.api.replenishment_2022_11_07.choosing import CHANNELS, brand_of, matches
from sellingpartner.server.api.replenishment_2022_11_07.reading import (
    check_frequency,
    check_marketplace,
    check_period,
    interval_of,
    major,
)
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_Offer = v2022.ListOfferMetricsResponseOffer
_Key = v2022.ListOfferMetricsSortKey
_FIELDS = {
    _Key.SHIPPED_SUBSCRIPTION_UNITS: "shipped_subscription_units",
    _Key.TOTAL_SUBSCRIPTIONS_REVENUE: "total_subscriptions_revenue",
    _Key.ACTIVE_SUBSCRIPTIONS: "active_subscriptions",
    _Key.NEXT_30DAYS_SHIPPED_SUBSCRIPTION_UNITS: "next30_day_shipped_subscription_units",
    _Key.NEXT_60DAYS_SHIPPED_SUBSCRIPTION_UNITS: "next60_day_shipped_subscription_units",
    _Key.NEXT_90DAYS_SHIPPED_SUBSCRIPTION_UNITS: "next90_day_shipped_subscription_units",
    _Key.NEXT_30DAYS_TOTAL_SUBSCRIPTIONS_REVENUE: "next30_day_total_subscriptions_revenue",
    _Key.NEXT_60DAYS_TOTAL_SUBSCRIPTIONS_REVENUE: "next60_day_total_subscriptions_revenue",
    _Key.NEXT_90DAYS_TOTAL_SUBSCRIPTIONS_REVENUE: "next90_day_total_subscriptions_revenue",
}


@handles(v2022.ListOfferMetrics, reads=True)
def list_offer_metrics(unit: UnitOfWork, request: v2022.ListOfferMetrics) -> v2022.ListOfferMetricsResponse:
    """The figures of each offer of the program, sorted and page by page.

    Assumed: offers come by ASIN and SKU unless sorted otherwise.
    """
    said = request.filters
    check_marketplace(unit, said.marketplace_id)
    check_frequency(said.aggregation_frequency, said.time_period_type)
    begins, ends = interval_of(said.time_interval)
    check_period(unit, said.time_period_type, begins, ends)
    is_forecast = said.time_period_type is v2022.TimePeriodType.FORECAST
    meant = [one for one, _ in enrolled_in(unit, said.marketplace_id) if matches(unit, one, said)]
    found = [
        _forecast(unit, one) if is_forecast else _performance(unit, one, begins, ends)
        for one in sorted(meant, key=lambda one: (one.asin or "", one.sku))
    ]
    if request.sort is not None:
        field = _FIELDS[request.sort.key]
        is_reversed = request.sort.order is v2022.SortOrder.DESC
        found.sort(key=lambda one: getattr(one, field) or 0, reverse=is_reversed)
    start = request.pagination.offset
    return v2022.ListOfferMetricsResponse(
        offers=found[start : start + request.pagination.limit],
        pagination=v2022.PaginationResponse(total_results=len(found)),
    )


def _performance(unit: UnitOfWork, record: Record, begins: datetime, ends: datetime) -> _Offer:
    here = record.marketplace_id
    figures = Figures(unit, here, begins, ends, frozenset({record.sku}))
    return _Offer(
        asin=record.asin,
        sku=record.sku,
        fulfillment_channel_type=CHANNELS.get(record.fulfillment_channel),
        brand_name=brand_of(unit, record),
        not_delivered_due_to_oos=round(figures.missed_percent, 2),
        total_subscriptions_revenue=major(figures.revenue_minor, here),
        shipped_subscription_units=float(figures.shipped_units),
        active_subscriptions=float(figures.active),
        revenue_penetration=round(figures.penetration, 2),
        lost_revenue_due_to_oos=major(figures.missed_minor, here),
        coupons_revenue_penetration=round(figures.coupon_penetration, 2),
        share_of_coupon_subscriptions=round(figures.coupon_share, 2),
        time_interval=v2022.TimeInterval(start_date=begins, end_date=ends),
        currency_code=MARKETPLACES[here].currency,
    )


def _forecast(unit: UnitOfWork, record: Record) -> _Offer:
    """What the next thirty, sixty and ninety days are to bring.

    Assumed: a forecast goes on from the present, whichever interval of the future was asked for.
    """
    here = record.marketplace_id
    figures = Figures(unit, here, unit.now, unit.now, frozenset({record.sku}))
    told: dict[str, float] = {}
    for days in (30, 60, 90):
        units, minor = figures.forecast(unit.now, unit.now + timedelta(days=days))
        told[f"next{days}_day_shipped_subscription_units"] = float(units)
        told[f"next{days}_day_total_subscriptions_revenue"] = major(minor, here)
    return _Offer(
        asin=record.asin,
        sku=record.sku,
        fulfillment_channel_type=CHANNELS.get(record.fulfillment_channel),
        brand_name=brand_of(unit, record),
        time_interval=v2022.TimeInterval(start_date=unit.now, end_date=unit.now + timedelta(days=90)),
        currency_code=MARKETPLACES[here].currency,
        **told,  # type: ignore[arg-type] # the names of its fields
    )
