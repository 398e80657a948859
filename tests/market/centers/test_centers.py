"""Which centers there are, and which is near."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.centers.model import Capability, CenterKind
from sellingpartner.market.centers.questions import (
    bulk_centers_of,
    by_distance,
    center,
    center_codes,
    centers_of,
    first_center_of,
    kilometers,
    nearest,
    point_of,
)

COUNTRIES = sorted({one.country_code for one in MARKETPLACES.values()})


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_of_a_shop_has_centers_of_which_the_first_takes_all(country: str) -> None:
    there = centers_of(country)

    assert there
    assert there[0].takes == set(Capability)
    assert {one.country_code for one in there} == {country}
    assert {one.kind for one in there} == {CenterKind.FULFILLMENT}


def test_every_center_has_a_code_of_its_own_an_address_and_a_time_zone() -> None:
    for code in center_codes():
        one = center(code)

        assert code.isalnum()
        assert 4 <= len(code) <= 5
        assert all((one.address_line_1, one.city, one.postal_code, one.country_code))
        assert ZoneInfo(one.time_zone).key == one.time_zone
        assert one.name == f"Amazon {code}"
    assert 6 <= len(centers_of("US")) <= 8


def test_a_code_that_no_center_has_is_not_found() -> None:
    with pytest.raises(NotFound, match="'XXX9' is not the code"):
        center("XXX9")


@pytest.mark.parametrize("code", sorted(center_codes()))
def test_a_center_is_nearest_to_its_own_address(code: str) -> None:
    one = center(code)
    if one.kind is CenterKind.FULFILLMENT:
        assert nearest(one.country_code, one.postal_code, state=one.state)[0] is one


@pytest.mark.parametrize(
    ("country", "postal_code", "state", "code"),
    [
        ("US", "98101", "", "BFI4"),
        ("US", "10001-1234", "", "ABE8"),
        ("US", "", "FL", "TPA1"),
        ("US", "no code", "IL", "MDW2"),
        ("DE", "80331", "", "MUC3"),
        ("GB", "EH1 1YZ", "", "EDI4"),
        ("GB", "SW1A 1AA", "", "LTN4"),
        ("JP", "810-0001", "", "HSG1"),
        ("CA", "V6B 1A1", "", "YVR3"),
    ],
)
def test_the_nearest_comes_first(country: str, postal_code: str, state: str, code: str) -> None:
    assert nearest(country, postal_code, state=state)[0].code == code


def test_only_centers_that_take_it_and_are_not_left_out_are_near() -> None:
    near = nearest("US", "98101", takes=Capability.OVERSIZE)

    assert {one.code for one in near} == {one.code for one in centers_of("US") if Capability.OVERSIZE in one.takes}
    assert near[0].code == "PHX6"
    assert nearest("US", "98101", but={"BFI4"})[0].code != "BFI4"


def test_a_country_without_centers_has_none_near() -> None:
    assert centers_of("CN") == nearest("CN", "100000") == bulk_centers_of("SG") == ()


def test_what_keeps_cartons_ships_to_no_buyer() -> None:
    kept = bulk_centers_of("US")

    assert len(kept) == 4
    assert not {one.code for one in kept} & {one.code for one in centers_of("US")}
    assert first_center_of("US").code == "PHX6"


def test_centers_of_the_country_come_before_nearer_ones_abroad() -> None:
    seattle = point_of("US", "98101")

    assert by_distance({"YVR3", "TPA1", "BFI4"}, "US", seattle) == ["BFI4", "TPA1", "YVR3"]


def test_distances_are_those_of_the_earth() -> None:
    assert kilometers(point_of("FR", "75001"), point_of("FR", "75001")) == 0
    assert 3500 < kilometers(center("ONT8").point, center("ABE8").point) < 4100
