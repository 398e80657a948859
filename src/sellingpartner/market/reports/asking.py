"""What may be asked of a report: its type, marketplaces, options and period, each checked before anything is queued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.contract.near import did_you_mean
from sellingpartner.contract.report_types import REPORT_TYPES, Origin
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.reports.kinds import ReportKind, Window, kind_of, why_not
from sellingpartner.market.reports.model import MadeBy, Wish
from sellingpartner.market.reports.refusals import NotInMarketplace, UnknownReportType, WrongOption, WrongPeriod
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.storage.unit import UnitOfWork

_MOST_SKEW = timedelta(minutes=2)
"""Assumed: a clock that is fast by up to two minutes may ask for a report until its own present."""


def made_kind(name: str) -> ReportKind:
    """A type that the market makes; raises `UnknownReportType`."""
    kind = kind_of(name)
    if kind is None:
        raise UnknownReportType(name).because(_why_not(name))
    return kind


def _why_not(name: str) -> str:
    if name not in REPORT_TYPES:
        return f"There is no report type {name[:100]}.{did_you_mean(name[:100], REPORT_TYPES)}"
    return f"Reports of the type {name} are not made here: {why_not(name)}."


def check_wish(
    unit: UnitOfWork,
    name: str,
    marketplace_ids: Sequence[str],
    options: Mapping[str, str],
    *,
    start: datetime | None,
    end: datetime | None,
    application_id: str,
) -> Wish:
    """A report that a seller asks for; raises what is wrong with it."""
    kind = made_kind(name)
    if Origin.REQUESTED not in kind.said.origin:
        how = "by a schedule" if Origin.SCHEDULED in kind.said.origin else "by Amazon alone; find it with getReports"
        raise UnknownReportType(name).because(f"Reports of the type {name} are made {how}.")
    check_where(unit, kind, marketplace_ids)
    checked = check_options(kind, options)
    began, ended = _period(unit, kind, kind.window_by(checked), start, end)
    return Wish(
        report_type=name,
        marketplace_ids=tuple(dict.fromkeys(marketplace_ids)),
        options=checked,
        start=began,
        end=ended,
        application_id=application_id,
    )


def check_console_wish(
    unit: UnitOfWork, name: str, marketplace_id: str, *, start: datetime | None, end: datetime | None
) -> Wish:
    """A report that a seller has made in Seller Central; raises what is wrong with it."""
    kind = made_kind(name)
    if not kind.is_of_console and Origin.REQUESTED not in kind.said.origin:
        raise UnknownReportType(name).because(f"Reports of the type {name} are not made in Seller Central.")
    check_where(unit, kind, [marketplace_id])
    began, ended = _period(unit, kind, kind.window, start, end)
    return Wish(
        report_type=name,
        marketplace_ids=(marketplace_id,),
        options={},
        start=began,
        end=ended,
        application_id="",
        made_by=MadeBy.AMAZON,
    )


def check_where(unit: UnitOfWork, kind: ReportKind, marketplace_ids: Sequence[str]) -> None:
    """Marketplaces that are the seller's, and that have such a report; raises what is wrong.

    Assumed: a report that exists in some countries alone is refused in any other one, as Amazon says of that on VAT
    invoices.
    """
    check_marketplaces(unit, unit.seller_id, marketplace_ids)
    if kind.countries is None:
        return
    for marketplace_id in marketplace_ids:
        if MARKETPLACES[marketplace_id].country_code not in kind.countries:
            raise NotInMarketplace(kind.name, marketplace_id, kind.countries)


def check_options(kind: ReportKind, options: Mapping[str, str]) -> dict[str, str]:
    """Options that a type knows; raises `WrongOption`.

    Assumed: an option that the report type does not know is refused, and not ignored.
    """
    for option, value in options.items():
        if option not in kind.options:
            known = ", ".join(sorted(kind.options)) or "none"
            raise WrongOption(f"reportOptions has {option[:60]!r}; {kind.name} knows {known}.")
        values = kind.options[option]
        if values is not None and value not in values:
            raise WrongOption(f"reportOptions.{option} is {value[:60]!r}; it must be one of {', '.join(values)}.")
    return dict(options)


def _period(
    unit: UnitOfWork, kind: ReportKind, window: Window | None, start: datetime | None, end: datetime | None
) -> tuple[datetime, datetime]:
    now = unit.now
    try:
        began = None if start is None else in_utc(start)
        ended = now if end is None else in_utc(end)
    except OutOfBounds as reason:
        raise WrongPeriod(str(reason)) from reason
    for name, moment in (("dataStartTime", began), ("dataEndTime", ended)):
        if moment is not None and moment > now + _MOST_SKEW:
            raise WrongPeriod(f"{name} is in the future; it must be no later than {now:%Y-%m-%dT%H:%M:%SZ}.")
    if began is not None and began > ended:
        raise WrongPeriod("dataStartTime is after dataEndTime; it must not be.")
    if window is None:
        return began or now, ended
    return _checked(kind, window, began, ended, now), ended


def _checked(kind: ReportKind, window: Window, began: datetime | None, ended: datetime, now: datetime) -> datetime:
    if began is None:
        if window.required:
            raise WrongPeriod(f"dataStartTime is missing; {kind.name} needs it.")
        return ended - timedelta(days=window.default_days)
    if window.most_days is not None and ended - began > timedelta(days=window.most_days):
        raise WrongPeriod(
            f"dataStartTime and dataEndTime are more than {window.most_days} days apart; {kind.name} covers no more."
        )
    if window.oldest_days is not None and began < now - timedelta(days=window.oldest_days):
        raise WrongPeriod(
            f"dataStartTime is more than {window.oldest_days} days ago; {kind.name} goes no further back."
        )
    return began
