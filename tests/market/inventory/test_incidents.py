"""What Amazon does to the units that lie with it, and who notices."""

from __future__ import annotations

import pytest

from sellingpartner.contract.errors import Conflict, InvalidInput
from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.inventory.commands import receive, reserve
from sellingpartner.market.inventory.incidents import damage, dispose, find, lose
from sellingpartner.market.inventory.levels import latest_arrivals
from sellingpartner.market.inventory.model import Condition, Place, Stock
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.money.ledger.questions import EntryFilter, legs_of, page_of_entries
from sellingpartner.testing import TestMarket

LAMP = "LAMP-OAK"


def posted(market: TestMarket) -> list[tuple[str, int]]:
    """What was posted for it: the component, and its effect on the seller."""
    with market.market.read(market.seller_account.seller_id) as unit:
        entries = page_of_entries(unit, EntryFilter(kinds=("ADJUSTMENT",))).entries
        legs = legs_of(unit, [one.entry_id for one in entries])
    return [(one.component, one.effect) for of_entry in legs.values() for one in of_entry if one.component]


def held(market: TestMarket, condition: Condition = Condition.SELLABLE) -> Stock:
    with market.market.read(market.seller_account.seller_id) as unit:
        return stock_of(unit, LAMP, Place.FBA, condition=condition)


def test_what_is_lost_is_paid_for_and_taken_back_when_it_is_found(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        lose(unit, LAMP, 3)
    market.advance(days=31)  # it is looked for first
    with market.market.write(market.seller_account.seller_id) as unit:
        find(unit, LAMP, 2)

    (lost, paid), (found, back) = posted(market)
    assert held(market) == Stock(99, 0)
    assert (lost, found) == ("WAREHOUSE_LOST", "COMPENSATED_CLAWBACK")
    assert paid * 2 == -back * 3 > 0


def test_what_is_broken_is_paid_for_once_and_lies_there_until_it_is_disposed_of(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        damage(unit, LAMP, 4)
    there = held(market), held(market, Condition.WAREHOUSE_DAMAGED)
    with market.market.write(market.seller_account.seller_id) as unit:
        dispose(unit, LAMP, 3, Condition.WAREHOUSE_DAMAGED)
    market.advance(days=31)

    assert there == (Stock(96, 0), Stock(4, 0))
    assert held(market, Condition.WAREHOUSE_DAMAGED) == Stock(1, 0)
    assert [name for name, effect in posted(market) if effect > 0] == ["WAREHOUSE_DAMAGE"]
    assert [one.reason for one in market.facts(StockMoved, sku=LAMP)][-3:] == ["DAMAGED", "DAMAGED", "DISPOSED"]


def test_what_is_broken_has_been_there_as_long_as_before(market: TestMarket) -> None:
    market.advance(days=20)
    with market.market.write(market.seller_account.seller_id) as unit:
        damage(unit, LAMP, 4)

    with market.market.read(market.seller_account.seller_id) as unit:
        assert [one.units for one in latest_arrivals(unit, LAMP, Place.FBA)] == [100]


def test_only_what_is_free_is_lost_and_only_what_was_lost_is_found(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        reserve(unit, LAMP, Place.FBA, 99, reference="order")
        receive(unit, LAMP, Place.FBA, 1, reference="delivery", condition=Condition.DEFECTIVE)

    with market.market.write(market.seller_account.seller_id) as unit:
        with pytest.raises(Conflict, match="1 unit lies at Amazon that are SELLABLE"), unit.attempt():
            lose(unit, LAMP, 2)
        with pytest.raises(Conflict, match="1 unit lies"), unit.attempt():
            damage(unit, LAMP, 2)
        with pytest.raises(Conflict, match="0 units are lost"), unit.attempt():
            find(unit, LAMP, 1)
        with pytest.raises(Conflict, match="1 unit lies at Amazon that are DEFECTIVE"), unit.attempt():
            dispose(unit, LAMP, 2, Condition.DEFECTIVE)
        with pytest.raises(InvalidInput, match="not of what is SELLABLE"), unit.attempt():
            dispose(unit, LAMP, 1, Condition.SELLABLE)

    assert held(market) == Stock(100, 99)
    assert posted(market) == []
