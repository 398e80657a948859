"""Where units go: the ways in which a plan may be split over fulfillment centers, and what each costs.

One center costs a fee, two or three a smaller one, four or five none. What the fee is follows from the size of each
unit; sizes and fees are data (`placement.toml`).

Assumed: which centers are offered is drawn, the near ones rather than the far; no split is offered for which there are
not enough boxes, or units while none is packed, or centers in the country. Only the United States charge a fee;
elsewhere all goes to one center of the country for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from random import Random

import msgspec

from sellingpartner.market.centers.model import Capability, Center

_FARTHER = (1.0, 1.9)
"""By what luck makes a center seem farther than it is."""


class Split(StrEnum):
    """Over how many centers a plan is spread. The API does not say it: callers see it by fees and shipments."""

    MINIMAL = "MINIMAL"
    PARTIAL = "PARTIAL"
    OPTIMIZED = "OPTIMIZED"


_HOW_MANY = {Split.MINIMAL: (1, 1), Split.PARTIAL: (2, 3), Split.OPTIMIZED: (4, 5)}


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What can be split: so many boxes that are alike, or units of one item while nothing is packed."""

    key: str
    count: int
    takes: frozenset[Capability]
    """What a center must be able to take."""


class Share(msgspec.Struct, frozen=True):
    """What goes to a center: of each load how many."""

    center: str
    counts: dict[str, int]


class Proposal(msgspec.Struct, frozen=True):
    """A way to split a plan."""

    split: Split
    shares: tuple[Share, ...]


class Unit(msgspec.Struct, frozen=True):
    """How large a unit is: millimeters of its sides, and grams."""

    sides: tuple[float, float, float]
    grams: float


class _Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    grams: float
    minimal: int
    partial: int
    abandoned: int


class _Size(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    sides: tuple[float, float, float]
    """Millimeters, the longest first."""
    steps: tuple[_Step, ...]

    def step_of(self, unit: Unit) -> _Step | None:
        fits = all(side <= most for side, most in zip(sorted(unit.sides, reverse=True), self.sides, strict=True))
        return next((step for step in self.steps if unit.grams <= step.grams), None) if fits else None


@cache
def _sizes() -> dict[str, tuple[_Size, ...]]:
    path = files("sellingpartner.market.inbound") / "placement.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, tuple[_Size, ...]])


def charges_in(country: str) -> bool:
    """Whether a country charges for how a plan is split."""
    return country in _sizes()


def fee_of(country: str, unit: Unit | None, split: Split) -> int:
    """What a unit costs to be sent so, in minor units of the country's currency."""
    step = None if split is Split.OPTIMIZED else _step(country, unit)
    if step is None:
        return 0
    return step.minimal if split is Split.MINIMAL else step.partial


def abandoned_fee(country: str, unit: Unit | None) -> int:
    """What a unit costs that was to come and never did, in minor units of the country's currency."""
    step = _step(country, unit)
    return 0 if step is None else step.abandoned


def _step(country: str, unit: Unit | None) -> _Step | None:
    """Assumed: a unit whose size nobody knows is of the smallest; the largest cost nothing, as there is no fee."""
    sizes = _sizes().get(country, ())
    if unit is None and sizes:
        return sizes[0].steps[0]
    return None if unit is None else next(filter(None, (size.step_of(unit) for size in sizes)), None)


def proposals(
    luck: Random, loads: Sequence[Load], near: Sequence[Center], distances: Sequence[float]
) -> list[Proposal]:
    """The ways to split loads over centers, which come with their distances; empty if nobody takes what there is."""
    if not near or not loads:
        return []
    seeming = {one.code: far * luck.uniform(*_FARTHER) for one, far in zip(near, distances, strict=True)}
    ranked = sorted(near, key=lambda one: (seeming[one.code], one.code))
    splits = tuple(Split) if charges_in(near[0].country_code) else (Split.MINIMAL,)
    return list(_feasible(luck, loads, ranked, splits))


def _feasible(
    luck: Random, loads: Sequence[Load], ranked: Sequence[Center], splits: Sequence[Split]
) -> Iterator[Proposal]:
    needed = frozenset[Capability]().union(*(load.takes for load in loads))
    if any(not any(load.takes <= one.takes for one in ranked) for load in loads):
        return
    for split in splits:
        least, most = _HOW_MANY[split]
        wanted = min(luck.randint(least, most), len(ranked))
        # A center that takes all comes first: what one alone cannot take goes to the next that can, beside it.
        order = sorted(ranked, key=lambda one: not needed <= one.takes) if split is Split.MINIMAL else ranked
        shares = _dealt(loads, order[:wanted], ranked)
        if split is Split.MINIMAL or len(shares) >= least:
            yield Proposal(split, shares)


def _dealt(loads: Sequence[Load], chosen: Sequence[Center], ranked: Sequence[Center]) -> tuple[Share, ...]:
    """Deal loads out as evenly as whole boxes or units allow; the next load goes on where the last one ended."""
    counts: dict[str, dict[str, int]] = {}
    turn = 0
    for load in loads:
        takers = [one for one in chosen if load.takes <= one.takes]
        takers = takers or [next(one for one in ranked if load.takes <= one.takes)]
        each, left = divmod(load.count, len(takers))
        for place in range(len(takers)):
            taker = takers[(turn + place) % len(takers)]
            if share := each + (place < left):
                counts.setdefault(taker.code, {})[load.key] = share
        turn += left
    return tuple(Share(code, dealt) for code, dealt in counts.items())
