from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import msgspec
import pytest

from sellingpartner.cli.reach.moments import moment_of
from sellingpartner.cli.reach.transport import through
from sellingpartner.server.process.credentials import Credentials
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]

SINCE = ("--since", "2026-11-01")


def test_orders_are_listed_for_people_sheets_and_programs(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    paid, unpaid = market.buys("MUG-BLUE", 2), market.buys("MUG-RED", paid=False)
    market.advance(minutes=5)  # orders are listed two minutes after they were placed

    told = spapi("orders", "list", *SINCE)
    sheet = spapi("orders", "list", *SINCE, "--csv", "--columns", "AmazonOrderId,NumberOfItemsUnshipped")
    lines = spapi("orders", "list", *SINCE, "--json").out.splitlines()

    assert (told.code, told.err) == (0, "")
    assert told.out.split()[0] == "AmazonOrderId"
    assert {line.split()[0] for line in told.out.splitlines()[1:]} == {paid, unpaid}
    assert sheet.out.splitlines()[0] == "AmazonOrderId,NumberOfItemsUnshipped"
    assert set(sheet.out.splitlines()[1:]) == {f"{paid},2", f"{unpaid},1"}
    assert {one["AmazonOrderId"]: one["OrderStatus"] for one in map(msgspec.json.decode, lines)} == {
        paid: "Unshipped",
        unpaid: "Pending",
    }


def test_where_no_order_is_listed_it_is_said_when_one_is(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    market.buys()

    said = spapi("orders", "list", *SINCE)

    assert (said.code, said.out) == (0, "Nothing was found.\n")
    assert "An order is listed two minutes after it was placed" in said.err
    market.advance(minutes=3)
    assert spapi("orders", "list", *SINCE).err == ""


def test_a_status_is_written_in_any_way(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    market.buys()
    pending = market.buys(paid=False)
    market.advance(minutes=5)  # orders are listed two minutes after they were placed
    asked = ("orders", "list", *SINCE, "--csv", "--columns", "AmazonOrderId")

    assert spapi(*asked, "--status", "PENDING", "--status", "partially-shipped").out.split() == [
        "AmazonOrderId",
        pending,
    ]
    assert spapi("orders", "list", *SINCE, "--status", "cancelled").out == "Nothing was found.\n"


def test_no_more_is_read_than_was_wanted(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    for _ in range(3):
        market.buys()
    market.advance(minutes=5)  # orders are listed two minutes after they were placed

    some = spapi("orders", "list", *SINCE, "--limit", "2", "--json")
    calls = [call["operation"] for call in spapi("requests", "--json").json()["requests"]]
    every = spapi("orders", "list", *SINCE, "--all", "--json")

    assert (some.out.count("\n"), some.err) == (2, "There are more than 2; --limit or --all shows them.\n")
    assert calls.count("getOrders") == 1
    assert (every.out.count("\n"), every.err) == (3, "")


def test_an_order_is_shown_with_its_lines(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    order_id = market.buys("MUG-BLUE", 2)

    told = spapi("orders", "show", order_id)
    machine = spapi("orders", "show", order_id, "--json").json()
    lines = spapi("orders", "show", order_id, "--csv", "--columns", "SellerSKU,QuantityOrdered,ItemPrice.Amount")

    assert ["OrderTotal.CurrencyCode", "USD"] in [line.split() for line in told.out.splitlines()]
    assert "MUG-BLUE" in told.out.splitlines()[-1]
    assert machine["order"]["AmazonOrderId"] == order_id
    assert [line["SellerSKU"] for line in machine["orderItems"]] == ["MUG-BLUE"]
    assert lines.out == "SellerSKU,QuantityOrdered,ItemPrice.Amount\nMUG-BLUE,2,29.98\n"
    assert "Ada Finch" not in told.out


def test_the_columns_that_are_shown_can_be_chosen(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    order_id = market.buys("MUG-BLUE", 2)
    shown = [line.split(maxsplit=1)[0] for line in spapi("orders", "show", order_id).out.split("\n\n")[0].splitlines()]

    every = spapi("orders", "show", order_id, "--columns", ",".join(shown))
    both = spapi("orders", "show", order_id, "--columns", "OrderStatus,SellerSKU").out
    sheet = spapi("orders", "show", order_id, "--csv", "--columns", "OrderStatus")

    assert (every.code, every.err) == (0, "")
    assert [line.split(maxsplit=1)[0] for line in every.out.splitlines()] == shown
    assert both.split() == ["OrderStatus", "Unshipped", "SellerSKU", "MUG-BLUE"]
    assert "There is no column 'OrderStatus'" in sheet.err  # a sheet has the lines alone


def test_that_a_buyer_asks_for_a_cancellation_is_shown(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    order_id = market.buys("MUG-BLUE", 2)
    usual = spapi("orders", "show", order_id).out

    asked = spapi("order", "cancel", order_id, "--request", "--reason", "Too late for me")
    machine = spapi("order", "cancel", order_id, "--request", "--json").json()
    shown = spapi("orders", "show", order_id).out
    canceled = spapi("order", "cancel", order_id).out

    assert "the buyer asks the seller to cancel it: Too late for me" in asked.out
    assert machine["cancellationRequest"] == "The buyer no longer wants it."
    assert "BuyerRequestedCancel.BuyerCancelReason" not in usual
    assert "BuyerRequestedCancel.BuyerCancelReason" in shown
    assert "The buyer no longer wants it." in shown.splitlines()[-1]
    assert "asks" not in canceled


def test_personal_data_is_shown_if_it_is_asked_for(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    told = spapi("orders", "show", market.buys(), "--personal-data", "shippingAddress").out

    assert ["ShippingAddress.Name", "Ada", "Finch"] in [line.split() for line in told.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("list", "--status", "shiped"), "--status is 'shiped'; it takes Pending, Unshipped, "),
        (("list", "--since", "monday"), "--since is 'monday'; write 2026-11-02, "),
        (("list", "--until", "32d9"), "--until is '32d9'; write "),
        (("list", "--limit", "0"), "--limit is 0; it must be 1 or more."),
        (("list", "--marketplace", "XX"), "'XX' is no marketplace; write an id such as ATVPDKIKX0DER, "),
        (("show", "902-3159896-1390916", "--columns", "Sku"), "There is no column 'Sku'; did you mean "),
    ],
)
def test_what_cannot_be_asked_is_said(spapi: Spapi, ready: Credentials, arguments: tuple[str, ...], why: str) -> None:
    said = spapi("orders", *arguments)

    assert (said.code, said.out) == (2, "")
    assert why in said.err
    asked = {one["path"] for one in spapi("requests", "--json").json()["requests"]}
    assert asked <= {"/market/v1/clock"}  # which the days before are counted from


def test_an_order_that_is_not_there_is_refused(spapi: Spapi, ready: Credentials) -> None:
    said = spapi("orders", "show", "902-0000000-0000000")

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("spapi: getOrder: 404 NotFound - ")


def test_the_version_that_takes_over_is_asked_in_its_own_words(spapi: Spapi, ready: Credentials) -> None:
    asked = []
    line = {"orderItemId": "7", "quantityOrdered": 2, "product": {"sellerSku": "MUG-BLUE"}}
    order = {
        "orderId": "902-3159896-1390916",
        "createdTime": "2026-11-02T09:00:00Z",
        "lastUpdatedTime": "2026-11-02T09:00:00Z",
        "salesChannel": {"channelName": "AMAZON"},
        "orderItems": [line],
    }

    def server(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/auth/o2/token":
            return httpx2.Response(200, json={"access_token": "Atza|1", "token_type": "bearer", "expires_in": 3600})
        asked.append(request.url)
        is_list = request.url.path == "/orders/2026-01-01/orders"
        return httpx2.Response(200, json={"orders": [order]} if is_list else {"order": order})

    newer = ("--api", "2026-01-01")
    with through(httpx2.MockTransport(server)):
        listed = spapi("orders", "list", *SINCE, "--status", "canceled", *newer, "--json")
        shown = spapi("orders", "show", order["orderId"], "--personal-data", "buyerInfo", *newer, "--json").json()

    assert msgspec.json.decode(listed.out) == order
    assert asked[0].params["fulfillmentStatuses"] == "CANCELLED"
    assert asked[0].params["createdAfter"] == "2026-11-01T00:00:00Z"
    assert asked[1].params["includedData"] == "PROCEEDS,FULFILLMENT,PACKAGES,BUYER"
    assert shown["orderItems"] == [line]


def test_how_long_ago_is_a_moment() -> None:
    ago = datetime.now(UTC) - moment_of("36h", "--since")

    assert timedelta(hours=36) <= ago < timedelta(hours=36, seconds=60)
    assert moment_of("2026-11-02T09:00+01:00", "--since") == datetime(2026, 11, 2, 8, tzinfo=UTC)


def test_how_long_ago_goes_by_the_markets_clock(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    order_id = market.buys()
    market.advance(minutes=5)  # orders are listed two minutes after they were placed
    asked = ("orders", "list", "--csv", "--columns", "AmazonOrderId", "--since")

    assert spapi(*asked, "1h").out.split() == ["AmazonOrderId", order_id]
    market.advance(hours=2)
    assert spapi(*asked, "1h").out.split() == ["AmazonOrderId"]
    assert spapi(*asked, "3h").out.split() == ["AmazonOrderId", order_id]
