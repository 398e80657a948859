"""The lifecycles of a fulfillment order and of its shipments, and what each policy does where units lack."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from sellingpartner.market.events.outbound import (
    FulfillmentBegun,
    FulfillmentCanceled,
    FulfillmentCompleted,
    FulfillmentPartlyCompleted,
    FulfillmentPlanned,
    FulfillmentShipmentDropped,
    FulfillmentShipped,
    FulfillmentUnfulfillable,
)
from sellingpartner.market.time.lifecycle import Lifecycle
from sellingpartner.storage.events import Event


class FulfillmentStatus(StrEnum):
    """Where a fulfillment order stands."""

    RECEIVED = "Received"
    PLANNING = "Planning"
    PROCESSING = "Processing"
    COMPLETE = "Complete"
    COMPLETE_PARTIALLED = "CompletePartialled"
    CANCELED = "Cancelled"  # spelled as the API spells it
    UNFULFILLABLE = "Unfulfillable"
    INVALID = "Invalid"


# Assumed: an order is New for no time that anybody could see: it is validated as it comes in.
LIFECYCLE: Lifecycle[FulfillmentStatus] = {
    FulfillmentStatus.RECEIVED: {
        FulfillmentPlanned: FulfillmentStatus.PLANNING,
        FulfillmentCanceled: FulfillmentStatus.CANCELED,
        FulfillmentUnfulfillable: FulfillmentStatus.UNFULFILLABLE,
    },
    FulfillmentStatus.PLANNING: {
        FulfillmentBegun: FulfillmentStatus.PROCESSING,
        FulfillmentCanceled: FulfillmentStatus.CANCELED,
        FulfillmentUnfulfillable: FulfillmentStatus.UNFULFILLABLE,
    },
    FulfillmentStatus.PROCESSING: {
        FulfillmentCompleted: FulfillmentStatus.COMPLETE,
        FulfillmentPartlyCompleted: FulfillmentStatus.COMPLETE_PARTIALLED,
        FulfillmentUnfulfillable: FulfillmentStatus.UNFULFILLABLE,
    },
    FulfillmentStatus.COMPLETE: {},
    FulfillmentStatus.COMPLETE_PARTIALLED: {},
    FulfillmentStatus.CANCELED: {},
    FulfillmentStatus.UNFULFILLABLE: {},
    FulfillmentStatus.INVALID: {},
}

DEEDS: dict[type[Event], str] = {
    FulfillmentPlanned: "be planned",
    FulfillmentBegun: "be picked",
    FulfillmentCompleted: "be complete",
    FulfillmentPartlyCompleted: "be complete in part",
    FulfillmentCanceled: "be cancelled",
    FulfillmentUnfulfillable: "be given up as unfulfillable",
}
"""What becomes of a fulfillment order by each fact, as a refusal says it."""

OPEN = frozenset({FulfillmentStatus.RECEIVED, FulfillmentStatus.PLANNING, FulfillmentStatus.PROCESSING})
"""The states that lead on."""

CANCELABLE = frozenset({FulfillmentStatus.RECEIVED, FulfillmentStatus.PLANNING})
"""The states in which the seller may still take an order back, or change it."""


class ShipmentStatus(StrEnum):
    """Where a shipment of a fulfillment order stands."""

    PENDING = "PENDING"
    SHIPPED = "SHIPPED"
    CANCELED_BY_FULFILLER = "CANCELLED_BY_FULFILLER"
    CANCELED_BY_SELLER = "CANCELLED_BY_SELLER"


# Assumed: a seller cannot cancel an order that is picked, so that CANCELLED_BY_SELLER is not reached here.
SHIPMENT: Lifecycle[ShipmentStatus] = {
    ShipmentStatus.PENDING: {
        FulfillmentShipped: ShipmentStatus.SHIPPED,
        FulfillmentShipmentDropped: ShipmentStatus.CANCELED_BY_FULFILLER,
    },
    ShipmentStatus.SHIPPED: {},
    ShipmentStatus.CANCELED_BY_FULFILLER: {},
    ShipmentStatus.CANCELED_BY_SELLER: {},
}


class Action(StrEnum):
    """Whether a fulfillment order is to ship, or to wait for the word of its seller."""

    SHIP = "Ship"
    HOLD = "Hold"


class Policy(StrEnum):
    """What is to become of a fulfillment order of which not all units are there."""

    FILL_OR_KILL = "FillOrKill"
    FILL_ALL = "FillAll"
    FILL_ALL_AVAILABLE = "FillAllAvailable"


class Lack(StrEnum):
    """What is done where units lack."""

    REFUSE = "refuse"
    """The order is Invalid."""
    KILL = "kill"
    """The whole order is Unfulfillable."""
    CANCEL = "cancel"
    """All that has not left is canceled, as far as that can be."""
    WAIT = "wait"
    """The order waits for more units, for a day."""
    GIVE_UP = "give up"
    """Those units are unfulfillable; the others ship."""


class Rule(msgspec.Struct, frozen=True):
    """What a policy does where units lack, by when that is found."""

    at_first: Lack
    """As the order comes in."""
    before_picking: Lack
    """By the center, before any shipment is picked."""
    later: Lack


POLICIES: Mapping[Policy, Rule] = {
    Policy.FILL_OR_KILL: Rule(at_first=Lack.REFUSE, before_picking=Lack.KILL, later=Lack.CANCEL),
    Policy.FILL_ALL: Rule(at_first=Lack.WAIT, before_picking=Lack.WAIT, later=Lack.WAIT),
    Policy.FILL_ALL_AVAILABLE: Rule(at_first=Lack.GIVE_UP, before_picking=Lack.GIVE_UP, later=Lack.GIVE_UP),
}
