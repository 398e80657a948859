from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from scripted import Caller, Connect, Script, answer

from sellingpartner.client._answers.paging import Walk
from sellingpartner.contract import registry
from sellingpartner.contract.errors import PagesRepeat
from sellingpartner.contract.fba_inventory_v1 import GetInventorySummaries, GranularityType
from sellingpartner.contract.fulfillment_inbound_v0 import (
    GetShipments,
    GetShipmentsQueryType,
    GetShipmentsShipmentStatus,
)
from sellingpartner.contract.invoices_2024_06_19 import GetInvoices
from sellingpartner.contract.operation import answer_type
from sellingpartner.contract.orders_v0 import GetOrder, GetOrders
from sellingpartner.contract.reports_2021_06_30 import GetReports

US = "ATVPDKIKX0DER"


def orders(*ids: str, token: str | None = None) -> dict[str, Any]:
    rows = [
        {"AmazonOrderId": one, "PurchaseDate": "x", "LastUpdateDate": "x", "OrderStatus": "Unshipped"} for one in ids
    ]
    return {"payload": {"Orders": rows, "NextToken": token}}


def pages(caller: Caller, request: Any) -> list[Any]:  # noqa: ANN401 - any request that has pages
    found: list[Any] = caller.call(lambda client: client.pages(request))
    return found


def queries(script: Script) -> list[dict[str, str]]:
    return [dict(request.url.params) for request in script.requests]


def test_pages_are_walked_to_the_last(connect: Connect, script: Script) -> None:
    script.says(answer(orders("1", "2", token="t1")), answer(orders(token="t2")), answer(orders("3")))

    found = pages(connect(script), GetOrders(marketplace_ids=[US], created_after="2026-01-01"))

    assert [[order.amazon_order_id for order in page.payload.orders] for page in found] == [["1", "2"], [], ["3"]]
    assert queries(script) == [
        {"MarketplaceIds": US, "CreatedAfter": "2026-01-01"},
        {"MarketplaceIds": US, "CreatedAfter": "2026-01-01", "NextToken": "t1"},
        {"MarketplaceIds": US, "CreatedAfter": "2026-01-01", "NextToken": "t2"},
    ]


def test_items_are_those_of_all_pages(connect: Connect, script: Script) -> None:
    script.says(answer(orders("1", "2", token="t1")), answer(orders()))
    ask: Callable[[Any], Any] = lambda client: client.orders_v0.get_orders.items(marketplace_ids=[US])  # noqa: E731

    assert [order.amazon_order_id for order in connect(script).call(ask)] == ["1", "2"]


def test_a_walk_can_begin_in_the_middle(connect: Connect, script: Script) -> None:
    script.says(answer(orders("3")))

    pages(connect(script), GetOrders(marketplace_ids=[US], next_token="t2"))

    assert queries(script) == [{"MarketplaceIds": US, "NextToken": "t2"}]


def test_an_empty_token_is_no_token(connect: Connect, script: Script) -> None:
    assert len(pages(connect(script.says(answer(orders("1", token="")))), GetOrders(marketplace_ids=[US]))) == 1


@pytest.mark.parametrize("tokens", [["a", "a"], ["a", "b", "a"]])
def test_pages_that_go_in_a_circle_are_an_error(connect: Connect, script: Script, tokens: list[str]) -> None:
    script.says(*(answer(orders(str(at), token=token)) for at, token in enumerate(tokens)))

    with pytest.raises(PagesRepeat, match="getOrders"):
        pages(connect(script), GetOrders(marketplace_ids=[US]))

    assert len(script.requests) == len(tokens)


def test_a_page_that_names_itself_is_an_error(connect: Connect, script: Script) -> None:
    with pytest.raises(PagesRepeat):
        pages(connect(script.says(answer(orders("1", token="t")))), GetOrders(marketplace_ids=[US], next_token="t"))


def test_reports_want_the_token_alone(connect: Connect, script: Script) -> None:
    script.says(answer({"reports": [], "nextToken": "t1"}), answer({"reports": []}))

    pages(connect(script), GetReports(report_types=["GET_X"], page_size=10))

    assert queries(script) == [{"reportTypes": "GET_X", "pageSize": "10"}, {"nextToken": "t1"}]


def test_invoices_want_the_token_without_filters(connect: Connect, script: Script) -> None:
    script.says(answer({"invoices": [], "nextToken": "t1"}), answer({"invoices": []}))

    pages(connect(script), GetInvoices(marketplace_id=US, series="1", page_size=10))

    assert queries(script) == [
        {"marketplaceId": US, "series": "1", "pageSize": "10"},
        {"marketplaceId": US, "nextToken": "t1"},
    ]


def test_inbound_shipments_are_told_that_there_is_a_token(connect: Connect, script: Script) -> None:
    script.says(answer({"payload": {"ShipmentData": [], "NextToken": "t1"}}), answer({"payload": {}}))

    pages(
        connect(script),
        GetShipments(
            query_type=GetShipmentsQueryType.SHIPMENT,
            marketplace_id=US,
            shipment_status_list=[GetShipmentsShipmentStatus.WORKING],
        ),
    )

    assert [(query["QueryType"], query.get("NextToken")) for query in queries(script)] == [
        ("SHIPMENT", None),
        ("NEXT_TOKEN", "t1"),
    ]


def test_a_token_beside_the_payload_is_found(connect: Connect, script: Script) -> None:
    page: dict[str, Any] = {"payload": {"granularity": {}, "inventorySummaries": []}}
    script.says(answer({**page, "pagination": {"nextToken": "t1"}}), answer(page))

    call = GetInventorySummaries(granularity_type=GranularityType.MARKETPLACE, granularity_id=US, marketplace_ids=[US])

    assert len(pages(connect(script), call)) == 2


def test_an_operation_without_pages_says_so(connect: Connect, script: Script) -> None:
    with pytest.raises(TypeError, match="getOrder has no pages"):
        pages(connect(script), GetOrder(order_id="1"))


def test_the_token_of_every_operation_that_pages_is_found() -> None:

    found = 0
    for entry in registry.operations():
        request = registry.load(entry)
        if request.operation.pages is not None:
            walk = Walk(request(**dict.fromkeys(request.__struct_fields__)))
            walk.turn(answer_type(request)(**dict.fromkeys(answer_type(request).__struct_fields__)))
            assert walk.request is None
            found += 1

    assert found == 73
