"""Whatever buyers order, sellers ship and either cancels: an order is the same in every view, and all of it is told.

`make test` lives short histories, `make soak` such of hundreds of orders.
"""

from __future__ import annotations

import logging
from base64 import urlsafe_b64decode
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import structlog
from busy_shop import BY_AMAZON, DEEDS, SKUS, BusyShop, personal_in
from databases import Home
from structlog.testing import capture_logs
from structlog.typing import EventDict

from sellingpartner.contract.notifications.order_change import OrderChangeType
from sellingpartner.contract.orders_2026_01_01 import IncludedData, SearchOrders
from sellingpartner.contract.orders_2026_01_01 import Order as NewerOrder
from sellingpartner.contract.orders_v0 import GetOrder, GetOrderItems, GetOrders, OrderItem
from sellingpartner.contract.sales_v1 import GetOrderMetrics, Granularity, OrderMetricsInterval
from sellingpartner.market.accounts.calls import latest_calls
from sellingpartner.market.events.orders import OrderCanceled, RefundIssued, ReturnReceived, ShipmentLate
from sellingpartner.market.events.shipping import LabelVoided
from sellingpartner.market.inventory.model import Condition, Place, Stock
from sellingpartner.market.inventory.questions import movements_of, stock_of
from sellingpartner.market.orders.lifecycle import LIFECYCLE, OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket
from soak import TIMES, examples

SHORT = 24
PURCHASES = min(examples(SHORT), 480)
"""How many buyers come in a history; 480 take five months, and after six the application's secret expires."""
HISTORIES = range(max(1, TIMES // 4))
ZONES = {"US": "America/Los_Angeles", "DE": "Europe/Berlin", "JP": "Asia/Tokyo"}

Walk = tuple[list[str], list[str]]
"""The ids that the pages of a list brought, and the tokens that led from page to page."""


@pytest.fixture
def lines() -> Iterator[list[EventDict]]:
    """All that would be logged, of every level."""
    kept = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG))
    with capture_logs() as captured:
        yield captured
    structlog.configure(**kept)


@pytest.fixture
def shop(home: Home) -> Iterator[BusyShop]:
    """A shop whose application wants to be told of its orders."""
    market = home.opened()
    market.subscribe("ORDER_CHANGE")
    yield BusyShop(market, home.country)
    market.close()


def kept_orders(shop: BusyShop) -> dict[str, Order]:
    with shop.market.market.read(shop.market.seller_account.seller_id) as unit:
        return {order_id: order_of(unit, order_id) for order_id in shop.placed}


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


def newer_orders(market: TestMarket, began: datetime) -> dict[str, NewerOrder]:
    found: dict[str, NewerOrder] = {}
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
        found |= {order.order_id: order for order in page.orders}
        token = page.pagination.next_token if page.pagination else None
        if token is None:
            return found


def check_amounts(shop: BusyShop, began: datetime) -> None:
    market, newer = shop.market, newer_orders(shop.market, began)
    assert sorted(newer) == sorted(shop.placed)
    for order_id, kept in kept_orders(shop).items():
        older = market.seller.send(GetOrder(order_id=order_id)).payload
        items = market.seller.send(GetOrderItems(order_id=order_id)).payload
        total = older.order_total.amount if older.order_total else None
        assert (total is None) == (kept.is_unpaid or kept.status is OrderStatus.CANCELED)
        if total is not None:
            assert total == str(kept.total)
            assert _sum([total]) == _sum(of_v0(item, tax_included=shop.country != "US") for item in items.order_items)
        check_newer(newer[order_id], total)
        assert older.order_status == kept.status.value
        assert [item.quantity_ordered for item in items.order_items] == [
            item.quantity_ordered for item in newer[order_id].order_items
        ]
        assert personal_in(repr((older, items))) == set()


def metrics_of(shop: BusyShop, start: datetime, end: datetime, granularity: Granularity) -> list[OrderMetricsInterval]:
    zone = ZoneInfo(ZONES[shop.country])
    asked = GetOrderMetrics(
        marketplace_ids=[shop.market.marketplace_id],
        interval="--".join(moment.astimezone(zone).isoformat(timespec="seconds") for moment in (start, end)),
        granularity=granularity,
        granularity_time_zone=zone.key,
    )
    return shop.market.seller.send(asked).payload


