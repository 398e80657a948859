from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fba_inventory_v1 import AddInventory, GetInventorySummaries
from sellingpartner.contract.fulfillment_inbound_2024_03_20 import GetInboundPlan, ListInboundPlans
from sellingpartner.contract.listings_items_2021_08_01 import GetListingsItem
from sellingpartner.contract.orders_2026_01_01 import SearchOrders
from sellingpartner.contract.orders_v0 import GetOrders
from sellingpartner.contract.product_pricing_v0 import GetPricing
from sellingpartner.contract.reports_2021_06_30 import GetReports
from sellingpartner.contract.shipping_v2 import GetTracking

Decode = Callable[..., Any]

US = "MarketplaceIds=ATVPDKIKX0DER"
SUMMARIES = "granularityType=Marketplace&granularityId=A&marketplaceIds=A"
NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("MarketplaceIds=A,B,C", ["A", "B", "C"]),
        ("MarketplaceIds=A%2CB%2CC", ["A", "B", "C"]),
        ("MarketplaceIds=A&MarketplaceIds=B", ["A", "B"]),
        ("MarketplaceIds=A,B&MarketplaceIds=C", ["A", "B", "C"]),
        ("MarketplaceIds=,A,,B,", ["A", "B"]),
        ("MarketplaceIds=&MarketplaceIds=A", ["A"]),
    ],
)
def test_a_list_comes_joined_repeated_or_both(decode: Decode, query: str, values: list[str]) -> None:
    assert decode(GetOrders, query).marketplace_ids == values


@pytest.mark.parametrize("query", ["", "MarketplaceIds=", "MarketplaceIds=,", "marketplaceIds=A"])
def test_a_required_parameter_that_is_missing_is_named(decode: Decode, query: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        decode(GetOrders, query)

    assert refusal.value.message == (
        "Parameter MarketplaceIds is missing; getOrders requires it. It must be a list of texts."
    )


def test_a_header_is_read_and_named_like_a_parameter(decode: Decode) -> None:
    with pytest.raises(InvalidInput) as missing:
        decode(AddInventory)
    with pytest.raises(InvalidInput, match=r"^Header x-amzn-shipping-business-id is invalid: 'X'\. It must be one of "):
        decode(GetTracking, "trackingId=1&carrierId=2", headers={"HTTP_X_AMZN_SHIPPING_BUSINESS_ID": "X"})

    assert missing.value.message == (
        "Header x-amzn-idempotency-token is missing; addInventory requires it. It must be text."
    )


def test_what_the_operation_does_not_know_is_ignored(decode: Decode) -> None:
    unknown = "marketplaceId=A&MarketplaceId=B&marketplace_ids=C&path=/x&RestrictedResources=buyerInfo&x&=&%00=%FF"

    assert decode(GetOrders, f"{US}&{unknown}").marketplace_ids == ["ATVPDKIKX0DER"]


@pytest.mark.parametrize("text", ["true", "True", "TRUE", "1"])
def test_true_is_true_however_it_is_written(decode: Decode, text: str) -> None:
    assert decode(GetInventorySummaries, f"{SUMMARIES}&details={text}").details is True


@pytest.mark.parametrize("text", ["false", "False", "FALSE", "0"])
def test_false_is_false_however_it_is_written(decode: Decode, text: str) -> None:
    assert decode(GetInventorySummaries, f"{SUMMARIES}&details={text}").details is False


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-02T09:00:00Z",
        "2026-11-02T09:00:00z",
        "2026-11-02T09:00:00.000Z",
        "2026-11-02T09:00:00.0000000Z",
        "2026-11-02T09:00:00+00:00",
        "2026-11-02T09:00:00+0000",
        "2026-11-02T10:30:00+01:30",
        "2026-11-02T09:00:00",
        "2026-11-02T09:00:00.000000",
        "2026-11-02 09:00:00",
        "2026-11-02T09:00Z",
        "2026-11-02T09:00",
    ],
)
def test_a_time_is_understood_as_clients_write_it(decode: Decode, text: str) -> None:
    found = decode(SearchOrders, f"createdAfter={quote(text)}").created_after

    assert found == NINE
    assert found.utcoffset() == timedelta(0)


def test_a_time_keeps_its_microseconds(decode: Decode) -> None:
    found = decode(SearchOrders, "createdAfter=2026-11-02T09:00:00.123456Z").created_after

    assert found == NINE + timedelta(microseconds=123456)


