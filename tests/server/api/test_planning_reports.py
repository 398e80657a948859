"""Reports by which stock at Amazon is planned: how old it is, how it sells, and what nobody can buy."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from stock_keeper import StockKeeper

from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.incidents import damage
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.listings.commands import close_listing
from sellingpartner.market.listings.enforcing import suppress
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.listings.store import record_of, remove
from sellingpartner.testing import TestMarket

PLANNING, STRANDED = "GET_FBA_INVENTORY_PLANNING_DATA", "GET_STRANDED_INVENTORY_UI_DATA"


@pytest.fixture
def keeper() -> Iterator[StockKeeper]:
    with TestMarket() as market:
        yield StockKeeper(market, 1)


def of(keeper: StockKeeper, report_type: str) -> dict[str, dict[str, str]]:
    return {row["sku"]: row for row in keeper.report(report_type).rows}


def test_what_is_there_is_told_by_its_age_and_by_how_it_sells(keeper: StockKeeper) -> None:
    market = keeper.market
    market.advance(days=100)
    with market.market.write(keeper.seller_id) as unit:
        receive(unit, "BOWL-S", Place.FBA, 10, reference="FBA1")
        receive(unit, "BOWL-S", Place.FBA, 6, reference="FBA2", condition=Condition.INBOUND_SHIPPED)
        damage(unit, "BOWL-S", 2)
    market.buys("BOWL-S", 15)
    market.advance(days=10)
    market.buys("BOWL-S", 3, paid=False)

    small = of(keeper, PLANNING)["BOWL-S"]

    # what came first has left first: 35 are there, 25 of them since 110 days
    assert [small[f"inv-age-{span}-days"] for span in ("0-to-90", "91-to-180", "0-to-30", "61-to-90", "365-plus")] == [
        "10",
        "25",
        "10",
        "0",
        "0",
    ]
    assert [small[f"units-shipped-t{days}"] for days in (7, 30, 60, 90)] == ["0", "15", "15", "15"]
    assert (small["available"], small["reserved-quantity"], small["unfulfillable-quantity"]) == ("30", "3", "2")
    assert (small["inbound-quantity"], small["inbound-shipped"]) == ("6", "6")
    assert (small["days-of-supply"], small["weeks-of-cover-t30"], small["weeks-of-cover-t90"]) == (
        "60.0",
        "8.6",
        "25.7",
    )
    assert (small["no-sale-last-6-months"], small["marketplace"], small["currency"]) == ("0", "US", "USD")
    assert Decimal("0.36") < Decimal(small["sell-through"]) < Decimal("0.4")  # of 40 on average
    assert small["storage-type"] == "Standard-Size"
    volume = Decimal(200 * 200 * 60) / Decimal("304.8") ** 3
    assert small["estimated-storage-cost-next-month"] == f"{volume * 35 * Decimal('0.78'):.2f}"
    assert of_medium_is_unsold(keeper)


def of_medium_is_unsold(keeper: StockKeeper) -> bool:
    medium = of(keeper, PLANNING)["BOWL-M"]
    return (medium["no-sale-last-6-months"], medium["days-of-supply"], medium["units-shipped-t90"]) == ("40", "", "0")


def test_what_will_be_charged_for_its_age_is_told_by_tier() -> None:
    with TestMarket() as market:
        keeper = StockKeeper(market, 1)
        market.advance(days=179)  # the application's secret expires after 180
        soon = of(keeper, PLANNING)["BOWL-L"]

    assert (soon["inv-age-91-to-180-days"], soon["quantity-to-be-charged-ais-181-210-days"]) == ("40", "0")
    assert soon["estimated-ais-365-plus-days"] == "0.00"


def test_what_nobody_can_buy_is_told_with_what_to_do(keeper: StockKeeper) -> None:
    market, here = keeper.market, keeper.market.marketplace_id
    market.lists("GONE", stock=5, fulfillment_channel=FulfillmentChannel.AFN)
    market.lists("SOLD-OUT", stock=0, fulfillment_channel=FulfillmentChannel.AFN)
    with market.market.write(keeper.seller_id) as unit:
        close_listing(unit, "BOWL-S", here)
        suppress(unit, "BOWL-M", here, "restricted_product")
        receive(unit, "MUG-BLUE", Place.FBA, 2, reference="FBA1")
        gone = record_of(unit, "GONE", here)
        assert gone is not None
        remove(unit, gone)

    told = of(keeper, STRANDED)

    assert {sku: (row["primary-action"], row["stranded-reason"]) for sku, row in told.items()} == {
        "BOWL-S": ("Relist", "Listing closed"),
        "BOWL-M": ("Relist", "Listing blocked"),
        "GONE": ("Relist", "Listing deleted"),
        "MUG-BLUE": ("Change to Fulfilled by Amazon", "Listing is fulfilled by the seller"),
    }
    assert told["BOWL-M"]["error-message"]
    assert (told["BOWL-S"]["fulfillable-qty"], told["BOWL-S"]["status-primary"]) == ("40", "Inactive")
    assert (told["BOWL-S"]["date-stranded"], told["GONE"]["asin"]) == ("2026-11-02T09:00:00+00:00", "")
    assert told["GONE"]["fnsku"].startswith("X0")


def test_what_nobody_can_buy_comes_as_a_file_to_list_it_again_too(keeper: StockKeeper) -> None:
    with keeper.market.market.write(keeper.seller_id) as unit:
        close_listing(unit, "BOWL-S", keeper.market.marketplace_id)

    (row,) = keeper.report("GET_STRANDED_INVENTORY_LOADER_DATA").rows

    assert (row["sku"], row["product-id-type"], row["item-condition"], row["add-delete"]) == ("BOWL-S", "1", "11", "a")
    assert row["product-id"].startswith("B0")
    assert Decimal(row["price"]) > 0
    assert row["fulfillment-center-id"] == "AMAZON_NA"
