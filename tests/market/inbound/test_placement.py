"""Where units go: splits that differ, fees by size, and nothing lost on the way."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.market.centers.model import Capability, Center
from sellingpartner.market.centers.questions import nearest
from sellingpartner.market.inbound.items.unit_sizes import Unit, charges_in
from sellingpartner.market.inbound.placement.splits import Load, Proposal, Split, fee_of, proposals
from soak import examples

STANDARD = frozenset({Capability.STANDARD})
BULKY = frozenset({Capability.OVERSIZE})
DANGEROUS = frozenset({Capability.DANGEROUS_GOODS})
NEAR = nearest("US", "48123", state="MI")


def proposed(loads: list[Load], near: tuple[Center, ...] = NEAR, seed: int = 7) -> dict[Split, Proposal]:
    distances = [100.0 * (place + 1) for place in range(len(near))]
    return {one.split: one for one in proposals(Random(seed), loads, near, distances)}


def test_one_center_a_few_or_many_are_three_ways_to_split() -> None:
    found = proposed([Load(key="mug", count=100, takes=STANDARD)])

    assert len(found[Split.MINIMAL].shares) == 1
    assert len(found[Split.PARTIAL].shares) in {2, 3}
    assert len(found[Split.OPTIMIZED].shares) in {4, 5}


def test_what_is_too_little_to_be_split_is_offered_fewer_ways() -> None:
    assert set(proposed([Load(key="box", count=1, takes=STANDARD)])) == {Split.MINIMAL}
    assert set(proposed([Load(key="box", count=3, takes=STANDARD)])) == {Split.MINIMAL, Split.PARTIAL}


def test_boxes_that_differ_are_spread_as_those_that_are_alike() -> None:
    loads = [Load(key=f"box {number}", count=1, takes=STANDARD) for number in range(10)]

    shares = proposed(loads)[Split.OPTIMIZED].shares

    counts = [sum(share.counts.values()) for share in shares]
    assert max(counts) - min(counts) <= 1


def test_a_country_that_charges_nothing_is_offered_one_center() -> None:
    near = nearest("DE", "10115")

    assert set(proposed([Load(key="mug", count=100, takes=STANDARD)], near)) == {Split.MINIMAL}
    assert not charges_in("DE")


def test_the_fee_follows_from_the_size_of_a_unit_and_the_split() -> None:
    mug, chair = Unit((120.0, 100.0, 90.0), 400.0), Unit((900.0, 600.0, 500.0), 9000.0)
    tank = Unit((3000.0, 900.0, 900.0), 90_000.0)

    assert fee_of("US", mug, Split.MINIMAL) > fee_of("US", mug, Split.PARTIAL) > 0
    assert fee_of("US", chair, Split.MINIMAL) > fee_of("US", mug, Split.MINIMAL)
    assert fee_of("US", mug, Split.OPTIMIZED) == 0
    assert fee_of("DE", mug, Split.MINIMAL) == 0
    assert fee_of("US", tank, Split.MINIMAL) == 0
    assert fee_of("US", None, Split.MINIMAL) == 25


def test_the_same_seed_chooses_the_same_centers_and_another_one_others() -> None:
    loads = [Load(key="mug", count=100, takes=STANDARD)]

    chosen = [
        {split: tuple(share.center for share in one.shares) for split, one in proposed(loads, seed=seed).items()}
        for seed in (*range(12), 0)
    ]

    assert chosen[0] == chosen[-1]
    assert len({str(one) for one in chosen}) > 3


COUNTS = st.lists(st.tuples(st.integers(1, 60), st.sampled_from([STANDARD, BULKY, DANGEROUS])), min_size=1, max_size=12)


@settings(max_examples=examples(150))
@given(COUNTS, st.integers(0, 10_000))
def test_every_split_has_all_there_is_in_centers_that_take_it(
    counts: list[tuple[int, frozenset[Capability]]], seed: int
) -> None:
    loads = [Load(key=str(place), count=count, takes=takes) for place, (count, takes) in enumerate(counts)]
    takes_of = {one.code: one.takes for one in NEAR}

    for proposal in proposed(loads, seed=seed).values():
        dealt: Counter[str] = Counter()
        for share in proposal.shares:
            assert share.counts
            for key, count in share.counts.items():
                assert count > 0
                assert loads[int(key)].takes <= takes_of[share.center]
                dealt[key] += count
        assert dealt == {load.key: load.count for load in loads}
