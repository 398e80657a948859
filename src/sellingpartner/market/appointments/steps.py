"""How many there are at each moment: numbers that change at some moments and stay the same in between.

Whole days of a year are hundreds of changes, so all of it is done in one walk along what is sorted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from heapq import heappop, heappush
from typing import NamedTuple


class Level(NamedTuple):
    """So many, from one moment to another."""

    starts_at: datetime
    ends_at: datetime
    units: int


class Steps:
    """What there is between two moments: `moments[i]` is where `units[i]` begins; nothing is known beyond the ends."""

    __slots__ = ("ends_at", "moments", "units")

    def __init__(self, moments: Sequence[datetime], units: Sequence[int], ends_at: datetime) -> None:
        self.moments, self.units, self.ends_at = moments, units, ends_at

    def least(self, begin: datetime, end: datetime) -> int:
        """The fewest that there are at any moment of a time that lies within."""
        return min(self._between(begin, end))

    def most(self, begin: datetime, end: datetime) -> int:
        """The most that there are at any moment of it."""
        return max(self._between(begin, end))

    def levels(self) -> Iterator[Level]:
        """All of it, in the largest pieces that are the same throughout."""
        begin, count = self.moments[0], self.units[0]
        for moment, units in zip(self.moments[1:], self.units[1:], strict=True):
            if units != count:
                yield Level(begin, moment, count)
                begin, count = moment, units
        yield Level(begin, self.ends_at, count)

    def without(self, *others: Steps) -> Steps:
        """What is left when others are taken off; never less than nothing."""
        moments = sorted({moment for each in (self, *others) for moment in each.moments})
        units = [max(0, self.at(one) - sum(other.at(one) for other in others)) for one in moments]
        return Steps(moments, units, self.ends_at)

    def at(self, moment: datetime) -> int:
        """How many there are at a moment of it."""
        return self.units[bisect_right(self.moments, moment) - 1]

    def _between(self, begin: datetime, end: datetime) -> Sequence[int]:
        first = bisect_right(self.moments, begin) - 1
        return self.units[first : max(bisect_left(self.moments, end), first + 1)]


def added(first: Steps, second: Steps) -> Steps:
    """What two are together, between the same moments."""
    moments = sorted({*first.moments, *second.moments})
    return Steps(moments, [first.at(one) + second.at(one) for one in moments], first.ends_at)


def summed(levels: Iterable[Level], begin: datetime, end: datetime) -> Steps:
    """What several levels are together, where they overlap."""
    changes: dict[datetime, int] = {begin: 0}
    for one in levels:
        starts_at, ends_at = max(one.starts_at, begin), min(one.ends_at, end)
        if starts_at < ends_at:
            changes[starts_at] = changes.get(starts_at, 0) + one.units
            if ends_at < end:
                changes[ends_at] = changes.get(ends_at, 0) - one.units
    moments, units, count = sorted(changes), [], 0
    for moment in moments:
        count += changes[moment]
        units.append(count)
    return Steps(moments, units, end)


def painted(layers: Sequence[Iterable[Level]], begin: datetime, end: datetime) -> Steps:
    """What layers show that are painted one over the other: wherever a later one is, it alone counts."""
    found = sorted(
        (max(one.starts_at, begin), -number, min(one.ends_at, end), one.units)
        for number, layer in enumerate(layers)
        for one in layer
        if one.starts_at < end and one.ends_at > begin
    )
    cuts = sorted({begin, *(one[0] for one in found), *(one[2] for one in found if one[2] < end)})
    on_top: list[tuple[int, datetime, int]] = []
    units, here = [], 0
    for cut in cuts:
        while here < len(found) and found[here][0] <= cut:
            _, number, until, count = found[here]
            heappush(on_top, (number, until, count))
            here += 1
        while on_top and on_top[0][1] <= cut:
            heappop(on_top)
        units.append(on_top[0][2] if on_top else 0)
    return Steps(cuts, units, end)
