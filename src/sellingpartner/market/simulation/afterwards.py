"""Which orders have a sequel, and when: drawn by the order, so that the same seed gives the same."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

_DAY_MINUTES = 24 * 60


def sequel_of(
    unit: UnitOfWork, purpose: str, order_id: str, *, one_in: int, soonest_days: int, days: int
) -> datetime | None:
    """When something comes of an order, some days from this moment; None for all orders but one of so many."""
    draw = number_of(unit.seed, unit.seller_id, purpose, order_id)
    if draw % one_in:
        return None
    return unit.now + timedelta(days=soonest_days, minutes=draw // one_in % (days * _DAY_MINUTES))
