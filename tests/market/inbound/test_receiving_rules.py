from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from sellingpartner.market.inbound.receiving.rules import Harm, found_after, harm_of, rules, time_of_way

MANY = 6000


def test_most_comes_whole_and_some_comes_short_damaged_or_over_as_often_as_the_table_says() -> None:
    drawn = [harm_of(Random(seed), 20) for seed in range(MANY)]
    luck = rules().luck

    assert sum(one.short > 0 for one in drawn) == pytest.approx(MANY / luck.short, rel=0.2)
    broken = [one.broken_by_carrier + one.broken_by_amazon + one.broken_before for one in drawn]
    assert sum(units > 0 for units in broken) == pytest.approx(MANY / luck.damaged, rel=0.2)
    assert sum(one.over > 0 for one in drawn) == pytest.approx(MANY / luck.over * (1 - 1 / luck.short), rel=0.2)
    assert max(one.short for one in drawn) == max(broken) == max(one.over for one in drawn) == luck.most_units
    for whose in (1, 2, 3):
        assert {one[whose] > 0 for one in drawn} == {True, False}
    assert not any(one.short and one.over for one in drawn)


@pytest.mark.parametrize("units", [0, 1, 3])
def test_no_more_is_missing_or_broken_than_there_is(units: int) -> None:
    assert max(harm_of(Random(seed), units).kept_off_the_shelf for seed in range(MANY)) == units


def test_one_of_some_that_are_missing_is_found_before_they_are_lost() -> None:
    drawn = [found_after(Random(seed)) for seed in range(MANY)]
    found = [one for one in drawn if one is not None]

    assert len(found) == pytest.approx(MANY / rules().research.one_is_found_of, rel=0.1)
    assert timedelta(0) < min(found) < max(found) < timedelta(days=rules().research.over)


def test_the_way_takes_longer_from_farther_away_on_pallets_and_from_abroad() -> None:
    near, far, farthest = (
        time_of_way(Random(1), kilometers, is_abroad=False, is_freight=False) for kilometers in (50, 3000, 90_000)
    )
    assert near < far < farthest
    assert time_of_way(Random(1), 50, is_abroad=False, is_freight=True) - near == timedelta(days=rules().way.freight)
    assert time_of_way(Random(1), 50, is_abroad=True, is_freight=False) > farthest
    assert Harm(short=1, broken_by_carrier=2, broken_by_amazon=3, broken_before=5, over=4).kept_off_the_shelf == 11
