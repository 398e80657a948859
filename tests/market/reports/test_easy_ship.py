"""Packages of Easy Ship that wait, and those that were fetched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sellingpartner.contract import easy_ship_2022_03_23 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.testing import TestMarket

WAITING, PICKED_UP = "GET_EASYSHIP_WAITING_FOR_PICKUP", "GET_EASYSHIP_PICKEDUP"
BOX = api.Dimensions(length=15, width=10, height=12, unit=api.UnitOfLength.CM)
WEIGHT = api.Weight(value=250, unit=api.UnitOfWeight.G)


@pytest.fixture
def india() -> Iterator[TestMarket]:
    made = TestMarket(marketplaces=[BY_COUNTRY["IN"].marketplace_id])
    yield made
    made.close()


def scheduled(market: TestMarket) -> str:
    order_id = market.buys("MUG-BLUE", quantity=2)
    market.advance(minutes=1)
    asked = api.ListHandoverSlots(
        marketplace_id=market.marketplace_id, amazon_order_id=order_id, package_dimensions=BOX, package_weight=WEIGHT
    )
    slot = market.seller.send(asked).time_slots[0]
    details = api.PackageDetails(package_time_slot=slot, package_identifier="shelf 7")
    wanted = api.CreateScheduledPackage(
        amazon_order_id=order_id, marketplace_id=market.marketplace_id, package_details=details
    )
    market.seller.send(wanted)
    return order_id


def test_a_package_waits_and_then_it_was_fetched(india: TestMarket) -> None:
    india.lists("MUG-BLUE")
    order_id = scheduled(india)

    (waits,) = india.report(WAITING).rows
    not_yet = india.report(PICKED_UP).status
    india.advance(days=3)
    (fetched,) = india.report(PICKED_UP).rows

    assert not_yet == india.report(WAITING).status == "CANCELLED"
    assert (waits["order-id"], waits["quantity-purchased"], waits["package-identifier"]) == (order_id, "2", "shelf 7")
    assert waits["tracking-id"] == fetched["tracking-id"] != ""
    assert fetched["picked-up-date"] > fetched["purchase-date"]
    assert waits["pickup-slot"] == fetched["pickup-slot"]
    assert (list(waits)[2], list(fetched)[2:4]) == ("expected-ship-date", ["purchase-date", "picked-up-date"])
    assert "ship-address-1" not in fetched


def test_where_there_is_no_easy_ship_there_is_no_such_report(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="not made for marketplace"):
        market.report(WAITING)
