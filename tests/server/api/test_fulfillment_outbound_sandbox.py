"""What a sandbox alone can do to multi-channel orders, by both versions."""

from __future__ import annotations

import pytest
from outside_shop import asks, at_amazon, package_number, shown, status, tracking

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract import fulfillment_outbound_2026_07_04 as v2026
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.inventory.model import Stock
from sellingpartner.market.sandbox import SANDBOX
from sellingpartner.testing import TestMarket


@pytest.fixture
def sandbox(market: TestMarket) -> TestMarket:
    market.market.remember(SANDBOX, "yes")
    asks(market)
    return market


def submit(market: TestMarket, wanted: str) -> None:
    market.seller.send(
        v2020.SubmitFulfillmentOrderStatusUpdate(
            seller_fulfillment_order_id="SHOP-1", fulfillment_order_status=v2020.FulfillmentOrderStatus(wanted)
        )
    )


@pytest.mark.parametrize(
    ("wanted", "left", "reserved"),
    [
        ("Planning", 100, 2),
        ("Processing", 100, 2),
        ("Complete", 98, 0),
        ("CompletePartialled", 99, 0),
        ("Cancelled", 100, 0),
        ("Unfulfillable", 100, 0),
    ],
)
def test_an_order_is_brought_to_a_status_and_its_stock_with_it(
    sandbox: TestMarket, wanted: str, left: int, reserved: int
) -> None:
    submit(sandbox, wanted)

    assert status(sandbox.seller) == wanted
    assert at_amazon(sandbox) == Stock(on_hand=left, reserved=reserved)
    sandbox.advance(days=2)
    assert at_amazon(sandbox).reserved == 0


@pytest.mark.parametrize("wanted", ["Received", "Planning", "Cancelled", "Invalid"])
def test_what_is_complete_does_not_go_back(sandbox: TestMarket, wanted: str) -> None:
    submit(sandbox, "Complete")

    with pytest.raises(InvalidInput, match="is Complete; it cannot become"):
        submit(sandbox, wanted)

    assert status(sandbox.seller) == "Complete"


@pytest.mark.parametrize("wanted", ["New", "Invalid"])
def test_an_order_that_was_accepted_cannot_become_what_it_never_was(sandbox: TestMarket, wanted: str) -> None:
    with pytest.raises(InvalidInput):
        submit(sandbox, wanted)

    assert status(sandbox.seller) == "Received"


def test_what_is_picked_cannot_be_cancelled_in_a_sandbox_either(sandbox: TestMarket) -> None:
    submit(sandbox, "Processing")

    with pytest.raises(InvalidInput, match="to be cancelled it must be Received or Planning"):
        submit(sandbox, "Cancelled")

    assert at_amazon(sandbox) == Stock(on_hand=100, reserved=2)


def test_a_package_is_moved_along_its_way(sandbox: TestMarket) -> None:
    sandbox.seller.send(v2026.UpdateOrderStatus(order_id="SHOP-1", status="COMPLETE"))
    number = package_number(sandbox.seller)

    for wanted in ("OUT_FOR_DELIVERY", "DELIVERED"):
        sandbox.seller.send(v2026.UpdatePackage(order_id="SHOP-1", package_id=str(number), status=wanted))

    assert tracking(sandbox.seller, number).current_status is v2020.CurrentStatus.DELIVERED
    with pytest.raises(InvalidInput):
        sandbox.seller.send(v2026.UpdatePackage(order_id="SHOP-1", package_id=str(number), status="IN_TRANSIT"))


@pytest.mark.parametrize("wanted", ["EXPIRED", "DELAYED", "GONE"])
def test_a_package_is_not_where_no_package_can_be(sandbox: TestMarket, wanted: str) -> None:
    submit(sandbox, "Complete")
    number = package_number(sandbox.seller)

    with pytest.raises(InvalidInput, match=f"status is '{wanted}'"):
        sandbox.seller.send(v2026.UpdatePackage(order_id="SHOP-1", package_id=str(number), status=wanted))
    with pytest.raises(NotFound):
        sandbox.seller.send(v2026.UpdatePackage(order_id="SHOP-1", package_id="12", status="DELIVERED"))


def test_an_order_that_ends_in_part_leaves_one_unit(sandbox: TestMarket) -> None:
    submit(sandbox, "CompletePartialled")

    assert [one.unfulfillable_quantity for one in shown(sandbox.seller).fulfillment_order_items] == [1]
