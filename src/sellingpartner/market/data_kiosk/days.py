"""The days that a query is about, as its arguments say them."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.data_kiosk.datasets import Arguments
from sellingpartner.market.data_kiosk.refusals import QueryInvalid
from sellingpartner.market.traffic.calendar import Period, Stretch, narrowed, today_in
from sellingpartner.storage.unit import UnitOfWork

_TWO_YEARS = timedelta(days=731)
_EARLIEST_YEAR = 2000
_LATEST_YEAR = 2999


def check_days(unit: UnitOfWork, arguments: Arguments) -> None:
    """Hold dates and marketplaces against this seller and moment; raises `InvalidInput`."""
    start, end = arguments["startDate"], arguments["endDate"]
    if not (start.year >= _EARLIEST_YEAR and end.year <= _LATEST_YEAR):
        raise QueryInvalid(f"startDate and endDate must be of the years {_EARLIEST_YEAR} to {_LATEST_YEAR}.")
    if start > end:
        raise QueryInvalid(f"startDate {start} is after endDate {end}; it must not be.")
    if start < (unit.now - _TWO_YEARS).date():
        raise QueryInvalid(f"startDate {start} is more than two years ago.")
    wanted = marketplaces_of(arguments)
    if not wanted and "marketplaceIds" in arguments:
        raise QueryInvalid("marketplaceIds is empty; name one marketplace or more.")
    check_marketplaces(unit, unit.seller_id, wanted)


def marketplaces_of(arguments: Arguments) -> list[str]:
    """The marketplaces that a query names, each once."""
    return list(dict.fromkeys(one for one in arguments.get("marketplaceIds") or () if one is not None))


def stretch_of(unit: UnitOfWork, arguments: Arguments, period: Period, marketplace_id: str) -> Stretch | None:
    """The whole periods that a query asks for, until today; None if there is none."""
    stretch = narrowed(Stretch(arguments["startDate"], arguments["endDate"]), period)
    today = today_in(marketplace_id, unit.now)
    if stretch is None or stretch.first > today:
        return None
    return Stretch(stretch.first, min(stretch.last, today))
