"""Units go from one fulfillment center to another."""

from __future__ import annotations

import pytest
from stock_keeper import StockKeeper, unquoted
from stock_taker import faults_of_stock

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound, SellingPartnerError
from sellingpartner.market.inventory.commands import Load, move_all, receive, transfer
from sellingpartner.market.inventory.levels import latest_arrivals
from sellingpartner.market.inventory.model import Condition, Place, Reason, Spot
from sellingpartner.market.inventory.questions import main_centers, movements_of, units_by_center
from sellingpartner.testing import TestMarket

LAMP = "LAMP-OAK"


def lies(market: TestMarket, sku: str = LAMP, condition: Condition = Condition.SELLABLE) -> dict[str, int]:
    with market.market.read(market.seller_account.seller_id) as unit:
        assert faults_of_stock(unit) == []
        return units_by_center(unit, sku, condition, Place.FBA)


def test_what_is_on_its_way_cannot_be_ordered_until_it_is_there(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        transfer(unit, LAMP, 60, to="BFI4")

    underway = lies(market), lies(market, condition=Condition.TRANSSHIPMENT)
    market.advance(days=7)

    assert underway == ({"PHX6": 40}, {"BFI4": 60})
    assert (lies(market), lies(market, condition=Condition.TRANSSHIPMENT)) == ({"BFI4": 60, "PHX6": 40}, {})
    with market.market.read(market.seller_account.seller_id) as unit:
        assert [one.units for one in latest_arrivals(unit, LAMP, Place.FBA)] == [100]  # they came once


def test_reports_tell_which_center_they_left_and_which_they_came_to() -> None:
    with TestMarket() as market:
        keeper = StockKeeper(market, 1)
        with market.market.write(keeper.seller_id) as unit:
            transfer(unit, "BOWL-S", 15, to="TPA1")
        details = keeper.summaries()["BOWL-S"].inventory_details
        market.advance(days=7)

        moved = unquoted(keeper.report("GET_LEDGER_DETAIL_VIEW_DATA", eventType="WhseTransfers"))
        by_center = unquoted(keeper.report("GET_LEDGER_SUMMARY_VIEW_DATA", aggregateByLocation="FC", MSKU="BOWL-S"))
        by_country = unquoted(keeper.report("GET_LEDGER_SUMMARY_VIEW_DATA", MSKU="BOWL-S"))

    assert details is not None
    assert details.reserved_quantity is not None
    assert details.reserved_quantity.pending_transshipment_quantity == 15
    assert details.fulfillable_quantity == 25
    assert [(row["Fulfillment Center"], row["Quantity"]) for row in moved] == [("TPA1", "15"), ("PHX6", "-15")]
    ends = {row["Location"]: (row["Warehouse Transfer In/Out"], row["Ending Warehouse Balance"]) for row in by_center}
    assert ends == {"PHX6": ("-15", "25"), "TPA1": ("15", "15")}
    assert [(row["Location"], row["Ending Warehouse Balance"]) for row in by_country] == [("US", "40")]


@pytest.mark.parametrize(
    ("sku", "units", "ends", "refusal", "said"),
    [
        (LAMP, 101, ("BFI4", None), Conflict, "100 units lie at Amazon"),
        (LAMP, 1, ("BFI4", "TPA1"), Conflict, "0 units lie in TPA1"),
        (LAMP, 1, ("XXX9", None), InvalidInput, "'XXX9' is not the code"),
        (LAMP, 1, ("IUSJ", None), InvalidInput, "another fulfillment center"),
        (LAMP, 1, ("PHX6", "PHX6"), InvalidInput, "another fulfillment center"),
        ("MUG-BLUE", 1, ("BFI4", None), NotFound, "never had anything"),
    ],
)
def test_what_cannot_be_sent_stays_where_it_is(
    market: TestMarket,
    sku: str,
    units: int,
    ends: tuple[str, str | None],
    refusal: type[SellingPartnerError],
    said: str,
) -> None:
    to, out_of = ends
    with pytest.raises(refusal, match=said):
        market.anybody().send(v1.TransferStock(sku=sku, quantity=units, center=to, out_of=out_of))

    assert lies(market) == {"PHX6": 100}
    with market.market.read(market.seller_account.seller_id) as unit:
        assert len(movements_of(unit, LAMP)) == 1


def test_centers_are_shown_and_filled_by_hand(market: TestMarket) -> None:
    operator = market.anybody()
    operator.send(v1.SetStock(sku=LAMP, quantity=5, is_added=True, is_amazon_fulfilled=True, center="LEJ1"))
    operator.send(v1.TransferStock(sku=LAMP, quantity=2, center="TPA1", out_of="PHX6"))
    with pytest.raises(InvalidInput, match="center is for units that are added"):
        operator.send(v1.SetStock(sku=LAMP, quantity=5, center="LEJ1"))

    shown = operator.send(v1.GetStock(sku=LAMP))
    assert [(one.code, one.country_code, one.condition, one.units) for one in shown.at_centers] == [
        ("LEJ1", "DE", "SELLABLE", 5),
        ("PHX6", "US", "SELLABLE", 98),
        ("TPA1", "US", "TRANSSHIPMENT", 2),
    ]
    (by_country,) = [
        {row["country"]: row["quantity-for-local-fulfillment"] for row in rows if row["seller-sku"] == LAMP}
        for rows in [market.report("GET_AFN_INVENTORY_DATA_BY_COUNTRY").rows]
    ]
    assert by_country == {"US": "98", "DE": "5"}


def test_what_has_not_come_yet_does_not_say_where_a_product_lies(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        to, many = Spot(Condition.INBOUND_WORKING, "BFI4"), ((LAMP, 500), ("MUG-BLUE", 5))
        move_all(unit, [Load(sku, units, None, to, Reason.ANNOUNCED, "FBA15TEST") for sku, units in many])
        receive(unit, LAMP, Place.FBA, 30, reference="delivery", condition=Condition.DEFECTIVE)

    with market.market.read(market.seller_account.seller_id) as unit:
        found = main_centers(unit, [LAMP, "MUG-BLUE"])

    assert {sku: one.code for sku, one in found.items()} == {LAMP: "PHX6", "MUG-BLUE": "PHX6"}


def test_units_in_all_conditions_say_where_a_product_lies(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        transfer(unit, LAMP, 51, to="BFI4")
    market.advance(days=7)

    with market.market.write(market.seller_account.seller_id) as unit:
        assert main_centers(unit, [LAMP])[LAMP].code == "BFI4"
        receive(unit, LAMP, Place.FBA, 3, reference="delivery", condition=Condition.DEFECTIVE)

    with market.market.read(market.seller_account.seller_id) as unit:
        assert main_centers(unit, [LAMP])[LAMP].code == "PHX6"
