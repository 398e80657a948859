from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from planned import plans_of

from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.questions import OrderFilter, Sorted, buyer_key, page_of_orders
from sellingpartner.market.orders.reading.page_tokens import Continuation, InvalidPageToken, opened, sealed
from sellingpartner.testing import TestMarket

if TYPE_CHECKING:
    from tests.market.orders.conftest import Shop

LIST = "getOrders"


def walk(shop: Shop, wanted: OrderFilter, *, limit: int, between: Callable[[], None] = lambda: None) -> list[str]:
    found: list[str] = []
    key = None
    while True:
        with shop.unit() as unit:
            page = page_of_orders(unit, wanted, key, limit)
        found += [order.order_id for order in page.orders]
        assert len(page.orders) <= limit
        if page.next_key is None:
            return found
        key = page.next_key
        between()


def placed(market: TestMarket, count: int) -> list[str]:
    """Orders a minute apart, two in each minute, so that dates alone do not tell them apart."""
    made = []
    for _ in range(count // 2):
        made += [market.buys(), market.buys()]
        market.advance(minutes=1)
    return made


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 20, 21])
@pytest.mark.parametrize("by", list(Sorted))
def test_pages_of_any_size_hold_each_order_once(market: TestMarket, shop: Shop, by: Sorted, limit: int) -> None:
    made = placed(market, 20)

    found = walk(shop, OrderFilter(by=by, before=market.now), limit=limit)

    assert len(found) == 20
    assert set(found) == set(made)


def test_orders_that_arrive_meanwhile_disturb_no_list(market: TestMarket, shop: Shop) -> None:
    made = placed(market, 12)
    bound = market.now

    def arrive() -> None:
        market.buys()
        market.advance(minutes=1)

    market.advance(seconds=1)
    found = walk(shop, OrderFilter(before=bound), limit=2, between=arrive)

    assert sorted(found) == sorted(made)


@pytest.mark.parametrize("seed", range(8))
def test_orders_that_change_meanwhile_come_once_and_are_in_the_next_window(
    market: TestMarket, shop: Shop, seed: int
) -> None:
    made = placed(market, 16)
    market.advance(minutes=3)
    begin, bound, luck = market.now - timedelta(days=1), market.now - timedelta(minutes=2), Random(seed)
    changed: set[str] = set()

    def change() -> None:
        market.advance(seconds=30)
        order_id = luck.choice(made)
        if order_id not in changed:
            shop.do(orders.cancel, order_id, by=Canceler.SELLER, reason="Luck")
            changed.add(order_id)
        market.buys()

    wanted = OrderFilter(by=Sorted.BY_UPDATE, after=begin, before=bound)
    first = walk(shop, wanted, limit=2, between=change)
    market.advance(minutes=3)
    following = OrderFilter(by=Sorted.BY_UPDATE, after=bound, before=market.now)
    second = walk(shop, following, limit=2)

    assert len(first) == len(set(first))
    assert set(made) - changed <= set(first)
    assert changed <= set(second)
    assert set(made) <= set(first) | set(second)


@pytest.mark.parametrize("after", [None, (datetime(2026, 11, 1, tzinfo=UTC), "111-0000000-0000000")])
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({}, "orders_by_purchase"),
        ({"by": Sorted.BY_UPDATE}, "orders_by_update"),
        ({"statuses": ("Shipped",)}, "orders_by_purchase"),
        ({"statuses": ("Unshipped", "PartiallyShipped")}, "orders_open"),
        ({"buyer_key": "x"}, "orders_by_buyer"),
        ({"order_ids": ("x", "y")}, "sqlite_autoindex_orders_1"),
        ({"seller_order_id": "x"}, "orders_by_seller_order_id"),
    ],
)
def test_a_page_is_found_by_an_index(
    market: TestMarket, shop: Shop, wanted: dict[str, Any], index: str, after: tuple[datetime, str] | None
) -> None:
    with shop.unit() as unit:
        (plan,) = plans_of(unit, lambda unit: page_of_orders(unit, OrderFilter(before=market.now, **wanted), after, 10))

    assert f"INDEX {index} (seller_id=?" in plan
    assert "SCAN orders" not in plan


def continuation(shop: Shop) -> Continuation:
    with shop.unit() as unit:
        wanted = OrderFilter(statuses=("Unshipped",), buyer_key=buyer_key(unit, "ada@example.com"))
    order_date = shop.market.now
    return Continuation(
        purpose=LIST, wanted=wanted, after_date=order_date, after_order_id="111-0000000-0000001", limit=5
    )


def test_a_token_brings_back_what_was_sealed_and_no_personal_data(shop: Shop) -> None:
    begun = continuation(shop)
    with shop.unit() as unit:
        token = sealed(unit, begun)

        assert opened(unit, token, purpose=LIST, name="NextToken") == begun
    assert b"ada" not in urlsafe_b64decode(token)


def test_an_altered_token_is_refused_wherever_it_was_altered(shop: Shop) -> None:
    begun = continuation(shop)
    with shop.unit() as unit:
        token = sealed(unit, begun)
        for at in range(len(token.rstrip("=")) - 1):
            altered = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
            with pytest.raises(InvalidPageToken, match="NextToken is not valid"):
                opened(unit, altered, purpose=LIST, name="NextToken")


@pytest.mark.parametrize("token", ["", "x", "AAAA", "not a token", "\u00e9\u00e9", "A" * 4000])
def test_what_never_was_a_token_is_refused(shop: Shop, token: str) -> None:
    with shop.unit() as unit, pytest.raises(InvalidPageToken):
        opened(unit, token, purpose=LIST, name="NextToken")


def test_a_token_serves_one_seller_and_one_list(market: TestMarket, shop: Shop) -> None:
    begun = continuation(shop)
    with shop.unit() as unit:
        token = sealed(unit, begun)
        with pytest.raises(InvalidPageToken):
            opened(unit, token, purpose="searchOrders", name="paginationToken")
    other = market.join("Quiet Lamps")

    with market.market.read(other.seller_id) as unit, pytest.raises(InvalidPageToken):
        opened(unit, token, purpose=LIST, name="NextToken")
