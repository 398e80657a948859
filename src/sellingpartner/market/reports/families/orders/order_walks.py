"""Orders as reports read them: page after page along an index, in the moment that the report tells of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import OrderFilter, Sorted, orders_like
from sellingpartner.market.reports.asked import Asked
from sellingpartner.storage.unit import UnitOfWork

PAGE = 500
LAST = timedelta(microseconds=1)
"""A list's bounds are inclusive, and a report ends before the first moment that it is not about."""


def bought(unit: UnitOfWork, asked: Asked) -> Iterator[Order]:
    """The orders that were placed in a report's time, the oldest first."""
    return orders_like(unit, _in_time(asked, Sorted.BY_PURCHASE))


def changed(unit: UnitOfWork, asked: Asked) -> Iterator[Order]:
    """The orders that changed last in a report's time, in the order of that."""
    return orders_like(unit, _in_time(asked, Sorted.BY_UPDATE))


def changed_since(
    unit: UnitOfWork, asked: Asked, start: datetime, *, channels: tuple[str, ...] = ()
) -> Iterator[Order]:
    """The orders that changed last at a moment or after it.

    What was paid or shipped in some time has changed since that time began: so these orders hold all of those.
    """
    wanted = OrderFilter(by=Sorted.BY_UPDATE, after=start, marketplace_ids=asked.marketplace_ids, channels=channels)
    return orders_like(unit, wanted)


def _in_time(asked: Asked, by: Sorted) -> OrderFilter:
    return OrderFilter(by=by, after=asked.start, before=asked.end - LAST, marketplace_ids=asked.marketplace_ids)
