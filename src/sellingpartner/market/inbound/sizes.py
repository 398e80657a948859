"""How large and heavy a package is, as its seller says so, and in centimeters and kilograms."""

from __future__ import annotations

import msgspec

_CM_PER_INCH = 2.54
_KG_PER_POUND = 0.45359237


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """The outer measures of a package."""

    length: float
    width: float
    height: float
    unit: str
    """IN or CM."""

    @property
    def centimeters(self) -> tuple[float, float, float]:
        """Its sides, the longest first."""
        factor = _CM_PER_INCH if self.unit == "IN" else 1.0
        long, middle, short = sorted((self.length, self.width, self.height), reverse=True)
        return long * factor, middle * factor, short * factor


class Weight(msgspec.Struct, frozen=True, kw_only=True):
    """What a package weighs."""

    value: float
    unit: str
    """LB or KG."""

    @property
    def kilograms(self) -> float:
        """In kilograms."""
        return self.value * (_KG_PER_POUND if self.unit == "LB" else 1.0)
