from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.inventory.commands import adjust, receive, release, reserve, ship
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.inventory.model import Place, Stock
from sellingpartner.market.inventory.questions import movements_of, stock_of
from sellingpartner.market.market import Market
from sellingpartner.storage.unit import UnitOfWork

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
BUYERS = 16
TRIES = 5
LAST = 50

Step = tuple[str, int]
steps = st.tuples(st.sampled_from(["receive", "reserve", "release", "ship", "adjust"]), st.integers(0, 6))


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


def expected(stock: Stock, step: Step) -> Stock | None:
    """What a step makes of stock by the plain rules; None if it must be refused."""
    kind, quantity = step
    on_hand, reserved = stock.on_hand, stock.reserved
    if kind == "adjust":
        return Stock(quantity, reserved) if quantity >= reserved else None
    free = {"receive": quantity, "reserve": stock.available, "release": reserved, "ship": reserved}[kind]
    if not 1 <= quantity <= free:
        return None
    on_hand += {"receive": quantity, "ship": -quantity}.get(kind, 0)
    reserved += {"reserve": quantity, "release": -quantity, "ship": -quantity}.get(kind, 0)
    return Stock(on_hand, reserved)


def take(unit: UnitOfWork, sku: str, step: Step) -> None:
    kind, quantity = step
    if kind == "adjust":
        adjust(unit, sku, Place.SELLER, on_hand=quantity, reference="walk")
    else:
        moves: dict[str, Callable[..., object]] = {
            "receive": receive,
            "reserve": reserve,
            "release": release,
            "ship": ship,
        }
        moves[kind](unit, sku, Place.SELLER, quantity, reference="walk")


@given(walk=st.lists(steps, max_size=25))
def test_any_walk_keeps_stock_possible_and_equal_to_its_movements(
    market: Market, seller_id: str, numbers: Iterator[int], walk: list[Step]
) -> None:
    sku = f"walk/{next(numbers)}"
    stock = Stock()

    for step in walk:
        after = expected(stock, step)
        if after is None:
            with pytest.raises(SellingPartnerError), market.write(seller_id) as unit:
                take(unit, sku, step)
        else:
            with market.write(seller_id) as unit:
                take(unit, sku, step)
            stock = after

    with market.read(seller_id) as unit:
        assert stock_of(unit, sku, Place.SELLER) == stock
        ledger = movements_of(unit, sku)
    assert 0 <= stock.reserved <= stock.on_hand
    assert sum(each.on_hand_change for each in ledger) == stock.on_hand
    assert sum(each.reserved_change for each in ledger) == stock.reserved


def test_buyers_who_race_for_the_last_units_get_exactly_those(tmp_path: Path) -> None:
    market = Market.open(f"sqlite:///{tmp_path / 'market.db'}", at=NOON)
    with market.write() as unit:
        seller_id = join_seller(unit, "Ada", ["ATVPDKIKX0DER"]).seller_id
    with market.write(seller_id) as unit:
        receive(unit, "LAST", Place.SELLER, LAST, reference="opening")
    start = Barrier(BUYERS)

    def buy(buyer: int) -> int:
        """How many units this buyer got."""
        start.wait()
        got = 0
        for attempt in range(TRIES):
            try:
                with market.write(seller_id) as unit:
                    reserve(unit, "LAST", Place.SELLER, 1, reference=f"{buyer}-{attempt}")
                got += 1
            except OutOfStock:
                pass
        return got

    with ThreadPoolExecutor(BUYERS) as buyers:
        sold = sum(buyers.map(buy, range(BUYERS)))

    with market.read(seller_id) as unit:
        stock = stock_of(unit, "LAST", Place.SELLER)
        ledger = movements_of(unit, "LAST")
    market.close()
    assert sold == LAST
    assert stock == Stock(on_hand=LAST, reserved=LAST)
    assert len({each.reference for each in ledger}) == len(ledger) == LAST + 1
    assert sum(each.reserved_change for each in ledger) == LAST
