from __future__ import annotations

import json
import logging
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import structlog
from structlog.testing import capture_logs
from structlog.typing import EventDict

from sellingpartner.market.accounts.calls import latest_calls
from sellingpartner.market.orders.buyer import Address, Buyer, BuyerTax, TaxClassification
from sellingpartner.testing import Caller, Reply, TestMarket

BUYER = Buyer(
    name="Zebedee Quillfeather",
    email="zq7.nightjar@marketplace.amazon.com",
    county="Rutlandshire",
    company_name="Nightjar Holdings",
    tax=BuyerTax(
        company_legal_name="Nightjar Legal", classifications=(TaxClassification(name="VATNumber", value="GB555123987"),)
    ),
    purchase_order_number="PO-QUILL-77",
)
ADDRESS = Address(
    name="Philomena Brackenbury",
    line_1="77 Gooseberry Steps",
    line_2="Loft Umbra",
    city="Portland",
    state_or_region="OR",
    postal_code="97205",
    country_code="US",
    phone="+1 971 555 0199",
    company_name="Nightjar Holdings",
)
PERSONAL = (
    "Zebedee",
    "Quillfeather",
    "zq7.nightjar",
    "Rutlandshire",
    "Nightjar",
    "GB555123987",
    "PO-QUILL-77",
    "Philomena",
    "Brackenbury",
    "Gooseberry",
    "Umbra",
    "5550199",
    "555 0199",
)
PARTS = "includedData=BUYER,RECIPIENT,TAX,FULFILLMENT"
SINCE = "CreatedAfter=2026-11-01T00:00:00Z"


def personal_in(text: str) -> set[str]:
    return {word for word in PERSONAL if word.lower() in text.lower()}


@pytest.fixture
def order_id(market: TestMarket) -> str:
    made = [market.buys(buyer=BUYER, address=ADDRESS) for _ in range(3)]
    market.advance(minutes=5)
    return made[0]


@pytest.fixture
def lines() -> Iterator[list[EventDict]]:
    """All that would be logged, of every level."""
    kept = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG))
    with capture_logs() as captured:
        yield captured
    structlog.configure(**kept)


def paths_of(market: TestMarket, order_id: str) -> list[str]:
    order = f"/orders/v0/orders/{order_id}"
    listed = f"/orders/v0/orders?MarketplaceIds={market.marketplace_id}&{SINCE}"
    return [
        order,
        f"{order}/address",
        f"{order}/buyerInfo",
        f"{order}/orderItems",
        f"{order}/orderItems/buyerInfo",
        f"{order}/regulatedInfo",
        f"{listed}&MaxResultsPerPage=1",
    ]


def test_without_a_restricted_token_orders_v0_shows_none_of_it(market: TestMarket, order_id: str) -> None:
    for path in paths_of(market, order_id):
        reply = market.seller.call("GET", path)
        assert personal_in(reply.body.decode()) == set(), path


def newer_paths(market: TestMarket, order_id: str) -> list[str]:
    listed = "/orders/2026-01-01/orders?createdAfter=2026-11-01T00:00:00Z&maxResultsPerPage=1"
    return [f"/orders/2026-01-01/orders/{order_id}?{PARTS}", f"{listed}&{PARTS}"]


def test_orders_2026_show_it_by_role_without_a_restricted_token_and_in_no_page_token(
    market: TestMarket, order_id: str
) -> None:
    """The three roles of personal data are not the application's, then one of them is."""
    seen = {}
    for role in ("Inventory and Order Tracking", "Direct-to-Consumer Shipping (Restricted)"):
        with market.market.write() as unit:
            unit.connection.exec_driver_sql(f"UPDATE applications SET roles = '{json.dumps([role])}'")
        caller = market.caller()
        replies = [caller.call("GET", path) for path in newer_paths(market, order_id)]
        assert [reply.status for reply in replies] == [200, 200]
        seen[role] = [personal_in(reply.body.decode()) for reply in replies]
        token = replies[1].json()["pagination"]["nextToken"]
        assert personal_in(token) | personal_in(urlsafe_b64decode(token).decode("latin-1")) == set()

    assert seen["Inventory and Order Tracking"] == [set(), set()]
    assert all({"Zebedee", "zq7.nightjar", "Gooseberry"} <= found for found in seen[role])


