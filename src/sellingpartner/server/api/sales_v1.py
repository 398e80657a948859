"""Sales, v1: how much was ordered, hour by hour or year by year; a view of the context `orders`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

from sellingpartner.contract import sales_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.sales_v1 import GetOrderMetrics, GetOrderMetricsResponse
from sellingpartner.counted import counted
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.metrics.periods import MONDAY, SUNDAY, Period, edges_of
from sellingpartner.market.orders.questions import SalesFilter, SalesTotal, sales_between
from sellingpartner.market.time.bounds import in_utc
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PERIODS = {
    v1.Granularity.HOUR: Period.HOUR,
    v1.Granularity.DAY: Period.DAY,
    v1.Granularity.WEEK: Period.WEEK,
    v1.Granularity.MONTH: Period.MONTH,
    v1.Granularity.YEAR: Period.YEAR,
}
_IS_BUSINESS = {v1.BuyerType.B2B: True, v1.BuyerType.B2C: False}
_MOST_FOR_HOURS = timedelta(days=30)
_MOST_YEARS = 2
# The form that Amazon's refusals name: seconds are needed, and a zone in brackets may follow the offset.
# Assumed: in an interval of order metrics, the zone in brackets says nothing that the offset does not say.
_MOMENT = r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{3})?(?:Z|[+-][0-9]{2}:[0-9]{2}))"
_INTERVAL = re.compile(rf"{_MOMENT}(?:\[[a-zA-Z/_]+\])?--{_MOMENT}(?:\[[a-zA-Z/_]+\])?")


@handles(GetOrderMetrics)
def get_order_metrics(unit: UnitOfWork, request: GetOrderMetrics) -> GetOrderMetricsResponse:
    """Sum up what was ordered in each period of an interval, whether anything was or not."""
    wanted = _filter(unit, request)
    start, end = _interval(unit, request)
    zone = _zone(request, start)
    edges = _edges(request, start, end, zone)
    # The first and the last period are printed whole, and hold what the interval holds of them.
    totals = sales_between(unit, wanted, [start, *edges[1:-1], end])
    shown = [_printed(edge.astimezone(zone)) for edge in edges]
    names = [f"{begin}--{finish}" for begin, finish in pairwise(shown)]
    return GetOrderMetricsResponse(payload=[_row(name, total) for name, total in zip(names, totals, strict=True)])


def _row(interval: str, total: SalesTotal) -> v1.OrderMetricsInterval:
    return v1.OrderMetricsInterval(
        interval=interval,
        unit_count=total.units,
        order_item_count=total.items,
        order_count=total.orders,
        average_unit_price=_money(total.average_unit_price),
        total_sales=_money(total.sales),
    )


def _money(amount: Money) -> v1.Money:
    """An amount.

    Differs: Amazon was seen to send an amount of order metrics as a number; its model says text, which counts here.
    """
    return v1.Money(currency_code=amount.currency, amount=str(amount))


def _printed(moment: datetime) -> str:
    """A moment to the minute.

    Assumed: a moment of order metrics that is at no whole minute is written with its seconds.
    """
    precision = "milliseconds" if moment.microsecond else "seconds" if moment.second else "minutes"
    text = moment.isoformat(timespec=precision)
    return text.removesuffix("+00:00") + "Z" if not moment.utcoffset() else text


def _filter(unit: UnitOfWork, request: GetOrderMetrics) -> SalesFilter:
    if request.asin is not None and request.sku is not None:
        raise InvalidInput("asin and sku exclude each other; give one of them.")
    return SalesFilter(
        marketplace_id=_marketplace(unit, request),
        is_business=_IS_BUSINESS.get(request.buyer_type) if request.buyer_type else None,
        channel=_channel(request.fulfillment_network),
        asin=request.asin,
        sku=request.sku,
        program=request.amazon_program,
    )


def _marketplace(unit: UnitOfWork, request: GetOrderMetrics) -> str:
    """The one marketplace."""
    named = set(request.marketplace_ids)
    if len(named) != 1:
        raise InvalidInput(f"marketplaceIds holds {counted(len(named), 'marketplace')}; it must be one.")
    (marketplace_id,) = named
    participations_of(unit, unit.seller_id, including=named)
    return marketplace_id


def _channel(network: str | None) -> FulfillmentChannel | None:
    if network is None:
        return None
    try:
        return FulfillmentChannel(network)
    except ValueError:
        names = " or ".join(channel.value for channel in FulfillmentChannel)
        raise InvalidInput(f"fulfillmentNetwork is {network!r}; it must be {names}.") from None


def _interval(unit: UnitOfWork, request: GetOrderMetrics) -> tuple[datetime, datetime]:
    moments = _moments(request.interval)
    if moments is None or moments[0] >= moments[1]:
        message = (
            f"interval is {request.interval!r}; it must be two times, the first before the second, each with Z or an "
            "offset, such as 2026-01-31T00:00:00-08:00--2026-02-01T00:00:00-08:00 (in a URL, + is written %2B)."
        )
        raise InvalidInput(message)
    _check_span(request.granularity, *moments, unit.now)
    return moments


def _moments(interval: str) -> tuple[datetime, datetime] | None:
    """The two times of an interval, with the offsets that they were written with; None if they are not two times."""
    found = _INTERVAL.fullmatch(interval)
    if found is None:
        return None
    try:
        start, end = (datetime.fromisoformat(text) for text in found.groups())
        in_utc(start), in_utc(end)
    except ValueError:  # no such day, or one that the market cannot work with
        return None
    return start, end


def _check_span(granularity: v1.Granularity, start: datetime, end: datetime, now: datetime) -> None:
    """Assumed: the documented limits of order metrics bound how far an interval reaches from now, either way."""
    if granularity is v1.Granularity.HOUR:
        first, last, limit = now - _MOST_FOR_HOURS, now + _MOST_FOR_HOURS, "30 days"
    else:
        first, last, limit = _years_from(now, -_MOST_YEARS), _years_from(now, _MOST_YEARS), "2 years"
    if start < first or end > last:
        message = (
            f"interval reaches further than {limit} from now, the limit of granularity {granularity.value}; it must "
            f"lie between {first:%Y-%m-%dT%H:%M:%SZ} and {last:%Y-%m-%dT%H:%M:%SZ}."
        )
        raise InvalidInput(message)


def _years_from(moment: datetime, years: int) -> datetime:
    """The same date in another year; the last of February for a day that only leap years have."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, day=28)


