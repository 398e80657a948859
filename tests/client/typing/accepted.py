"""What type checkers know of both clients; checked, never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from decimal import Decimal
from typing import assert_type

import msgspec

from sellingpartner import AsyncSellers, AsyncSellingPartner, Sellers, SellingPartner
from sellingpartner.client.documents import Document, FeedResult, OrderLine, Row
from sellingpartner.contract.finances_v0 import ListFinancialEventsResponse
from sellingpartner.contract.operation import NoContent
from sellingpartner.contract.orders_2026_01_01 import GetOrderResponse as NewGetOrderResponse
from sellingpartner.contract.orders_v0 import GetOrder, GetOrderResponse, GetOrders, GetOrdersResponse, Order
from sellingpartner.contract.reports_2021_06_30 import CreateReportResponse


def at_once(client: SellingPartner, sellers: Sellers) -> None:
    assert_type(client.send(GetOrder(order_id="1")), GetOrderResponse)
    assert_type(client.orders_v0.get_order(order_id="1"), GetOrderResponse)
    assert_type(client.orders_v0.get_order(order_id="1").payload, Order)
    assert_type(client.orders_v0.get_orders(marketplace_ids=["1"]).payload.orders, list[Order])
    assert_type(client.orders.get_order(order_id="1"), NewGetOrderResponse)
    assert_type(client.reports.cancel_report(report_id="1"), NoContent)
    assert_type(client.reports.create_report(report_type="X", marketplace_ids=["1"]), CreateReportResponse)
    assert_type(client.pages(GetOrders(marketplace_ids=["1"])), Iterator[GetOrdersResponse])
    assert_type(client.orders_v0.get_orders.pages(marketplace_ids=["1"]), Iterator[GetOrdersResponse])
    assert_type(client.orders_v0.get_orders.items(marketplace_ids=["1"]), Iterator[Order])
    assert_type(client.finances_v0.list_financial_events.pages(), Iterator[ListFinancialEventsResponse])
    assert_type(client.with_options(timeout=5, deadline=60), SellingPartner)
    assert_type(client.with_personal_data("buyerInfo").orders_v0.get_order(order_id="1"), GetOrderResponse)
    assert_type(sellers["acme"], SellingPartner)
    assert_type(sellers["acme"].orders_v0.get_order(order_id="1"), GetOrderResponse)


async def awaited(client: AsyncSellingPartner, sellers: AsyncSellers) -> None:
    assert_type(await client.send(GetOrder(order_id="1")), GetOrderResponse)
    assert_type(await client.orders_v0.get_order(order_id="1"), GetOrderResponse)
    assert_type(await client.orders.get_order(order_id="1"), NewGetOrderResponse)
    assert_type(client.pages(GetOrders(marketplace_ids=["1"])), AsyncIterator[GetOrdersResponse])
    assert_type(client.orders_v0.get_orders.pages(marketplace_ids=["1"]), AsyncIterator[GetOrdersResponse])
    assert_type(client.orders_v0.get_orders.items(marketplace_ids=["1"]), AsyncIterator[Order])
    assert_type(client.with_options(priority=1), AsyncSellingPartner)
    assert_type(await sellers["acme"].orders_v0.get_order(order_id="1"), GetOrderResponse)


class Mug(msgspec.Struct):
    sku: str


def documents_at_once(client: SellingPartner) -> None:
    assert_type(client.reports.download("X", "2026-01-01", to="x.txt"), Document[Row])
    assert_type(client.reports.download(report_id="1"), Document[Row])
    assert_type(client.reports.download(OrderLine), Document[OrderLine])
    for line in client.reports.download(OrderLine).rows():
        assert_type(line.item_price, Decimal | None)
        assert_type(line.purchase_date, datetime | None)
    assert_type(client.reports.download("X").rows(into=Mug), Iterator[Mug])
    assert_type(client.feeds.submit("JSON_LISTINGS_FEED", {"messages": []}), FeedResult)
    assert_type(client.data_kiosk.download("{ x }"), Document[Row])


async def documents_awaited(client: AsyncSellingPartner) -> None:
    assert_type(await client.reports.download("X"), Document[Row])
    assert_type(await client.reports.download(OrderLine, deadline=60), Document[OrderLine])
    assert_type(await client.feeds.submit(feed_id="1"), FeedResult)
    assert_type(await client.data_kiosk.download(query_id="1"), Document[Row])