def test_a_restricted_token_opens_what_it_names_and_nothing_else(market: TestMarket, order_id: str) -> None:
    other = market.buys(buyer=BUYER, address=ADDRESS)
    path = f"/orders/v0/orders/{order_id}"

    buyer = market.restricted(path, "buyerInfo").call("GET", path).body.decode()
    address = market.restricted(path, "shippingAddress").call("GET", path).body.decode()

    assert "zq7.nightjar@marketplace.amazon.com" in buyer
    assert personal_in(buyer).isdisjoint({"Philomena", "Brackenbury", "Gooseberry", "Umbra", "GB555123987"})
    assert "Gooseberry" in address
    assert personal_in(address).isdisjoint({"Zebedee", "Quillfeather", "zq7.nightjar", "Rutlandshire", "GB555123987"})
    for closed in (f"{path}/address", f"/orders/v0/orders/{other}"):
        reply = market.restricted(path, "buyerInfo", "shippingAddress").call("GET", closed)
        assert (reply.status, personal_in(reply.body.decode())) == (403, set())


def test_no_page_token_holds_it(market: TestMarket, order_id: str) -> None:
    listed = f"/orders/v0/orders?MarketplaceIds={market.marketplace_id}&{SINCE}&MaxResultsPerPage=1"

    reply = market.seller.call("GET", f"{listed}&BuyerEmail={quote(BUYER.email)}")

    token = reply.json()["payload"]["NextToken"]
    assert len(reply.json()["payload"]["Orders"]) == 1
    assert personal_in(token) == set()
    assert personal_in(urlsafe_b64decode(token).decode("latin-1")) == set()


def every_way_to_go_wrong(market: TestMarket, order_id: str) -> list[tuple[Caller, str, str, bytes | None]]:
    """Calls of all kinds, right and wrong, with the personal data wherever a client could put it."""
    seller, email, name = market.seller, quote(BUYER.email), quote(BUYER.name)
    listed = f"/orders/v0/orders?MarketplaceIds={market.marketplace_id}"
    order = f"/orders/v0/orders/{order_id}"
    opened = market.restricted(order, "buyerInfo", "shippingAddress")
    confirmation = f'{{"marketplaceId":"{ADDRESS.line_1}","packageDetail":{{"carrierCode":"{BUYER.name}"}}}}'
    detail = (
        '{"packageReferenceId":"1","carrierCode":"USPS","trackingNumber":"9400","shipDate":"2026-11-02T09:04:00Z",'
        '"orderItems":[{"orderItemId":"%s","quantity":%d}]}'
    )
    elsewhere = f'{{"marketplaceId":"{ADDRESS.line_1}","packageDetail":{detail % ("1", 1)}}}'
    unknown = f'{{"marketplaceId":"{market.marketplace_id}","packageDetail":{detail % (BUYER.email, 1)}}}'
    nothing = f'{{"marketplaceId":"{market.marketplace_id}","packageDetail":{detail % (BUYER.name, 0)}}}'
    resource = f'{{"restrictedResources":[{{"method":"GET","path":"/orders/v0/orders/{BUYER.name}/nowhere"}}]}}'
    wrong_type = f'{{"marketplaceId":["{BUYER.email}"],"packageDetail":"{ADDRESS.line_1}"}}'
    return [
        *((seller, "GET", path, None) for path in paths_of(market, order_id)),
        *((seller, "GET", path, None) for path in newer_paths(market, order_id)),
        (seller, "GET", f"/orders/2026-01-01/orders/{email}", None),
        (seller, "GET", f"/orders/2026-01-01/orders?createdAfter={email}", None),
        (seller, "GET", f"/orders/2026-01-01/orders?createdAfter=2026-11-01&paginationToken={name}", None),
        (seller, "GET", f"/orders/2026-01-01/orders?createdAfter=2026-11-01&marketplaceIds={name}", None),
        (seller, "GET", f"/orders/2026-01-01/orders?createdAfter=2026-11-01&fulfilledBy={name}", None),
        (opened, "GET", order, None),
        (opened, "GET", f"{order}/address", None),
        (seller, "GET", f"{listed}&{SINCE}&BuyerEmail={email}&MaxResultsPerPage=1", None),
        (seller, "GET", f"{listed}&BuyerEmail={email}", None),
        (seller, "GET", f"{listed}&{SINCE}&OrderStatuses={name}", None),
        (seller, "GET", f"{listed}&{SINCE}&IsISPU={name}", None),
        (seller, "GET", f"{listed}&CreatedAfter={email}", None),
        (seller, "GET", f"{listed}&NextToken={email}", None),
        (seller, "GET", f"/orders/v0/orders?MarketplaceIds={name}&{SINCE}", None),
        (seller, "GET", f"/orders/v0/orders/{email}", None),
        (seller, "GET", f"/orders/v0/orders/{quote(ADDRESS.line_1)}/address", None),
        (seller, "GET", f"/nowhere/{email}", None),
        (market.anybody(), "GET", f"{listed}&BuyerEmail={email}", None),
        (seller.with_token(f"Atza|{BUYER.name}"), "GET", order, None),
        (seller, "POST", f"{order}/shipmentConfirmation", confirmation.encode()),
        (seller, "POST", f"{order}/shipmentConfirmation", wrong_type.encode()),
        (seller, "POST", f"{order}/shipmentConfirmation", BUYER.email.encode()),
        *((seller, "POST", f"{order}/shipmentConfirmation", one.encode()) for one in (elsewhere, unknown, nothing)),
        (seller, "POST", "/tokens/2021-03-01/restrictedDataToken", resource.encode()),
        (seller, "POST", "/tokens/2021-03-01/restrictedDataToken", f'{{"restrictedResources":"{name}"}}'.encode()),
        (seller, "POST", "/auth/o2/token", f"grant_type={email}&client_id={name}".encode()),
    ]


