"""Whatever happens at Amazon: what lies in its centers sums to the pool, and both to what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stock_taker import faults_of_stock

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.centers.questions import point_of
from sellingpartner.market.inventory.commands import (
    Near,
    adjust,
    move,
    pick,
    release,
    reserve,
    ship,
    unship,
)
from sellingpartner.market.inventory.errors import NotReserved, OutOfStock
from sellingpartner.market.inventory.incidents import damage, dispose, find, lose
from sellingpartner.market.inventory.model import Condition, Place, Reason, Spot
from sellingpartner.market.inventory.questions import movements_of, stock_of
from sellingpartner.market.market import Market
from sellingpartner.storage.unit import UnitOfWork

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
CENTERS = ("PHX6", "BFI4", "TPA1")
SEATTLE = Near("US", point_of("US", "98101"))
SELLABLE, MOVING = Condition.SELLABLE, Condition.TRANSSHIPMENT
RACERS, TRIES, LAST = 8, 10, 50

Step = tuple[str, int, str, str]
KINDS = [
    *("come", "announce", "send", "arrive", "research", "transfer", "land"),
    *("reserve", "release", "ship", "unship", "lose", "find", "damage", "dispose", "count"),
]
somewhere = st.sampled_from((*CENTERS, ""))
steps = st.tuples(st.sampled_from(KINDS), st.integers(0, 5), somewhere, somewhere)


@pytest.fixture(scope="module")
def market() -> Iterator[Market]:
    opened = Market.open(at=NOON)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def seller_id(market: Market) -> str:
    with market.write() as unit:
        return join_seller(unit, "Ada", ["ATVPDKIKX0DER"]).seller_id


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return count()


_MOVES: dict[str, tuple[Condition | None, Condition | None, Reason]] = {
    "come": (None, SELLABLE, Reason.RECEIVED),
    "announce": (None, Condition.INBOUND_WORKING, Reason.ANNOUNCED),
    "send": (Condition.INBOUND_WORKING, Condition.INBOUND_SHIPPED, Reason.SENT),
    "arrive": (Condition.INBOUND_SHIPPED, SELLABLE, Reason.RECEIVED),
    "research": (Condition.INBOUND_SHIPPED, Condition.RESEARCHING_SHORT, Reason.RESEARCHED),
    "transfer": (SELLABLE, MOVING, Reason.TRANSFERRED),
    "land": (MOVING, SELLABLE, Reason.TRANSFERRED),
}


def take(unit: UnitOfWork, sku: str, step: Step) -> None:
    kind, units, one, other = step
    start, end = one or None, other or None
    if kind in _MOVES:
        from_, to, reason = _MOVES[kind]
        began, ends = from_ and Spot(from_, start), to and Spot(to, end)
        move(unit, sku, units, from_=began or None, to=ends or None, reason=reason, reference="walk")
        return
    match kind:
        case "reserve" | "release":
            {"reserve": reserve, "release": release}[kind](unit, sku, Place.FBA, units, reference="walk")
        case "ship":
            ship(unit, sku, Place.FBA, units, reference="walk", near=SEATTLE if start else None)
        case "unship":
            unship(unit, sku, Place.FBA, units, reference="walk", center=end)
        case "lose" | "find" | "damage":
            {"lose": lose, "find": find, "damage": damage}[kind](unit, sku, units, center=start)
        case "dispose":
            dispose(unit, sku, units, Condition.WAREHOUSE_DAMAGED, center=start)
        case _:
            adjust(unit, sku, Place.FBA, on_hand=units, reference="walk")


@given(walk=st.lists(steps, max_size=25))
def test_after_any_walk_the_centers_sum_to_the_pool_and_to_what_moved(
    market: Market, seller_id: str, numbers: Iterator[int], walk: list[Step]
) -> None:
    sku = f"walk/{next(numbers)}"

    for step in walk:
        before = _state(market, seller_id, sku)
        try:
            with market.write(seller_id) as unit:
                take(unit, sku, step)
        except SellingPartnerError:
            assert _state(market, seller_id, sku) == before
        with market.read(seller_id) as unit:
            assert faults_of_stock(unit, sku) == []


def _state(market: Market, seller_id: str, sku: str) -> object:
    with market.read(seller_id) as unit:
        return len(movements_of(unit, sku)), stock_of(unit, sku, Place.FBA)


def test_eight_who_race_for_fifty_units_get_exactly_those(database_url: str) -> None:
    market = Market.open(database_url, at=NOON)
    with market.write() as unit:
        seller_id = join_seller(unit, "Ada", ["ATVPDKIKX0DER"]).seller_id
    with market.write(seller_id) as unit:
        for center, units in zip(CENTERS, (20, 20, 10), strict=True):
            to = Spot(SELLABLE, center)
            move(unit, "LAST", units, from_=None, to=to, reason=Reason.RECEIVED, reference="opening")
    start = Barrier(RACERS)

    def race(racer: int) -> Counter[str]:
        """How many units this one took, by what for."""
        start.wait()
        took: Counter[str] = Counter()
        for turn in range(TRIES):
            name = ("sold", "removed", "moved")[(racer + turn) % 3]
            try:
                with market.write(seller_id) as unit:
                    _take_one(unit, name, f"{racer}-{turn}")
                took[name] += 1
            except (OutOfStock, NotReserved, SellingPartnerError):
                took["refused"] += 1
        return took

    with ThreadPoolExecutor(RACERS) as racers:
        took = sum(racers.map(race, range(RACERS)), Counter[str]())

    with market.read(seller_id) as unit:
        assert faults_of_stock(unit) == []
        left = stock_of(unit, "LAST", Place.FBA).on_hand
        away = stock_of(unit, "LAST", Place.FBA, condition=MOVING).on_hand
    market.close()
    assert left == LAST - took["sold"] - took["removed"] - took["moved"] == 0
    assert away == took["moved"] > 0
    assert took["refused"] == RACERS * TRIES - LAST


def _take_one(unit: UnitOfWork, name: str, reference: str) -> None:
    if name == "sold":
        reserve(unit, "LAST", Place.FBA, 1, reference=reference)
        pick(unit, {"LAST": 1}, Place.FBA, reference=reference, near=SEATTLE)
    elif name == "removed":
        there = Spot(SELLABLE)
        move(unit, "LAST", 1, from_=there, to=None, reason=Reason.REMOVED, reference=reference)
    else:
        to = Spot(MOVING, "TPA1")
        move(unit, "LAST", 1, from_=Spot(SELLABLE), to=to, reason=Reason.TRANSFERRED, reference=reference)
