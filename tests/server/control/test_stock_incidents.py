"""Incidents with stock at Amazon by hand."""

from __future__ import annotations

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound, SellingPartnerError
from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.testing import Caller, TestMarket

LAMP = "LAMP-OAK"


def levels(stock: v1.Stock) -> dict[str, int]:
    return {one.condition: one.on_hand for one in stock.levels}


def test_units_are_lost_found_broken_and_disposed_of_by_hand(market: TestMarket, operator: Caller) -> None:
    def add(incident: v1.Incident, quantity: int) -> dict[str, int]:
        return levels(operator.send(v1.AddStockIncident(sku=LAMP, incident=incident, quantity=quantity)))

    assert add(v1.Incident.LOST, 3) == {"SELLABLE": 97, "RESEARCHING_SHORT": 3}
    assert add(v1.Incident.FOUND, 1) == {"SELLABLE": 98, "RESEARCHING_SHORT": 2}
    assert add(v1.Incident.DAMAGED, 2)["WAREHOUSE_DAMAGED"] == 2
    assert add(v1.Incident.EXPIRED, 4)["EXPIRED"] == 4
    assert add(v1.Incident.DISPOSED, 2) == {
        "SELLABLE": 92,
        "RESEARCHING_SHORT": 2,
        "WAREHOUSE_DAMAGED": 0,
        "EXPIRED": 4,
    }
    assert [one.reason for one in market.facts(StockMoved, sku=LAMP)][1:] == [
        *("LOST", "LOST"),
        *("FOUND", "FOUND"),
        *("DAMAGED", "DAMAGED"),
        *("EXPIRED", "EXPIRED"),
        "DISPOSED",
    ]


@pytest.mark.parametrize(
    ("asked", "refusal", "said"),
    [
        (v1.AddStockIncident(sku=LAMP, incident=v1.Incident.LOST, quantity=101), Conflict, "100 units lie at Amazon"),
        (v1.AddStockIncident(sku=LAMP, incident=v1.Incident.FOUND), Conflict, "0 units are lost"),
        (
            v1.AddStockIncident(sku="MUG-BLUE", incident=v1.Incident.LOST),
            NotFound,
            "never had anything of SKU 'MUG-BLUE'",
        ),
        (
            v1.AddStockIncident(sku=LAMP, incident=v1.Incident.LOST, condition="DEFECTIVE"),
            InvalidInput,
            "condition is for what is disposed of",
        ),
        (
            v1.AddStockIncident(sku=LAMP, incident=v1.Incident.DISPOSED, condition="BROKEN"),
            InvalidInput,
            "it must be one of SELLABLE",
        ),
    ],
)
def test_what_cannot_happen_is_refused_and_nothing_moves(
    market: TestMarket, operator: Caller, asked: v1.AddStockIncident, refusal: type[SellingPartnerError], said: str
) -> None:
    moved = len(market.facts(StockMoved))

    with pytest.raises(refusal, match=said):
        operator.send(asked)

    assert len(market.facts(StockMoved)) == moved
