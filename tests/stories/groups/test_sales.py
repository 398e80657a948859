"""Sales: figures are those of the orders, while they are placed and when one is canceled."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner import SellingPartner
from sellingpartner.contract.sales_v1 import Granularity
from sellingpartner.testing import TestMarket

WEEK = "2026-11-02T00:00:00Z--2026-11-09T00:00:00Z"


def test_a_week_sums_up_to_its_orders(market: TestMarket, client: SellingPartner) -> None:
    for sku, quantity in (("MUG-BLUE", 2), ("MUG-RED", 1), ("LAMP-OAK", 1)):
        market.buys(sku, quantity)
        market.advance(days=1)

    days = client.sales.get_order_metrics(
        marketplace_ids=[market.marketplace_id], interval=WEEK, granularity=Granularity.DAY, granularity_time_zone="UTC"
    ).payload
    whole = client.sales.get_order_metrics(
        marketplace_ids=[market.marketplace_id], interval=WEEK, granularity=Granularity.TOTAL
    ).payload

    orders = client.orders_v0.get_orders(marketplace_ids=[market.marketplace_id], created_after="2026-11-01T00:00:00Z")
    assert days is not None
    assert whole is not None
    [total] = whole
    assert [one.unit_count for one in days] == [2, 1, 1, 0, 0, 0, 0]
    assert sum(Decimal(one.total_sales.amount) for one in days) == Decimal(total.total_sales.amount)
    assert total.order_count == len(orders.payload.orders) == 3
    items = [item for one in orders.payload.orders for item in bought(client, one.amazon_order_id)]
    assert sum(items) == Decimal(total.total_sales.amount)


def bought(client: SellingPartner, order_id: str) -> list[Decimal]:
    found = client.orders_v0.get_order_items(order_id=order_id).payload.order_items
    return [Decimal(one.item_price.amount or 0) for one in found if one.item_price is not None]
