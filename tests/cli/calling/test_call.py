from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest

from sellingpartner.cli.reach.transport import through
from sellingpartner.market.events.orders import OrderShipped
from sellingpartner.market.product_types.questions import example_of
from sellingpartner.server.process.credentials import Credentials
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]

SINCE = "CreatedAfter=2026-11-01"


def shipment(order_id: str, item_id: str) -> tuple[str, ...]:
    return (
        f"orderId={order_id}",
        "packageDetail.packageReferenceId=1",
        "packageDetail.carrierCode=UPS",
        "packageDetail.trackingNumber=1Z999",
        "package_detail.ship_date=2026-11-02",
        f"packageDetail.orderItems.0.orderItemId={item_id}",
        "packageDetail.orderItems.0.quantity=1",
    )


def item_of(market: TestMarket, order_id: str) -> str:
    answer = market.seller.call("GET", f"/orders/v0/orders/{order_id}/orderItems").json()
    item_id: str = answer["payload"]["OrderItems"][0]["OrderItemId"]
    return item_id


def test_an_operation_is_called_and_read_by_people_and_programs(
    market: TestMarket, spapi: Spapi, ready: Credentials
) -> None:
    order_id = market.buys()

    told = spapi("call", "orders_v0.getOrder", f"orderId={order_id}")
    by_python_s_names = spapi("call", "orders_v0.get_order", f"order_id={order_id}", "--json").json()
    in_a_sheet = spapi("call", "orders_v0.getOrder", f"orderId={order_id}", "--csv", "--columns", "OrderStatus,IsPrime")

    assert (told.code, told.err) == (0, "")
    assert ["OrderStatus", "Unshipped"] in [line.split() for line in told.out.splitlines()]
    assert by_python_s_names == market.seller.call("GET", f"/orders/v0/orders/{order_id}").json()
    assert in_a_sheet.out == "OrderStatus,IsPrime\nUnshipped,false\n"


