"""Many SKUs that move at once do what they would do one by one, in fewer statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, select
from stock_taker import faults_of_stock

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.inventory.commands import Load, move, move_all, receive_many, reserve
from sellingpartner.market.inventory.errors import InvalidQuantity, NotThere, TooFewUnits
from sellingpartner.market.inventory.model import Condition, Place, Reason, Spot
from sellingpartner.market.inventory.tables import center_stocks, movements, stocks
from sellingpartner.market.market import Market
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket
from soak import TIMES, examples

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
CENTERS = ("PHX6", "BFI4", "TPA1")
SKUS = ("ant", "bee", "cat", "Dog", "eel ñ")
SELLABLE, SHIPPED = Condition.SELLABLE, Condition.INBOUND_SHIPPED
FROM, TO = (SELLABLE, Condition.INBOUND_WORKING), (SHIPPED, Condition.TRANSSHIPMENT)
RACERS, ROUNDS = 8, 6

somewhere = st.sampled_from((*CENTERS, None))
starts = st.tuples(st.sampled_from(FROM), somewhere).map(lambda pair: Spot(*pair))
ends = st.tuples(st.sampled_from(TO), somewhere).map(lambda pair: Spot(*pair))
lies = st.tuples(st.sampled_from(SKUS), st.sampled_from(FROM), st.sampled_from(CENTERS), st.integers(1, 9))
units = st.integers(1, 7)
coming = st.builds(
    Load,
    sku=st.sampled_from(SKUS),
    units=units,
    start=st.none(),
    end=ends,
    reason=st.just(Reason.RECEIVED),
    reference=st.sampled_from(("S-1", "S-2")),
)
going = st.builds(
    Load,
    sku=st.sampled_from(SKUS),
    units=units,
    start=starts,
    end=st.none() | ends,
    reason=st.just(Reason.TRANSFERRED),
    reference=st.sampled_from(("S-1", "S-2")),
)


def move_singly(unit: UnitOfWork, loads: Sequence[Load]) -> list[Any]:
    """What the same comes to one by one, in the order of SKU."""
    order = sorted(range(len(loads)), key=lambda place: loads[place].sku)
    parts = {
        place: move(unit, one.sku, one.units, from_=one.start, to=one.end, reason=one.reason, reference=one.reference)
        for place, one in ((place, loads[place]) for place in order)
    }
    return [parts[place] for place in range(len(loads))]


@pytest.fixture(scope="module")
def home() -> Iterator[Market]:
    opened = Market.open(at=NOON)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sellers(home: Market) -> list[str]:
    """One who moves SKUs one by one, and one who moves them at once."""
    with home.write() as unit:
        return [join_seller(unit, name, ["ATVPDKIKX0DER"]).seller_id for name in ("Ada", "Ben")]


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return count()


def rows(unit: UnitOfWork, table: Table, skus: Sequence[str]) -> list[tuple[Any, ...]]:
    columns = [column for column in table.c if column.name not in {"seller_id", "movement_id"}]
    keys = list(table.primary_key)[1:]
    wanted = select(*columns).where(table.c.seller_id == unit.seller_id, table.c.sku.in_(skus)).order_by(*keys)
    return [tuple(row) for row in unit.execute(wanted)]


def world(unit: UnitOfWork, skus: Sequence[str]) -> object:
    """What lies where, and the ledger in its order: a center in which nothing lies any more says nothing."""
    lying = [row for row in rows(unit, center_stocks, skus) if row[-1]]
    return rows(unit, stocks, skus), lying, rows(unit, movements, skus)


ONE_THERE = ("ant", SELLABLE, "BFI4", 1)
ONE_FROM_ELSEWHERE = Load("ant", 1, Spot(SELLABLE, "PHX6"), None, Reason.TRANSFERRED, "S-1")
TOO_MANY_BEES = Load("bee", 1, Spot(SELLABLE, "PHX6"), None, Reason.TRANSFERRED, "S-1")


@settings(max_examples=examples(40))
@example(there=[ONE_THERE], held=0, loads=[ONE_FROM_ELSEWHERE, ONE_FROM_ELSEWHERE])
@example(there=[ONE_THERE], held=0, loads=[TOO_MANY_BEES, ONE_FROM_ELSEWHERE])
@given(there=st.lists(lies, max_size=12), held=st.integers(0, 2), loads=st.lists(coming | going, max_size=9))
def test_many_that_move_at_once_do_what_each_would_do_alone(
    home: Market,
    sellers: list[str],
    numbers: Iterator[int],
    there: list[tuple[str, Condition, str, int]],
    held: int,
    loads: list[Load],
) -> None:
    example = next(numbers)
    skus = [f"{sku}/{example}" for sku in SKUS]
    these = [load._replace(sku=f"{load.sku}/{example}") for load in loads]
    found = []
    for seller_id, moving in zip(sellers, (move_singly, move_all), strict=True):
        with home.write(seller_id) as unit:
            for sku, condition, center, quantity in there:
                to, name = Spot(condition, center), f"{sku}/{example}"
                move(unit, name, quantity, from_=None, to=to, reason=Reason.RECEIVED, reference="opening")
                if held and condition is SELLABLE:
                    reserve(unit, name, Place.FBA, min(held, quantity), reference="an order")
        with home.read(seller_id) as unit:
            before = world(unit, skus)
        try:
            with home.write(seller_id) as unit:
                parts: object = [sorted(one) for one in moving(unit, these)]
        except (TooFewUnits, NotThere) as refusal:
            parts = type(refusal), str(refusal)
        with home.read(seller_id) as unit:
            assert [fault for sku in skus for fault in faults_of_stock(unit, sku)] == []
            found.append((parts, world(unit, skus)))
            assert isinstance(parts, list) or world(unit, skus) == before

    singly, at_once = found
    assert at_once == singly


def test_each_of_many_says_what_could_be_promised_after_it(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        for center, units in (("PHX6", 5), ("BFI4", 4)):
            to = Spot(SELLABLE, center)
            move(unit, "ant", units, from_=None, to=to, reason=Reason.RECEIVED, reference="opening")

    with market.market.write(market.seller_account.seller_id) as unit:
        out = Load("ant", 8, Spot(SELLABLE), None, Reason.REMOVED, "R-1")
        move_all(unit, [out, Load("ant", 2, None, Spot(SELLABLE, "TPA1"), Reason.RECEIVED, "S-1")])

    assert [(one.on_hand_change, one.available_after, one.center) for one in market.facts(StockMoved, sku="ant")] == [
        (5, 5, "PHX6"),
        (4, 9, "BFI4"),
        (-5, 4, "PHX6"),
        (-3, 1, "BFI4"),
        (2, 3, "TPA1"),
    ]


@pytest.mark.parametrize("quantity", [0, -1, 2**31])
def test_of_many_none_moves_if_one_cannot(home: Market, sellers: list[str], quantity: int) -> None:
    seller_id, to = sellers[0], Spot(SELLABLE, "PHX6")

    with pytest.raises(InvalidQuantity), home.write(seller_id) as unit:
        some = {"nothing/a": 3, "nothing/b": quantity}
        move_all(unit, [Load(sku, units, None, to, Reason.RECEIVED, "S-1") for sku, units in some.items()])

    with home.read(seller_id) as unit:
        assert rows(unit, stocks, list(some)) == []
        assert move_all(unit, []) == []


def test_movers_of_many_wait_for_each_other_in_one_order(database_url: str) -> None:
    """Back and forth, by many and by one, with orders in between: nobody is set back, and no unit is lost."""
    market = Market.open(database_url, at=NOON)
    with market.write() as unit:
        seller_id = join_seller(unit, "Ada", ["ATVPDKIKX0DER"]).seller_id
    skus = [f"S-{number:02}" for number in range(30)]
    with market.write(seller_id) as unit:
        receive_many(unit, [(sku, 40) for sku in skus], Place.FBA, reference="opening")
        receive_many(unit, [(sku, 40) for sku in skus], Place.FBA, reference="opening", condition=SHIPPED)
    start = Barrier(RACERS)

    def race(racer: int) -> list[str]:
        begins, ends_ = (Spot(SELLABLE), Spot(SHIPPED)) if racer % 2 else (Spot(SHIPPED), Spot(SELLABLE))
        order = skus if racer % 3 else skus[::-1]
        failures = []
        start.wait()
        for turn in range(ROUNDS * TIMES):
            try:
                with market.write(seller_id) as unit:
                    if racer == 0:
                        for sku in skus:
                            reserve(unit, sku, Place.FBA, 1, reference=f"order {turn}")
                    else:
                        move_all(unit, [Load(sku, 1, begins, ends_, Reason.SENT, f"{racer}-{turn}") for sku in order])
            except SellingPartnerError as failure:
                failures.append(f"{type(failure).__name__}: {failure}")
        return failures

    with ThreadPoolExecutor(RACERS) as racers:
        failures = [one for found in racers.map(race, range(RACERS)) for one in found]

    with market.read(seller_id) as unit:
        assert faults_of_stock(unit) == []
        assert sum(row[3] for row in rows(unit, stocks, skus)) == 80 * len(skus)
    market.close()
    if TIMES == 1:
        assert failures == []
