"""Loads: units of many SKUs that come to Amazon, go on or leave together, all of them in a few statements.

Each load does what `move` does with one SKU, and leaves the same rows and the same facts behind. What the loads take
from is read first and held until the unit ends: if too few units of one of them are there, nothing has moved. None of
the loads of a call takes what another one of them brings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sellingpartner.market.inventory.errors import NotThere, TooFewUnits
from sellingpartner.market.inventory.holding import Parts, center_meant, located, most_first, put
from sellingpartner.market.inventory.lying import Lying, spread, take_all, units_lying
from sellingpartner.market.inventory.model import Reason, Spot
from sellingpartner.market.inventory.moving import change_of, checked, note
from sellingpartner.market.inventory.pools import Pool, available_in, lower_all, raise_all
from sellingpartner.market.skus import checked_sku
from sellingpartner.storage.unit import UnitOfWork


class Load(NamedTuple):
    """Units of a SKU that go together; without `start` they come to Amazon, without `end` they leave it."""

    sku: str
    units: int
    start: Spot | None
    end: Spot | None
    reason: Reason
    reference: str


def loads_of(
    units: Mapping[str, int], start: Spot | None, end: Spot | None, reason: Reason, reference: str
) -> list[Load]:
    """So many units of each SKU, all of them on the same way."""
    return [Load(sku, units[sku], start, end, reason, reference) for sku in sorted(units)]


class _Way(NamedTuple):
    """Which centers the units of a load leave, and to which they come."""

    load: Load
    left: Parts
    reached: Parts


class _Step(NamedTuple):
    """One entry of the ledger."""

    load: Load
    pool: Pool
    center: str
    change: int


def move_all(unit: UnitOfWork, loads: Iterable[Load]) -> list[Parts]:
    """Let loads go; returns of each, in the order in which they are given, which centers it left, or else came to.

    Where no center is named, units leave those that have the most, and stay in those that they left. Raises
    `TooFewUnits`, or `NotThere` if a center has not so many.
    """
    given = [_checked(load) for load in loads]
    if not given:
        return []
    free = _held(unit, given)
    order = sorted(range(len(given)), key=lambda place: given[place].sku)
    ways = dict(zip(order, _ways(unit, [given[place] for place in order], free), strict=True))
    steps = [step for place in order for step in _steps(ways[place])]
    _carry_out(unit, steps)
    _note(unit, steps)
    return [ways[place].left or ways[place].reached for place in range(len(given))]


def _checked(load: Load) -> Load:
    start, end = (None if spot is None else located(spot) for spot in (load.start, load.end))
    return load._replace(sku=checked_sku(load.sku), units=checked(load.units), start=start, end=end)


def _held(unit: UnitOfWork, loads: Sequence[Load]) -> dict[Pool, int]:
    """Hold what units are taken from, and what they come to; returns how many of each could be taken."""
    if all(load.start is None for load in loads):
        return {}
    return available_in(unit, [pool for load in loads for pool in _pools(load)], is_held=True)


def _ways(unit: UnitOfWork, loads: Sequence[Load], free: dict[Pool, int]) -> Iterator[_Way]:
    """How each load goes, one after the other; raises what the first one that cannot go would raise alone."""
    lying = units_lying(unit, [(load.sku, load.start.condition) for load in loads if load.start is not None])
    for load in loads:
        left = () if load.start is None else _left(load, load.start, free, lying)
        if load.end is None:
            yield _Way(load, left, ())
        elif load.start is not None and load.end.center is None and load.end.place is load.start.place:
            yield _Way(load, left, left)
        else:
            yield _Way(load, left, [(center_meant(unit, load.end.place, load.end.center), load.units)])


def _left(load: Load, start: Spot, free: dict[Pool, int], lying: Lying) -> Parts:
    """Out of which centers the units of a load go; they do not lie there any more."""
    pool = _pool(load.sku, start)
    available = free.get(pool, 0)
    if load.units > available:
        raise TooFewUnits(load.sku, start.condition, asked=load.units, available=available)
    free[pool] = available - load.units
    there = lying.of(load.sku, start.condition, start.place)
    if start.center is None:
        parts = spread(there, load.units, most_first(there))
    else:
        parts = [(start.center, min(there.get(start.center, 0), load.units))]
    found = sum(units for _, units in parts)
    if found < load.units:
        raise NotThere(load.sku, start.condition, asked=load.units, found=found, center=start.center)
    lying.take(load.sku, start.condition, parts)
    return parts


def _steps(way: _Way) -> Iterator[_Step]:
    load = way.load
    for spot, parts, sign in ((load.start, way.left, -1), (load.end, way.reached, 1)):
        if spot is not None:
            yield from (_Step(load, _pool(load.sku, spot), center, sign * units) for center, units in parts)


def _carry_out(unit: UnitOfWork, steps: Iterable[_Step]) -> None:
    """Change the pools, and then what lies in the centers."""
    lowered, raised = Counter[Pool](), Counter[Pool]()
    taken, brought = Counter[tuple[Pool, str]](), Counter[tuple[Pool, str]]()
    for step in steps:
        pools, centers = (lowered, taken) if step.change < 0 else (raised, brought)
        pools[step.pool] += abs(step.change)
        centers[step.pool, step.center] += abs(step.change)
    lower_all(unit, lowered)
    raise_all(unit, raised)
    take_all(unit, {(pool.sku, pool.condition, center): units for (pool, center), units in taken.items()})
    put(unit, {(pool.sku, pool.condition, center): units for (pool, center), units in brought.items()})


def _note(unit: UnitOfWork, steps: Sequence[_Step]) -> None:
    """Enter each step in the ledger; each says what could be promised after it."""
    available = available_in(unit, [step.pool for step in steps])
    for step in steps:
        available[step.pool] -= step.change
    for step in steps:
        available[step.pool] += step.change
        load, (sku, condition, place) = step.load, step.pool
        after = available[step.pool]
        fact = change_of(
            sku,
            place,
            load.reason,
            load.reference,
            after,
            condition=condition,
            on_hand=step.change,
            center=step.center,
        )
        note(unit, fact)


def _pools(load: Load) -> Iterator[Pool]:
    return (_pool(load.sku, spot) for spot in (load.start, load.end) if spot is not None)


def _pool(sku: str, spot: Spot) -> Pool:
    return Pool(sku, spot.condition, spot.place)
