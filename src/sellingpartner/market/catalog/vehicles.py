"""Cars and motorbikes that parts can be listed to fit: `vehicles.toml`.

Assumed: every marketplace knows the same vehicles, and they change with the program's version alone; the numbers are in
the form of Amazon's and of TecDoc's K types, and are made up.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

_FIRST_KTYPE, _FIRST_AMAZON_ID = 100_001, 20_000_001


class VehicleType(StrEnum):
    """What kind of vehicle."""

    CAR = "CAR"
    MOTORBIKE = "MOTORBIKE"


class Variant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An engine that a model comes with."""

    name: str
    energy: str
    kilowatts: int


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A model of a maker, from a month of a year until another one."""

    type: VehicleType
    make: str
    name: str
    body: str
    drive: str
    since: tuple[int, int]
    until: tuple[int, int] | None = None
    processed_on: date
    is_deleted: bool = False
    variants: tuple[Variant, ...]


class Vehicle(msgspec.Struct, frozen=True, kw_only=True):
    """A model with one of its engines, and its numbers."""

    number: int
    model: Model
    variant: Variant

    @property
    def ktype(self) -> str:
        """Its number among workshops."""
        return str(_FIRST_KTYPE + self.number)

    @property
    def amazon_id(self) -> str:
        """Its number at Amazon."""
        return str(_FIRST_AMAZON_ID + self.number)

    @property
    def processed_at(self) -> datetime:
        """When the catalog took it in as it is."""
        return datetime.combine(self.model.processed_on, time(), UTC)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    model: tuple[Model, ...]


@cache
def vehicles() -> tuple[Vehicle, ...]:
    """All of them, in the order of their numbers."""
    path = files("sellingpartner.market.catalog") / "vehicles.toml"
    models = msgspec.toml.decode(path.read_bytes(), type=_File).model
    pairs = [(model, variant) for model in models for variant in model.variants]
    return tuple(Vehicle(number=number, model=model, variant=variant) for number, (model, variant) in enumerate(pairs))


def vehicles_of(kind: VehicleType, *, updated_after: datetime | None = None) -> list[Vehicle]:
    """Those of a kind; if asked, those that were taken in, changed or deleted after a moment."""
    found = [one for one in vehicles() if one.model.type is kind]
    return [one for one in found if updated_after is None or one.processed_at > updated_after]
