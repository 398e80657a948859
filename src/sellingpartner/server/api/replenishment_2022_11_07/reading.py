"""What the operations of Replenishment ask first: the program's marketplaces, and intervals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sellingpartner.contract import replenishment_2022_11_07 as v2022
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.amounts import Money
from sellingpartner.market.subscriptions.questions import program
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.storage.unit import UnitOfWork

_Often = v2022.AggregationFrequency
_MOST_INTERVALS = 520
_LONGEST = timedelta(days=3 * 366)


def check_marketplace(unit: UnitOfWork, marketplace_id: str) -> None:
    """Whether the seller is there, and the program is; raises `InvalidInput`."""
    check_marketplaces(unit, unit.seller_id, [marketplace_id])
    if marketplace_id not in program().marketplace_ids:
        message = f"Unsupported marketplaceId is provided. Subscribe & Save is in {', '.join(program().countries)}"
        raise InvalidInput(message)


def interval_of(said: v2022.TimeInterval) -> tuple[datetime, datetime]:
    """From when until when; raises `InvalidInput`."""
    try:
        begins, ends = in_utc(said.start_date), in_utc(said.end_date)
    except OutOfBounds as reason:
        raise InvalidInput(f"timeInterval is no time that there is. {reason}") from reason
    if begins >= ends:
        raise InvalidInput("timeInterval.startDate must be before timeInterval.endDate")
    return begins, ends


def check_period(unit: UnitOfWork, kind: v2022.TimePeriodType, begins: datetime, ends: datetime) -> None:
    """Whether an interval is of the past, or of the future; raises `InvalidInput`.

    Assumed: an interval is three years long at most, and what has begun may reach into the future.
    """
    if ends - begins > _LONGEST:
        raise InvalidInput("timeInterval is longer than three years; ask for less at once")
    if kind is v2022.TimePeriodType.PERFORMANCE and begins > unit.now:
        raise InvalidInput("timeInterval.startDate is in the future; PERFORMANCE is of the past")
    if kind is v2022.TimePeriodType.FORECAST and ends <= unit.now:
        raise InvalidInput("timeInterval.endDate is in the past; FORECAST is of the future")


def check_frequency(frequency: v2022.AggregationFrequency | None, kind: v2022.TimePeriodType) -> None:
    """Whether it is aggregated so; raises `InvalidInput`."""
    if frequency is None and kind is v2022.TimePeriodType.PERFORMANCE:
        raise InvalidInput("aggregationFrequency is missing; PERFORMANCE needs one of WEEK, MONTH, QUARTER and YEAR")
    if frequency is _Often.DAY:
        message = "Unsupported aggregationFrequency is provided. Only WEEK, MONTH, QUARTER and YEAR are supported"
        raise InvalidInput(message)


def intervals_of(
    begins: datetime, ends: datetime, frequency: v2022.AggregationFrequency | None
) -> Iterator[tuple[datetime, datetime]]:
    """The parts of an interval: calendar weeks, months, quarters or years, the first and the last cut to it.

    Assumed: a week of metrics of Subscribe & Save begins on Monday, in UTC.
    """
    if frequency is None:
        yield begins, ends
        return
    start, count = begins, 0
    while start < ends and count < _MOST_INTERVALS:
        end = min(_next(start, frequency), ends)
        yield start, end
        start, count = end, count + 1


def _next(moment: datetime, frequency: v2022.AggregationFrequency) -> datetime:
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if frequency is _Often.WEEK:
        return day + timedelta(days=7 - day.weekday())
    if frequency is _Often.YEAR:
        return day.replace(year=day.year + 1, month=1, day=1)
    months = 1 if frequency is _Often.MONTH else 3 - (day.month - 1) % 3
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=32)).replace(day=1)
    return first


def major(minor: float, marketplace_id: str) -> float:
    """An amount as the API tells it."""
    return float(Money(round(minor), MARKETPLACES[marketplace_id].currency).decimal)
