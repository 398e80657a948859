"""Sales and traffic: what was sold and how often it was looked at, by date over the whole shop, and by product."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.kinds import Empty, Whole, Window, report
from sellingpartner.market.reports.periods import one_marketplace, stretch_of
from sellingpartner.market.traffic.calendar import Period, Stretch, divided, widened
from sellingpartner.market.traffic.figures import (
    B2B,
    Figures,
    sales_figures,
    share_figures,
    standing_figures,
    traffic_figures,
)
from sellingpartner.market.traffic.questions import counted, counted_by_date, group_by, total_of
from sellingpartner.market.traffic.standing import standings
from sellingpartner.storage.unit import UnitOfWork

_TWO_YEARS = timedelta(days=731)

_ORDERED = ("orderedProductSales", "unitsOrdered", "totalOrderItems")
_AVERAGES = ("averageSalesPerOrderItem", "averageUnitsPerOrderItem", "averageSellingPrice")
_REST_OF_SALES = (
    "unitsRefunded",
    "refundRate",
    "claimsGranted",
    "claimsAmount",
    "shippedProductSales",
    "unitsShipped",
    "ordersShipped",
)
_OF_BOTH = tuple(name + end for name in (*_ORDERED, *_AVERAGES) for end in ("", B2B))
_ONLY_BY_DATE = ("orderItemSessionPercentage", "orderItemSessionPercentage" + B2B)
_OF_STANDING = (
    "averageOfferCount",
    "averageParentItems",
    "feedbackReceived",
    "negativeFeedbackReceived",
    "receivedNegativeFeedbackRate",
)


@report(
    "GET_SALES_AND_TRAFFIC_REPORT",
    window=Window(required=True),
    empty=Empty.CANCELLED,
    options={"dateGranularity": ("DAY", "WEEK", "MONTH"), "asinGranularity": ("PARENT", "CHILD", "SKU")},
)
def sales_and_traffic(unit: UnitOfWork, asked: Asked) -> Whole:
    """What was sold and looked at; one that begins more than two years ago is cancelled."""
    marketplace_id = one_marketplace(asked)
    if asked.at - asked.start > _TWO_YEARS:
        return Whole(None)
    period = Period(asked.options.get("dateGranularity", Period.DAY))
    stretch = widened(stretch_of(asked), period)
    return Whole(
        {
            "reportSpecification": {
                "reportType": asked.report_type,
                "reportOptions": dict(asked.options),
                "dataStartTime": asked.start.date(),
                "dataEndTime": asked.end.date(),
                "marketplaceIds": list(asked.marketplace_ids),
            },
            "salesAndTrafficByDate": _by_date(unit, marketplace_id, divided(stretch, period)),
            "salesAndTrafficByAsin": _by_asin(
                unit, marketplace_id, stretch, asked.options.get("asinGranularity", "PARENT")
            ),
        }
    )


def _by_date(unit: UnitOfWork, marketplace_id: str, parts: list[Stretch]) -> list[Figures]:
    currency = MARKETPLACES[marketplace_id].currency
    sums = counted_by_date(unit, marketplace_id, parts)
    return [
        {
            "date": part.first,
            "salesByDate": _some(sales_figures(counts, currency), (*_OF_BOTH, *_REST_OF_SALES)),
            "trafficByDate": traffic_figures(counts) | _some(standing_figures(standing), _OF_STANDING),
        }
        for part, counts, standing in zip(parts, sums, standings(unit, marketplace_id, parts), strict=True)
    ]


def _by_asin(unit: UnitOfWork, marketplace_id: str, stretch: Stretch, granularity: str) -> list[Figures]:
    currency = MARKETPLACES[marketplace_id].currency
    sums = counted(unit, marketplace_id, [stretch], group_by(granularity))
    total = total_of(sums.values())
    found: list[Figures] = []
    for (key, _), counts in sorted(sums.items()):
        traffic = {name: value for name, value in traffic_figures(counts).items() if name not in _ONLY_BY_DATE}
        sales = _some(sales_figures(counts, currency), tuple(name + end for name in _ORDERED for end in ("", B2B)))
        named = dict(zip(("parentAsin", "childAsin", "sku"), key, strict=False))
        found.append({**named, "salesByAsin": sales, "trafficByAsin": traffic | share_figures(counts, total)})
    return found


def _some(figures: Figures, names: tuple[str, ...]) -> Figures:
    return {name: figures[name] for name in names}