def check_metrics(shop: BusyShop, began: datetime) -> None:
    """The sums of the whole, of each day and hour of a stretch, and of stretches that begin and end anywhere."""
    luck = shop.luck
    now, whole = shop.market.now.replace(microsecond=0), timedelta(days=1)
    first = luck.choice([order.purchased_at for order in kept_orders(shop).values()]).replace(microsecond=0)
    stretches = [
        (began, now + whole, Granularity.TOTAL),
        (first, now, Granularity.TOTAL),
        (first, first + timedelta(seconds=luck.randint(1, 400_000)), Granularity.TOTAL),
        (began, now + whole, Granularity.DAY),
        (now - timedelta(seconds=luck.randint(3600, 29 * 86_400)), now, Granularity.HOUR),
    ]
    orders = list(kept_orders(shop).values())
    for start, end, granularity in stretches:
        rows = metrics_of(shop, start, end, granularity)
        for row in rows:
            edges = [datetime.fromisoformat(edge) for edge in row.interval.split("--")]
            check_sums(
                shop, row, [one for one in orders if max(start, edges[0]) <= one.purchased_at < min(end, edges[1])]
            )
        within = [one for one in orders if start <= one.purchased_at < end]
        assert sum(row.order_count for row in rows) == sum(any(item.held for item in one.items) for one in within)


def check_sums(shop: BusyShop, row: OrderMetricsInterval, orders: Sequence[Order]) -> None:
    held = [[item for item in order.items if item.held] for order in orders]
    assert row.order_count == sum(map(bool, held))
    assert row.order_item_count == sum(map(len, held))
    assert row.unit_count == sum(item.held for items in held for item in items)
    sold = sum(item.held_amounts.price for items in held for item in items)
    assert Decimal(row.total_sales.amount) * (1 if shop.country == "JP" else 100) == sold


def check_stock(shop: BusyShop) -> None:
    """The ledger sums to the stock, was below nothing at no time, and what is promised is what orders wait for."""
    waiting: defaultdict[str, int] = defaultdict(int)
    for order in kept_orders(shop).values():
        for item in order.items:
            waiting[item.sku] += item.unshipped
    with shop.market.market.read(shop.market.seller_account.seller_id) as unit:
        for sku in (*SKUS, BY_AMAZON):
            held: defaultdict[tuple[Place, Condition], Stock] = defaultdict(Stock)
            for one in movements_of(unit, sku):
                before = held[one.place, one.condition]
                after = Stock(before.on_hand + one.on_hand_change, before.reserved + one.reserved_change)
                assert 0 <= after.reserved <= after.on_hand
                held[one.place, one.condition] = after
            for (place, condition), stock in held.items():
                assert stock_of(unit, sku, place, condition=condition) == stock
            assert sum(stock.reserved for stock in held.values()) == waiting[sku]


def check_told(shop: BusyShop) -> None:
    """What was told of an order is a way through its lifecycle, with all that was seen of it, up to where it stands."""
    told: defaultdict[str, list[str]] = defaultdict(list)
    wishes = 0
    for notification in shop.market.notifications("ORDER_CHANGE"):
        change = notification.payload
        if change.order_change_type == OrderChangeType.ORDER_STATUS_CHANGE:
            told[change.amazon_order_id].append(change.summary.order_status.value)
        else:
            wishes += 1
    kept = kept_orders(shop)
    assert set(told) == set(kept)
    for order_id, statuses in told.items():
        assert statuses[0] in {"Pending", "PendingAvailability"}
        for before, after in pairwise(statuses):
            assert after in {status.value for status in LIFECYCLE[OrderStatus(before)].values()}, (order_id, statuses)
        assert statuses[-1] == kept[order_id].status.value
        rest = iter(statuses)
        assert all(seen in rest for seen in shop.seen[order_id]), (order_id, shop.seen[order_id], statuses)
    assert wishes == shop.wishes


def walk_v0(shop: BusyShop, turn: Callable[[], None], **since: Any) -> Walk:  # noqa: ANN401 - a date
    found: list[str] = []
    tokens: list[str] = []
    dates: dict[str, Any] = {name: f"{moment:%Y-%m-%dT%H:%M:%SZ}" for name, moment in since.items()}
    while True:
        page = shop.market.seller.send(
            GetOrders(
                marketplace_ids=[shop.market.marketplace_id],
                max_results_per_page=len(shop.placed) // 6 + 1,
                next_token=tokens[-1] if tokens else None,
                **dates,
            )
        ).payload
        found += [order.amazon_order_id for order in page.orders]
        if page.next_token is None:
            return found, tokens
        tokens.append(page.next_token)
        turn()


