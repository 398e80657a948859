"""The lifecycle of a removal order."""

from __future__ import annotations

from enum import StrEnum

from sellingpartner.market.events.removals import RemovalBegun, RemovalCanceled, RemovalCompleted, RemovalPlanned
from sellingpartner.market.time.lifecycle import Lifecycle


class RemovalStatus(StrEnum):
    """Where a removal order stands."""

    PENDING = "Pending"
    PLANNING = "Planning"
    PROCESSING = "Processing"
    COMPLETED = "Completed"
    CANCELED = "Cancelled"


LIFECYCLE: Lifecycle[RemovalStatus] = {
    RemovalStatus.PENDING: {RemovalPlanned: RemovalStatus.PLANNING, RemovalCanceled: RemovalStatus.CANCELED},
    RemovalStatus.PLANNING: {RemovalBegun: RemovalStatus.PROCESSING, RemovalCanceled: RemovalStatus.CANCELED},
    RemovalStatus.PROCESSING: {RemovalCompleted: RemovalStatus.COMPLETED},
    RemovalStatus.COMPLETED: {},
    RemovalStatus.CANCELED: {},
}
"""Assumed: an order can be taken back until the centers have begun to pick it."""

DEEDS = {
    RemovalPlanned: "be planned",
    RemovalBegun: "be picked",
    RemovalCompleted: "be completed",
    RemovalCanceled: "be canceled",
}

OPEN = frozenset({RemovalStatus.PENDING, RemovalStatus.PLANNING, RemovalStatus.PROCESSING})
"""The states in which units are still to leave."""
