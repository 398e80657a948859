"""What buyers said of a seller that was not good: feedback of three stars and fewer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.feedback.model import GOOD, Feedback
from sellingpartner.market.feedback.questions import feedback_between
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import orders_by_id
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.orders.order_walks import PAGE
from sellingpartner.market.reports.kinds import Empty, Rows, Window, report
from sellingpartner.market.reports.writing.columns import Columns, nothing, table
from sellingpartner.market.reports.writing.values import zone_of
from sellingpartner.storage.unit import UnitOfWork

_DATES = {"US": "%m/%d/%y", "JP": "%y/%m/%d", "DE": "%d.%m.%y", "SE": "%Y-%m-%d"}
_USUAL = "%d/%m/%y"


class _Told(NamedTuple):
    said: Feedback
    order: Order


def _day(told: _Told) -> str:
    marketplace = MARKETPLACES[told.said.marketplace_id]
    local = told.said.left_at.astimezone(zone_of(marketplace.marketplace_id))
    return local.strftime(_DATES.get(marketplace.country_code, _USUAL))


# Differs: the head is in English everywhere; Amazon writes it in the language of the marketplace.
_COLUMNS: Columns[_Told] = {
    "Date": _day,
    "Rating": lambda told: str(told.said.rating),
    "Comments": lambda told: told.said.comment,
    # Differs: sellers answer feedback in Seller Central, which this market has no page for.
    "Response": nothing,
    "Order ID": lambda told: told.said.order_id,
    "Rater Email": lambda told: told.order.buyer.email or "",
}


@report("GET_SELLER_FEEDBACK_DATA", window=Window(), empty=Empty.HEADER)
def feedback(unit: UnitOfWork, asked: Asked) -> Rows:
    """Feedback by when it was left."""
    return table(_COLUMNS, _told(unit, asked))


def _told(unit: UnitOfWork, asked: Asked) -> Iterator[_Told]:
    found = feedback_between(unit, asked.marketplace_ids, asked.start, asked.end)
    bad = (one for one in found if one.rating < GOOD)
    while batch := list(islice(bad, PAGE)):
        orders = orders_by_id(unit, [one.order_id for one in batch])
        yield from (_Told(one, orders[one.order_id]) for one in batch)
