"""What reports about whole periods say of their time: dates alone, by the clock of the marketplace."""

from __future__ import annotations

from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.kinds import UNAVAILABLE, ReportUnavailable
from sellingpartner.market.reports.making import UNMAKEABLE
from sellingpartner.market.traffic.calendar import Period, Stretch, divided, is_whole, today_in


def one_marketplace(asked: Asked) -> str:
    """The one marketplace that the report is about; raises `ReportUnavailable` for several."""
    if len(asked.marketplace_ids) > 1:
        raise ReportUnavailable(UNMAKEABLE)
    return asked.marketplace_id


def stretch_of(asked: Asked) -> Stretch:
    """The days that were asked for; the time of day is ignored."""
    return Stretch(asked.start.date(), asked.end.date())


def whole_periods(asked: Asked, period: Period, *, most: int | None = None) -> Stretch:
    """The days that were asked for, if they are whole periods that are over; raises `ReportUnavailable`."""
    stretch = stretch_of(asked)
    if not is_whole(stretch, period):
        raise ReportUnavailable(UNMAKEABLE)
    if most is not None and len(divided(stretch, period)) > most:
        raise ReportUnavailable(UNMAKEABLE)
    if stretch.last >= today_in(asked.marketplace_id, asked.at):
        raise ReportUnavailable(UNAVAILABLE)
    return stretch
