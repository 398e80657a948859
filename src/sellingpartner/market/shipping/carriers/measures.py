"""How large and heavy a parcel is, in the units in which somebody said so and in centimeters and grams."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from math import ceil
from typing import NamedTuple

import msgspec

_PER_INCH = Decimal("2.54")
_PER_OUNCE = Decimal("28.349523125")
_OUNCES_IN_POUND = 16


class LengthUnit(StrEnum):
    """A unit of length."""

    INCHES = "inches"
    CENTIMETERS = "centimeters"


class WeightUnit(StrEnum):
    """A unit of weight."""

    OUNCES = "oz"
    GRAMS = "g"


class Sides(NamedTuple):
    """How long something is in each direction, in centimeters, the longest first."""

    long: float
    middle: float
    short: float

    @property
    def girth(self) -> float:
        """Length and girth together: what carriers limit."""
        return self.long + 2 * (self.middle + self.short)

    @property
    def volume(self) -> float:
        """In cubic centimeters."""
        return self.long * self.middle * self.short

    def fits(self, room: Sides) -> bool:
        """Whether it goes into something that has such sides within."""
        return self.long <= room.long and self.middle <= room.middle and self.short <= room.short


class Box(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The outer measures of a parcel; `name` is that of a carrier's box, if one was named."""

    length: Decimal
    width: Decimal
    height: Decimal
    unit: LengthUnit
    name: str | None = None

    @property
    def sides(self) -> Sides:
        """Its sides in centimeters."""
        factor = _PER_INCH if self.unit is LengthUnit.INCHES else Decimal(1)
        long, middle, short = sorted((self.length, self.width, self.height), reverse=True)
        return Sides(float(long * factor), float(middle * factor), float(short * factor))


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """The weight of a parcel."""

    value: Decimal
    unit: WeightUnit

    @property
    def grams(self) -> int:
        """In whole grams, rounded up."""
        return ceil(self.value * (_PER_OUNCE if self.unit is WeightUnit.OUNCES else 1))

    @property
    def told(self) -> str:
        """For people, in the units in which it was said: `1 lb 4 oz`, or `0.567 kg`."""
        if self.unit is WeightUnit.GRAMS:
            return f"{Decimal(self.grams) / 1000:.3f} kg"
        pounds, ounces = divmod(round(self.value, 2), _OUNCES_IN_POUND)
        parts = [f"{pounds:.0f} lb"] if pounds else []
        if ounces or not pounds:
            parts.append(f"{ounces.normalize():f} oz")
        return " ".join(parts)


@cache
def _named_boxes() -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    path = files("sellingpartner.market.shipping") / "data" / "boxes.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, tuple[Decimal, Decimal, Decimal]])


def named_box(name: str) -> Box | None:
    """A carrier's box by its name; its measures are inches."""
    found = _named_boxes().get(name)
    if found is None:
        return None
    length, width, height = found
    return Box(length=length, width=width, height=height, unit=LengthUnit.INCHES, name=name)
