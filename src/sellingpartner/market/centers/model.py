"""What a center is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import msgspec


class Capability(StrEnum):
    """What a center takes."""

    STANDARD = "STANDARD"
    OVERSIZE = "OVERSIZE"
    DANGEROUS_GOODS = "DANGEROUS_GOODS"
    APPAREL = "APPAREL"


class CenterKind(StrEnum):
    """What a center is for."""

    FULFILLMENT = "FULFILLMENT"
    """It ships units to buyers."""
    BULK = "BULK"
    """It keeps cartons and sends them on to fulfillment centers: Amazon Warehousing and Distribution."""


class Point(NamedTuple):
    """A place on the earth, in degrees."""

    north: float
    east: float


class Center(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A building of Amazon's in which units lie."""

    code: str
    kind: CenterKind = CenterKind.FULFILLMENT
    country_code: str = ""
    address_line_1: str
    city: str
    state: str = ""
    postal_code: str
    latitude: float
    longitude: float
    time_zone: str
    takes: frozenset[Capability] = frozenset({Capability.STANDARD})

    @property
    def name(self) -> str:
        """As who sends something there writes it above the address."""
        return f"Amazon {self.code}"

    @property
    def point(self) -> Point:
        """Where it stands."""
        return Point(self.latitude, self.longitude)
