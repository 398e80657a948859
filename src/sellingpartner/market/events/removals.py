"""What happens to the units that a seller has removed from Amazon's warehouses."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sellingpartner.storage.events import Event


class RemovedUnits(NamedTuple):
    """Units of a SKU that left a warehouse for a removal order."""

    sku: str
    condition: str
    units: int


class RemovalRequested(Event):
    """A seller ordered that units be removed."""

    removal_id: str
    kind: str


class RemovalPlanned(Event):
    """Amazon knows from which centers the units of a removal order come."""

    removal_id: str
    kind: str


class RemovalBegun(Event):
    """The centers have begun to pick a removal order: it can no longer be canceled."""

    removal_id: str
    kind: str


class RemovalUnitsLeft(Event):
    """Units of a removal order left a center for the seller or a liquidator, or were destroyed there."""

    removal_id: str
    kind: str
    turn: int
    """How often units of the order left before."""
    requested_at: datetime
    center: str
    units: tuple[RemovedUnits, ...]


class RemovalCompleted(Event):
    """All of a removal order has left, or is known not to be there."""

    removal_id: str
    kind: str


class RemovalCanceled(Event):
    """A seller took a removal order back: what was put aside can be sold again."""

    removal_id: str
    kind: str