def test_no_log_line_and_no_row_of_the_journal_holds_it_whatever_was_sent(
    market: TestMarket, order_id: str, lines: list[EventDict]
) -> None:
    calls = every_way_to_go_wrong(market, order_id)

    replies: list[Reply] = [caller.call(method, path, body=body) for caller, method, path, body in calls]
    market.server.journal.flush()

    with market.market.read() as unit:
        rows = latest_calls(unit, limit=1_000)
    assert len(rows) == len([line for line in lines if line["event"] == "call"]) == len(calls)
    assert {reply.status for reply in replies} >= {200, 400, 403}
    assert [row for row in rows if personal_in(repr(row))] == []
    assert [line for line in lines if personal_in(repr(line))] == []


def test_no_refusal_tells_what_the_market_knows_of_a_buyer(market: TestMarket, order_id: str) -> None:
    refusals = [
        reply
        for caller, method, path, body in every_way_to_go_wrong(market, order_id)
        if not personal_in(path) and not personal_in((body or b"").decode())
        if (reply := caller.call(method, path, body=body)).status >= 400
    ]

    assert len(refusals) > 2
    assert [reply for reply in refusals if personal_in(reply.body.decode())] == []


def test_a_defect_is_logged_without_it(market: TestMarket, order_id: str, lines: list[EventDict]) -> None:
    """A failing statement is the usual way in which a buyer's name gets into a traceback."""
    with market.market.write(market.seller_account.seller_id) as unit:
        unit.connection.exec_driver_sql("ALTER TABLE stock_movements RENAME TO away")
    broken = f'{{"marketplaceId":"{market.marketplace_id}","packageDetail":%s}}'
    item = market.seller.call("GET", f"/orders/v0/orders/{order_id}/orderItems").json()["payload"]["OrderItems"][0]
    detail = (
        '{"packageReferenceId":"1","carrierCode":"USPS","trackingNumber":"9400","shipDate":"2026-11-02T09:04:00Z",'
        f'"orderItems":[{{"orderItemId":"{item["OrderItemId"]}","quantity":1}}]}}'
    )

    path = f"/orders/v0/orders/{order_id}/shipmentConfirmation"
    reply = market.seller.call("POST", path, body=(broken % detail).encode())

    with market.market.write() as unit:
        unit.connection.exec_driver_sql("ALTER TABLE away RENAME TO stock_movements")
    assert reply.status in {500, 503}
    assert personal_in(reply.body.decode()) == set()
    defects = [line for line in lines if line["log_level"] == "error"]
    assert len(defects) == 1
    assert [line for line in lines if personal_in(repr(line))] == []
