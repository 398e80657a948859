"""What a seller's subscriptions brought, interval by interval, and what they are to bring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sellingpartner.contract import replenishment_2022_11_07 as v2022
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.subscriptions.questions import Figures
from sellingpartner.server.api.replenishment_2022_11_07.choosing import skus_meant
from sellingpartner.server.api.replenishment_2022_11_07.reading import (
    check_frequency,
    check_marketplace,
    check_period,
    interval_of,
    intervals_of,
    major,
)
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_Metric = v2022.Metric
_FORECASTS = frozenset({_Metric.TOTAL_SUBSCRIPTIONS_REVENUE, _Metric.SHIPPED_SUBSCRIPTION_UNITS})

Told = Callable[[Figures, str], dict[str, Any]]
"""The fields of an answer that a metric fills."""


def _averages(figures: Figures, here: str) -> dict[str, Any]:
    subscribers, others = figures.averages()
    return {
        "subscriber_average_revenue": major(subscribers.revenue_minor, here),
        "non_subscriber_average_revenue": major(others.revenue_minor, here),
    }


def _reorders(figures: Figures, _here: str) -> dict[str, Any]:
    subscribers, others = figures.averages()
    return {
        "subscriber_average_reorders": round(subscribers.reorders, 2),
        "non_subscriber_average_reorders": round(others.reorders, 2),
    }


def _by_deliveries(figures: Figures, here: str) -> dict[str, Any]:
    several, single, canceled = figures.by_deliveries()
    return {
        "revenue_from_subscriptions_with_multiple_deliveries": major(several, here),
        "revenue_from_active_subscriptions_with_single_delivery": major(single, here),
        "revenue_from_cancelled_subscriptions_after_single_delivery": major(canceled, here),
    }


def _lifetime(figures: Figures, here: str) -> dict[str, Any]:
    found = figures.lifetime()
    told = {"non_subscriber_life_time_value_from_otp": major(found["never"][0], here)}
    for kind in ("lost", "growing", "established"):
        once, again = found[kind]
        told[f"{kind}_subscriber_life_time_value_from_otp"] = major(once, here)
        told[f"{kind}_subscriber_life_time_value_from_sns"] = major(again, here)
    return told


def _by_share(name: str, of: Callable[[Figures, int], float]) -> Told:
    return lambda figures, _here: {
        f"{name}_for{share}_percent_seller_funding": round(of(figures, share), 2) for share in (0, 5, 10)
    }


_TOLD: dict[v2022.Metric, Told] = {
    _Metric.SHIPPED_SUBSCRIPTION_UNITS: lambda one, _: {"shipped_subscription_units": float(one.shipped_units)},
    _Metric.TOTAL_SUBSCRIPTIONS_REVENUE: lambda one, here: {
        "total_subscriptions_revenue": major(one.revenue_minor, here)
    },
    _Metric.ACTIVE_SUBSCRIPTIONS: lambda one, _: {"active_subscriptions": float(one.active)},
    _Metric.NOT_DELIVERED_DUE_TO_OOS: lambda one, _: {"not_delivered_due_to_oos": round(one.missed_percent, 2)},
    _Metric.SUBSCRIBER_NON_SUBSCRIBER_AVERAGE_REVENUE: _averages,
    _Metric.LOST_REVENUE_DUE_TO_OOS: lambda one, here: {"lost_revenue_due_to_oos": major(one.missed_minor, here)},
    _Metric.SUBSCRIBER_NON_SUBSCRIBER_AVERAGE_REORDERS: _reorders,
    _Metric.COUPONS_REVENUE_PENETRATION: lambda one, _: {
        "coupons_revenue_penetration": round(one.coupon_penetration, 2)
    },
    _Metric.REVENUE_BY_DELIVERIES: _by_deliveries,
    _Metric.SUBSCRIBER_RETENTION: lambda one, _: {
        "subscriber_retention_for30_days": round(one.retention(30), 2),
        "subscriber_retention_for90_days": round(one.retention(90), 2),
    },
    _Metric.REVENUE_PENETRATION_BY_SELLER_FUNDING: _by_share("revenue_penetration", Figures.funded),
    _Metric.SHARE_OF_COUPON_SUBSCRIPTIONS: lambda one, _: {"share_of_coupon_subscriptions": round(one.coupon_share, 2)},
    _Metric.SUBSCRIBER_LIFETIME_VALUE_BY_CUSTOMER_SEGMENT: _lifetime,
    _Metric.SIGNUP_CONVERSION_BY_SELLER_FUNDING: _by_share("signup_conversion", Figures.conversion),
    _Metric.REVENUE_PENETRATION: lambda one, _: {"revenue_penetration": round(one.penetration, 2)},
}


@handles(v2022.GetSellingPartnerMetrics, reads=True)
def get_selling_partner_metrics(
    unit: UnitOfWork, request: v2022.GetSellingPartnerMetrics
) -> v2022.GetSellingPartnerMetricsResponse:
    """The figures of a marketplace, those asked for or all, for each part of the interval."""
    here, kind = request.marketplace_id, request.time_period_type
    check_marketplace(unit, here)
    check_frequency(request.aggregation_frequency, kind)
    begins, ends = interval_of(request.time_interval)
    check_period(unit, kind, begins, ends)
    wanted = request.metrics or [*(_FORECASTS if kind is v2022.TimePeriodType.FORECAST else _TOLD)]
    if kind is v2022.TimePeriodType.FORECAST and not _FORECASTS.issuperset(wanted):
        raise InvalidInput(
            "metrics of a FORECAST can be TOTAL_SUBSCRIPTIONS_REVENUE and SHIPPED_SUBSCRIPTION_UNITS alone."
        )
    skus = skus_meant(unit, here, request.filters)
    return v2022.GetSellingPartnerMetricsResponse(
        metrics=[
            _metric(unit, request, wanted, (start, end), skus)
            for start, end in intervals_of(begins, ends, request.aggregation_frequency)
        ]
    )


def _metric(
    unit: UnitOfWork,
    request: v2022.GetSellingPartnerMetrics,
    wanted: list[v2022.Metric],
    span: tuple[datetime, datetime],
    skus: frozenset[str] | None,
) -> v2022.GetSellingPartnerMetricsResponseMetric:
    here = request.marketplace_id
    figures = Figures(unit, here, *span, skus)
    told: dict[str, Any] = {}
    if request.time_period_type is v2022.TimePeriodType.FORECAST:
        units, minor = figures.forecast(max(span[0], unit.now), span[1])
        said = {
            _Metric.SHIPPED_SUBSCRIPTION_UNITS: {"shipped_subscription_units": float(units)},
            _Metric.TOTAL_SUBSCRIPTIONS_REVENUE: {"total_subscriptions_revenue": major(minor, here)},
        }
        for metric in wanted:
            told |= said[metric]
    else:
        for metric in wanted:
            told |= _TOLD[metric](figures, here)
    return v2022.GetSellingPartnerMetricsResponseMetric(
        **told,
        time_interval=v2022.TimeInterval(start_date=span[0], end_date=span[1]),
        currency_code=MARKETPLACES[here].currency,
    )