def test_a_day_is_its_first_moment_in_utc(decode: Decode) -> None:
    assert decode(SearchOrders, "createdAfter=2026-11-02").created_after == datetime(2026, 11, 2, tzinfo=UTC)


def test_an_empty_value_is_none_and_of_two_the_last_counts(decode: Decode) -> None:
    assert decode(GetReports, "pageSize=&createdSince=").page_size is None
    assert decode(GetReports, "pageSize=5&pageSize=7&pageSize=").page_size == 7


ISO = "It must be a time in ISO 8601, such as 2026-01-31T08:00:00Z"
PLUS = "; a plus sign in a query string is sent as %2B"
ELEVEN = ",".join(["1"] * 11)
STATUSES = "CANCELLED, DONE, FATAL, IN_PROGRESS, IN_QUEUE"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("pageSize=x", "Parameter pageSize is invalid: 'x'. It must be a whole number."),
        ("pageSize=0", "Parameter pageSize is invalid: '0'. It must be at least 1."),
        ("pageSize=101", "Parameter pageSize is invalid: '101'. It must be at most 100."),
        ("pageSize=1.5", "Parameter pageSize is invalid: '1.5'. It must be a whole number."),
        ("createdSince=soon", f"Parameter createdSince is invalid: 'soon'. {ISO}."),
        (
            "createdSince=2026-11-02T09:00:00+00:00",
            f"Parameter createdSince is invalid: '2026-11-02T09:00:00 00:00'. {ISO}{PLUS}.",
        ),
        (
            "createdSince=0001-01-01T00:00:00%2B14:00",
            "Parameter createdSince is invalid. It must be a time between the years 1 and 9999, in UTC.",
        ),
        (
            "processingStatuses=DONE,LOST",
            f"Parameter processingStatuses is invalid: 'LOST'. It must be one of {STATUSES}.",
        ),
        (
            f"marketplaceIds={ELEVEN}",
            f"Parameter marketplaceIds is invalid: '{ELEVEN}'. It must hold at most 10 values; 11 were sent.",
        ),
        (
            "nextToken=%FF",
            "Parameter nextToken is invalid. It must be text in UTF-8, percent-encoded, without the character NUL.",
        ),
        (
            "nextToken=a%00b",
            "Parameter nextToken is invalid. It must be text in UTF-8, percent-encoded, without the character NUL.",
        ),
        ("&".join(f"p{number}=1" for number in range(1001)), "The query string holds more than 1000 parameters."),
    ],
)
def test_a_wrong_value_is_named_with_its_fault_and_the_cure(decode: Decode, query: str, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        decode(GetReports, query)

    assert refusal.value.message == message


def test_limits_of_text_are_said_in_words(decode: Decode) -> None:
    with pytest.raises(InvalidInput) as short:
        decode(GetInboundPlan, path=["wf1"])
    with pytest.raises(InvalidInput) as odd:
        decode(GetInboundPlan, path=["wf" + "_" * 36])
    with pytest.raises(InvalidInput) as long:
        decode(ListInboundPlans, f"paginationToken={'x' * 1025}")

    assert short.value.message == (
        "Path parameter inboundPlanId is invalid: 'wf1'. It must be at least 38 characters long; 3 were sent."
    )
    assert odd.value.message.endswith("It must be made of letters, digits and hyphens only.")
    assert long.value.message == (
        f"Parameter paginationToken is invalid: '{'x' * 60}...'. "
        "It must be at most 1024 characters long; 1025 were sent."
    )


@pytest.mark.parametrize("query", ["pageSize=jane@example.com", "processingStatuses=jane@example.com"])
def test_the_reason_for_the_log_does_not_hold_the_value(decode: Decode, query: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        decode(GetReports, query)

    assert "jane@example.com" in refusal.value.message
    assert "jane" not in refusal.value.reason


@pytest.mark.parametrize("sku", ["A/B C", "A&B", "50%", "A+B", "A#B", "A?B", "größe 尺寸 😀", "A%B", "A%2FB"])
def test_a_sku_is_what_was_sent_decoded_once(decode: Decode, sku: str) -> None:
    assert decode(GetListingsItem, "marketplaceIds=A", path=["S", sku]).sku == sku
    assert decode(GetPricing, f"MarketplaceId=A&ItemType=Sku&Skus={quote(sku, safe='')}").skus == [sku]


def test_a_long_query_is_read(decode: Decode) -> None:
    assert len(decode(GetReports, f"nextToken={'x' * 100_000}").next_token) == 100_000
