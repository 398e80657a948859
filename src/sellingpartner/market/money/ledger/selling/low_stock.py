"""Low stock: a unit that Amazon ships costs more while its SKU's stock has lasted for less than four weeks.

It counts if both the last 30 and the last 90 days say so; the longer of the two decides how much. New sellers are
spared, new SKUs are, and what hardly sells or is replenished out of Amazon's bulk storage.

Assumed: a seller is new for a year since it joined, a SKU for 180 days since its first units came; how long stock has
lasted is counted once a day, until the midnight (UTC) at which it began. Amazon counts once a week, and did so by
family until 2026.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.distribution.questions import policies_of
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import Turnover, stock_of, turnover_of
from sellingpartner.market.money.fees.low_stock import asks_for_stock, is_low, low_stock_fee
from sellingpartner.market.money.fees.model import Package
from sellingpartner.storage.unit import UnitOfWork

LOW_STOCK = "FBALowInventoryLevelFee"
_NEW_SELLER, _NEW_SKU = timedelta(days=365), timedelta(days=180)
_HARDLY_SELLS = 20
"""Of what fewer units left in a week, the fee is not asked."""


class Supply(NamedTuple):
    """How long a SKU's stock has lasted, and whether that costs something."""

    turnover: Turnover
    is_exempt: bool
    is_charged: bool

    @property
    def days(self) -> Decimal | None:
        """For how many days it has lasted, by what counts; None where nothing was sold."""
        known = [one for one in (self.turnover.short, self.turnover.long) if one is not None]
        return max(known) if known else None


class LowStock:
    """Who is spared the fee at a moment, in a marketplace."""

    def __init__(self, unit: UnitOfWork, marketplace_id: str, now: datetime) -> None:
        self._unit, self._marketplace_id, self._now = unit, marketplace_id, now
        self._is_new = now < seller_of(unit, unit.seller_id).joined_at + _NEW_SELLER

    @property
    def asks(self) -> bool:
        """Whether the marketplace charges for low stock, and this seller."""
        return not self._is_new and asks_for_stock(self._marketplace_id, self._now.date())

    def supply(self, sku: str, turnover: Turnover) -> Supply:
        """How long the stock of a SKU has lasted, and whether its units cost more for that."""
        is_exempt = self._is_spared(sku, turnover)
        found = Supply(turnover, is_exempt, is_charged=False)
        if is_exempt or not self.asks or found.days is None:
            return found
        return found._replace(is_charged=is_low(self._marketplace_id, found.days))

    def _is_spared(self, sku: str, turnover: Turnover) -> bool:
        came = turnover.first_came_at
        if self._is_new or turnover.units_of_week < _HARDLY_SELLS or came is None or self._now < came + _NEW_SKU:
            return True
        if not stock_of(self._unit, sku, Place.AWD).on_hand:
            return False
        said = policies_of(self._unit).get(sku)
        return said is None or said.is_automatic


def fee_for_low_stock(unit: UnitOfWork, sku: str, package: Package | None, marketplace_id: str) -> int:
    """What each unit of a SKU that leaves now costs more, in minor units."""
    rule = LowStock(unit, marketplace_id, unit.now)
    if package is None or not rule.asks:
        return 0
    supply = rule.supply(sku, turnover_of(unit, sku, unit.now))
    if not supply.is_charged or supply.days is None:
        return 0
    fee = low_stock_fee(marketplace_id, package, supply.days, unit.now.date())
    return 0 if fee is None else fee.minor
