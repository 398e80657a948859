from __future__ import annotations

import pytest

from sellingpartner.contract.published.names import (
    field_name,
    item_name,
    member,
    members,
    module_name,
    pascal,
    renamed,
    singular,
    snake,
    style_of,
)


@pytest.mark.parametrize(
    ("wire_name", "name"),
    [
        ("amazonOrderId", "amazon_order_id"),
        ("AmazonOrderId", "amazon_order_id"),
        ("SellerSKUList", "seller_sku_list"),
        ("ASINPrepInstructionsList", "asin_prep_instructions_list"),
        ("contentMD5Value", "content_md5_value"),
        ("supportedDPIs", "supported_dpis"),
        ("next30DayShippedSubscriptionUnits", "next30_day_shipped_subscription_units"),
        ("x-amzn-shipping-business-id", "shipping_business_id"),
        ("x-amzn-IdempotencyKey", "idempotency_key"),
        ("Accept-Language", "accept_language"),
        ("carrierTracking.trackingNumber", "tracking_number"),
        ("_links", "links"),
    ],
)
def test_a_wire_name_has_one_python_name(wire_name: str, name: str) -> None:
    assert snake(wire_name) == name


def test_a_name_that_python_has_taken_gets_an_underscore() -> None:
    assert field_name("date") == "date_"
    assert field_name("from") == "from_"
    assert field_name("type") == "type"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Unshipped", "UNSHIPPED"),
        ("AtOriginFC", "AT_ORIGIN_FC"),
        ("PARTIALLY_SHIPPED", "PARTIALLY_SHIPPED"),
        ("application/pdf", "APPLICATION_PDF"),
        ("Amazon Services, Inc.", "AMAZON_SERVICES_INC"),
        ("4x6", "VALUE_4X6"),
        ("2D_BARCODE", "VALUE_2D_BARCODE"),
    ],
)
def test_a_value_has_one_member_name(value: str, name: str) -> None:
    assert member(value) == name


def test_two_values_with_one_name_are_told_apart() -> None:
    assert members(["KG", "kg"]) == {"KG": "KG", "KG_2": "kg"}


def test_a_list_names_its_items() -> None:
    assert singular("OrderStatuses") == "OrderStatus"
    assert singular("Categories") == "Category"
    assert singular("AsinList") == "Asin"
    assert singular("Address") == "Address"
    assert item_name("Lead") == "LeadItem"


def test_a_class_takes_the_style_of_most_of_its_names() -> None:
    assert style_of({"order_id": "orderId", "sku": "sku"}) == "camel"
    assert style_of({"order_id": "OrderId", "sku": "SKU", "name": "Name"}) == "pascal"
    assert style_of({"code": "code"}) is None


def test_the_styles_are_those_of_msgspec() -> None:
    assert renamed("next30_day_units", "camel") == "next30DayUnits"
    assert renamed("address_line1", "pascal") == "AddressLine1"


def test_operations_and_definitions_are_in_pascal() -> None:
    assert pascal("getOrders") == "GetOrders"
    assert pascal("getMyFeesEstimateForSKU") == "GetMyFeesEstimateForSKU"
    assert pascal("x-amzn-shipping-business-id") == "ShippingBusinessId"


def test_a_version_with_dashes_makes_a_module() -> None:
    assert module_name("orders", "2026-01-01") == "orders_2026_01_01"
