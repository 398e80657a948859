"""An application that is registered with Amazon's roles may do what a scope and a role allow together."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.tokens_2021_03_01 import CreateRestrictedDataToken, Method, RestrictedResource
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.calls import latest_calls
from sellingpartner.testing import Caller, Reply, TestMarket

US = "ATVPDKIKX0DER"
SHIPPING = "Direct-to-Consumer Shipping (Restricted)"
INVOICING = "Tax Invoicing (Restricted)"
REMITTANCE = "Tax Remittance (Restricted)"
TRACKING = "Inventory and Order Tracking"

With = Callable[..., Caller]


@pytest.fixture
def with_roles(market: TestMarket) -> With:
    """Somebody whose application was registered with these roles when the seller let it in."""

    def let_in(*roles: str) -> Caller:
        # Past the registration, which asks that each scope follows from a role: here all seven stay.
        with market.market.write() as unit:
            unit.connection.exec_driver_sql(f"UPDATE applications SET roles = '{json.dumps(roles)}'")
        return market.caller()

    return let_in


def reason(market: TestMarket) -> str:
    market.server.journal.flush()
    with market.market.read() as unit:
        return latest_calls(unit, limit=1)[0].reason


def post(caller: Caller, path: str, **fields: Any) -> Reply:  # noqa: ANN401 - JSON
    return caller.call("POST", path, body=json.dumps(fields).encode())


def restricted(caller: Caller, path: str, *elements: str) -> str:
    resource = RestrictedResource(method=Method.GET, path=path, data_elements=list(elements) or None)
    return caller.send(CreateRestrictedDataToken(restricted_resources=[resource])).restricted_data_token or ""


def test_an_operation_takes_one_of_its_roles(market: TestMarket, with_roles: With) -> None:
    order = f"/orders/v0/orders/{market.buys()}"

    assert with_roles(TRACKING).call("GET", order).status == 200
    refused = with_roles("Brand Analytics").call("GET", order)

    assert refused.status == 403
    assert refused.json()["errors"][0]["details"] == ""
    assert "needs one of the roles" in reason(market)
    assert TRACKING in reason(market)


def test_what_takes_no_role_is_open_to_all_of_them(with_roles: With) -> None:
    caller = with_roles("Brand Analytics")

    assert caller.call("GET", "/notifications/v1/subscriptions?notificationTypes=ANY_OFFER_CHANGED").status == 200


def test_roles_are_those_of_the_day_of_the_grant(market: TestMarket, with_roles: With) -> None:
    order = f"/orders/v0/orders/{market.buys()}"
    before = with_roles("Brand Analytics")
    after = with_roles("Brand Analytics", TRACKING)

    assert before.call("GET", order).status == 403
    assert after.call("GET", order).status == 200


def test_without_roles_scopes_are_all_there_is(market: TestMarket) -> None:
    with market.market.write() as unit:
        application = change_application(unit, market.application.application_id, name="Harbor Desk")

    assert application.roles is None
    assert market.caller().call("GET", f"/orders/v0/orders/{market.buys()}").status == 200


@pytest.mark.parametrize(
    ("feed_type", "role", "status"),
    [
        ("POST_ORDER_FULFILLMENT_DATA", TRACKING, 400),
        ("POST_ORDER_FULFILLMENT_DATA", INVOICING, 403),
        ("UPLOAD_VAT_INVOICE", INVOICING, 400),
        ("UPLOAD_VAT_INVOICE", TRACKING, 403),
    ],
)
def test_a_feed_takes_the_role_of_its_type(with_roles: With, feed_type: str, role: str, status: int) -> None:
    """Whoever has the role hears that there is no such document."""
    reply = post(
        with_roles(role),
        "/feeds/2021-06-30/feeds",
        feedType=feed_type,
        marketplaceIds=[US],
        inputFeedDocumentId="amzn1.tortuga.4.na.1",
    )

    assert reply.status == status


@pytest.mark.parametrize(
    ("report_type", "role", "is_permitted"),
    [
        ("GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING", SHIPPING, True),
        ("GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING", TRACKING, False),
        ("GET_FLAT_FILE_ORDER_REPORT_DATA_TAX", REMITTANCE, True),
        ("GET_FLAT_FILE_ORDER_REPORT_DATA_TAX", INVOICING, False),
    ],
)
@pytest.mark.parametrize(("path", "made"), [("reports", 202), ("schedules", 201)])
def test_a_report_takes_the_role_of_its_type(
    with_roles: With, report_type: str, role: str, path: str, made: int, *, is_permitted: bool
) -> None:
    caller = with_roles(role)

    reply = post(caller, f"/reports/2021-06-30/{path}", reportType=report_type, marketplaceIds=[US], period="PT1H")

    assert reply.status == (made if is_permitted else 403)


@pytest.mark.parametrize(("role", "refusals"), [("Pricing", (400, 404)), (TRACKING, (403, 403))])
def test_a_subscription_takes_the_role_of_what_it_tells(with_roles: With, role: str, refusals: tuple[int, int]) -> None:
    """Whoever has the role hears that there is no such destination and no such subscription."""
    path = "/notifications/v1/subscriptions/ANY_OFFER_CHANGED"
    caller = with_roles(role)

    made = post(caller, path, payloadVersion="1.0", destinationId="1")
    read = caller.call("GET", f"{path}?payloadVersion=1.0")

    assert (made.status, read.status) == refusals


@pytest.mark.parametrize(
    ("role", "opened", "closed"),
    [
        (SHIPPING, ["shippingAddress"], ["buyerInfo", "buyerTaxInformation"]),
        (INVOICING, ["buyerInfo", "buyerTaxInformation"], ["shippingAddress"]),
        (REMITTANCE, ["buyerInfo"], ["shippingAddress", "buyerTaxInformation"]),
        (TRACKING, [], ["buyerInfo", "shippingAddress", "buyerTaxInformation"]),
    ],
)
def test_personal_data_takes_the_role_of_its_kind(
    market: TestMarket, with_roles: With, role: str, opened: list[str], closed: list[str]
) -> None:
    caller, order = with_roles(role), f"/orders/v0/orders/{market.buys()}"

    for element in opened:
        token = restricted(caller, order, element)
        assert caller.with_token(token).call("GET", order).status == 200
    for element in closed:
        with pytest.raises(InvalidInput) as refused:
            restricted(caller, order, element)
        assert refused.value.message == (
            f"Application does not have access to one or more requested data elements: [{element}]"
        )
        assert f"The grant lacks the role: {element} takes " in reason(market)


@pytest.mark.parametrize(
    ("path", "role", "other"),
    [
        ("/orders/v0/orders/{orderId}/address", SHIPPING, INVOICING),
        ("/orders/v0/orders/{orderId}/buyerInfo", INVOICING, SHIPPING),
        ("/orders/v0/orders/{orderId}/orderItems/buyerInfo", REMITTANCE, SHIPPING),
        ("/mfn/v0/shipments/{shipmentId}", SHIPPING, INVOICING),
    ],
)
def test_what_is_opened_as_a_whole_takes_its_role_as_a_whole(
    with_roles: With, path: str, role: str, other: str
) -> None:
    assert restricted(with_roles(role), path).startswith("Atz.sprdt|")

    with pytest.raises(InvalidInput, match="Application do not have access to some or all requested resource"):
        restricted(with_roles(other), path)
