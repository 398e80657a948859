"""What feeds, reports and subscriptions need, and that the tables of it hold together."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from sellingpartner.contract import registry
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.feed_types import FEED_SCOPES, FEED_TYPES, UNKNOWN
from sellingpartner.contract.feeds_2021_06_30 import CreateFeed
from sellingpartner.contract.needs import depends_on_content, need_of_operation, need_of_request
from sellingpartner.contract.notification_roles import NOTIFICATION_ROLES
from sellingpartner.contract.notifications.registry import entries
from sellingpartner.contract.notifications_v1 import CreateSubscription
from sellingpartner.contract.operation import Operation, Request
from sellingpartner.contract.orders_v0 import GetOrder
from sellingpartner.contract.report_types import REPORT_TYPES, Format, Origin, Party
from sellingpartner.contract.reports_2021_06_30 import CreateReport, CreateReportSchedule, Period
from sellingpartner.contract.scopes import (
    FINANCE,
    INVENTORY,
    NOTIFICATIONS,
    ORDERS,
    PRODUCTS,
    REPORTS,
    SCOPES,
    SHIPPING,
)

US = "ATVPDKIKX0DER"


@cache
def operations() -> tuple[Operation, ...]:
    return tuple(registry.load(entry).operation for entry in registry.operations())


@cache
def roles_of_operations() -> frozenset[str]:
    return frozenset(role for one in operations() for role in need_of_operation(one).roles)


def feed(feed_type: str) -> CreateFeed:
    return CreateFeed(feed_type=feed_type, marketplace_ids=[US], input_feed_document_id="amzn1.tortuga.4.na.1")


def subscription(notification_type: str) -> CreateSubscription:
    return CreateSubscription(notification_type=notification_type, payload_version="1.0", destination_id="1")


def test_every_feed_type_has_a_scope_that_sellers_grant_and_roles_that_operations_have() -> None:
    assert len(FEED_TYPES) == 41
    for known in FEED_TYPES.values():
        assert known.scope in SCOPES
        assert known.roles
        assert set(known.roles) <= roles_of_operations()
    unknown = [known.name for known in FEED_TYPES.values() if known.content_type == UNKNOWN]
    assert unknown == [
        "POST_ENHANCED_CONTENT_DATA",
        "POST_SHIPPING_OVERRIDE_DATA",
        "POST_SELLER_RATE_CARD_FEED",
        "POST_MYR_AUTO_AUTHORIZATION_LIST_DATA",
    ]


def test_the_roles_of_feeds_are_among_those_of_the_operation_that_takes_them() -> None:
    allowed = set(need_of_operation(CreateFeed.operation).roles)

    assert all(set(known.roles) <= allowed for known in FEED_TYPES.values())


def test_every_report_type_has_roles_that_operations_have() -> None:
    assert len(REPORT_TYPES) == 139
    for known in REPORT_TYPES.values():
        assert set(known.roles) <= roles_of_operations()


def test_what_holds_personal_data_takes_a_role_that_amazon_restricts() -> None:
    restricted = [known for known in REPORT_TYPES.values() if known.is_restricted]

    assert len(restricted) == 16
    assert all("(Restricted)" in role for known in restricted for role in known.roles)


def test_settlements_are_made_by_amazon_alone_and_order_reports_in_xml_by_schedule_alone() -> None:
    assert REPORT_TYPES["GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"].origin == Origin(0)
    assert REPORT_TYPES["GET_ORDER_REPORT_DATA_SHIPPING"].origin is Origin.SCHEDULED
    assert REPORT_TYPES["GET_SALES_AND_TRAFFIC_REPORT"].origin == Origin.REQUESTED | Origin.SCHEDULED
    assert REPORT_TYPES["GET_VENDOR_SALES_REPORT"][1:] == (
        Format.JSON,
        Origin.REQUESTED,
        ("Brand Analytics",),
        Party.VENDOR,
        False,
    )


def test_every_notification_type_of_the_contract_has_its_roles_written_down() -> None:
    assert {entry.notification_type for entry in entries()} <= set(NOTIFICATION_ROLES)
    assert {role for roles in NOTIFICATION_ROLES.values() for role in roles} <= roles_of_operations()


@pytest.mark.parametrize(
    ("feed_type", "scope"),
    [
        ("POST_ORDER_FULFILLMENT_DATA", ORDERS),
        ("JSON_LISTINGS_FEED", PRODUCTS),
        ("POST_FLAT_FILE_FBA_CREATE_REMOVAL", INVENTORY),
        ("POST_FULFILLMENT_ORDER_REQUEST_DATA", SHIPPING),
        ("UPLOAD_VAT_INVOICE", FINANCE),
    ],
)
def test_a_feed_needs_the_scope_of_what_it_does(feed_type: str, scope: str) -> None:
    need = need_of_request(feed(feed_type))

    assert need is not None
    assert need.what == f"createFeed of {feed_type}"
    assert need.scopes == (scope,)


def test_the_other_operations_of_feeds_take_any_scope_that_some_feed_has() -> None:
    for operation in operations():
        if operation.path.startswith("/feeds/"):
            assert need_of_operation(operation).scopes == (ORDERS, INVENTORY, PRODUCTS, SHIPPING, FINANCE)
    assert FEED_SCOPES.isdisjoint({REPORTS, NOTIFICATIONS})


@pytest.mark.parametrize(
    "request_",
    [
        CreateReport(report_type="GET_FLAT_FILE_ORDER_REPORT_DATA_TAX", marketplace_ids=[US]),
        CreateReportSchedule(
            report_type="GET_FLAT_FILE_ORDER_REPORT_DATA_TAX", marketplace_ids=[US], period=Period("PT1H")
        ),
    ],
)
def test_a_report_needs_reports_and_the_role_of_its_type(request_: Request[Any]) -> None:
    need = need_of_request(request_)

    assert need is not None
    assert (need.scopes, need.roles) == ((REPORTS,), ("Tax Remittance (Restricted)",))


def test_a_type_that_is_none_is_refused_in_amazons_words() -> None:
    with pytest.raises(InvalidInput, match="feed type str is invalid"):
        need_of_request(feed("str"))
    with pytest.raises(InvalidInput, match="Invalid Report Type _GET_MERCHANT_LISTINGS_DATA_"):
        need_of_request(CreateReport(report_type="_GET_MERCHANT_LISTINGS_DATA_", marketplace_ids=[US]))


def test_a_subscription_takes_the_role_of_what_it_tells() -> None:
    prices = need_of_request(subscription("ANY_OFFER_CHANGED"))

    assert prices is not None
    assert (prices.scopes, prices.roles) == ((NOTIFICATIONS,), ("Pricing",))
    assert need_of_request(subscription("SHIPMENT_TRACKING_MILESTONE_CHANGED")) is None
    assert need_of_request(subscription("NO_SUCH_TYPE")) is None


def test_an_order_is_an_order_whichever_it_is() -> None:
    assert not depends_on_content(GetOrder.operation.key)
    assert need_of_request(GetOrder(order_id="902-1-1")) is None


def test_a_role_of_one_region_is_called_as_in_all_others() -> None:
    assert not [role for role in roles_of_operations() if role.endswith("(FE)")]
