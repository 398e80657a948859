"""The space that a SKU's units took in AWD in a month, on average, center by center.

Assumed: a unit takes its share of the case in which the last units of its SKU came to the center.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sellingpartner.market.distribution.lots import latest_lots
from sellingpartner.market.distribution.model import Policy
from sellingpartner.market.distribution.rules import region_of
from sellingpartner.market.distribution.store import policies_of
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import steps_by_sku
from sellingpartner.storage.unit import UnitOfWork


class Used(NamedTuple):
    """Space that was used."""

    sku: str
    region: str
    volume_mm3: Decimal
    is_automatic: bool
    """Whether AWD replenishes FBA with the SKU by itself."""


def spaces_used(unit: UnitOfWork, begins: datetime, ends: datetime) -> Iterator[Used]:
    """The average space of each SKU in each center between two moments."""
    seconds: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for step in steps_by_sku(unit, Place.AWD, until=ends):
        if step.center is not None:
            # Each movement counts from when it happened, or from the beginning, until the end.
            lasts = (ends - max(step.at, begins)).total_seconds()
            seconds[step.sku, step.center] += step.units * Decimal(lasts)
    whole, said, lots = Decimal((ends - begins).total_seconds()), policies_of(unit), latest_lots(unit)
    for (sku, center), units in sorted(seconds.items()):
        lot = lots.get((sku, center))
        if units > 0 and lot is not None:
            policy = said.get(sku, Policy(sku=sku))
            yield Used(sku, region_of(center), units / whole * lot.unit_volume, policy.is_automatic)
