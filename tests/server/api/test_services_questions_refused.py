"""Lists, slots and services that cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from serviceman import ANN, MOUNTING, STORE, Serviceman, told, utc

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.refusals import NotBuyable
from sellingpartner.testing import TestMarket
from sellingpartner.testing.saying import US

TEN, ELEVEN = "2026-11-03T18:00", "2026-11-03T19:00"


@pytest.fixture
def seller(market: TestMarket) -> Serviceman:
    return Serviceman(market)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "Missing or invalid request parameters: [createdAfter, lastUpdatedAfter]"),
        (
            "&createdAfter=2026-11-01&lastUpdatedAfter=2026-11-01",
            "Missing or invalid request parameters: [createdAfter, lastUpdatedAfter]",
        ),
        ("&createdAfter=TEST_CASE_400", "createdAfter is not a valid ISO date/time object"),
        (
            "&createdAfter=2026-11-01&scheduleStartDate=2026-11-05&scheduleEndDate=2026-11-04",
            "scheduleEndDate should not be earlier than scheduleStartDate",
        ),
        ("&createdAfter=2026-11-01&pageToken=x", "Missing or invalid request parameters: [pageToken]"),
    ],
)
def test_a_list_of_nothing_that_can_be_is_refused(seller: Serviceman, query: str, message: str) -> None:
    refused = seller.post("GET", f"/serviceJobs?marketplaceIds={US}{query}")

    assert told(refused, "GetServiceJobsResponse") == (400, "InvalidInput", message)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("&endTime=2026-11-04T00:00:00Z", "Missing or invalid request parameters: [startTime]"),
        (
            "&startTime=2026-11-04T00:00:00Z&endTime=20-21-04-04T01:00:00Z",
            "Range End Time is not a valid ISO date/time object",
        ),
        (
            "&startTime=2026-11-04T05:00:00Z&endTime=2026-11-04T02:00:00Z",
            "Range End Time should be after Range Start Time",
        ),
        ("&startTime=2026-11-04&endTime=2027-02-03", "Range End Time should be at most 90 days after Range Start Time"),
    ],
)
def test_slots_of_no_time_are_refused(seller: Serviceman, query: str, message: str) -> None:
    refused = seller.post("GET", f"/appointmentSlots?asin={seller.asin}&storeId={STORE}&marketplaceIds={US}{query}")

    assert told(refused, "GetAppointmentSlotsResponse") == (400, "InvalidInput", message)


@pytest.mark.parametrize(
    ("asin", "store", "name"), [("B000000000", STORE, "asin"), ("", "NOBODY", "storeId"), ("", ANN, "storeId")]
)
def test_slots_of_no_service_or_store_are_refused(seller: Serviceman, asin: str, store: str, name: str) -> None:
    refused = seller.post("GET", f"/appointmentSlots?asin={asin or seller.asin}&storeId={store}&marketplaceIds={US}")

    assert told(refused, "GetAppointmentSlotsResponse") == (
        400,
        "InvalidInput",
        f"Missing or invalid request parameters: [{name}]",
    )


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"serves_order_ids": ("111-1111111-1111111",)}, "There is no order"),
        ({"wished_times": (utc("2026-11-01T00:00"),)}, "each of them to come"),
        ({"wished_times": (utc(TEN),) * 4}, "3 times at most"),
    ],
)
def test_a_service_that_cannot_be_is_not_ordered(market: TestMarket, more: dict[str, Any], why: str) -> None:
    seller = Serviceman(market)

    with pytest.raises(SellingPartnerError, match=why):
        seller.ordered(**more)


def test_goods_and_services_are_ordered_apart(seller: Serviceman, market: TestMarket) -> None:
    lines = (PurchaseLine(sku=MOUNTING), PurchaseLine(sku="MUG-BLUE"))
    with pytest.raises(NotBuyable, match="an order of its own"):
        market.buys(lines=lines)
    with pytest.raises(NotBuyable, match="is no service"):
        market.buys("LAMP-OAK", wished_times=(utc(TEN),))
    served = str(seller.job(seller.ordered()).service_order_id)
    with pytest.raises(NotBuyable, match="is for orders of goods"):
        seller.ordered(serves_order_ids=(served,))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"minutes": 7}, "in steps of 5"),
        ({"minutes": 0}, "5 to 1440"),
        ({"store_ids": ()}, "1 to 50 stores"),
        ({"store_ids": (ANN,)}, "no store"),
        ({"store_ids": ("NOBODY",)}, "no service resource"),
        ({"skills": ("",)}, "1 to 50 characters"),
    ],
)
def test_a_service_that_nobody_can_do_is_not_offered(seller: Serviceman, more: dict[str, Any], why: str) -> None:
    with pytest.raises(SellingPartnerError, match=why):
        seller.offers(MOUNTING, **{"store_ids": (STORE,)} | more)
