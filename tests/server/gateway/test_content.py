"""What a call is about is held against the grant before anything else is said of it, even that it is not built."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sellingpartner.contract.scopes import NOTIFICATIONS, ORDERS, PRODUCTS, REPORTS
from sellingpartner.market.accounts.calls import latest_calls
from sellingpartner.testing import Caller, Reply, TestMarket

US = "ATVPDKIKX0DER"


def create(caller: Caller, path: str, **fields: Any) -> Reply:  # noqa: ANN401 - JSON
    return caller.call("POST", path, body=json.dumps({"marketplaceIds": [US], **fields}).encode())


def create_feed(caller: Caller, feed_type: str) -> Reply:
    return create(caller, "/feeds/2021-06-30/feeds", feedType=feed_type, inputFeedDocumentId="amzn1.tortuga.4.na.1")


def create_report(caller: Caller, report_type: str) -> Reply:
    return create(caller, "/reports/2021-06-30/reports", reportType=report_type)


def reason(market: TestMarket) -> str:
    market.server.journal.flush()
    with market.market.read() as unit:
        return latest_calls(unit, limit=1)[0].reason


def test_a_feed_of_orders_takes_the_orders_scope_and_no_other(market: TestMarket) -> None:
    orders, products = market.caller(scopes=(ORDERS,)), market.caller(scopes=(PRODUCTS,))

    refused = create_feed(products, "POST_ORDER_FULFILLMENT_DATA")

    assert refused.status == 403
    assert refused.json()["errors"][0]["details"] == (
        "createFeed of POST_ORDER_FULFILLMENT_DATA needs the scope sellingpartnerapi::orders."
    )
    assert "it has" not in refused.json()["errors"][0]["details"]
    assert reason(market).endswith("the grant has sellingpartnerapi::products.")
    assert (
        create_feed(orders, "POST_ORDER_FULFILLMENT_DATA").status == 400
    )  # permitted: it is the document that is none
    assert create_feed(orders, "JSON_LISTINGS_FEED").status == 403
    assert create_feed(products, "JSON_LISTINGS_FEED").status == 400


def test_a_grant_without_any_scope_of_feeds_gets_no_feed_document(market: TestMarket) -> None:
    body = b'{"contentType": "text/xml; charset=UTF-8"}'

    refused = market.caller(scopes=(REPORTS,)).call("POST", "/feeds/2021-06-30/documents", body=body)

    assert refused.status == 403
    assert "needs one of the scopes" in refused.json()["errors"][0]["details"]


def test_a_feed_of_no_type_is_invalid_input(market: TestMarket) -> None:
    refused = create_feed(market.seller, "str")

    assert refused.status == 400
    assert refused.json()["errors"] == [{"code": "InvalidInput", "message": "feed type str is invalid", "details": ""}]


def test_a_report_of_no_type_is_invalid_input(market: TestMarket) -> None:
    refused = create_report(market.seller, "GET_RICH")

    assert refused.status == 400
    assert refused.json()["errors"][0]["message"] == "Invalid Report Type GET_RICH"


@pytest.mark.parametrize("path", ["reports", "schedules"])
def test_reports_take_one_scope_whatever_they_are_about(market: TestMarket, path: str) -> None:
    orders, reports = market.caller(scopes=(ORDERS,)), market.caller(scopes=(REPORTS,))
    fields = {"reportType": "GET_FLAT_FILE_ORDER_REPORT_DATA_TAX", "period": "PT1H"}

    assert create(reports, f"/reports/2021-06-30/{path}", **fields).status in {201, 202, 400}
    assert create(orders, f"/reports/2021-06-30/{path}", **fields).status == 403


def test_what_is_wrong_with_the_body_is_said_as_for_any_operation(market: TestMarket) -> None:
    refused = market.seller.call("POST", "/feeds/2021-06-30/feeds", body=b"{}")

    assert refused.status == 400
    assert "feedType" in refused.json()["errors"][0]["message"]


def test_a_subscription_is_held_against_its_scope_first(market: TestMarket) -> None:
    path = "/notifications/v1/subscriptions/ANY_OFFER_CHANGED"
    body = b'{"payloadVersion": "1.0", "destinationId": "1"}'

    assert market.caller(scopes=(PRODUCTS,)).call("POST", path, body=body).status == 403
    known = market.caller(scopes=(NOTIFICATIONS,)).call("POST", path, body=body)
    assert (known.status, "No destination" in known.json()["errors"][0]["details"]) == (400, True)
