"""Access points of Shipping v2: near an address, by kind, with their hours, and the same each time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from modeled import check_form
from postage import buys, ordered, rates, sold_elsewhere, tracked, tracking_of

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.shipping_v2 import (
    AccessPoint,
    AccessPointType,
    GetAccessPoints,
    ShippingBusinessId,
)
from sellingpartner.market.shipping.access_points.finding import all_points
from sellingpartner.market.shipping.access_points.places import places
from sellingpartner.market.shipping.questions import find_access_point
from sellingpartner.testing import TestMarket

US, UK, UAE, ES = (
    ShippingBusinessId.AMAZON_SHIPPING_US,
    ShippingBusinessId.AMAZON_SHIPPING_UK,
    ShippingBusinessId.AMAZON_SHIPPING_UAE,
    ShippingBusinessId.AMAZON_SHIPPING_ES,
)
COUNTER, LOCKER = AccessPointType.HELIX, AccessPointType.CORE_LOCKER


def near(
    market: TestMarket,
    postal_code: str = "EX4 6PA",
    country: str = "GB",
    kinds: tuple[AccessPointType, ...] = (COUNTER,),
    business: ShippingBusinessId | None = None,
) -> dict[str, list[AccessPoint]]:
    asked = GetAccessPoints(
        access_point_types=list(kinds),
        country_code=country,
        postal_code=postal_code,
        shipping_business_id=business,
    )
    return market.seller.send(asked).payload.access_points_map


def far(point: AccessPoint) -> float:
    assert point.accessibility_attributes is not None
    return float(point.accessibility_attributes.distance or "")


def test_those_of_a_kind_come_the_nearest_first_and_with_their_hours(market: TestMarket) -> None:
    found = near(market, kinds=(COUNTER, LOCKER))

    assert list(found) == ["HELIX", "CORE_LOCKER"]
    counters, lockers = found["HELIX"], found["CORE_LOCKER"]
    assert [far(one) for one in counters] == sorted(far(one) for one in counters)
    assert max(far(one) for one in counters + lockers) <= places().within_kilometers
    assert [float(one.score or "") for one in lockers] == sorted(float(one.score or "") for one in lockers)[::-1]
    assert {one.assistance_type for one in counters} == {"STAFF_ASSISTED"}
    assert {one.assistance_type for one in lockers} == {"SELF_ASSISTED"}
    first = counters[0]
    assert first.address is not None
    assert (first.address.city, first.address.country_code, first.timezone) == ("Exeter", "GB", "Europe/London")
    hours = first.standard_operating_hours or {}
    assert len(hours) == 7
    monday = hours["MONDAY"]
    assert monday.opening_time is not None
    assert monday.closing_time is not None
    assert (monday.opening_time.hour_of_day, monday.closing_time.hour_of_day) == (7, 22)


def test_the_same_ones_are_there_whenever_and_by_whomever_they_are_looked_for(market: TestMarket) -> None:
    found = near(market, kinds=(LOCKER,))
    market.advance(days=40)
    asked = GetAccessPoints(access_point_types=[LOCKER], country_code="GB", postal_code="EX4 6PA")
    other = market.caller(seller=market.join("Rival & Co")).send(asked).payload.access_points_map

    ids = [one.access_point_id for one in found["CORE_LOCKER"]]
    assert [one.access_point_id for one in other["CORE_LOCKER"]] == ids
    with TestMarket(seed=99) as elsewhere:
        assert [one.access_point_id for one in near(elsewhere, kinds=(LOCKER,))["CORE_LOCKER"]] != ids


def test_who_lives_beside_one_finds_it_first(market: TestMarket) -> None:
    for country, business in (("US", US), ("GB", UK), ("ES", ES)):
        for point in all_points(market.market.seed, country)[::7]:
            found = near(market, point.postal_code, country, (AccessPointType(point.kind),), business)[point.kind]
            mine = next(one for one in found if one.access_point_id == point.access_point_id)
            assert far(mine) < 1


def test_a_place_without_any_has_none(market: TestMarket) -> None:
    assert near(market, "KW17 2PL", kinds=(COUNTER, LOCKER)) == {"HELIX": [], "CORE_LOCKER": []}
    assert near(market, "ML1 1AA") == {"HELIX": []}  # beside Manchester in the alphabet alone
    assert near(market, "00000", "AE", business=UAE) == {"HELIX": []}
    assert near(market, kinds=(AccessPointType.DOBBY_LOCKER,)) == {"DOBBY_LOCKER": []}


def test_one_in_another_country_is_refused(market: TestMarket) -> None:
    with pytest.raises(InvalidInput) as refused:
        near(market, "98109", "US")

    assert refused.value.code == "InvalidRequest"
    assert refused.value.details == "countryCode 'US' is not of this shipping business, whose is 'GB'."
    assert near(market, "98109", "US", business=US)["HELIX"]


@pytest.mark.parametrize("code", ["", "???", "98109", "EX4 6PA\n;", "9" * 4000])
def test_what_is_no_postal_code_of_the_country_is_refused(market: TestMarket, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        near(market, code)
    assert refused.value.code in {"InvalidRequest", "InvalidInput"}


def test_a_counter_is_closed_on_its_countrys_days(market: TestMarket) -> None:
    market.advance(seconds=(datetime(market.now.year, 12, 1, tzinfo=UTC) - market.now).total_seconds())
    [first, *_] = near(market)["HELIX"]
    days = {one.date_range.start_date for one in first.exception_operating_hours or [] if one.date_range is not None}

    year = market.now.year
    assert days == {
        datetime(year, 12, 25, tzinfo=UTC),
        datetime(year, 12, 26, tzinfo=UTC),
        datetime(year + 1, 1, 1, tzinfo=UTC),
    }
    assert near(market, kinds=(LOCKER,))["CORE_LOCKER"][0].exception_operating_hours == []


def test_a_shop_in_spain_is_closed_around_noon(market: TestMarket) -> None:
    found = near(market, "28013", "ES", (AccessPointType.VALUE_3P,), ES)["3P"]

    hours = found[0].standard_operating_hours or {}
    closures = [(one.hour_of_day, one.minute_of_hour) for one in hours["MONDAY"].mid_day_closures or []]
    assert closures == [(14, 0), (17, 0)]
    assert "SUNDAY" not in hours


def test_an_access_point_is_known_by_its_id(market: TestMarket) -> None:
    [first, *_] = near(market)["HELIX"]

    with market.market.read(market.seller.seller_id) as unit:
        assert find_access_point(unit, first.access_point_id or "").name == first.name
        with pytest.raises(NotFound):
            find_access_point(unit, "nothing")


def test_the_answer_has_the_published_form(market: TestMarket) -> None:
    asked = {"accessPointTypes": "HELIX,CORE_LOCKER,3P", "countryCode": "GB", "postalCode": "M1 4BT"}
    shown = market.seller.call("GET", f"/shipping/v2/accessPoints?{urlencode(asked)}").json()

    check_form(shown, "shippingV2.json", "GetAccessPointsResponse")
    assert set(shown["payload"]["accessPointsMap"]) == {"HELIX", "CORE_LOCKER", "3P"}


def test_a_parcel_that_was_sold_elsewhere_goes_to_an_access_point(market: TestMarket) -> None:
    [first, *_] = near(market, "98109", "US", (COUNTER,), US)["HELIX"]
    said = sold_elsewhere() | {"destinationAccessPointDetails": {"accessPointId": first.access_point_id}}

    bought = buys(market.seller, said, "std-us-swa-mfn")

    market.advance(days=14)
    last = tracked(market.seller, tracking_of(bought), "AMZN_US").event_history[-1]
    assert last.location is not None
    assert first.address is not None
    assert (last.event_code, last.location.city) == ("Delivered", first.address.city)


def test_an_access_point_in_another_country_or_of_an_amazon_order_is_refused(market: TestMarket) -> None:
    [british, *_] = near(market)["HELIX"]
    [american, *_] = near(market, "98109", "US", (COUNTER,), US)["HELIX"]

    def why(said: dict[str, Any], access_point_id: str | None) -> str:
        with pytest.raises(InvalidInput) as refused:
            rates(market.seller, said | {"destinationAccessPointDetails": {"accessPointId": access_point_id}})
        return refused.value.details or ""

    assert "is in GB; shipTo is in US" in why(sold_elsewhere(), british.access_point_id)
    assert "There is no access point 'nothing'" in why(sold_elsewhere(), "nothing")
    assert "goes where its buyer wants it" in why(ordered(market), american.access_point_id)
