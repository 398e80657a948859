"""Where units go: the ways in which a plan may be split over fulfillment centers, and what each costs.

One center costs a fee, two or three a smaller one, four or five none. What the fee is follows from the size of each
unit (`items/unit_sizes.py`).

Assumed: which centers are offered is drawn, the near ones rather than the far; no split is offered for which there are
not enough boxes, or units while none is packed, or centers in the country. Only the United States charge a fee;
elsewhere all goes to one center of the country for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from random import Random

import msgspec

from sellingpartner.market.centers.model import Capability, Center
from sellingpartner.market.inbound.items.unit_sizes import Unit, charges_in, step_of

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


def fee_of(country: str, unit: Unit | None, split: Split) -> int:
    """What a unit costs to be sent so, in minor units of the country's currency."""
    step = None if split is Split.OPTIMIZED else step_of(country, unit)
    if step is None:
        return 0
    return step.minimal if split is Split.MINIMAL else step.partial


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
