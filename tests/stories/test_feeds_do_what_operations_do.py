"""What a feed did is what the operations would have done: two worlds, one history, every row of every table alike.

In one world the seller calls an operation for each thing that it wants; in the other it sends feeds. A thing that is
refused in one is refused in the other, and neither keeps anything of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any, NamedTuple

import msgspec
import pytest
from feed_writer import SHIPPED_AT, adjusted, envelope, listings, shipped, table
from sqlalchemy import select

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.orders.commands import cancel, refund_amounts, set_seller_order_id
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.storage.columns import metadata
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

NOBODYS = "111-0000000-0000000"
SKUS = ("MUG-BLUE", "MUG-RED", "CUP")
ROUNDS, AT_ONCE = 14, 6
_OF_FEEDS = {"feeds", "feed_findings", "documents", "works"}
_OF_CALLS = {
    "market",
    "client_secrets",
    "call_batches",
    "operation_uses",
    "scope_uses",
    "tokens",
    "clocks",
    "deliveries",
}
_COUNTERS = {"rows", "documents", "feeds"}
_NUMBERED = {
    "events": "event_id",
    "featured_changes": "change_id",
    "stock_movements": "movement_id",
    "schedule": "due_id",
}

World = dict[str, list[dict[str, Any]]]


class Wish(NamedTuple):
    """One thing that the seller wants: as a message of a feed, and as who does it at once."""

    message: Any
    do: Callable[[TestMarket], None]


def world_of(market: TestMarket) -> World:
    """Every row of what feeds and operations leave behind, without the numbers that say how they were batched."""
    world: World = {}
    with market.market.read() as unit:
        for each in metadata.sorted_tables:
            if each.name not in _OF_FEEDS | _OF_CALLS:
                keys = [column.name for column in each.primary_key]
                rows = [dict(row) for row in unit.execute(select(each)).mappings()]
                world[each.name] = sorted(rows, key=lambda row: [str(row[key]).zfill(20) for key in keys])
    world["counters"] = [row for row in world["counters"] if row["name"] not in _COUNTERS]
    world["events"] = [row | {"cause": None} for row in world["events"] if not row["kind"].startswith("Feed")]
    world["schedule"] = [row for row in world["schedule"] if not row["kind"].startswith(("Feed", "Documents"))]
    for name, column in _NUMBERED.items():
        for number, row in enumerate(world[name]):
            row[column] = number
    return world


class Seller:
    """What a seller wants of some of its orders and listings, drawn by a number."""

    def __init__(self, market: TestMarket, luck: Random) -> None:
        self.market, self.luck = market, luck
        self.placed = [market.buys(luck.choice(SKUS), quantity=luck.randint(1, 4)) for _ in range(12)]

    def _order(self) -> Order:
        with self.market.market.read(self.market.seller.seller_id) as unit:
            return order_of(unit, self.luck.choice(self.placed))

    def ships(self) -> Wish:
        """Ship some or too many units of an order, or one that is nobody's."""
        order = self._order()
        order_id = self.luck.choice((order.order_id,) * 5 + (NOBODYS,))
        item, units, number = order.items[0].order_item_id, self.luck.randint(1, 3), str(self.luck.randint(1, 3))
        message = shipped(order_id, (item, units), tracking=number).replace(
            "<FulfillmentDate>", f"<MerchantFulfillmentID>{number}</MerchantFulfillmentID><FulfillmentDate>"
        )
        package = {
            "packageReferenceId": number,
            "carrierCode": "UPS",
            "shippingMethod": "Ground",
            "trackingNumber": number,
            "shipDate": SHIPPED_AT,
            "orderItems": [{"orderItemId": item, "quantity": units}],
        }
        body = msgspec.json.encode({"marketplaceId": US, "packageDetail": package})
        return Wish(message, calls("POST", f"/orders/v0/orders/{order_id}/shipmentConfirmation", body))

    def cancels(self) -> Wish:
        """Cancel an order."""
        order_id = self.luck.choice((self._order().order_id,) * 5 + (NOBODYS,))

        def do(unit: UnitOfWork) -> None:
            cancel(unit, order_id, by=Canceler.SELLER, reason="GeneralAdjustment")

        return Wish({"order-id": order_id}, commands(do))

    def takes(self) -> Wish:
        """Give an order the seller's own number."""
        order_id, number = self._order().order_id, f"HG-{self.luck.randint(1, 99)}"
        message = (
            f"<AmazonOrderID>{order_id}</AmazonOrderID><MerchantOrderID>{number}</MerchantOrderID>"
            "<StatusCode>Success</StatusCode>"
        )
        return Wish(message, commands(lambda unit: set_seller_order_id(unit, order_id, number)))

    def refunds(self) -> Wish:
        """Give back a part of a price, or more than all of it."""
        order, price = self._order(), self.luck.randint(1, 4000)
        item = order.items[0].order_item_id
        message = adjusted(order.order_id, item, Principal=f"{price / 100:.2f}")
        amounts = {item: LineAmounts(price=price)}
        return Wish(
            message, commands(lambda unit: refund_amounts(unit, order.order_id, amounts, reason="CustomerReturn"))
        )

    def lists(self) -> Wish:
        """Change a price or a quantity, put a listing that cannot be, or take one down."""
        sku, path = self.luck.choice(SKUS), f"/listings/2021-08-01/items/{self.market.seller.seller_id}/"
        kind = self.luck.choice(("price", "quantity", "quantity", "wrong", "empty", "delete", "no sku"))
        target = f"{path}{sku}?marketplaceIds={US}"
        value: list[dict[str, Any]] = [
            {
                "fulfillment_channel_code": "DEFAULT",
                "quantity": self.luck.randint(5, 60) * (-1 if kind == "wrong" else 1),
            }
        ]
        attribute = "fulfillment_availability"
        if kind == "delete":
            return Wish({"sku": sku, "operationType": "DELETE"}, calls("DELETE", target))
        if kind == "no sku":
            sku = "X" * 41
            return Wish({"sku": sku, "operationType": "DELETE"}, calls("DELETE", f"{path}{sku}?marketplaceIds={US}"))
        if kind == "empty":
            put = {"productType": "MUG", "attributes": {"item_name": [{"value": "Only a name"}]}}
            return Wish({"sku": sku, "operationType": "UPDATE", **put}, calls("PUT", target, msgspec.json.encode(put)))
        if kind == "price":
            attribute, price = (
                "purchasable_offer",
                [{"schedule": [{"value_with_tax": self.luck.randint(500, 3000) / 100}]}],
            )
            value = [{"marketplace_id": US, "currency": "USD", "our_price": price}]
        patches = [{"op": "replace", "path": f"/attributes/{attribute}", "value": value}]
        patch = {"productType": "PRODUCT", "patches": patches}
        return Wish({"sku": sku, "operationType": "PATCH", **patch}, calls("PATCH", target, msgspec.json.encode(patch)))


