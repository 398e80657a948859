"""Numbers that change at some moments, held against counting moment by moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.appointments.steps import Level, Steps, added, painted, summed

BEGIN = datetime(2026, 11, 2, tzinfo=UTC)
HOURS = 12
END = BEGIN + timedelta(hours=HOURS)


def at(hour: int) -> datetime:
    return BEGIN + timedelta(hours=hour)


@st.composite
def level(draw: st.DrawFn) -> Level:
    first = draw(st.integers(-3, HOURS + 2))
    return Level(at(first), at(draw(st.integers(first + 1, HOURS + 4))), draw(st.integers(1, 5)))


levels = st.lists(level(), max_size=8)


def counted(steps: Steps) -> list[int]:
    return [steps.least(at(hour), at(hour + 1)) for hour in range(HOURS)]


def over(hour: int, one: Level) -> bool:
    return one.starts_at <= at(hour) < one.ends_at


@given(levels)
def test_a_sum_is_what_is_there_at_each_moment(found: list[Level]) -> None:
    steps = summed(found, BEGIN, END)

    assert counted(steps) == [sum(one.units for one in found if over(hour, one)) for hour in range(HOURS)]


@given(levels)
def test_of_layers_the_last_one_is_seen(found: list[Level]) -> None:
    steps = painted([[one] for one in found], BEGIN, END)

    assert counted(steps) == [
        next((one.units for one in reversed(found) if over(hour, one)), 0) for hour in range(HOURS)
    ]


@given(levels, levels)
def test_what_is_left_is_never_less_than_nothing(there: list[Level], taken: list[Level]) -> None:
    whole, off = summed(there, BEGIN, END), summed(taken, BEGIN, END)

    left = counted(whole.without(off))

    assert left == [max(0, had - went) for had, went in zip(counted(whole), counted(off), strict=True)]
    assert counted(added(whole, off)) == [had + went for had, went in zip(counted(whole), counted(off), strict=True)]


@given(levels, st.integers(0, HOURS - 1), st.integers(1, HOURS))
def test_the_least_and_the_most_are_those_of_the_time_asked_for(found: list[Level], first: int, hours: int) -> None:
    steps, last = summed(found, BEGIN, END), min(first + hours, HOURS)
    seen = counted(steps)[first:last]

    assert (steps.least(at(first), at(last)), steps.most(at(first), at(last))) == (min(seen), max(seen))


@given(levels)
def test_levels_follow_one_another_and_differ(found: list[Level]) -> None:
    shown = list(summed(found, BEGIN, END).levels())

    assert (shown[0].starts_at, shown[-1].ends_at) == (BEGIN, END)
    for before, after in pairwise(shown):
        assert before.ends_at == after.starts_at
        assert before.units != after.units
