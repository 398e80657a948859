"""Amazon loses, finds and breaks units: stock, money, notifications and reports all know of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from stock_keeper import StockKeeper, unquoted

from sellingpartner.contract.finances_v0 import AdjustmentEvent, ListFinancialEvents
from sellingpartner.contract.market_v1 import AddStockIncident, Incident
from sellingpartner.testing import TestMarket

NOTICED = "FBA_INVENTORY_AVAILABILITY_CHANGES"


def adjustments(market: TestMarket) -> list[AdjustmentEvent]:
    market.advance(days=31)  # what is missing is looked for first
    asked = ListFinancialEvents(posted_after=market.now - timedelta(days=32))
    payload = market.seller.send(asked).payload
    assert payload is not None
    assert payload.financial_events is not None
    return payload.financial_events.adjustment_event_list or []


def test_whoever_asks_knows_what_happened_to_units(market: TestMarket) -> None:
    keeper = StockKeeper(market, 1)
    market.subscribe(NOTICED)
    operator = market.anybody()
    for incident, quantity in ((Incident.LOST, 40), (Incident.FOUND, 5), (Incident.DAMAGED, 2)):
        operator.send(AddStockIncident(sku="BOWL-S", incident=incident, quantity=quantity))
    detail = unquoted(market.report("GET_LEDGER_DETAIL_VIEW_DATA", start=keeper.began, options={"MSKU": "BOWL-S"}))

    details = keeper.summaries()["BOWL-S"].inventory_details
    assert details is not None
    assert details.unfulfillable_quantity is not None
    assert (details.fulfillable_quantity, details.unfulfillable_quantity.warehouse_damaged_quantity) == (3, 2)
    assert market.seller.stock("BOWL-S") == 3

    told = {one.sku for one in (notice.payload for notice in market.notifications(NOTICED))}
    assert told == {"BOWL-S"}

    events = adjustments(market)
    assert [one.adjustment_type for one in events] == ["WAREHOUSE_DAMAGE", "WAREHOUSE_LOST"]
    amounts = [one.adjustment_amount.currency_amount for one in events if one.adjustment_amount is not None]
    rows = market.report("GET_FBA_REIMBURSEMENTS_DATA", start=keeper.began).rows
    assert [Decimal(row["amount-total"]) for row in rows] == [Decimal(str(amount)) for amount in amounts]
    assert [row["quantity-reimbursed-cash"] for row in rows] == ["2", "35"]

    assert [(row["Reason"], row["Quantity"]) for row in detail[:-1]] == [
        ("P", "2"),
        ("E", "-2"),
        ("F", "5"),
        ("M", "-40"),
    ]


def test_a_listing_whose_last_unit_is_lost_cannot_be_bought_until_one_is_found(market: TestMarket) -> None:
    keeper, operator = StockKeeper(market, 1), market.anybody()

    operator.send(AddStockIncident(sku="BOWL-S", incident=Incident.LOST, quantity=40))
    lost = keeper.listings()["BOWL-S"].summaries
    operator.send(AddStockIncident(sku="BOWL-S", incident=Incident.FOUND, quantity=1))
    found = keeper.listings()["BOWL-S"].summaries

    assert lost is not None
    assert found is not None
    assert [one.status for one in lost] == [["DISCOVERABLE"]]
    assert [one.status for one in found] == [["BUYABLE", "DISCOVERABLE"]]
