"""Sales and traffic: the rows of three queries, by date, by product, and by both."""

from __future__ import annotations

from collections.abc import Iterator

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import check_marketplaces, participations_of
from sellingpartner.market.data_kiosk.datasets import Arguments, Fields, rows_of
from sellingpartner.market.data_kiosk.days import check_days, marketplaces_of, stretch_of
from sellingpartner.market.data_kiosk.refusals import QueryInvalid
from sellingpartner.market.traffic.calendar import Period, Stretch, divided
from sellingpartner.market.traffic.figures import sales_figures, share_figures, standing_figures, traffic_figures
from sellingpartner.market.traffic.questions import (
    Counts,
    Key,
    counted,
    counted_by_date,
    group_by,
    total_of,
)
from sellingpartner.market.traffic.standing import standings
from sellingpartner.storage.unit import UnitOfWork

_FIRST, _SECOND = "analytics_salesAndTraffic_2023_11_15", "analytics_salesAndTraffic_2024_04_24"
_MOST_ASINS = 30
_MOST_FILTERS = 30
_NAMES = ("parentAsin", "childAsin", "sku")


def _check_trends(unit: UnitOfWork, arguments: Arguments) -> None:
    check_days(unit, arguments)
    filters = arguments["filters"]
    if not 1 <= len(filters) <= _MOST_FILTERS:
        raise QueryInvalid(f"filters must have 1 to {_MOST_FILTERS} entries, not {len(filters)}.")
    named = [one["marketplaceId"] for one in filters]
    if len(set(named)) != len(named):
        raise QueryInvalid("filters names a marketplace twice; each of them stands for one.")
    check_marketplaces(unit, unit.seller_id, named)
    if arguments["asinAggregation"] != "CHILD":
        raise QueryInvalid("asinAggregation must be CHILD; the others are not supported.")
    for one in filters:
        if not 1 <= len(one["asins"]) <= _MOST_ASINS:
            raise QueryInvalid(f"A filter has {len(one['asins'])} ASINs; it must have 1 to {_MOST_ASINS}.")


@rows_of(_FIRST, "salesAndTrafficByDate", check=check_days)
@rows_of(_SECOND, "salesAndTrafficByDate", check=check_days)
def by_date(unit: UnitOfWork, arguments: Arguments) -> Iterator[Fields]:
    """A row for each day, week or month of each marketplace."""
    period = Period(arguments["aggregateBy"])
    for marketplace_id in _places(unit, arguments):
        stretch = stretch_of(unit, arguments, period, marketplace_id)
        if stretch is None:
            continue
        currency, parts = MARKETPLACES[marketplace_id].currency, divided(stretch, period)
        told = zip(
            parts,
            counted_by_date(unit, marketplace_id, parts),
            standings(unit, marketplace_id, parts),
            strict=True,
        )
        for part, counts, standing in told:
            yield {
                "startDate": part.first,
                "endDate": part.last,
                "marketplaceId": marketplace_id,
                "sales": sales_figures(counts, currency),
                "traffic": traffic_figures(counts) | standing_figures(standing),
            }


@rows_of(_FIRST, "salesAndTrafficByAsin", check=check_days)
@rows_of(_SECOND, "salesAndTrafficByAsin", check=check_days)
def by_asin(unit: UnitOfWork, arguments: Arguments) -> Iterator[Fields]:
    """A row for each family, item or SKU of each marketplace."""
    for marketplace_id in _places(unit, arguments):
        stretch = stretch_of(unit, arguments, Period.RANGE, marketplace_id)
        if stretch is None:
            continue
        sums = counted(unit, marketplace_id, [stretch], group_by(arguments["aggregateBy"]))
        total = total_of(sums.values())
        for (key, _), counts in sorted(sums.items()):
            yield _of_product(marketplace_id, Stretch(arguments["startDate"], arguments["endDate"]), key, counts, total)


@rows_of(_SECOND, "salesAndTrafficTrends", check=_check_trends)
def trends(unit: UnitOfWork, arguments: Arguments) -> Iterator[Fields]:
    """A row for each item that a filter names, and each day, week or month."""
    period = Period(arguments["dateAggregation"])
    for one in arguments["filters"]:
        marketplace_id, wanted = one["marketplaceId"], frozenset(one["asins"])
        stretch = stretch_of(unit, arguments, period, marketplace_id)
        if stretch is None:
            continue
        parts = divided(stretch, period)
        sums = counted(unit, marketplace_id, parts, group_by("CHILD"))
        totals = [total_of(counts for (_, of), counts in sums.items() if of == part) for part in range(len(parts))]
        for (key, part), counts in sorted(sums.items()):
            if key[-1] in wanted:
                row = _of_product(marketplace_id, parts[part], key, counts, totals[part])
                yield {**row, "asinAggregation": "CHILD"}


def _of_product(marketplace_id: str, stretch: Stretch, key: Key, counts: Counts, total: Counts) -> Fields:
    return {
        **dict(zip(_NAMES, key, strict=False)),
        "startDate": stretch.first,
        "endDate": stretch.last,
        "marketplaceId": marketplace_id,
        "sales": sales_figures(counts, MARKETPLACES[marketplace_id].currency),
        "traffic": traffic_figures(counts) | share_figures(counts, total),
    }


def _places(unit: UnitOfWork, arguments: Arguments) -> list[str]:
    """The marketplaces that are named; all of the seller's where the dataset lets a query name none."""
    named = marketplaces_of(arguments)
    return named or [one.marketplace_id for one in participations_of(unit, unit.seller_id)]
