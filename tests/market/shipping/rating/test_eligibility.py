"""Each rule by which a service does not take a parcel, from the data alone."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from shipper import MONDAY, WISH

from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.shipping.carriers.measures import Box, LengthUnit, Weighed, WeightUnit
from sellingpartner.market.shipping.carriers.services import Group, find_service
from sellingpartner.market.shipping.rating.eligibility import Case, Reason, lateness_of, rejection_of
from sellingpartner.market.shipping.rating.quoting import quote
from sellingpartner.market.shipping.rating.ways import way_of
from sellingpartner.market.shipping.wishes import Experience, spot_of
from sellingpartner.testing.world import ADDRESS

LONG = Box(length=Decimal(280), width=Decimal(10), height=Decimal(10), unit=LengthUnit.CENTIMETERS)
THICK = Box(length=Decimal(150), width=Decimal(80), height=Decimal(80), unit=LengthUnit.CENTIMETERS)
TINY = Weighed(value=Decimal(5), unit=WeightUnit.GRAMS)
HEAVY = Weighed(value=Decimal(70_000), unit=WeightUnit.GRAMS)


def reason(
    service_id: str,
    *,
    address: Address = ADDRESS,
    wish: dict[str, Any] | None = None,
    **case: Any,  # noqa: ANN401 - fields of Case
) -> Reason | None:
    offered = find_service("US", service_id)
    assert offered is not None
    wanted = msgspec.structs.replace(WISH, **(wish or {}))
    quoted = quote(offered, wanted, spot_of(address), MONDAY)
    held = Case(way=way_of(wanted, spot_of(address)), address=address, **case)
    found = rejection_of(held, offered) or lateness_of(held, quoted)
    return None if found is None else found.reason


@pytest.mark.parametrize(
    ("service_id", "changed", "expected"),
    [
        ("UPS_PTP_GND", {}, None),
        ("UPS_PTP_GND", {"wish": {"weight": HEAVY}}, Reason.WEIGHT),
        ("UPS_PTP_SUREPOST_H", {"wish": {"weight": TINY}}, Reason.WEIGHT),
        ("UPS_PTP_GND", {"wish": {"box": LONG}}, Reason.SIZE),
        ("UPS_PTP_GND", {"wish": {"box": THICK}}, Reason.SIZE),
        ("USPS_PTP_PRI_SFRB", {}, Reason.SIZE),
        ("UPS_PTP_GND", {"wish": {"is_collected": True}}, Reason.OPTION),
        ("ONTRAC_MFN_GROUND", {"wish": {"experience": Experience.SIGNATURE}}, Reason.OPTION),
        ("UPS_PTP_GND", {"wish": {"experience": Experience.ADULT_SIGNATURE}}, None),
        ("UPS_PTP_GND", {"wish": {"declared": Money(6_000_000, "USD")}}, Reason.OPTION),
        ("UPS_PTP_GND", {"wish": {"declared": Money(1, "EUR")}}, Reason.OPTION),
        ("UPS_PTP_GND", {"wish": {"must_arrive_at": MONDAY + timedelta(days=1)}}, Reason.LATE),
        ("UPS_PTP_NEXT_DAY_AIR", {"wish": {"must_arrive_at": MONDAY + timedelta(hours=25)}}, None),
        ("UPS_PTP_GND", {"is_hazmat": True}, None),
        ("UPS_PTP_2ND_DAY_AIR", {"is_hazmat": True}, Reason.PRODUCTS),
        ("USPS_PTP_MM", {}, Reason.PRODUCTS),
        ("USPS_PTP_MM", {"groups": frozenset({Group.MEDIA})}, None),
        ("USPS_PTP_PSBN", {}, Reason.PROGRAM),
        ("FEDEX_PTP_GROUND", {}, Reason.NO_COVERAGE),
        ("FEDEX_PTP_GROUND", {"address": msgspec.structs.replace(ADDRESS, is_commercial=True)}, None),
        ("FEDEX_PTP_HOME_DELIVERY", {}, None),
        ("ONTRAC_MFN_GROUND", {"address": msgspec.structs.replace(ADDRESS, state_or_region="ME")}, Reason.NO_COVERAGE),
        ("DYNAMEX_PTP_SAME", {}, Reason.NO_COVERAGE),
        ("UPS_PTP_GND", {"address": msgspec.structs.replace(ADDRESS, state_or_region="AE")}, Reason.NO_COVERAGE),
        ("USPS_PTP_PRI_CUSTOMS", {"address": msgspec.structs.replace(ADDRESS, state_or_region="AE")}, None),
        ("USPS_PTP_PRI", {"address": msgspec.structs.replace(ADDRESS, state_or_region="GU")}, None),
        ("UPS_PTP_GND", {"address": msgspec.structs.replace(ADDRESS, country_code="DE")}, Reason.NO_COVERAGE),
        ("UPS_STANDARD_INTL", {"address": msgspec.structs.replace(ADDRESS, country_code="DE")}, None),
        ("UPS_PTP_GND", {"address": msgspec.structs.replace(ADDRESS, line_2="PO Box 9")}, Reason.POST_BOX),
        ("USPS_PTP_PRI", {"address": msgspec.structs.replace(ADDRESS, line_2="PO Box 9")}, None),
    ],
)
def test_a_service_takes_what_its_rules_let_it(
    service_id: str, changed: dict[str, Any], expected: Reason | None
) -> None:
    assert reason(service_id, **changed) is expected


def test_a_carrier_that_picks_up_does_so_nearby() -> None:
    near = msgspec.structs.replace(ADDRESS, state_or_region="MI", postal_code="48201")

    assert reason("DYNAMEX_PTP_SAME", address=near, wish={"is_collected": True}) is None
