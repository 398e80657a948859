"""Brand analytics: who buys again, what is bought together, and what searches lead to.

Periods must be whole and over, else a report is fatal; so is one for which there is nothing to tell. A seller is taken
for the owner of every brand that it offers.

Assumed: a customer is a repeated one who ordered an item more than once in the period.

Differs: what is bought together is told of a seller's own orders, as this market's orders are of one seller each; the
searches are those that lead to an item which somebody here offers.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.orders.metrics.baskets import Customer, customers_between, orders_by_item, pairs_between
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.shop.search_figures import of_catalog, of_search
from sellingpartner.market.reports.kinds import Empty, Listed, ReportUnavailable, Window, report
from sellingpartner.market.reports.making import UNMAKEABLE
from sellingpartner.market.reports.periods import one_marketplace, whole_periods
from sellingpartner.market.traffic.calendar import Period, Stretch, bounds_of, divided
from sellingpartner.market.traffic.figures import Figures, amount
from sellingpartner.market.traffic.results import funnels, prices_of, searches
from sellingpartner.storage.unit import UnitOfWork

_FROM_DAYS = ("DAY", "WEEK", "MONTH", "QUARTER")
_FROM_WEEKS = ("WEEK", "MONTH", "QUARTER")
_TOLD_OF = 3
"""How many items are told of that were bought with one, or clicked on after a search."""
_MOST_SIGNS = 200

_WINDOW = Window(required=True)


@report(
    "GET_BRAND_ANALYTICS_REPEAT_PURCHASE_REPORT",
    window=_WINDOW,
    empty=Empty.FATAL,
    options={"reportPeriod": _FROM_WEEKS},
)
def repeat_purchases(unit: UnitOfWork, asked: Asked) -> Listed:
    """How many bought an item again."""
    marketplace_id = one_marketplace(asked)
    rows = (
        _bought_again(list(customers), part, MARKETPLACES[marketplace_id].currency)
        for part in _parts(asked)
        for _, customers in groupby(_customers(unit, marketplace_id, part), key=attrgetter("asin"))
    )
    return Listed(_specification(asked), "dataByAsin", rows)


@report(
    "GET_BRAND_ANALYTICS_MARKET_BASKET_REPORT",
    window=_WINDOW,
    empty=Empty.FATAL,
    options={"reportPeriod": _FROM_DAYS},
)
def market_baskets(unit: UnitOfWork, asked: Asked) -> Listed:
    """Which items are bought together most often."""
    marketplace_id = one_marketplace(asked)
    rows = (row for part in _parts(asked) for row in _together(unit, marketplace_id, part))
    return Listed(_specification(asked), "dataByAsin", rows)


@report(
    "GET_BRAND_ANALYTICS_SEARCH_TERMS_REPORT",
    window=_WINDOW,
    empty=Empty.FATAL,
    options={"reportPeriod": _FROM_DAYS},
)
def search_terms(unit: UnitOfWork, asked: Asked) -> Listed:
    """The searches of a marketplace, and the three items that were clicked on most after each."""
    marketplace_id = one_marketplace(asked)
    [stretch] = _parts(asked, most=1)
    return Listed(_specification(asked), "dataByDepartmentAndSearchTerm", _terms(unit, marketplace_id, stretch))


@report(
    "GET_BRAND_ANALYTICS_SEARCH_CATALOG_PERFORMANCE_REPORT",
    window=_WINDOW,
    empty=Empty.FATAL,
    options={"reportPeriod": _FROM_WEEKS, "asins": None},
)
def search_catalog(unit: UnitOfWork, asked: Asked) -> Listed:
    """What searches led to, by item."""
    marketplace_id = one_marketplace(asked)
    [stretch] = _parts(asked, most=1)
    wanted = _asins(asked, "asins")
    prices, currency = prices_of(unit, marketplace_id), MARKETPLACES[marketplace_id].currency
    rows = (
        _of_days(stretch) | {"asin": asin} | of_catalog(funnel, prices.get(asin, 0), currency)
        for asin, funnel in sorted(funnels(unit, marketplace_id, stretch).items())
        if funnel.impressions and (not wanted or asin in wanted)
    )
    return Listed(_specification(asked), "dataByAsin", rows)


@report(
    "GET_BRAND_ANALYTICS_SEARCH_QUERY_PERFORMANCE_REPORT",
    window=_WINDOW,
    empty=Empty.FATAL,
    options={"reportPeriod": _FROM_WEEKS, "asin": None},
)
def search_queries(unit: UnitOfWork, asked: Asked) -> Listed:
    """What each search led to, of items that are named."""
    marketplace_id = one_marketplace(asked)
    [stretch] = _parts(asked, most=1)
    wanted = _asins(asked, "asin")
    if not wanted:
        raise ReportUnavailable(UNMAKEABLE)
    return Listed(_specification(asked), "dataByAsin", _queries(unit, marketplace_id, stretch, wanted))


def _specification(asked: Asked) -> Figures:
    return {
        "reportSpecification": {
            "reportType": asked.report_type,
            "reportOptions": dict(asked.options),
            "dataStartTime": asked.start.date(),
            "dataEndTime": asked.end.date(),
            "marketplaceIds": list(asked.marketplace_ids),
        }
    }


def _parts(asked: Asked, *, most: int | None = None) -> list[Stretch]:
    """The periods that were asked for; raises `ReportUnavailable`."""
    if "reportPeriod" not in asked.options:
        raise ReportUnavailable(UNMAKEABLE)
    period = Period(asked.options["reportPeriod"])
    return divided(whole_periods(asked, period, most=most), period)


def _asins(asked: Asked, option: str) -> frozenset[str]:
    """The items that an option names, between blanks; raises `ReportUnavailable` if it is too long."""
    said = asked.options.get(option, "")
    if len(said) > _MOST_SIGNS:
        raise ReportUnavailable(UNMAKEABLE)
    return frozenset(said.split())


def _of_days(part: Stretch) -> Figures:
    return {"startDate": part.first, "endDate": part.last}


def _customers(unit: UnitOfWork, marketplace_id: str, part: Stretch) -> Iterator[Customer]:
    bounds = bounds_of(marketplace_id, part)
    return customers_between(unit, marketplace_id, bounds[0], bounds[-1])


def _bought_again(customers: list[Customer], part: Stretch, currency: str) -> Figures:
    again = [one for one in customers if one.orders > 1]
    sales, of_again = sum(one.sales_minor for one in customers), sum(one.sales_minor for one in again)
    return _of_days(part) | {
        "asin": customers[0].asin,
        "orders": sum(one.orders for one in customers),
        "uniqueCustomers": len(customers),
        "repeatCustomersPctTotal": round(len(again) / len(customers), 4),
        "repeatPurchaseRevenue": amount(of_again, currency),
        "repeatPurchaseRevenuePctTotal": round(of_again / sales, 4) if sales else 0.0,
    }


def _together(unit: UnitOfWork, marketplace_id: str, part: Stretch) -> Iterator[Figures]:
    bounds = bounds_of(marketplace_id, part)
    within = (marketplace_id, bounds[0], bounds[-1])
    orders = orders_by_item(unit, *within)
    for asin, pairs in groupby(pairs_between(unit, *within), key=attrgetter("asin")):
        for rank, pair in zip(range(1, _TOLD_OF + 1), pairs, strict=False):
            yield _of_days(part) | {
                "asin": asin,
                "purchasedWithAsin": pair.other,
                "purchasedWithRank": rank,
                "combinationPct": round(pair.orders / orders[asin], 4),
            }


def _terms(unit: UnitOfWork, marketplace_id: str, stretch: Stretch) -> Iterator[Figures]:
    """Assumed: every search is one of the whole shop, and of no department of it."""
    told = [one for one in searches(unit, marketplace_id, stretch) if one.total.clicks]
    for rank, searched in enumerate(told, start=1):
        total = searched.total
        for place, (asin, funnel) in enumerate(searched.results[:_TOLD_OF], start=1):
            yield {
                "departmentName": MARKETPLACES[marketplace_id].domain.removeprefix("www.").capitalize(),
                "searchTerm": searched.text,
                "searchFrequencyRank": rank,
                "clickedAsin": asin,
                "clickShareRank": place,
                "clickShare": round(funnel.clicks / total.clicks, 4),
                "conversionShare": round(funnel.purchases / total.purchases, 4) if total.purchases else 0.0,
            }


def _queries(unit: UnitOfWork, marketplace_id: str, stretch: Stretch, wanted: frozenset[str]) -> Iterator[Figures]:
    prices, currency = prices_of(unit, marketplace_id), MARKETPLACES[marketplace_id].currency
    told = searches(unit, marketplace_id, stretch)
    for asin in sorted(wanted.intersection(prices)):
        led_here = [one for one in told if one.of(asin).impressions]
        led_here.sort(key=lambda one: (-one.of(asin).purchases, -one.of(asin).clicks, one.text))
        for score, searched in enumerate(led_here, start=1):
            figures = of_search(searched, asin, score, prices[asin], currency)
            yield _of_days(stretch) | {"asin": asin} | figures
