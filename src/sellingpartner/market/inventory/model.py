"""What inventory speaks of: places, conditions, stock and its movements."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Place(StrEnum):
    """Where units lie. What a seller ships itself is one pool for all its marketplaces."""

    SELLER = "SELLER"
    FBA = "FBA"


class Condition(StrEnum):
    """Whether units can be sold, and if not, why: the breakdown that FBA reports."""

    SELLABLE = "SELLABLE"
    CUSTOMER_DAMAGED = "CUSTOMER_DAMAGED"
    WAREHOUSE_DAMAGED = "WAREHOUSE_DAMAGED"
    DISTRIBUTOR_DAMAGED = "DISTRIBUTOR_DAMAGED"
    CARRIER_DAMAGED = "CARRIER_DAMAGED"
    DEFECTIVE = "DEFECTIVE"
    EXPIRED = "EXPIRED"


class Reason(StrEnum):
    """Why stock moved."""

    RECEIVED = "RECEIVED"
    RESERVED = "RESERVED"
    RELEASED = "RELEASED"
    SHIPPED = "SHIPPED"
    ADJUSTED = "ADJUSTED"


class Stock(msgspec.Struct, frozen=True):
    """How many units there are, and how many of them are promised to orders."""

    on_hand: int = 0
    reserved: int = 0

    @property
    def available(self) -> int:
        """How many units can still be promised."""
        return self.on_hand - self.reserved


class Movement(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the ledger; the entries of a SKU sum to its stock."""

    movement_id: int
    sku: str
    condition: Condition
    place: Place
    on_hand_change: int
    reserved_change: int
    reason: Reason
    reference: str
    moved_at: datetime
