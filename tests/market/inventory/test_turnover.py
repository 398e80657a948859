"""How long stock has lasted is counted once a day, and comes to what all that ever moved comes to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select

from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.inventory.commands import receive, reserve, ship
from sellingpartner.market.inventory.counting import turnover_of
from sellingpartner.market.inventory.model import Place, Reason
from sellingpartner.market.inventory.questions import movements_of
from sellingpartner.market.inventory.tables import turnovers
from sellingpartner.market.inventory.turnover import Counting, Turnover, midnight
from sellingpartner.market.market import Market
from sellingpartner.storage.unit import UnitOfWork

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
SKU = "MUG"


@pytest.fixture
def market(database_url: str) -> Iterator[Market]:
    opened = Market.open(database_url, at=NOON)
    yield opened
    opened.close()


def told_by_all(unit: UnitOfWork, now: datetime) -> Turnover:
    """The same by every movement there is."""
    counting = Counting(midnight(now))
    for one in movements_of(unit, SKU):
        counting.add(one.moved_at, one.on_hand_change, is_shipped=one.reason is Reason.SHIPPED)
    return counting.counted.turnover


def comes_and_leaves(unit: UnitOfWork, luck: Random, stock: int) -> int:
    """Some units come, or leave; returns how many are there then."""
    if stock < 20 or luck.random() < 0.2:
        units = luck.randint(10, 60)
        receive(unit, SKU, Place.FBA, units, reference="came")
        return stock + units
    units = luck.randint(1, 5)
    reserve(unit, SKU, Place.FBA, units, reference="order")
    ship(unit, SKU, Place.FBA, units, reference="order")
    return stock - units


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_counted_day_by_day_is_what_all_movements_come_to(market: Market, seed: int) -> None:
    luck, stock, now = Random(seed), 0, NOON
    with market.write() as unit:
        seller_id = join_seller(unit, "Ada", ["ATVPDKIKX0DER"]).seller_id
    for _ in range(30):
        now += timedelta(hours=luck.choice([1, 5, 20, 70, 1500 if luck.random() < 0.1 else 9]))
        with market.write(seller_id, at=now) as unit:
            stock = comes_and_leaves(unit, luck, stock)
        with market.write(seller_id, at=now + timedelta(minutes=1)) as unit:
            if luck.random() < 0.5:
                assert turnover_of(unit, SKU, unit.now) == told_by_all(unit, unit.now)
    with market.write(seller_id, at=now + timedelta(days=1)) as unit:
        assert turnover_of(unit, SKU, unit.now) == told_by_all(unit, unit.now)


def test_what_the_transaction_at_hand_moved_the_day_before_counts_as_well(market: Market) -> None:
    with market.write() as unit:
        seller_id = join_seller(unit, "Ada", ["ATVPDKIKX0DER"]).seller_id
    with market.write(seller_id) as unit:
        receive(unit, SKU, Place.FBA, 40, reference="came")
        reserve(unit, SKU, Place.FBA, 4, reference="order")
        ship(unit, SKU, Place.FBA, 4, reference="order")
        unit.now = NOON + timedelta(days=1)
        within = turnover_of(unit, SKU, unit.now)
        assert unit.execute(select(turnovers)).all() == []
    with market.write(seller_id, at=NOON + timedelta(days=1, hours=3)) as unit:
        after = turnover_of(unit, SKU, unit.now)

    assert within == after
    assert (within.units_of_week, within.first_came_at) == (4, NOON)


def test_a_movement_is_read_once_and_a_day_is_counted_once(market: Market) -> None:
    with market.write() as unit:
        seller_id = join_seller(unit, "Ada", ["ATVPDKIKX0DER"]).seller_id
    with market.write(seller_id) as unit:
        receive(unit, SKU, Place.FBA, 40, reference="came")
    tomorrow = NOON + timedelta(days=1)
    with market.write(seller_id, at=tomorrow) as unit:
        first = turnover_of(unit, SKU, tomorrow)
        receive(unit, SKU, Place.FBA, 1, reference="came today")
    with market.write(seller_id, at=tomorrow + timedelta(hours=2)) as unit:
        assert turnover_of(unit, SKU, unit.now) == first
        (kept,) = unit.execute(select(turnovers.c.movement_id, turnovers.c.counted)).all()
        came, _ = movements_of(unit, SKU)

    assert kept.movement_id == came.movement_id
    assert (kept.counted.until, kept.counted.units) == (midnight(tomorrow), 40)
