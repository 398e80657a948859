"""How long stock at Amazon has lasted: what lay there of a SKU in the last days, by what left to buyers in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select

from sellingpartner.market.inventory.model import Condition, Place, Reason
from sellingpartner.market.inventory.tables import movements
from sellingpartner.storage.unit import UnitOfWork

SHORT, LONG, WEEK = 30, 90, 7
_at = movements.c
_DAY_SECONDS = Decimal(86400)


class Turnover(NamedTuple):
    """For how many days a SKU's stock has lasted at the pace of the last 30 and 90 days, and what left in a week."""

    short: Decimal | None
    """None where nothing left in those days."""
    long: Decimal | None
    units_of_week: int
    first_came_at: datetime | None
    """When units of it first came."""


class Lying:
    """Units that lie somewhere, told movement by movement: their average over the last so many days, and what left."""

    def __init__(self, now: datetime, days: int) -> None:
        self._now, self._since = now, now - timedelta(days=days)
        self._begins, self._units, self._unit_seconds, self.shipped = self._since, 0, Decimal(0), 0

    def add(self, moment: datetime, change: int, *, is_shipped: bool) -> None:
        """Count a movement."""
        self._lie_until(moment)
        self._units += change
        if is_shipped and moment >= self._begins:
            self.shipped -= change

    @property
    def lasts(self) -> Decimal | None:
        """For how many days the average stock would have lasted."""
        self._lie_until(self._now)
        return self._unit_seconds / (_DAY_SECONDS * self.shipped) if self.shipped > 0 else None

    def _lie_until(self, moment: datetime) -> None:
        if moment > self._since:
            self._unit_seconds += self._units * Decimal((moment - self._since).total_seconds())
            self._since = moment


class Counting:
    """The turnover of a SKU, told by all that ever moved of it."""

    def __init__(self, now: datetime) -> None:
        self._spans = {days: Lying(now, days) for days in (WEEK, SHORT, LONG)}
        self._came_at: datetime | None = None

    def add(self, moment: datetime, change: int, *, is_shipped: bool) -> None:
        """Count a movement of units that can be sold."""
        if self._came_at is None and change > 0:
            self._came_at = moment
        for span in self._spans.values():
            span.add(moment, change, is_shipped=is_shipped)

    @property
    def turnover(self) -> Turnover:
        """What that comes to."""
        return Turnover(self._spans[SHORT].lasts, self._spans[LONG].lasts, self._spans[WEEK].shipped, self._came_at)


def turnover_of(unit: UnitOfWork, sku: str, now: datetime) -> Turnover:
    """How long the units of a SKU that can be sold last at Amazon; what the transaction at hand moves is not in it."""
    mine = (
        _at.seller_id == unit.seller_id,
        _at.sku == sku,
        _at.place == Place.FBA.value,
        _at.condition == Condition.SELLABLE.value,
    )
    begins = now - timedelta(days=LONG)
    before = select(func.min(_at.moved_at).label("first"), func.sum(_at.on_hand_change).label("units"))
    earlier = unit.execute(before.where(*mine, _at.moved_at < begins, _at.on_hand_change != 0)).one()
    counting = Counting(now)
    if earlier.first is not None:
        counting.add(earlier.first, int(earlier.units), is_shipped=False)
    since = select(_at.moved_at, _at.on_hand_change, _at.reason).where(*mine, _at.moved_at >= begins)
    for row in unit.execute(since.order_by(_at.movement_id)):
        counting.add(row.moved_at, row.on_hand_change, is_shipped=row.reason == Reason.SHIPPED.value)
    return counting.turnover