class Pieces(httpx2.SyncByteStream):
    """A body that comes byte by byte, as from a socket."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def __iter__(self) -> Iterator[bytes]:
        return (bytes([byte]) for byte in self.body)


def test_json_is_what_was_sent_with_all_that_the_contract_does_not_know(spapi: Spapi, ready: Credentials) -> None:
    sent = b'{"payload": {"AmazonOrderId": "1", "Novelty": [12.10]}}'

    def server(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/auth/o2/token":
            return httpx2.Response(200, json={"access_token": "Atza|1", "token_type": "bearer", "expires_in": 3600})
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        return httpx2.Response(200, stream=Pieces(gzip.compress(sent)), headers=headers)

    with through(httpx2.MockTransport(server)):
        said = spapi("call", "orders_v0.getOrder", "orderId=1", "--json")
        in_time = spapi("call", "orders_v0.getOrder", "orderId=1", "--json", "--deadline", "30")

    assert said.out == msgspec.json.format(sent).decode() + "\n"
    assert in_time.out == said.out


def test_a_body_is_written_field_by_field_and_ships_the_order(
    market: TestMarket, spapi: Spapi, ready: Credentials
) -> None:
    order_id = market.buys()

    said = spapi("call", "confirmShipment", *shipment(order_id, item_of(market, order_id)))

    assert (said.code, said.out, said.err) == (0, "Done.\n", "")
    assert [fact.order_id for fact in market.facts(OrderShipped)] == [order_id]
    assert market.seller.call("GET", f"/orders/v0/orders/{order_id}").json()["payload"]["OrderStatus"] == "Shipped"


def test_a_field_of_an_object_that_may_be_missing_is_written_with_dots(spapi: Spapi, ready: Credentials) -> None:
    within = "FeesEstimateRequest."
    price = f"{within}PriceToEstimateFees.ListingPrice."

    said = spapi(
        "call", "getMyFeesEstimateForSKU", "SellerSKU=MUG-BLUE", f"{within}MarketplaceId=US", f"{within}Identifier=a",
        f"{price}CurrencyCode=USD", f"{price}Amount=19.99", "--json",
    )  # fmt: skip

    assert (said.code, said.err) == (0, "")
    assert said.json()["payload"]["FeesEstimateResult"]["Status"] == "Success"


@pytest.mark.parametrize("way", ["file", "stdin", "text"])
def test_a_body_comes_whole_and_arguments_go_before_it(
    market: TestMarket, spapi: Spapi, ready: Credentials, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id = market.buys()
    item = {"orderItemId": item_of(market, order_id), "quantity": 1}
    parcel = {
        "packageReferenceId": "1",
        "carrierCode": "UPS",
        "trackingNumber": "1",
        "shipDate": "2026-11-02T09:00:00Z",
    }
    body = msgspec.json.encode({"marketplaceId": "wrong", "packageDetail": parcel | {"orderItems": [item]}}).decode()
    Path("body.json").write_text(body)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(body.encode())))
    written = {"file": "body.json", "stdin": "-", "text": body}[way]

    said = spapi("call", "confirmShipment", f"orderId={order_id}", "marketplaceId=us", "--body", written)

    assert (said.code, said.err) == (0, "")
    assert [fact.order_id for fact in market.facts(OrderShipped)] == [order_id]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("confirmShipmnt",), "There is no operation 'confirmShipmnt'. Did you mean confirmShipment"),
        (("getOrder", "orderId=1"), "Several APIs have an operation getOrder; write fulfillment_outbound.getOrder (s"),
        (("getOrder", "--api", "orders", "--version", "v7"), "orders v7 has no operation getOrder; "),
        (("orders_v0.getOrder",), "getOrder needs orderId (text); see spapi call orders_v0.getOrder --help"),
        (("orders_v0.getOrder", "orderId"), "'orderId' is no parameter; write name=value, or name:=JSON."),
        (("orders_v0.getOrder", "orderIds=1"), "getOrder has no parameter 'orderIds'. Did you mean orderId?"),
        (("orders_v0.getOrder", "orderId=1", "orderId=2"), "orderId is given twice; it takes text."),
        (("orders_v0.getOrder", "orderId.x=1"), "orderId takes text and has no field 'x'; write orderId=VALUE."),
        (("orders_v0.getOrder", "orderId=1", "--all"), "getOrder has no pages; leave --all out."),
        (("orders_v0.getOrder", "orderId=1", "--body", "{}"), "getOrder has no body; leave --body out."),
        (("orders_v0.getOrder", "orderId=1", "--csv", "--json"), "--json and --csv do not go together; "),
        (("orders_v0.getOrder", "orderId=1", "--columns", "OrderState"), "There is no column 'OrderState'; did you "),
        (("orders_v0.getOrder", "orderId=1", "--columns", "OrderTotal"), "did you mean OrderTotal.CurrencyCode or Ord"),
        (("orders_v0.getOrder", "orderId=1", "--columns", "zzz"), "There is no column 'zzz'; there are AmazonOrderId,"),
        (("orders_v0.getOrders", "--limit", "0"), "--limit is 0; it must be 1 or more."),
        (("orders_v0.getOrders", "MaxResultsPerPage=many"), "MaxResultsPerPage is 'many'; it takes a whole number."),
        (("confirmShipment", "orderId=1", "codCollectionMethod=Cash"), "it takes one of DirectPayment. (codCollection"),
        (("confirmShipment", "packageDetail=1"), "an object (PackageDetail): write packageDetail.NAME=VALUE or "),
        (("confirmShipment", "packageDetail:={"), "packageDetail is '{'; after := comes JSON ("),
        (("confirmShipment", 'packageDetail:={"carrier": 1}'), "packageDetail has no field 'carrier'. Did you"),
        (("confirmShipment", "packageDetail.orderItems.1.quantity=1"), "number its entries from 0 without a gap"),
        (("confirmShipment", *["packageDetail.orderItems.0.quantity=1"] * 2), "quantity is given twice; it takes a "),
        (("confirmShipment", "packageDetail.shipDate=soon"), "it takes a time such as 2026-11-02T09:00:00Z."),
        (("confirmShipment", "--body", "{"), "--body is no JSON: "),
        (("confirmShipment", "--body", "[]"), "--body must be a JSON object with packageDetail, "),
        (("confirmShipment", "--body", '{"orderId": "1"}'), "confirmShipment has no field 'orderId' in its body."),
        (("confirmShipment", "--body", "none.json"), "--body none.json: No such file or directory; give a file, "),
        (("getMyFeesEstimates", "--body", '[{"IdType": "ASIN"}]'), "getMyFeesEstimates needs body.0.IdValue (text); "),
        ((), "Name an operation, such as getMarketplaceParticipations; `spapi operations` lists them."),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_said_with_what_would_be_right(
    market: TestMarket, spapi: Spapi, ready: Credentials, arguments: tuple[str, ...], why: str
) -> None:
    said = spapi("call", *arguments)

    assert (said.code, said.out) == (2, "")
    assert why in said.err
    assert said.err.count("\n") == 1
    assert spapi("requests", "--json").json()["requests"] == []


def test_a_value_of_the_wrong_type_in_json_is_named_by_its_place(spapi: Spapi, ready: Credentials) -> None:
    items = 'packageDetail.orderItems:=[{"orderItemId": "1", "quantity": "two"}]'

    said = spapi("call", "confirmShipment", *shipment("902-3159896-1390916", "1")[:-2], items)

    assert said.code == 2
    assert said.err == (
        "spapi: confirmShipment cannot take this: packageDetail.orderItems.0.quantity: Expected `int`, got `str`.\n"
    )


def test_a_value_outside_an_enumeration_is_sent_if_it_is_json(spapi: Spapi, ready: Credentials) -> None:
    said = spapi(
        "call", "confirmShipment", *shipment("902-3159896-1390916", "1"), 'codCollectionMethod:="Barter"',
    )  # fmt: skip

    assert said.code == 1
    assert "confirmShipment: 400 InvalidInput" in said.err


def test_a_refusal_is_one_line_with_its_request_and_code_1(spapi: Spapi, ready: Credentials) -> None:
    said = spapi("call", "orders_v0.getOrder", "orderId=902-0000000-0000000", "--json")

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("spapi: getOrder: 404 NotFound - ")
    assert "[request " in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("name", ["summaries[0].itemName", "summaries.0.itemName"])
@pytest.mark.parametrize("as_csv", [("--csv",), ()])
def test_what_is_within_a_list_of_an_entry_can_be_a_column(
    spapi: Spapi, ready: Credentials, name: str, as_csv: tuple[str, ...]
) -> None:
    said = spapi("call", "searchCatalogItems", "keywords=blue mug", "--limit", "1", "--columns", name, *as_csv)

    assert [line.strip(' "') for line in said.out.splitlines()] == ["summaries[0].itemName", "Stoneware Mug, Blue"]


def test_a_table_says_how_to_choose_within_its_lists(spapi: Spapi, ready: Credentials) -> None:
    said = spapi("call", "searchCatalogItems", "keywords=mug")

    assert "--columns chooses within lists, too, such as summaries[0].marketplaceId." in said.err


def test_what_is_answered_with_nothing_is_done(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    mine = (f"amazonOrderId={market.buys()}", "marketplaceIds=US", "text=We are late.")

    assert spapi("call", "createUnexpectedProblem", *mine).out == "Done.\n"


def test_where_amazons_words_give_no_reason_the_markets_log_does(
    market: TestMarket, spapi: Spapi, ready: Credentials
) -> None:
    said = spapi("call", "CreateWarranty", f"amazonOrderId={market.buys()}", "marketplaceIds=US")

    assert "403 Unauthorized - Invalid amazonOrderId and template combination. `spapi requests --refused`" in said.err
    assert "warranty cannot be sent now" in spapi("requests", "--refused").out


def test_of_several_versions_the_newest_is_called_without_a_word(
    market: TestMarket, spapi: Spapi, ready: Credentials
) -> None:
    said = spapi("call", "orders.getOrder", f"orderId={market.buys()}", "--columns", "order.salesChannel.channelName")

    assert (said.code, said.out, said.err) == (0, "order.salesChannel.channelName  AMAZON\n", "")


@pytest.mark.parametrize(("title", "code"), [("A mug", 0), (5, 1)])
def test_a_submission_that_is_invalid_is_shown_and_told_apart_by_its_exit_code(
    market: TestMarket, spapi: Spapi, ready: Credentials, title: object, code: int
) -> None:
    said = {**example_of("MUG", market.marketplace_id), "item_name": [{"value": title}]}
    mine = (f"sellerId={market.seller.seller_id}", "sku=MINE", "productType=MUG", f"attributes:={json.dumps(said)}")

    answer = spapi("call", "putListingsItem", *mine, "mode=VALIDATION_PREVIEW", "--json")

    assert (answer.code, answer.json()["status"]) == (code, "INVALID" if code else "VALID")
    assert answer.err.startswith("spapi: The submission is INVALID: nothing of it is kept;") is bool(code)


def test_where_nobody_says_what_is_served_the_newest_version_is_called(spapi: Spapi, ready: Credentials) -> None:
    def amazon(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/auth/o2/token":
            return httpx2.Response(200, json={"access_token": "Atza|1", "token_type": "bearer", "expires_in": 3600})
        return httpx2.Response(404, json={"errors": [{"code": "NotFound", "message": request.url.path}]})

    with through(httpx2.MockTransport(amazon)):
        said = spapi("call", "orders.getOrder", "orderId=1")

    assert said.err.startswith("spapi: getOrder: 404")
    assert "/orders/2026-01-01/orders/1" in said.err


def test_what_the_market_does_not_serve_is_refused_with_what_it_does(spapi: Spapi, ready: Credentials) -> None:
    said = spapi("call", "getPurchaseOrders")

    assert said.code == 1
    assert "501 NotImplemented - " in said.err
    assert "`spapi operations --served` lists what it serves." in said.err


def test_what_the_newest_version_lacks_is_called_in_the_one_that_has_it(
    market: TestMarket, spapi: Spapi, ready: Credentials
) -> None:
    order_id = market.buys()

    said = spapi("call", "orders.getOrderItems", f"orderId={order_id}", "--csv", "--columns", "SellerSKU")

    assert (said.code, said.out, said.err) == (0, "SellerSKU\nMUG-BLUE\n", "")


def test_a_page_is_shown_and_what_follows_is_said(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    placed = [market.buys() for _ in range(3)]
    market.advance(minutes=5)  # orders are listed two minutes after they were placed
    asked = ("call", "orders.getOrders", SINCE, "MaxResultsPerPage=2")

    first = spapi(*asked, "--columns", "AmazonOrderId")
    machine = spapi(*asked, "--json").json()

    assert len(first.out.split()) == 3
    assert first.err == "There are more pages; --all reads them.\n"
    assert {order["AmazonOrderId"] for order in machine["payload"]["Orders"]} < set(placed)


def test_all_pages_are_read_an_entry_a_line(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    placed = [market.buys() for _ in range(3)]
    market.advance(minutes=5)  # orders are listed two minutes after they were placed
    asked = ("call", "orders.getOrders", SINCE, "MaxResultsPerPage=2")

    lines = spapi(*asked, "--all", "--json").out.splitlines()
    sheet = spapi(*asked, "--limit", "1", "--csv", "--columns", "AmazonOrderId").out.splitlines()
    calls = spapi("requests", "--json").json()["requests"]

    found = [msgspec.json.decode(line)["AmazonOrderId"] for line in lines]
    assert sorted(found) == sorted(placed)
    assert sheet == ["AmazonOrderId", found[0]]
    assert [call["operation"] for call in calls].count("getOrders") == 3  # two pages, then one


def test_csv_has_the_contract_s_columns_whatever_is_in_an_answer(
    market: TestMarket, spapi: Spapi, ready: Credentials
) -> None:
    header = spapi("call", "orders.getOrders", SINCE, "--csv").out
    market.buys()
    market.advance(minutes=5)  # orders are listed two minutes after they were placed
    filled = spapi("call", "orders.getOrders", SINCE, "--csv").out.splitlines()

    assert header.count("\n") == 1
    assert filled[0] == header.strip()
    assert "OrderTotal.CurrencyCode,OrderTotal.Amount" in header
    assert '"[""Standard""]"' in filled[1]


def test_a_marketplace_that_must_be_named_is_the_caller_s(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    market.buys()
    market.advance(minutes=5)  # orders are listed two minutes after they were placed

    theirs = spapi("call", "orders.getOrders", SINCE, "--csv", "--columns", "MarketplaceId")
    another = spapi("call", "orders.getOrders", SINCE, "MarketplaceIds=CA", "--json")

    assert theirs.out == "MarketplaceId\nATVPDKIKX0DER\n"
    assert another.code == 1  # the seller does not sell there


def test_a_list_is_given_by_commas_or_again(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    market.buys(paid=False)
    market.buys()
    market.advance(minutes=5)  # orders are listed two minutes after they were placed
    asked = ("call", "orders.getOrders", SINCE, "--csv", "--columns", "OrderStatus")

    by_commas = spapi(*asked, "OrderStatuses=Pending,Unshipped").out
    again = spapi(*asked, "OrderStatuses=Pending", "orderStatuses=Unshipped").out

    assert by_commas == again
    assert sorted(by_commas.split()) == ["OrderStatus", "Pending", "Unshipped"]


def test_personal_data_is_asked_for_with_a_token(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    asked = ("call", "orders_v0.getOrder", f"orderId={market.buys()}", "--json")

    without = spapi(*asked).json()["payload"]
    private = spapi(*asked, "--personal-data", "buyerInfo").json()["payload"]
    everything = spapi(*asked, "--personal-data", "all").json()["payload"]

    assert "BuyerName" not in without["BuyerInfo"]
    assert private["BuyerInfo"]["BuyerName"] == "Ada Finch"
    assert everything["ShippingAddress"]["Name"] == "Ada Finch"
