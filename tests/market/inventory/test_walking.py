"""The ledger of stock is read along an index, a page at a time, however long it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from planned import plans_of

from sellingpartner.market.inventory import walking
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.inventory.questions import steps_backwards, steps_by_sku
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket


@pytest.fixture
def moved(market: TestMarket) -> TestMarket:
    for number in range(6):
        with market.market.write(market.seller_account.seller_id) as unit:
            receive(unit, f"SKU-{number % 3}", Place.FBA, number + 1, reference=f"FBA{number}")
            receive(unit, "SKU-0", Place.SELLER, 1, reference="truck")
            receive(unit, "SKU-0", Place.FBA, 1, reference="announced", condition=Condition.INBOUND_WORKING)
        market.advance(hours=1)
    return market


@pytest.mark.parametrize("page", [1, 2, 5000])
def test_each_movement_of_a_place_is_met_once_whatever_a_page_holds(
    moved: TestMarket, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(walking, "_PAGE", page)
    begins = moved.now - timedelta(hours=6)

    with moved.market.read(moved.seller_account.seller_id) as unit:
        by_sku = [(one.sku, one.units) for one in steps_by_sku(unit, Place.FBA, until=moved.now) if one.sku > "M"]
        back = [
            one.units for one in steps_backwards(unit, Place.FBA, begins, moved.now) if one.reference != "opening stock"
        ]
        early = [one.units for one in steps_by_sku(unit, Place.FBA, until=begins + timedelta(hours=2), sku="SKU-1")]

    assert by_sku == [("SKU-0", 1), ("SKU-0", 4), ("SKU-1", 2), ("SKU-1", 5), ("SKU-2", 3), ("SKU-2", 6)]
    assert back == [6, 5, 4, 3, 2, 1]
    assert early == [2]


def test_pages_follow_one_another_along_an_index_and_nothing_is_sorted(
    moved: TestMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "_PAGE", 2)

    def walk(unit: UnitOfWork) -> None:
        for _ in steps_by_sku(unit, Place.FBA, until=moved.now):
            pass
        for _ in steps_backwards(unit, Place.FBA, moved.now - timedelta(days=1), moved.now):
            pass

    with moved.market.read(moved.seller_account.seller_id) as unit:
        plans = plans_of(unit, walk)

    assert len(plans) > 6
    assert all("SEARCH stock_movements USING INDEX" in plan for plan in plans)
    assert not any("TEMP B-TREE" in plan for plan in plans)
