"""Who carries what is sent to Amazon, and for how much."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.centers.questions import centers_of, first_center_of
from sellingpartner.market.inbound.sizes import Size, Weight
from sellingpartner.market.inbound.transport.carrying import (
    Load,
    Mode,
    Piece,
    Solution,
    fetched,
    freight_classes,
    offers,
)
from sellingpartner.market.shipping.carriers.zones import Spot

NOW = datetime(2026, 11, 30, 15, tzinfo=UTC)  # a Monday
BOX = Piece(size=Size(length=12, width=12, height=12, unit="IN"), weight=Weight(value=20, unit="LB"), quantity=3)
PALLET = Piece(size=Size(length=48, width=40, height=50, unit="IN"), weight=Weight(value=400, unit="LB"), quantity=2)
DETROIT = Spot(country="US", postal_code="48123", state="MI")
LOAD = Load(
    start=DETROIT,
    end=Spot(country="US", postal_code="60433", state="IL"),
    ready_at=NOW + timedelta(days=1),
    boxes=(BOX,),
)


def priced(load: Load, mode: Mode = Mode.PARCEL) -> list[int]:
    """What Amazon's partners take."""
    found = [one for one in offers(load, "USD", NOW) if one.solution is Solution.PARTNERED and one.mode is mode]
    return [one.cost.minor for one in found if one.cost is not None]


def test_boxes_cost_by_their_number_weight_and_way() -> None:
    (usual,) = priced(LOAD)

    twice = msgspec.structs.replace(LOAD, boxes=(msgspec.structs.replace(BOX, quantity=6),))
    heavy = msgspec.structs.replace(BOX, weight=Weight(value=45, unit="LB"))
    far = msgspec.structs.replace(LOAD, end=Spot(country="US", postal_code="92551", state="CA"))
    large = msgspec.structs.replace(BOX, size=Size(length=24, width=24, height=24, unit="IN"))
    assert priced(twice)[0] == pytest.approx(2 * usual, abs=1)  # each is rounded down
    assert priced(msgspec.structs.replace(LOAD, boxes=(heavy,)))[0] > usual
    assert priced(msgspec.structs.replace(LOAD, boxes=(large,)))[0] > usual
    assert priced(far)[0] > usual


@pytest.mark.parametrize(
    "box",
    [
        msgspec.structs.replace(BOX, weight=Weight(value=51, unit="LB")),
        msgspec.structs.replace(BOX, weight=Weight(value=0, unit="LB")),
        msgspec.structs.replace(BOX, size=None),
        msgspec.structs.replace(BOX, weight=None),
    ],
)
def test_boxes_that_are_too_heavy_or_of_which_something_is_unknown_have_no_price(box: Piece) -> None:
    assert priced(msgspec.structs.replace(LOAD, boxes=(BOX, box))) == []


def test_pallets_cost_by_their_class() -> None:
    by_class = {}
    for freight_class in freight_classes():
        load = msgspec.structs.replace(LOAD, pallets=(PALLET,), freight_class=freight_class)
        by_class[float(freight_class.removeprefix("FC_").replace("_", "."))] = priced(load, Mode.FREIGHT)[0]

    costs = [by_class[one] for one in sorted(by_class)]
    assert len(costs) == 18
    assert costs == sorted(costs)


def test_partners_do_not_cross_borders() -> None:
    abroad = msgspec.structs.replace(LOAD, start=Spot(country="CN", postal_code="200000"), pallets=(PALLET,))

    assert {one.solution for one in offers(abroad, "USD", NOW)} == {Solution.OWN}


def test_pallets_are_fetched_by_day_and_never_at_a_weekend() -> None:
    starts = [fetched(NOW + timedelta(hours=hours))[0] for hours in range(24 * 8)]

    assert all(at >= NOW + timedelta(hours=hours) for hours, at in enumerate(starts))
    assert {at.weekday() for at in starts} == {0, 1, 2, 3, 4}
    assert {at.hour for at in starts} == {8}


@pytest.mark.parametrize("country", sorted(country for country in BY_COUNTRY if centers_of(country)))
def test_who_sends_to_a_country_can_choose_a_carrier(country: str) -> None:
    there = first_center_of(country)
    end = Spot(country=country, postal_code=there.postal_code, state=there.state)

    found = offers(msgspec.structs.replace(LOAD, start=end, end=end), BY_COUNTRY[country].currency, NOW)

    assert {one.mode for one in found if one.solution is Solution.OWN} == {*Mode}
    assert all(one.cost is None or one.cost.minor > 0 for one in found)
