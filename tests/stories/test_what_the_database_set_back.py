from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import sleep
from typing import Any

import pytest
from page_browser import Browser
from sqlalchemy import create_engine, text

from sellingpartner.contract.market_v1 import CancelOrder
from sellingpartner.contract.orders_v0 import (
    ConfirmShipment,
    ConfirmShipmentOrderItem,
    GetOrder,
    GetOrderItems,
    PackageDetail,
)
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.orders.store import load_order
from sellingpartner.testing import TestMarket

AtOnce = Callable[..., list[Any]]
TRIES = 500

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def until_somebody_waits(url: str) -> None:
    engine = create_engine(url)
    for _ in range(TRIES):
        with engine.connect() as connection:
            if connection.execute(WAITING).scalar_one():
                break
        sleep(0.01)
    engine.dispose()


def confirmed(market: TestMarket, order_id: str) -> str:
    """A seller's program confirms the shipment."""
    payload = market.seller.send(GetOrderItems(order_id=order_id)).payload
    assert payload is not None
    detail = PackageDetail(
        package_reference_id="1",
        carrier_code="USPS",
        tracking_number="9400100000000000000000",
        ship_date=market.now,
        order_items=[
            ConfirmShipmentOrderItem(order_item_id=item.order_item_id, quantity=1) for item in payload.order_items
        ],
    )
    market.seller.send(ConfirmShipment(order_id=order_id, package_detail=detail, marketplace_id=market.marketplace_id))
    return "Shipped"


def canceled_by_hand(market: TestMarket, order_id: str) -> str:
    """The operator has the buyer cancel it, by the control API."""
    market.anybody().send(CancelOrder(order_id=order_id))
    return "Canceled"


def canceled_on_its_page(market: TestMarket, order_id: str) -> str:
    """Somebody cancels it by the form of its page."""
    browser = Browser(market).opens_market()
    browser.open(f"/console/orders/{order_id}").send(f"{order_id}/cancel")
    assert "It is canceled." in browser.text
    return "Canceled"


@pytest.mark.parametrize("ask", [confirmed, canceled_by_hand, canceled_on_its_page])
def test_what_meets_another_one_head_on_is_done_again(
    postgres_url: str, at_once: AtOnce, ask: Callable[[TestMarket, str], str]
) -> None:
    """What is asked for holds its order and wants the stock; somebody else holds the stock and wants the order."""
    market = TestMarket(postgres_url)
    order_id = market.buys()
    has_stock = Event()

    def call() -> str:
        has_stock.wait()
        return ask(market, order_id)

    def somebody() -> str:
        with market.market.write(market.seller_account.seller_id) as unit:
            # The one that has waited longest looks for a deadlock first, and is then the one that is set back.
            unit.execute(text("SET LOCAL deadlock_timeout = '30s'"))
            adjust(unit, "MUG-BLUE", Place.SELLER, on_hand=50, reference="count")
            has_stock.set()
            until_somebody_waits(postgres_url)
            return load_order(unit, order_id).status.value

    became, was = at_once(call, somebody)

    assert was == "Unshipped"
    order = market.seller.send(GetOrder(order_id=order_id)).payload
    assert order is not None
    assert order.order_status == became
    market.close()