def calls(method: str, target: str, body: bytes | None = None) -> Callable[[TestMarket], None]:
    """Call an operation; what it refuses is left so."""

    def do(market: TestMarket) -> None:
        reply = market.seller.call(method, target, headers={"content-type": "application/json"}, body=body)
        assert reply.status < 500

    return do


def commands(deed: Callable[[UnitOfWork], object]) -> Callable[[TestMarket], None]:
    """Do what no operation does, by its command."""

    def do(market: TestMarket) -> None:
        with suppress(SellingPartnerError), market.market.write(market.seller.seller_id) as unit:
            deed(unit)

    return do


def sent(market: TestMarket, kind: str, messages: list[Any]) -> tuple[str, Any]:
    """The feed of a kind of wishes."""
    if kind == "lists":
        return "JSON_LISTINGS_FEED", listings(market, *messages)
    if kind == "cancels":
        return "POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA", table(("order-id",), messages)
    feed_type, name = {
        "ships": ("POST_ORDER_FULFILLMENT_DATA", "OrderFulfillment"),
        "takes": ("POST_ORDER_ACKNOWLEDGEMENT_DATA", "OrderAcknowledgement"),
        "refunds": ("POST_PAYMENT_ADJUSTMENT_DATA", "OrderAdjustment"),
    }[kind]
    return feed_type, envelope(name, *messages)


def begun(url: str | None, seed: int) -> tuple[TestMarket, Seller]:
    market = TestMarket() if url is None else TestMarket(url)
    for sku in SKUS:
        market.lists(sku, stock=60)
    return market, Seller(market, Random(seed))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_two_worlds_with_one_history_are_alike_to_the_last_row(database_url: str, seed: int) -> None:
    (by_feeds, seller), (by_calls, other) = begun(database_url, seed), begun(None, seed)
    assert seller.placed == other.placed
    results: Counter[str] = Counter()

    for _ in range(ROUNDS):
        kind = seller.luck.choice(("ships", "ships", "lists", "lists", "cancels", "takes", "refunds"))
        wishes: list[Wish] = [getattr(seller, kind)() for _ in range(AT_ONCE)]
        told = by_feeds.feed(*sent(by_feeds, kind, [wish.message for wish in wishes]))
        assert told.status == "DONE"
        began = told.feed.processing_start_time
        assert began is not None
        by_calls.market.advance_to(began)
        for wish in wishes:
            wish.do(by_calls)
        by_calls.market.advance_to(by_feeds.now)
        results["done"] += told.counts[1]
        results["refused"] += told.counts[2]

    one, two = world_of(by_feeds), world_of(by_calls)
    by_feeds.close()
    by_calls.close()
    assert [name for name in one if one[name] != two[name]] == []
    assert min(results["done"], results["refused"] * 3) > 20


def test_the_comparison_sees_a_single_difference() -> None:
    (one, _), (two, seller) = begun(None, 1), begun(None, 1)
    assert world_of(one) == world_of(two)

    with two.market.write(two.seller.seller_id) as unit:
        cancel(unit, seller.placed[0], by=Canceler.SELLER, reason="NoInventory", quantities=None)

    differing = {name for name, rows in world_of(one).items() if rows != world_of(two)[name]}
    assert differing >= {"orders", "order_lines", "stocks", "stock_movements", "events"}
