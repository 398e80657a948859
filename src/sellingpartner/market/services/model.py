"""What a service is: how long it takes, where it is done, who can do it, and in which stores' areas."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Location(StrEnum):
    """Where a service is done."""

    IN_HOME = "IN_HOME"
    IN_STORE = "IN_STORE"
    ONLINE = "ONLINE"


class Scheduling(StrEnum):
    """What the slots that are shown are made from: what is still free, or working hours alone."""

    REAL_TIME = "REAL_TIME_SCHEDULING"
    WORKING_HOURS = "NON_REAL_TIME_SCHEDULING"


class Offering(msgspec.Struct, frozen=True, kw_only=True):
    """A SKU of a seller that is a service."""

    marketplace_id: str
    sku: str
    asin: str
    minutes: int = 60
    """How long an appointment takes, and how far apart appointments begin."""
    location: Location = Location.IN_HOME
    scheduling: Scheduling = Scheduling.REAL_TIME
    skills: tuple[str, ...] = ()
    store_ids: tuple[str, ...] = ()
    """In the areas of which stores it is offered."""
