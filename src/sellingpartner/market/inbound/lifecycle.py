"""The lifecycles of a plan, its packing and placement options, its shipments, and of the operations on it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar


class PlanStatus(StrEnum):
    """Where a plan stands."""

    ACTIVE = "ACTIVE"
    SHIPPED = "SHIPPED"
    """All of its shipments have left."""
    VOIDED = "VOIDED"
    """Its seller gave it up."""
    ERRORED = "ERRORED"
    """It was never made: something is wrong with its items."""


PLAN: Mapping[PlanStatus, frozenset[PlanStatus]] = {
    PlanStatus.ACTIVE: frozenset({PlanStatus.SHIPPED, PlanStatus.VOIDED, PlanStatus.ERRORED}),
    PlanStatus.SHIPPED: frozenset(),
    PlanStatus.VOIDED: frozenset(),
    PlanStatus.ERRORED: frozenset(),
}


class PackingStatus(StrEnum):
    """Where a packing option stands."""

    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    EXPIRED = "EXPIRED"


# Assumed: packing options may be generated again until a placement is confirmed; those from before are over then, and
# so is the one that was confirmed.
PACKING: Mapping[PackingStatus, frozenset[PackingStatus]] = {
    PackingStatus.OFFERED: frozenset({PackingStatus.ACCEPTED, PackingStatus.EXPIRED}),
    PackingStatus.ACCEPTED: frozenset({PackingStatus.EXPIRED}),
    PackingStatus.EXPIRED: frozenset(),
}


class PlacementStatus(StrEnum):
    """Where a placement option stands. What is confirmed stays."""

    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    EXPIRED = "EXPIRED"


PLACEMENT: Mapping[PlacementStatus, frozenset[PlacementStatus]] = {
    PlacementStatus.OFFERED: frozenset({PlacementStatus.ACCEPTED, PlacementStatus.EXPIRED}),
    PlacementStatus.ACCEPTED: frozenset(),
    PlacementStatus.EXPIRED: frozenset(),
}


class ShipmentStatus(StrEnum):
    """Where a shipment stands."""

    UNCONFIRMED = "UNCONFIRMED"
    """Of a placement option that nobody has confirmed."""
    WORKING = "WORKING"
    READY_TO_SHIP = "READY_TO_SHIP"
    SHIPPED = "SHIPPED"
    IN_TRANSIT = "IN_TRANSIT"
    MIXED = "MIXED"
    """Some of its boxes have come, and others are still on their way."""
    DELIVERED = "DELIVERED"
    CHECKED_IN = "CHECKED_IN"
    RECEIVING = "RECEIVING"
    CLOSED = "CLOSED"
    CANCELED = "CANCELLED"
    DELETED = "DELETED"
    """Another placement option was confirmed."""
    ABANDONED = "ABANDONED"
    """Its placement option is over."""


_GIVEN_UP = ShipmentStatus.CANCELED

SHIPMENT: Mapping[ShipmentStatus, frozenset[ShipmentStatus]] = {
    ShipmentStatus.UNCONFIRMED: frozenset(
        {ShipmentStatus.WORKING, ShipmentStatus.DELETED, ShipmentStatus.ABANDONED, _GIVEN_UP}
    ),
    ShipmentStatus.WORKING: frozenset({ShipmentStatus.READY_TO_SHIP, _GIVEN_UP}),
    ShipmentStatus.READY_TO_SHIP: frozenset({ShipmentStatus.SHIPPED, _GIVEN_UP}),
    ShipmentStatus.SHIPPED: frozenset({ShipmentStatus.IN_TRANSIT, _GIVEN_UP}),
    ShipmentStatus.IN_TRANSIT: frozenset({ShipmentStatus.MIXED, ShipmentStatus.DELIVERED}),
    ShipmentStatus.MIXED: frozenset({ShipmentStatus.DELIVERED}),
    ShipmentStatus.DELIVERED: frozenset({ShipmentStatus.CHECKED_IN}),
    ShipmentStatus.CHECKED_IN: frozenset({ShipmentStatus.RECEIVING}),
    ShipmentStatus.RECEIVING: frozenset({ShipmentStatus.CLOSED}),
    ShipmentStatus.CLOSED: frozenset(),
    ShipmentStatus.CANCELED: frozenset(),
    ShipmentStatus.DELETED: frozenset(),
    ShipmentStatus.ABANDONED: frozenset(),
}


class OperationStatus(StrEnum):
    """Where an operation stands."""

    IN_PROGRESS = "IN_PROGRESS"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"


OPERATION: Mapping[OperationStatus, frozenset[OperationStatus]] = {
    OperationStatus.IN_PROGRESS: frozenset({OperationStatus.SUCCESS, OperationStatus.FAILED}),
    OperationStatus.SUCCESS: frozenset(),
    OperationStatus.FAILED: frozenset(),
}

State = TypeVar("State", bound=StrEnum)


def moved(lifecycle: Mapping[State, frozenset[State]], state: State, to: State) -> State:
    """The state that a thing is moved to.

    Whoever moves it has asked already whether that is possible: a way that the table does not hold is a defect.
    """
    if to not in lifecycle[state]:
        message = f"{state.value} does not lead to {to.value}."
        raise RuntimeError(message)
    return to