def walk_newer(shop: BusyShop, turn: Callable[[], None], **since: Any) -> Walk:  # noqa: ANN401 - a date
    found: list[str] = []
    tokens: list[str] = []
    while True:
        page = shop.market.seller.send(
            SearchOrders(
                max_results_per_page=len(shop.placed) // 6 + 1,
                pagination_token=tokens[-1] if tokens else None,
                included_data=[IncludedData.BUYER, IncludedData.RECIPIENT],
                **since,
            )
        )
        found += [order.order_id for order in page.orders]
        token = page.pagination.next_token if page.pagination else None
        if token is None:
            return found, tokens
        tokens.append(token)
        turn()


def check_walks(shop: BusyShop, began: datetime) -> None:
    """Pages are turned within the day that a token lasts, and the shop goes on: nothing comes twice or is left out."""
    for walk in (walk_v0, walk_newer):
        for by in ("created_after", "last_updated_after"):
            shop.market.advance(minutes=3)
            before = kept_orders(shop)
            found, tokens = walk(shop, lambda: shop.lives(1, at_most_hours=3), **{by: began})
            after = kept_orders(shop)
            assert len(tokens) > 1
            assert len(set(found)) == len(found)
            still = {one for one, order in before.items() if by == "created_after" or order == after[one]}
            assert still <= set(found) <= set(before)
            for token in tokens:
                assert personal_in(token) | personal_in(opened(token)) == set()


def opened(token: str) -> str:
    return urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode("latin-1")


def check_nothing_personal(shop: BusyShop, lines: Sequence[EventDict]) -> None:
    """Neither in what was logged nor in what was refused, to buyers, to the seller, and over the wire."""
    market = shop.market
    body = (
        f'{{"marketplaceId":"{market.marketplace_id}","packageDetail":{{"packageReferenceId":"1","carrierCode":"X",'
        '"trackingNumber":"1","shipDate":"2020-01-01T00:00:00Z","orderItems":[{"orderItemId":"1","quantity":99}]}}'
    )
    for order_id in shop.placed[-SHORT:]:
        reply = market.seller.call("POST", f"/orders/v0/orders/{order_id}/shipmentConfirmation", body=body.encode())
        assert reply.status == 400
        assert personal_in(reply.body.decode()) == set()
    market.server.journal.flush()
    with market.market.read() as unit:
        calls = latest_calls(unit, limit=100_000)
    assert len(calls) == len([line for line in lines if line["event"] == "call"]) > len(shop.placed)
    assert [one for one in (*calls, *lines, *shop.refusals) if personal_in(repr(one))] == []


def check_much_happened(shop: BusyShop) -> None:
    """A long history has something of everything; if not, it would prove less than it says."""
    assert [deed for deed in DEEDS if not shop.happened[deed]] == []
    assert {status for seen in shop.seen.values() for status in seen} == {*OrderStatus} - {OrderStatus.UNFULFILLABLE}
    canceled = {(fact.canceled_by, fact.reason) for fact in shop.market.facts(OrderCanceled)}
    assert {reason for _, reason in canceled} >= {"NoInventory", "Changed", "ShipmentOverdue", "PaymentFailed"}
    for kind in (ReturnReceived, RefundIssued, ShipmentLate, LabelVoided):
        assert shop.market.facts(kind), kind


@pytest.mark.parametrize("history", HISTORIES)
def test_whatever_happens_to_orders_all_views_of_them_agree(
    shop: BusyShop, lines: list[EventDict], history: int
) -> None:
    began, shop.luck = shop.market.now, Random(f"{shop.country} {history}")

    shop.lives(PURCHASES)
    check_walks(shop, began)
    shop.market.advance(minutes=3)

    check_amounts(shop, began)
    check_metrics(shop, began)
    check_stock(shop)
    check_told(shop)
    check_nothing_personal(shop, lines)
    if PURCHASES >= 480:
        check_much_happened(shop)
