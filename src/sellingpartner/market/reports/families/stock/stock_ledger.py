"""The ledger of what lies at Amazon: each movement by itself, or summed by day, week or month.

The balance at the end of a period is the one before it and all that is in the row between the two: what does not fit
into a column is in Other Events.

Assumed: a day is one of UTC. A week begins on Monday and goes by its first day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, islice
from operator import attrgetter
from typing import NamedTuple

import msgspec

from sellingpartner.market.centers.questions import center
from sellingpartner.market.inventory.model import DAMAGED, Condition, Place, Reason
from sellingpartner.market.inventory.questions import Step, steps_backwards, steps_by_sku
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.shelf import listed
from sellingpartner.market.reports.families.stock.fba_stock import DAILY
from sellingpartner.market.reports.kinds import Empty, Rows, Window, report
from sellingpartner.market.reports.writing.columns import Cell, Columns, table
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 200
_REMEMBERED = 2000
_MONTHS_18 = Window(oldest_days=548)
_BY_PERIOD, _BY_LOCATION = "aggregatedByTimePeriod", "aggregateByLocation"
_DAY, _WEEK, _MONTH = "DAILY", "WEEKLY", "MONTHLY"
_COUNTRY, _CENTER = "COUNTRY", "FC"
_ONE = {"FNSKU": None, "MSKU": None, "ASIN": None}

DISPOSITIONS = {
    **{one.value: one.value for one in DAMAGED},
    Condition.SELLABLE.value: Condition.SELLABLE.value,
    Condition.FC_PROCESSING.value: Condition.SELLABLE.value,
}
"""As what units count by their condition; what is looked for, or between two centers, is in no warehouse."""

_SUMS = {
    Reason.RECEIVED.value: "Receipts",
    Reason.SHIPPED.value: "Customer Shipments",
    Reason.RETURNED.value: "Customer Returns",
    Reason.FOUND.value: "Found",
    Reason.LOST.value: "Lost",
    Reason.DAMAGED.value: "Damaged",
    Reason.DISPOSED.value: "Disposed",
    Reason.REMOVED.value: "Vendor Returns",
    Reason.TRANSFERRED.value: "Warehouse Transfer In/Out",
}
_OTHER = "Other Events"

_ADJUSTMENTS = "Adjustments"
_EVENTS = {
    Reason.RECEIVED.value: "Receipts",
    Reason.SHIPPED.value: "Shipments",
    Reason.RETURNED.value: "CustomerReturns",
    Reason.REMOVED.value: "VendorReturns",
    Reason.TRANSFERRED.value: "WhseTransfers",
}
EVENTS = (_ADJUSTMENTS, "CustomerReturns", "Receipts", "Shipments", "VendorReturns", "WhseTransfers")


class _Named(NamedTuple):
    """A SKU as the ledger names it."""

    sku: str
    fnsku: str
    asin: str
    title: str


class _Account(msgspec.Struct):
    """What there was of a SKU somewhere when the report's time began, and what happened in each period."""

    sku: str
    location: str
    opening: Counter[str]
    moved: dict[date, dict[str, Counter[str]]]
    """By period and disposition: units by column."""
    transit_before: int = 0
    transit: dict[date, int] = {}


class _Line(NamedTuple):
    named: _Named
    period: str
    disposition: str
    before: int
    moved: Counter[str]
    in_transit: int
    location: str


class _Event(NamedTuple):
    named: _Named
    step: Step

    @property
    def country(self) -> str:
        """Where it happened."""
        return _located(self.step, _COUNTRY)


def _located(step: Step, by: str) -> str:
    """The center in which units moved, or its country."""
    code = step.center or ""
    return code if by == _CENTER or not code else center(code).country_code


def _moved(column: str) -> Cell[_Line]:
    return lambda line: str(line.moved[column])


