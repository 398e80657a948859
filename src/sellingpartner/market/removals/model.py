"""What a removal order is. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.market.accounts.model import Address
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.removals.lifecycle import DEEDS, LIFECYCLE, OPEN, RemovalStatus
from sellingpartner.market.time.lifecycle import advance
from sellingpartner.storage.events import Event


class RemovalKind(StrEnum):
    """What becomes of the units, by the names of Amazon's reports."""

    RETURN = "Return"
    """They are sent to the seller."""
    DISPOSAL = "Disposal"
    """They are destroyed."""
    LIQUIDATION = "Liquidations"
    """They are sold to somebody who buys in bulk. Assumed: how the reports name it."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """How many units of a SKU a seller wants removed: of those that can be sold, and of those that cannot."""

    sku: str
    sellable: int = 0
    unsellable: int = 0


class NewRemoval(msgspec.Struct, frozen=True, kw_only=True):
    """A removal order as a seller hands it in."""

    kind: RemovalKind
    items: tuple[Wanted, ...]
    removal_id: str | None = None
    """The seller's own number of it; one is made up where it has none."""
    recipient: str = ""
    address: Address | None = None
    """Where returned units go; to the seller's business unless said."""
    notes: str = ""


class RemovalItem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Units of a SKU in one condition, and what became of them."""

    sku: str
    condition: Condition
    requested: int
    left: int = 0
    """How many were sent, or destroyed."""
    canceled: int = 0

    @property
    def in_process(self) -> int:
        """How many are still to leave."""
        return self.requested - self.left - self.canceled


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """Units of an item in a shipment."""

    sku: str
    condition: Condition
    units: int


class RemovalShipment(msgspec.Struct, frozen=True, kw_only=True):
    """Units that left a center for the seller."""

    shipped_at: datetime
    center: str
    carrier: str
    tracking_id: str
    packed: tuple[Packed, ...]


class RemovalOrder(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A removal order."""

    removal_id: str
    kind: RemovalKind
    status: RemovalStatus = RemovalStatus.PENDING
    requested_at: datetime
    updated_at: datetime
    items: list[RemovalItem]
    recipient: str = ""
    address: Address | None = None
    notes: str = ""
    shipments: list[RemovalShipment] = []
    turns: int = 0
    """How often units left."""

    @property
    def is_open(self) -> bool:
        """Whether units are still to leave."""
        return self.status in OPEN

    def move(self, fact: type[Event], at: datetime) -> None:
        """Change the status by a fact of the lifecycle; raises `IllegalTransition`."""
        subject = f"Removal order {self.removal_id}"
        self.status = advance(LIFECYCLE, self.status, fact, subject=subject, deed=DEEDS[fact])
        self.updated_at = at

    def pending(self, sku: str, conditions: Sequence[Condition]) -> int:
        """How many units of a SKU in some conditions are still to leave."""
        if not self.is_open:
            return 0
        return sum(item.in_process for item in self.items if item.sku == sku and item.condition in conditions)
