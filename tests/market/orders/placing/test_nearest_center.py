"""Orders that Amazon ships leave the nearest center, and whoever tells of them names that one."""

from __future__ import annotations

from stock_taker import faults_of_stock

from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.inventory.commands import move
from sellingpartner.market.inventory.model import Condition, Place, Reason, Spot
from sellingpartner.market.inventory.questions import units_by_center
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.returning.returning import ask_return, receive_return
from sellingpartner.testing import TestMarket

LAMP = "LAMP-OAK"
SEATTLE = Address(
    name="Ann", line_1="1 Pike St", city="Seattle", state_or_region="WA", postal_code="98101", country_code="US"
)
MIAMI = Address(
    name="Bob", line_1="1 Ocean Dr", city="Miami", state_or_region="FL", postal_code="33139", country_code="US"
)
SELLABLE = Condition.SELLABLE


def spread(market: TestMarket, **centers: int) -> None:
    """Let the hundred lamps of the shop lie in these centers; the rest stays in the first."""
    with market.market.write(market.seller_account.seller_id) as unit:
        for code, units in centers.items():
            start, end = Spot(SELLABLE, "PHX6"), Spot(SELLABLE, code)
            move(unit, LAMP, units, from_=start, to=end, reason=Reason.TRANSFERRED, reference="spread")


def shipped(market: TestMarket, address: Address, quantity: int = 1) -> Order:
    order_id = market.buys(lines=(PurchaseLine(sku=LAMP, quantity=quantity),), address=address)
    market.advance(days=2)
    with market.market.read(market.seller_account.seller_id) as unit:
        assert faults_of_stock(unit) == []
        return order_of(unit, order_id)


def lies(market: TestMarket) -> dict[str, int]:
    with market.market.read(market.seller_account.seller_id) as unit:
        return units_by_center(unit, LAMP, SELLABLE, Place.FBA)


def test_each_order_leaves_the_center_that_is_nearest_to_its_buyer(market: TestMarket) -> None:
    spread(market, BFI4=10, TPA1=10)

    west, east = shipped(market, SEATTLE), shipped(market, MIAMI)

    assert [package.center for package in (*west.packages, *east.packages)] == ["BFI4", "TPA1"]
    assert lies(market) == {"BFI4": 9, "PHX6": 80, "TPA1": 9}


def test_a_center_that_has_all_of_it_comes_before_a_nearer_one_that_has_a_part(market: TestMarket) -> None:
    spread(market, BFI4=2)

    order = shipped(market, SEATTLE, 3)

    assert [package.center for package in order.packages] == ["PHX6"]


def test_what_no_center_has_wholly_leaves_in_several_packages(market: TestMarket) -> None:
    spread(market, BFI4=40, TPA1=40)

    order = shipped(market, SEATTLE, 70)

    assert [(one.center, sum(one.quantities.values())) for one in order.packages] == [
        ("BFI4", 40),
        ("PHX6", 20),
        ("TPA1", 10),
    ]
    assert len({one.tracking_number for one in order.packages}) == 3
    assert order.status.value == "Shipped"
    assert lies(market) == {"TPA1": 30}
    assert [one.center for one in market.facts(StockMoved, sku=LAMP) if one.reason == "SHIPPED"] == [
        "BFI4",
        "PHX6",
        "TPA1",
    ]


def test_what_comes_back_comes_to_the_center_that_it_left(market: TestMarket) -> None:
    spread(market, TPA1=10)
    order = shipped(market, MIAMI)
    market.advance(days=8)

    with market.market.write(market.seller_account.seller_id) as unit:
        asked = ask_return(unit, order.order_id, quantities={order.items[0].order_item_id: 1}, reason="DEFECTIVE")
        received = receive_return(unit, order.order_id, asked.return_id, condition=Condition.DEFECTIVE)

    assert received.center == "TPA1"
    with market.market.read(market.seller_account.seller_id) as unit:
        assert units_by_center(unit, LAMP, Condition.DEFECTIVE, Place.FBA) == {"TPA1": 1}
        assert faults_of_stock(unit) == []