_SUMMARY: Columns[_Line] = {
    "Date": lambda line: line.period,
    "FNSKU": lambda line: line.named.fnsku,
    "ASIN": lambda line: line.named.asin,
    "MSKU": lambda line: line.named.sku,
    "Title": lambda line: line.named.title,
    "Disposition": lambda line: line.disposition,
    "Starting Warehouse Balance": lambda line: str(line.before),
    "In Transit Between Warehouses": lambda line: str(line.in_transit),
    "Receipts": _moved("Receipts"),
    "Customer Shipments": _moved("Customer Shipments"),
    "Customer Returns": _moved("Customer Returns"),
    "Vendor Returns": _moved("Vendor Returns"),
    "Warehouse Transfer In/Out": _moved("Warehouse Transfer In/Out"),
    "Found": _moved("Found"),
    "Lost": _moved("Lost"),
    "Damaged": _moved("Damaged"),
    "Disposed": _moved("Disposed"),
    _OTHER: _moved(_OTHER),
    "Ending Warehouse Balance": lambda line: str(line.before + line.moved.total()),
    "Unknown Events": _moved("Unknown Events"),
    "Location": lambda line: line.location,
}


@report(
    "GET_LEDGER_SUMMARY_VIEW_DATA",
    window=_MONTHS_18,
    empty=Empty.HEADER,
    options={_BY_LOCATION: (_COUNTRY, _CENTER), _BY_PERIOD: (_DAY, _WEEK, _MONTH), **_ONE},
    repeats=DAILY,
)
def summary(unit: UnitOfWork, asked: Asked) -> Rows:
    """The balances of each SKU by period and disposition; a period in which there was nothing has no row."""
    return table(_SUMMARY, _lines(unit, asked), is_quoted=True)


def _lines(unit: UnitOfWork, asked: Asked) -> Iterator[_Line]:
    by = asked.options.get(_BY_PERIOD, _MONTH)
    accounts = _accounts(unit, asked, by)
    while page := list(islice(accounts, _PAGE)):
        names = _names(unit, asked, [account.sku for account in page])
        for account in page:
            named = names[account.sku]
            if _is_wanted(named, asked):
                yield from _of_account(account, named, asked, by)


def _accounts(unit: UnitOfWork, asked: Asked, by: str) -> Iterator[_Account]:
    steps = steps_by_sku(unit, Place.FBA, until=asked.end, sku=asked.options.get("MSKU"))
    where = asked.options.get(_BY_LOCATION, _COUNTRY)
    for sku, of_sku in groupby(steps, key=attrgetter("sku")):
        accounts: dict[str, _Account] = {}
        for step in of_sku:
            location = _located(step, where)
            account = accounts.get(location)
            if account is None:
                account = accounts[location] = _Account(sku, location, Counter(), {}, transit={})
            _enter(account, step, asked.start, by)
        for location in sorted(accounts):
            yield accounts[location]


def _enter(account: _Account, step: Step, start: datetime, by: str) -> None:
    """What is set aside in its center lies there as before."""
    if step.reason == Reason.SET_ASIDE.value:
        return
    period = _first_day(step.at, by)
    disposition = DISPOSITIONS.get(step.condition)
    if disposition is None:
        if step.condition == Condition.TRANSSHIPMENT.value:
            if step.at < start:
                account.transit_before += step.units
            else:
                account.transit[period] = account.transit.get(period, 0) + step.units
    elif step.at < start:
        account.opening[disposition] += step.units
    else:
        moved = account.moved.setdefault(period, {}).setdefault(disposition, Counter())
        moved[_SUMS.get(step.reason, _OTHER)] += step.units


def _of_account(account: _Account, named: _Named, asked: Asked, by: str) -> Iterator[_Line]:
    balance, transit = Counter(account.opening), account.transit_before
    for period in _periods(asked.start, asked.end, by):
        moved = account.moved.get(period, {})
        transit += account.transit.get(period, 0)
        for disposition in sorted({*balance, *moved, *((Condition.SELLABLE.value,) if transit else ())}):
            of_it = moved.get(disposition, Counter())
            in_transit = transit if disposition == Condition.SELLABLE.value else 0
            if balance[disposition] or of_it or in_transit:
                before, location = balance[disposition], account.location
                yield _Line(named, _said(period, by), disposition, before, of_it, in_transit, location)
            balance[disposition] += of_it.total()


def _first_day(moment: datetime, by: str) -> date:
    day = moment.astimezone(UTC).date()
    if by == _MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if by == _WEEK else day


def _periods(start: datetime, end: datetime, by: str) -> Iterator[date]:
    day, last = _first_day(start, by), _first_day(end - timedelta(microseconds=1), by)
    while day <= last:
        yield day
        following = day + timedelta(days={_DAY: 1, _WEEK: 7, _MONTH: 32}[by])
        day = following.replace(day=1) if by == _MONTH else following


