"""How large a unit is, by what the catalog says of its product, and what it costs for its size (`unit_sizes.toml`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.questions import items_of as products_of
from sellingpartner.storage.unit import UnitOfWork


class Unit(msgspec.Struct, frozen=True):
    """How large a unit is: millimeters of its sides, and grams."""

    sides: tuple[float, float, float]
    grams: float


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What units of a size cost up to a weight, in minor units of their country's currency."""

    grams: float
    minimal: int
    partial: int
    abandoned: int


class _Size(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    sides: tuple[float, float, float]
    """Millimeters, the longest first."""
    steps: tuple[Step, ...]

    def step_of(self, unit: Unit) -> Step | None:
        fits = all(side <= most for side, most in zip(sorted(unit.sides, reverse=True), self.sides, strict=True))
        return next((step for step in self.steps if unit.grams <= step.grams), None) if fits else None


@cache
def _sizes() -> dict[str, tuple[_Size, ...]]:
    path = files("sellingpartner.market.inbound.items") / "unit_sizes.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, tuple[_Size, ...]])


def size_of(unit: UnitOfWork, asin: str, marketplace_id: str) -> Unit | None:
    """How large a unit of a product is; None where nobody knows."""
    product = products_of(unit, [asin]).get(asin)
    return None if product is None else unit_of(product, marketplace_id)


def unit_of(product: Item, marketplace_id: str) -> Unit | None:
    """How large a unit of a product that was read already is; None where nobody knows."""
    package, weight = product.package_dimensions(marketplace_id), product.package_weight(marketplace_id)
    if package is None or weight is None:
        return None
    try:
        long, middle, short = (float(side.millimeters) for side in (package.length, package.width, package.height))
        return Unit((long, middle, short), float(weight.grams))
    except KeyError:  # a unit that is none
        return None


def charges_in(country: str) -> bool:
    """Whether a country charges for how a plan is split."""
    return country in _sizes()


def step_of(country: str, unit: Unit | None) -> Step | None:
    """What a unit costs; None where it costs nothing.

    Assumed: a unit whose size nobody knows is of the smallest; the largest cost nothing, as there is no fee.
    """
    sizes = _sizes().get(country, ())
    if unit is None and sizes:
        return sizes[0].steps[0]
    return None if unit is None else next(filter(None, (size.step_of(unit) for size in sizes)), None)


def abandoned_fee(country: str, unit: Unit | None) -> int:
    """What a unit costs that was to come and never did, in minor units of the country's currency."""
    step = step_of(country, unit)
    return 0 if step is None else step.abandoned
