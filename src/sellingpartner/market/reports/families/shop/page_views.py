"""Page views of items of a product type, in Europe: of yesterday, or of some of the last seven days.

Differs: Amazon tells nothing of a type of which few units were sold in a marketplace; here every view is told of.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sellingpartner.market.catalog.questions import items_of
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.kinds import Empty, Listed, ReportUnavailable, Window, report
from sellingpartner.market.reports.making import UNMAKEABLE
from sellingpartner.market.reports.periods import stretch_of
from sellingpartner.market.traffic.calendar import Period, Stretch, bounds_of, divided, today_in
from sellingpartner.market.traffic.figures import Figures
from sellingpartner.market.traffic.results import visited
from sellingpartner.storage.unit import UnitOfWork

_MOST_DAYS = 7
_DAY = timedelta(days=1)
_COUNTRIES = ("BE", "DE", "ES", "FR", "GB", "IT", "NL", "PL", "SE")


@report(
    "MARKETPLACE_ASIN_PAGE_VIEW_METRICS",
    window=Window(default_days=1),
    empty=Empty.CANCELLED,
    options={"productType": None},
    countries=_COUNTRIES,
)
def page_views(unit: UnitOfWork, asked: Asked) -> Listed:
    """How often each item was looked at on each day."""
    if not asked.options.get("productType"):
        raise ReportUnavailable(UNMAKEABLE)
    head = {
        "reportSpecification": {
            "reportType": asked.report_type,
            "reportOptions": dict(asked.options),
            "dataStartTime": asked.start.date(),
            "dataEndTime": asked.end.date(),
            "marketplaceIds": list(asked.marketplace_ids),
        }
    }
    return Listed(head, "marketplaceAsinPageViewMetrics", _rows(unit, asked))


def _rows(unit: UnitOfWork, asked: Asked) -> Iterator[Figures]:
    for marketplace_id in asked.marketplace_ids:
        stretch = _days(asked, marketplace_id)
        for day in () if stretch is None else divided(stretch, Period.DAY):
            yield from _on(unit, marketplace_id, day, asked.options["productType"])


def _days(asked: Asked, marketplace_id: str) -> Stretch | None:
    """The days that were asked for and are over; None if they are too many, or too long ago."""
    stretch, today = stretch_of(asked), today_in(marketplace_id, asked.at)
    whole = Stretch(stretch.first, min(stretch.last, today - _DAY))
    is_recent = today - whole.first <= _MOST_DAYS * _DAY
    return whole if is_recent and 1 <= whole.days <= _MOST_DAYS else None


def _on(unit: UnitOfWork, marketplace_id: str, day: Stretch, product_type: str) -> Iterator[Figures]:
    begins, ends = bounds_of(marketplace_id, day)
    seen = {asin: counts.every.views for asin, counts in visited(unit, marketplace_id, day).items()}
    items = items_of(unit, list(seen))
    for asin, views in sorted(seen.items()):
        if views and asin in items and items[asin].product_type == product_type:
            yield {
                "startTime": begins,
                "endTime": ends,
                "marketplaceId": marketplace_id,
                "asin": asin,
                "pageViews": views,
            }