def _said(period: date, by: str) -> str:
    return f"{period:%m/%Y}" if by == _MONTH else f"{period:%m/%d/%Y}"


def _is_wanted(named: _Named, asked: Asked) -> bool:
    wanted = {"FNSKU": named.fnsku, "ASIN": named.asin, "MSKU": named.sku}
    return all(asked.options.get(option, value) == value for option, value in wanted.items())


class _Names:
    """What SKUs are called, remembered for a while: the same move again and again."""

    def __init__(self, unit: UnitOfWork, asked: Asked) -> None:
        self._unit, self._asked = unit, asked
        self._known: dict[str, _Named] = {}

    def of(self, skus: set[str]) -> dict[str, _Named]:
        """The names of some SKUs."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known |= _names(self._unit, self._asked, sorted(skus - self._known.keys()))
        return self._known


def _names(unit: UnitOfWork, asked: Asked, skus: list[str]) -> dict[str, _Named]:
    """A SKU that is listed no more keeps its FNSKU."""
    known = listed(unit, asked, skus)
    return {
        sku: _Named(sku, one.record.fnsku or fnsku_of(unit, sku), one.record.asin or "", one.title)
        if (one := known.get(sku)) is not None
        else _Named(sku, fnsku_of(unit, sku), "", "")
        for sku in skus
    }


def _reason(event: _Event) -> str:
    """The code of an adjustment.

    Assumed: a count that found more, or fewer, is the correction of a discrepancy, 1 or 2; what expired is 7.
    """
    rises = event.step.units > 0
    codes = {
        Reason.LOST.value: "M",
        Reason.FOUND.value: "F",
        Reason.DISPOSED.value: "D",
        Reason.EXPIRED.value: "7",
        Reason.DAMAGED.value: "P" if rises else "E",
        Reason.ADJUSTED.value: "1" if rises else "2",
    }
    return codes.get(event.step.reason, "")


def _event_type(step: Step) -> str:
    return _EVENTS.get(step.reason, _ADJUSTMENTS)


def _reconciled(event: _Event) -> str:
    """Assumed: what is adjusted is paid for, or put right, at once, and so never left unreconciled."""
    return str(abs(event.step.units)) if _event_type(event.step) == _ADJUSTMENTS else "0"


_DETAIL: Columns[_Event] = {
    "Date": lambda event: f"{event.step.at:%m/%d/%Y}",
    "FNSKU": lambda event: event.named.fnsku,
    "ASIN": lambda event: event.named.asin,
    "MSKU": lambda event: event.named.sku,
    "Title": lambda event: event.named.title,
    "Event Type": lambda event: _event_type(event.step),
    "Reference ID": lambda event: event.step.reference,
    "Quantity": lambda event: str(event.step.units),
    "Fulfillment Center": lambda event: _located(event.step, _CENTER),
    "Disposition": lambda event: DISPOSITIONS[event.step.condition],
    "Reason": _reason,
    "Country": lambda event: event.country,
    "Reconciled Quantity": _reconciled,
    "Unreconciled Quantity": lambda _: "0",
    "Date and Time": lambda event: f"{event.step.at:%Y-%m-%dT%H:%M:%S}+0000",
}


@report(
    "GET_LEDGER_DETAIL_VIEW_DATA",
    window=_MONTHS_18,
    empty=Empty.CANCELLED,
    options={"eventType": EVENTS, **_ONE},
    repeats=DAILY,
)
def detail(unit: UnitOfWork, asked: Asked) -> Rows:
    """Each movement, the latest first."""
    return table(_DETAIL, _events(unit, asked), is_quoted=True)


def _events(unit: UnitOfWork, asked: Asked) -> Iterator[_Event]:
    wanted = asked.options.get("eventType")
    steps = (
        step
        for step in steps_backwards(unit, Place.FBA, asked.start, asked.end)
        if step.condition in DISPOSITIONS
        and step.reason != Reason.SET_ASIDE.value
        and (wanted is None or _event_type(step) == wanted)
    )
    known = _Names(unit, asked)
    while page := list(islice(steps, _PAGE)):
        names = known.of({step.sku for step in page})
        for step in page:
            if _is_wanted(names[step.sku], asked):
                yield _Event(names[step.sku], step)
