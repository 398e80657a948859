"""Zones, prices and promises, from the data alone."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec
import pytest
from shipper import MONDAY, WISH

from sellingpartner.market.amounts import Money
from sellingpartner.market.shipping.carriers.days import arrives_from, leaves_at, works_on
from sellingpartner.market.shipping.carriers.measures import Box, LengthUnit, named_box
from sellingpartner.market.shipping.carriers.services import carriers, find_service, offered_in
from sellingpartner.market.shipping.carriers.zones import Spot, zone_between
from sellingpartner.market.shipping.rating.eligibility import is_post_box
from sellingpartner.market.shipping.rating.quoting import quote
from sellingpartner.market.shipping.wishes import Experience
from sellingpartner.testing.world import ADDRESS

MICHIGAN = Spot(country="US", postal_code="48123", state="MI")


@pytest.mark.parametrize(
    ("end", "zone"),
    [
        (Spot(country="US", postal_code="48201", state="MI"), 1),
        (Spot(country="US", postal_code="44101", state="OH"), 3),
        (Spot(country="US", postal_code="97205", state="OR"), 7),
        (Spot(country="US", postal_code="33101", state="FL"), 6),
        (Spot(country="US", postal_code="99501", state="AK"), 9),
        (Spot(country="CA", postal_code="M5V", state="ON"), 1),
        (Spot(country="DE", postal_code="10115"), 2),
    ],
)
def test_zones_go_by_distance(end: Spot, zone: int) -> None:
    assert zone_between(MICHIGAN, end) == zone


def test_every_service_has_a_price_and_a_promise_that_grow_with_the_way() -> None:
    near, far = Spot(country="US", postal_code="48201", state="MI"), Spot(country="US", postal_code="97205", state="OR")
    for offered in offered_in("US"):
        close, wide = quote(offered, WISH, near, MONDAY), quote(offered, WISH, far, MONDAY)
        assert 0 < close.total.minor <= wide.total.minor, offered.service.service_id
        assert close.arrives.latest <= wide.arrives.latest, offered.service.service_id
        for promised in (close.arrives, wide.arrives):
            assert MONDAY < promised.earliest <= promised.latest, offered.service.service_id


def test_ids_of_services_and_forms_of_numbers_are_their_carriers_own() -> None:
    for country in {carrier.country for carrier in carriers()}:
        ids = [offered.service.service_id for offered in offered_in(country)]
        assert len(ids) == len(set(ids)), country
    assert len(offered_in("US")) > 50


def test_signature_and_insurance_beyond_the_minimum_cost_more() -> None:
    ground, end = find_service("US", "UPS_PTP_GND"), Spot(country="US", postal_code="97205", state="OR")
    assert ground is not None
    plain = quote(ground, WISH, end, MONDAY)
    signed = quote(ground, msgspec.structs.replace(WISH, experience=Experience.SIGNATURE), end, MONDAY)
    insured = quote(ground, msgspec.structs.replace(WISH, declared=Money(25_050, "USD")), end, MONDAY)

    assert signed.total - plain.total == Money(605, "USD")
    assert insured.total - plain.total == Money(2 * 135, "USD")
    assert (plain.insured, insured.insured) == (Money(10_000, "USD"), Money(25_050, "USD"))


@pytest.mark.parametrize(
    ("wanted", "leaves"),
    [
        ("2026-11-02T15:00:00+00:00", "2026-11-02T15:00:00+00:00"),  # Monday at ten in New York
        ("2026-11-02T23:00:00+00:00", "2026-11-03T15:00:00+00:00"),  # after the cut-off at five
        ("2026-11-07T15:00:00+00:00", "2026-11-09T15:00:00+00:00"),  # a Saturday
        ("2026-11-06T23:00:00+00:00", "2026-11-09T15:00:00+00:00"),  # Friday after the cut-off
    ],
)
def test_what_comes_after_the_cut_off_leaves_on_the_next_working_day(wanted: str, leaves: str) -> None:
    (ups,) = (carrier for carrier in carriers() if carrier.carrier_id == "UPS")

    assert leaves_at(ups, datetime.fromisoformat(wanted)) == datetime.fromisoformat(leaves)


def test_parcels_arrive_on_days_on_which_their_service_delivers() -> None:
    friday = date(2026, 11, 6)
    for offered in offered_in("US"):
        for days in (1, 2, 3):
            window = arrives_from(offered, friday, days)
            # In New York eight in the evening is the next day in UTC already.
            weekday = (window.latest.replace(tzinfo=None).toordinal() - (window.latest.hour < 8) + 6) % 7
            assert works_on(offered, weekday), (offered.service.service_id, days)


def test_the_weight_of_a_bulky_parcel_counts_as_more() -> None:
    ground, end = find_service("US", "UPS_PTP_GND"), Spot(country="US", postal_code="97205", state="OR")
    assert ground is not None
    bulky = Box(length=Decimal(80), width=Decimal(60), height=Decimal(50), unit=LengthUnit.CENTIMETERS)

    light = quote(ground, WISH, end, MONDAY)
    assert quote(ground, msgspec.structs.replace(WISH, box=bulky), end, MONDAY).total.minor > 2 * light.total.minor


def test_boxes_are_known_by_their_names_and_measured_in_centimeters() -> None:
    small = named_box("USPS_SmallFlatRateBox")
    assert small is not None
    assert small.sides == pytest.approx((21.8948, 13.6398, 4.0894))
    assert named_box("USPS_NoSuchBox") is None


@pytest.mark.parametrize("line", ["PO Box 12", "P.O. Box 12", "Post Office Box 3", "Postfach 1234", "Apartado 77"])
def test_boxes_in_post_offices_are_known_in_several_languages(line: str) -> None:
    assert is_post_box(msgspec.structs.replace(ADDRESS, line_1=line))
    assert not is_post_box(msgspec.structs.replace(ADDRESS, line_1="12 Box Elder Lane"))