def _zone(request: GetOrderMetrics, start: datetime) -> tzinfo:
    """The zone whose clock and calendar divide the interval; without one, the offset of the interval's start.

    Differs: for order metrics by day or longer, Amazon was once seen to take an offset without a zone; its documents,
    and this market, require the zone.
    """
    name = request.granularity_time_zone
    if name is None:
        if request.granularity not in {v1.Granularity.HOUR, v1.Granularity.TOTAL}:
            raise InvalidInput(
                f"granularityTimeZone is missing; granularity {request.granularity.value} requires it. It must be the "
                "name of an IANA time zone, such as America/Los_Angeles."
            )
        return start.tzinfo or UTC
    try:
        zone = ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        message = f"granularityTimeZone is {name!r}; it must be the name of an IANA time zone, such as UTC."
        raise InvalidInput(message) from None
    # Assumed: the end of an interval may be written with the offset of its start, whatever the season.
    shown = start.astimezone(zone)
    if shown.utcoffset() != start.utcoffset():
        message = (
            f"granularityTimeZone is {name}, which does not match the offset of interval; "
            f"there it begins at {shown.isoformat()}."
        )
        raise InvalidInput(message)
    return zone


def _edges(request: GetOrderMetrics, start: datetime, end: datetime, zone: tzinfo) -> list[datetime]:
    period = _PERIODS.get(request.granularity)
    if period is None:
        return [start, end]
    week_begins = SUNDAY if request.first_day_of_week is v1.FirstDayOfWeek.SUNDAY else MONDAY
    return edges_of(start, end, period, zone, week_begins=week_begins)
