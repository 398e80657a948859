"""Each number that getInventorySummaries has of a SKU rises and falls by what happens, and subscribers are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from receiver import Receiver
from stock_keeper import StockKeeper
from stock_taker import faults_of_stock

from sellingpartner.contract.market_v1 import (
    AddStockIncident,
    CreateRemoval,
    Incident,
    RemovalKind,
    TransferStock,
    WantedUnits,
)
from sellingpartner.market.inbound.commands import Harm
from sellingpartner.market.inbound.receiving.expiring import OFF_THE_SHELF
from sellingpartner.market.inbound.store.shipments import load_shipment, save_shipment
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket

NOTICED = "FBA_INVENTORY_AVAILABILITY_CHANGES"
BOWL = "BOWL-S"
SHORT, MID, LONG = (f"researchingQuantityIn{term}Term" for term in ("Short", "Mid", "Long"))


@pytest.fixture
def keeper() -> Iterator[StockKeeper]:
    """A shop with 40 bowls at Amazon, which is told of all that happens to them."""
    with TestMarket() as market:
        made = StockKeeper(market, 1)
        market.subscribe(NOTICED)
        yield made


def numbers(keeper: StockKeeper, sku: str = BOWL) -> dict[str, int]:
    """All numbers of a SKU that are not 0, flat; what was told last says the same."""
    with keeper.market.market.read(keeper.seller_id) as unit:
        assert faults_of_stock(unit) == []
    row = keeper.summaries()[sku]
    found = row.inventory_details
    assert found is not None
    aside, bad, lost = found.reserved_quantity, found.unfulfillable_quantity, found.researching_quantity
    assert aside is not None
    assert bad is not None
    assert lost is not None
    of_each: dict[str, int | None] = {
        "fulfillable": found.fulfillable_quantity,
        "working": found.inbound_working_quantity,
        "shipped": found.inbound_shipped_quantity,
        "receiving": found.inbound_receiving_quantity,
        "ordered": aside.pending_customer_order_quantity,
        "transferred": aside.pending_transshipment_quantity,
        "aside": aside.fc_processing_quantity,
        "customer damaged": bad.customer_damaged_quantity,
        "warehouse damaged": bad.warehouse_damaged_quantity,
        "distributor damaged": bad.distributor_damaged_quantity,
        "carrier damaged": bad.carrier_damaged_quantity,
        "defective": bad.defective_quantity,
        "expired": bad.expired_quantity,
        **{one.name.value: one.quantity for one in lost.researching_quantity_breakdown or []},
    }
    assert row.total_quantity == sum(units or 0 for units in of_each.values())
    return {name: units for name, units in of_each.items() if units}


def told(keeper: StockKeeper) -> list[dict[str, int]]:
    """What was told of the bowls since somebody asked last, in the order in which it was."""
    found = []
    for notice in keeper.market.notifications(NOTICED):
        payload: Any = notice.payload
        inventory = payload.fulfillment_inventory_by_marketplace[0].fulfillment_inventory
        aside = inventory.reserved_quantity_breakdown
        found.append(
            {
                "fulfillable": inventory.fulfillable,
                "unfulfillable": inventory.unfulfillable,
                "researching": inventory.researching,
                "ordered": aside.pending_customer_order,
                "transferred": aside.warehouse_transfer,
                "aside": aside.warehouse_processing,
            }
        )
    return [{name: units for name, units in one.items() if units} for one in found]


def test_what_is_lost_is_looked_for_longer_and_longer_and_paid_for_in_the_end(keeper: StockKeeper) -> None:
    market = keeper.market
    market.anybody().send(AddStockIncident(sku=BOWL, incident=Incident.LOST, quantity=5))
    assert numbers(keeper) == {"fulfillable": 35, SHORT: 5}
    assert told(keeper)[-1] == {"fulfillable": 35, "researching": 5}
    market.advance(days=10)
    assert numbers(keeper) == {"fulfillable": 35, MID: 5}
    market.anybody().send(AddStockIncident(sku=BOWL, incident=Incident.FOUND, quantity=2))
    assert numbers(keeper) == {"fulfillable": 37, MID: 3}
    assert told(keeper)[-1] == {"fulfillable": 37, "researching": 3}
    market.advance(days=10)
    assert numbers(keeper) == {"fulfillable": 37, LONG: 3}
    assert market.report("GET_FBA_REIMBURSEMENTS_DATA", start=keeper.began).status == "CANCELLED"
    told(keeper)

    market.advance(days=10)

    assert numbers(keeper) == {"fulfillable": 37}
    assert told(keeper)[-1] == {"fulfillable": 37}
    market.advance(hours=5)
    (row,) = market.report("GET_FBA_REIMBURSEMENTS_DATA", start=keeper.began).rows
    assert (row["reason"], row["quantity-reimbursed-cash"]) == ("Lost_Warehouse", "3")


def test_what_is_lost_where_others_are_missing_is_not_taken_for_them(market: TestMarket) -> None:
    harbor = Receiver(market)
    harbor.receives(ATLAS=Harm(short=4))
    market.anybody().send(AddStockIncident(sku="ATLAS", incident=Incident.LOST, quantity=3))
    market.anybody().send(AddStockIncident(sku="ATLAS", incident=Incident.FOUND, quantity=3))

    researched = harbor.details("ATLAS").researching_quantity

    assert researched is not None
    assert researched.total_researching_quantity == 4
    assert harbor.faults() == []


def test_what_is_ordered_is_reserved_until_it_leaves(keeper: StockKeeper) -> None:
    keeper.market.buys(BOWL, 3)
    assert numbers(keeper) == {"fulfillable": 37, "ordered": 3}
    assert told(keeper)[-1] == {"fulfillable": 37, "ordered": 3}

    keeper.market.advance(days=3)

    assert numbers(keeper) == {"fulfillable": 37}
    assert told(keeper)[-1] == {"fulfillable": 37}


def test_what_goes_to_another_center_is_reserved_until_it_is_there(keeper: StockKeeper) -> None:
    keeper.market.anybody().send(TransferStock(sku=BOWL, quantity=10, center="ABE8"))
    assert numbers(keeper) == {"fulfillable": 30, "transferred": 10}
    assert told(keeper)[-1] == {"fulfillable": 30, "transferred": 10}

    keeper.market.advance(days=7)

    assert numbers(keeper) == {"fulfillable": 40}
    assert told(keeper)[-1] == {"fulfillable": 40}


def test_what_is_to_be_removed_is_set_aside_until_it_leaves(keeper: StockKeeper) -> None:
    wanted = WantedUnits(sku=BOWL, sellable=6)
    keeper.market.anybody().send(CreateRemoval(items=[wanted], kind=RemovalKind.RETURN))
    assert numbers(keeper) == {"fulfillable": 34, "aside": 6}
    assert told(keeper)[-1] == {"fulfillable": 34, "aside": 6}

    keeper.market.advance(days=20)

    assert numbers(keeper) == {"fulfillable": 34}
    assert told(keeper)[-1] == {"fulfillable": 34}


@pytest.mark.parametrize(
    ("condition", "name"),
    [
        (Condition.CUSTOMER_DAMAGED, "customer damaged"),
        (Condition.DEFECTIVE, "defective"),
        (Condition.CARRIER_DAMAGED, "carrier damaged"),
    ],
)
def test_what_comes_back_broken_is_unfulfillable_by_its_reason(
    keeper: StockKeeper, condition: Condition, name: str
) -> None:
    order_id = keeper.market.buys(BOWL, 3)
    keeper.market.advance(days=10)
    with keeper.market.market.write(keeper.seller_id) as unit:
        (item,) = order_of(unit, order_id).items
        back = orders.ask_return(unit, order_id, quantities={item.order_item_id: 2}, reason="Defective", is_late=True)
        orders.send_return(unit, order_id, back.return_id)
        orders.receive_return(unit, order_id, back.return_id, condition=condition)

    assert numbers(keeper) == {"fulfillable": 37, name: 2}
    assert told(keeper)[-1] == {"fulfillable": 37, "unfulfillable": 2}


def test_what_amazon_breaks_is_unfulfillable_until_it_is_disposed_of(keeper: StockKeeper) -> None:
    keeper.market.anybody().send(AddStockIncident(sku=BOWL, incident=Incident.DAMAGED, quantity=2))
    assert numbers(keeper) == {"fulfillable": 38, "warehouse damaged": 2}
    assert told(keeper)[-1] == {"fulfillable": 38, "unfulfillable": 2}

    keeper.market.anybody().send(AddStockIncident(sku=BOWL, incident=Incident.DISPOSED, quantity=2))

    assert numbers(keeper) == {"fulfillable": 38}
    assert told(keeper)[-1] == {"fulfillable": 38}


def test_what_was_packed_badly_is_distributor_damaged(market: TestMarket) -> None:
    harbor = Receiver(market)

    harbor.receives(ATLAS=Harm(broken_before=3))

    bad = harbor.details("ATLAS").unfulfillable_quantity
    assert bad is not None
    assert (bad.distributor_damaged_quantity, bad.total_unfulfillable_quantity) == (3, 3)
    assert harbor.faults() == []


def test_what_came_with_a_day_to_expire_is_taken_off_the_shelf_before_it(market: TestMarket) -> None:
    harbor = Receiver(market)
    expires_on = market.now + timedelta(days=150)
    with market.market.write(market.seller_account.seller_id) as unit:
        shipment = load_shipment(unit, harbor.plan_id, harbor.shipment_id)
        shipment.items = tuple(
            msgspec.structs.replace(one, expires_on=f"{expires_on:%Y-%m-%d}") for one in shipment.items
        )
        save_shipment(unit, shipment)
    harbor.receives()
    market.buys("ATLAS", 4)  # what came first leaves first
    market.advance(days=40)
    with market.market.write(market.seller_account.seller_id) as unit:
        receive(unit, "ATLAS", Place.FBA, 5, reference="later")

    market.advance(days=150 - OFF_THE_SHELF.days - 40)

    found = harbor.details("ATLAS")
    assert found.unfulfillable_quantity is not None
    assert (found.unfulfillable_quantity.expired_quantity, found.fulfillable_quantity) == (36, 5)
