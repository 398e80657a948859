"""What inventory speaks of: places, conditions, stock and its movements."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec


class Place(StrEnum):
    """Where units lie. What a seller ships itself is one pool for all its marketplaces."""

    SELLER = "SELLER"
    FBA = "FBA"
    AWD = "AWD"
    """With Amazon in cartons, from which fulfillment centers are supplied."""


AMAZONS = frozenset({Place.FBA, Place.AWD})
"""Where Amazon keeps the units: each of them lies in one of its centers."""


class Condition(StrEnum):
    """Whether units can be sold, and if not, why: the breakdown that FBA reports.

    What is announced, on its way or looked for stands here as well: those units cannot be sold either, and they have
    their own entries in the ledger.
    """

    SELLABLE = "SELLABLE"
    CUSTOMER_DAMAGED = "CUSTOMER_DAMAGED"
    WAREHOUSE_DAMAGED = "WAREHOUSE_DAMAGED"
    DISTRIBUTOR_DAMAGED = "DISTRIBUTOR_DAMAGED"
    CARRIER_DAMAGED = "CARRIER_DAMAGED"
    DEFECTIVE = "DEFECTIVE"
    EXPIRED = "EXPIRED"
    INBOUND_WORKING = "INBOUND_WORKING"
    """Announced to Amazon."""
    INBOUND_SHIPPED = "INBOUND_SHIPPED"
    """On their way, under a tracking number."""
    INBOUND_RECEIVING = "INBOUND_RECEIVING"
    """Of a shipment that is being received."""
    TRANSSHIPMENT = "TRANSSHIPMENT"
    """On their way from one fulfillment center to another."""
    FC_PROCESSING = "FC_PROCESSING"
    """Put aside in a fulfillment center, to be measured or looked at."""
    RESEARCHING_SHORT = "RESEARCHING_SHORT"
    """Looked for since 1 to 10 days; then since 11 to 20, then since 21 to 30."""
    RESEARCHING_MID = "RESEARCHING_MID"
    RESEARCHING_LONG = "RESEARCHING_LONG"


INBOUND = frozenset({Condition.INBOUND_WORKING, Condition.INBOUND_SHIPPED, Condition.INBOUND_RECEIVING})
"""What has not come yet."""


RESEARCHED = (Condition.RESEARCHING_SHORT, Condition.RESEARCHING_MID, Condition.RESEARCHING_LONG)
"""What is looked for."""

AWAY = INBOUND | frozenset(RESEARCHED)
"""What is counted at a place and does not lie there: it has not come yet, or nobody knows where it is."""

DAMAGED = frozenset(
    {
        Condition.CUSTOMER_DAMAGED,
        Condition.WAREHOUSE_DAMAGED,
        Condition.DISTRIBUTOR_DAMAGED,
        Condition.CARRIER_DAMAGED,
        Condition.DEFECTIVE,
        Condition.EXPIRED,
    }
)
"""What lies there and cannot be sold."""


class Reason(StrEnum):
    """Why stock moved."""

    RECEIVED = "RECEIVED"
    RESERVED = "RESERVED"
    RELEASED = "RELEASED"
    SHIPPED = "SHIPPED"
    RETURNED = "RETURNED"
    """A buyer has sent them back."""
    LOST = "LOST"
    """Amazon does not know where they are."""
    FOUND = "FOUND"
    DAMAGED = "DAMAGED"
    """Amazon broke them: they are still there, in another condition."""
    EXPIRED = "EXPIRED"
    """They are too old to be sold: they are still there, in another condition."""
    DISPOSED = "DISPOSED"
    ADJUSTED = "ADJUSTED"
    """They were counted again."""
    ANNOUNCED = "ANNOUNCED"
    """The seller has told Amazon that they come."""
    SENT = "SENT"
    """They are on their way to Amazon, or at its door."""
    WITHDRAWN = "WITHDRAWN"
    """They were announced and will not come."""
    RESEARCHED = "RESEARCHED"
    """They are looked for, or were looked for."""
    WRITTEN_OFF = "WRITTEN_OFF"
    """They were lost, and looked for long enough."""
    TRANSFERRED = "TRANSFERRED"
    """They go from one center to another."""
    SET_ASIDE = "SET_ASIDE"
    """They are kept back in their center, or put on the shelf again."""
    REMOVED = "REMOVED"
    """They leave for the seller, or for whoever bought them in bulk."""


STAYING = frozenset({Reason.DAMAGED, Reason.EXPIRED, Reason.TRANSFERRED, Reason.SET_ASIDE})
"""Why units are in another condition, or in another center, that were with Amazon before."""


class Spot(NamedTuple):
    """In which condition units are at Amazon, and in which center; none is named where any will do."""

    condition: Condition
    center: str | None = None
    place: Place = Place.FBA
    """Follows from the center, where one is named."""


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
    center: str | None = None
    """In which of Amazon's centers; none for what the seller keeps, and for what was promised or set free."""


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """All that a place holds of a SKU, in whatever condition."""

    sku: str
    stocks: dict[Condition, Stock]
    moved_at: datetime | None
    """When any of it moved last, what is yet to come left aside."""

    def of(self, *conditions: Condition) -> int:
        """How many units are in one of these conditions, reserved ones included."""
        return sum(self.stocks[one].on_hand for one in conditions if one in self.stocks)

    @property
    def reserved(self) -> int:
        """How many units are promised to orders."""
        return sum(stock.reserved for stock in self.stocks.values())

    @property
    def fulfillable(self) -> int:
        """How many units can be promised to orders."""
        sellable = self.stocks.get(Condition.SELLABLE)
        return 0 if sellable is None else sellable.available

    @property
    def unsellable(self) -> int:
        """How many units lie there that cannot be sold."""
        return self.of(*DAMAGED)

    @property
    def set_aside(self) -> int:
        """How many units cannot be promised, as they are promised, on their way between centers, or looked at."""
        return self.reserved + self.of(Condition.TRANSSHIPMENT, Condition.FC_PROCESSING)

    @property
    def researched(self) -> int:
        """How many units are looked for."""
        return self.of(*RESEARCHED)

    @property
    def lying(self) -> int:
        """How many units lie there, whether anybody can have them or not."""
        return self.total - self.to_come - self.researched

    @property
    def to_come(self) -> int:
        """How many units have not come yet."""
        return self.of(*INBOUND)

    @property
    def total(self) -> int:
        """How many units there are in all, those to come included."""
        return self.of(*self.stocks)
