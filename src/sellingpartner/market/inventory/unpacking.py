"""What centers do with what comes: boxes are opened in some batches, and units are as they are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sellingpartner.market.inventory.loads import Load
from sellingpartner.market.inventory.model import Condition, Reason, Spot


def share(units: int, batch: int, batches: int) -> int:
    """How many of so many units are in a batch, of some that are about as large; the first batch is 0."""
    return units * (batch + 1) // batches - units * batch // batches


def unpacked(sku: str, came: Mapping[Condition, int], *, center: str, reference: str) -> Iterator[Load]:
    """Units that were being received are in the condition in which they were found."""
    start = Spot(Condition.INBOUND_RECEIVING, center)
    for condition, units in came.items():
        if units:
            yield Load(sku, units, start, Spot(condition, center), Reason.RECEIVED, reference)
