"""Orders as people look through them: every walk meets each order that is wanted once, the newest first."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest
from planned import plans_of

from sellingpartner.market.orders.lifecycle import APART
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.reading import browsing
from sellingpartner.market.orders.reading.browsing import Browsed, Key, newest_orders
from sellingpartner.market.orders.tables import IS_APART
from sellingpartner.testing import TestMarket

LATER = datetime(2027, 1, 1, tzinfo=UTC)


def walked(market: TestMarket, wanted: Browsed, limit: int = 3) -> list[Order]:
    """Every page of a walk."""
    found: list[Order] = []
    key: Key | None = None
    with market.market.read(market.seller.seller_id) as unit:
        for _ in range(200):
            page = newest_orders(unit, wanted, key, limit)
            found += page.orders
            key = page.next_key
            if key is None:
                return found
    message = "the walk does not end"
    raise AssertionError(message)


def shopped(market: TestMarket) -> None:
    """Orders of all kinds, several of them at one moment."""
    luck = Random(7)
    for _ in range(40):
        order_id = market.buys(luck.choice(("MUG-BLUE", "MUG-RED", "LAMP-OAK")), paid=luck.random() < 0.7)
        if luck.random() < 0.2:
            market.anybody().call("POST", f"/market/v1/orders/{order_id}/cancellation")
        if luck.random() < 0.5:
            market.advance(hours=luck.randint(1, 30))


@pytest.mark.parametrize("looked_at", [2, 7, 20_000])
def test_every_walk_meets_what_is_wanted_once_in_order(
    database_url: str, looked_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "LOOKED_AT", looked_at)
    monkeypatch.setattr(browsing, "READ", max(2, looked_at // 2))
    with TestMarket(database_url) as market:
        shopped(market)
        every = walked(market, Browsed())
        assert len(every) == 40
        assert every == sorted(every, key=lambda order: (order.purchased_at, order.order_id), reverse=True)

        middle = every[20].purchased_at
        for wanted in (
            Browsed(status="Pending"),
            Browsed(status="Shipped"),
            Browsed(status="Canceled"),
            Browsed(status="Unfulfillable"),
            Browsed(channel="AFN"),
            Browsed(status="Canceled", channel="AFN"),
            Browsed(status="Pending", marketplace_id=market.marketplace_id, after=middle),
            Browsed(sku="MUG-RED"),
            Browsed(sku="LAMP-OAK", status="Shipped"),
            Browsed(marketplace_id=market.marketplace_id, after=middle),
            Browsed(before=middle, sku="MUG-BLUE", channel="MFN"),
        ):
            expected = [order for order in every if takes(wanted, order)]
            assert [order.order_id for order in walked(market, wanted)] == [order.order_id for order in expected], (
                wanted
            )


def takes(wanted: Browsed, order: Order) -> bool:
    return (
        wanted.status in {"", order.status}
        and wanted.channel in {"", order.channel}
        and wanted.marketplace_id in {"", order.marketplace_id}
        and (not wanted.sku or any(item.sku == wanted.sku for item in order.items))
        and (wanted.after is None or order.purchased_at >= wanted.after)
        and (wanted.before is None or order.purchased_at <= wanted.before)
    )


def test_the_index_of_what_is_apart_has_all_states_that_are() -> None:
    named = ", ".join(f"'{one.value}'" for one in sorted(APART))

    assert f"status IN ({named})" == IS_APART


def test_nobody_elses_orders_are_met(market: TestMarket) -> None:
    market.buys()
    other = market.join("Second Shop")

    with market.market.read(other.seller_id) as unit:
        assert newest_orders(unit, Browsed()).orders == []


@pytest.mark.parametrize("below", [None, (LATER, "111-0000000-0000000")])
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Browsed(), "COVERING INDEX orders_by_purchase (seller_id=?"),
        (Browsed(channel="AFN", marketplace_id="ATVPDKIKX0DER"), "COVERING INDEX orders_by_purchase (seller_id=?"),
        (Browsed(status="Shipped"), "INDEX orders_by_purchase (seller_id=?"),
        (Browsed(status="Unshipped", channel="MFN"), "COVERING INDEX orders_open (seller_id=? AND is_open=?"),
        (Browsed(status="Canceled"), "COVERING INDEX orders_apart (seller_id=? AND status=?"),
        (Browsed(status="Unfulfillable", channel="AFN"), "COVERING INDEX orders_apart (seller_id=? AND status=?"),
        (Browsed(sku="MUG-BLUE", status="Shipped"), "INDEX order_lines_by_sku (seller_id=? AND sku=?"),
    ],
)
def test_a_walk_goes_along_an_index_that_says_what_is_wanted(
    market: TestMarket, wanted: Browsed, index: str, below: Key | None
) -> None:
    shopped(market)
    with market.market.write(market.seller.seller_id) as unit:
        plan, *_ = plans_of(unit, lambda unit: newest_orders(unit, wanted, below, 50))

    assert index in plan
    assert "SCAN order" not in plan
