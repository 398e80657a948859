"""Whatever buyers order, sellers ship and either cancels, the amounts of an order are the same in every view."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import msgspec
import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.orders_2026_01_01 import IncludedData, SearchOrders
from sellingpartner.contract.orders_2026_01_01 import Order as NewerOrder
from sellingpartner.contract.orders_v0 import GetOrder, GetOrderItems, OrderItem
from sellingpartner.contract.sales_v1 import GetOrderMetrics, Granularity
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import movements_of, stock_of
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.questions import order_of, returns_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import ADDRESS
from soak import examples

SKUS = ("MUG-BLUE", "MUG-RED", "TEA/50 G&B 100%")
HISTORIES = range(examples(1))


def line(luck: Random, sku: str, *, is_japan: bool) -> PurchaseLine:
    quantity, unit_price, shipping = luck.randint(1, 4), luck.randint(1, 9999), luck.choice((0, luck.randint(1, 1500)))
    is_gift = luck.random() < 0.3
    return PurchaseLine(
        sku=sku,
        quantity=quantity,
        unit_price=unit_price,
        shipping=shipping,
        shipping_discount=luck.randint(0, shipping),
        promotion_discount=luck.choice((0, luck.randint(0, unit_price * quantity))),
        promotion_ids=("SPRING",),
        gift_wrap=luck.randint(0, 500) if is_gift else 0,
        gift_wrap_level="Classic" if is_gift else None,
        cod_fee=luck.choice((0, 0, 330)),
        points=luck.randint(0, 99) if is_japan else 0,
    )


def live(market: TestMarket, luck: Random, *, is_japan: bool) -> list[str]:
    """Some weeks of a shop: orders, payments, parcels, cancellations, returns and refunds."""
    placed: list[str] = []
    address = msgspec.structs.replace(ADDRESS, state_or_region=luck.choice(("WA", "OR", "CA")))
    for _ in range(24):
        skus = luck.sample(SKUS, luck.randint(1, 3))
        more: dict[str, Any] = {"paid": False, "payment_delay": timedelta(hours=luck.randint(1, 90))}
        with suppress(InvalidInput):
            lines = tuple(line(luck, sku, is_japan=is_japan) for sku in skus)
            terms = more if luck.random() < 0.4 else {}
            placed.append(market.buys(lines=lines, address=address, is_business=luck.random() < 0.3, **terms))
        market.advance(hours=luck.randint(0, 60))
        with suppress(InvalidInput), market.market.write(market.seller_account.seller_id) as unit:
            something(unit, luck, luck.choice(placed))
    return placed


def something(unit: Any, luck: Random, order_id: str) -> None:  # noqa: ANN401 - a unit of work
    """What may happen to an order; what is not allowed now is refused, and changes nothing."""
    order = order_of(unit, order_id)
    some = {item: luck.randint(1, units) for item, units in order.unshipped_quantities().items()}
    happens = luck.choice(("ship", "ship", "cancel", "some", "ask", "return", "refund", "part"))
    if happens == "ship":
        reference = str(len(order.packages) + 1)
        orders.ship(unit, order_id, Parcel(reference=reference, shipped_at=unit.now, quantities=some, carrier_code="X"))
    elif happens == "cancel":
        orders.cancel(unit, order_id, by=Canceler.SELLER, reason="NoInventory")
    elif happens == "some":
        orders.cancel(unit, order_id, by=Canceler.BUYER, reason="Changed", quantities=some)
    elif happens == "ask":
        orders.request_cancellation(unit, order_id, reason="Changed")
    elif happens == "return":
        wanted = orders.left_to_return(order, returns_of(unit, order_id))
        orders.expect_return(unit, orders.ask_return(unit, order_id, quantities=wanted, reason="Defective"))
    elif happens == "refund":
        orders.refund(unit, order_id)
    else:
        orders.refund_part(unit, order_id, order.items[0].order_item_id, luck.randint(1, 500), reason="Scratched")


def of_v0(item: OrderItem, *, tax_included: bool) -> Decimal:
    """What a buyer pays for an item, as Orders v0 takes it apart."""
    info = item.buyer_info
    charged = [item.item_price, item.shipping_price, item.cod_fee, info.gift_wrap_price if info else None]
    discounts = [item.promotion_discount, item.shipping_discount]
    taxes = [item.item_tax, item.shipping_tax, info.gift_wrap_tax if info else None]
    tax_discounts = [item.promotion_discount_tax, item.shipping_discount_tax]
    plus, minus = (charged, discounts) if tax_included else (charged + taxes, discounts + tax_discounts)
    return _sum(one.amount for one in plus if one) - _sum(one.amount for one in minus if one)


def _sum(amounts: Any) -> Decimal:  # noqa: ANN401 - amounts as the API writes them
    return sum(map(Decimal, amounts), Decimal(0))


def check_newer(order: NewerOrder, total: str | None) -> None:
    assert (order.proceeds is None) == (total is None)
    if order.proceeds is None or total is None:
        assert [item.proceeds for item in order.order_items if item.proceeds] == []
        return
    assert order.proceeds.grand_total is not None
    assert order.proceeds.grand_total.amount == total
    assert _sum(part.subtotal.amount for part in order.proceeds.breakdowns or ()) == Decimal(total)
    items = [item.proceeds for item in order.order_items if item.proceeds]
    assert _sum(one.proceeds_total.amount for one in items if one.proceeds_total) == Decimal(total)
    for one in items:
        parts = one.breakdowns or ()
        assert one.proceeds_total is not None
        assert _sum(part.subtotal.amount for part in parts) == Decimal(one.proceeds_total.amount)
        for part in parts:
            details = part.detailed_breakdowns
            assert details is None or _sum(d.value.amount for d in details if d.value) == Decimal(part.subtotal.amount)


@pytest.mark.parametrize("country", ["US", "DE", "JP"])
@pytest.mark.parametrize("history", HISTORIES)
def test_the_amounts_of_an_order_are_one_everywhere(database_url: str, country: str, history: int) -> None:
    market = TestMarket(database_url, marketplaces=[BY_COUNTRY[country].marketplace_id])
    placed = live(market, Random(f"{country} {history}"), is_japan=country == "JP")
    market.advance(minutes=3)
    began = market.now - timedelta(days=120)

    newer: dict[str, NewerOrder] = {}
    token = None
    while True:
        page = market.seller.send(
            SearchOrders(
                created_after=began,
                max_results_per_page=7,
                pagination_token=token,
                included_data=[IncludedData.PROCEEDS, IncludedData.FULFILLMENT],
            )
        )
        newer |= {order.order_id: order for order in page.orders}
        token = page.pagination.next_token if page.pagination else None
        if token is None:
            break

    assert sorted(newer) == sorted(placed)
    sold = held_units = held_orders = 0
    for order_id in placed:
        older = market.seller.send(GetOrder(order_id=order_id)).payload
        items = market.seller.send(GetOrderItems(order_id=order_id)).payload
        with market.market.read(market.seller_account.seller_id) as unit:
            kept = order_of(unit, order_id)
        total = older.order_total.amount if older.order_total else None
        if total is not None:
            assert total == str(kept.total)
            assert _sum([total]) == _sum(of_v0(item, tax_included=country != "US") for item in items.order_items)
        check_newer(newer[order_id], total)
        sold += sum(item.held_amounts.price for item in kept.items)
        held_units += sum(item.held for item in kept.items)
        held_orders += any(item.held for item in kept.items)
        assert [item.quantity_ordered for item in items.order_items] == [
            item.quantity_ordered for item in newer[order_id].order_items
        ]

    interval = f"{began:%Y-%m-%dT%H:%M:%SZ}--{market.now + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    (metrics,) = market.seller.send(
        GetOrderMetrics(marketplace_ids=[market.marketplace_id], interval=interval, granularity=Granularity.TOTAL)
    ).payload
    assert (metrics.order_count, metrics.unit_count) == (held_orders, held_units)
    assert Decimal(metrics.total_sales.amount) * (1 if country == "JP" else 100) == sold
    with market.market.read(market.seller_account.seller_id) as unit:
        for sku in SKUS:
            stock, ledger = stock_of(unit, sku, Place.SELLER), movements_of(unit, sku)
            sellable = [one for one in ledger if one.condition == "SELLABLE"]
            assert stock.on_hand == sum(one.on_hand_change for one in sellable) >= stock.reserved >= 0
    market.close()
