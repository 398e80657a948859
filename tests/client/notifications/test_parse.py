from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.client.notifications import NotificationUnreadable, UnknownNotification, parse
from sellingpartner.contract.notifications.any_offer_changed import AnyOfferChangedNotification
from sellingpartner.contract.notifications.application_oauth_client_new_secret import (
    ApplicationOAuthClientNewSecretNotification,
)
from sellingpartner.contract.notifications.listings_item_issues_change_1_0 import (
    ListingsItemIssuesChangeNotification as IssuesOfOld,
)
from sellingpartner.contract.notifications.listings_item_issues_change_2023_12_13 import (
    ListingsItemIssuesChangeNotification as Issues,
)
from sellingpartner.contract.notifications.order_change import OrderChangeNotification, OrderStatus
from sellingpartner.contract.notifications.report_processing_finished import ReportProcessingFinishedNotification

Json = dict[str, Any]
Write = Callable[..., Json]


def test_a_notification_is_read_with_its_envelope(order_change: Write) -> None:
    notification = parse(json.dumps(order_change("111-2222222-3333333")))

    assert notification.notification_type == "ORDER_CHANGE"
    assert notification.payload_version == "1.0"
    assert notification.notification_version == "1.0"
    assert notification.event_time == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert notification.metadata.notification_id == "n-1"
    assert notification.metadata.application_id == "app-1"
    assert notification.metadata.subscription_id == "sub-1"
    assert notification.metadata.publish_time == datetime(2026, 3, 1, 10, 0, 1, tzinfo=UTC)
    assert notification.surprises == ()
    change = notification.payload
    assert isinstance(change, OrderChangeNotification)
    assert change.amazon_order_id == "111-2222222-3333333"
    assert change.summary.order_status is OrderStatus.UNSHIPPED
    assert change.summary.order_items[0].seller_sku == "MUG-BLUE"
    assert change.summary.destination_postal_code is None


def camel_report() -> Json:
    return {
        "notificationVersion": "2020-09-04",
        "notificationType": "REPORT_PROCESSING_FINISHED",
        "payloadVersion": "2020-09-04",
        "eventTime": "2026-03-01T10:00:00Z",
        "payload": {
            "reportProcessingFinishedNotification": {
                "accountId": "amzn1.merchant.o.ASELLER",
                "reportId": "77",
                "reportType": "GET_MERCHANT_LISTINGS_DATA",
                "processingStatus": "DONE",
                "reportDocumentId": "d-1",
            }
        },
        "notificationMetadata": {"notificationId": "n-7"},
    }


def test_keys_in_camel_case_are_understood_as_well() -> None:
    notification = parse(json.dumps(camel_report()).encode())

    assert notification.metadata.notification_id == "n-7"
    assert isinstance(notification.payload, ReportProcessingFinishedNotification)
    assert notification.payload.report_document_id == "d-1"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda found: {"Type": "Notification", "MessageId": "m", "TopicArn": "t", "Message": json.dumps(found)},
        lambda found: {"version": "0", "detail-type": "ORDER_CHANGE", "source": "aws.partner/x", "detail": found},
        lambda found: {"Message": json.dumps({"detail-type": "ORDER_CHANGE", "detail": found})},
        json.dumps,
    ],
    ids=["SNS", "EventBridge", "EventBridge within SNS", "a text"],
)
def test_what_is_wrapped_is_unwrapped(wrap: Callable[[Json], object], order_change: Write) -> None:
    notification = parse(json.dumps(wrap(order_change())))

    assert isinstance(notification.payload, OrderChangeNotification)
    assert notification.metadata.notification_id == "n-1"


def test_of_two_versions_of_a_type_each_has_its_class() -> None:
    issues = {"SellerId": "ASELLER", "Sku": "MUG-BLUE", "Severities": ["ERROR"], "EnforcementActions": ["X"]}
    envelope = {"NotificationType": "LISTINGS_ITEM_ISSUES_CHANGE", "Payload": issues}

    older = parse(json.dumps(envelope | {"PayloadVersion": "1.0"}))
    newer = parse(json.dumps(envelope | {"PayloadVersion": "2023-12-13"}))

    assert isinstance(older.payload, IssuesOfOld)
    assert isinstance(newer.payload, Issues)
    assert newer.payload.enforcement_actions == ["X"]


def test_an_unknown_type_keeps_its_payload_as_it_came() -> None:
    body = {"NotificationType": "BUYER_SANG", "PayloadVersion": "3.0", "Payload": {"Song": {"Verses": [1, 2]}}}

    notification = parse(json.dumps(body))

    assert isinstance(notification, UnknownNotification)
    assert notification.notification_type == "BUYER_SANG"
    assert notification.payload == {"Song": {"Verses": [1, 2]}}
    assert notification.surprises == ()


def test_new_fields_and_new_values_raise_nothing(order_change: Write) -> None:
    notification = parse(json.dumps(order_change(OrderStatus="Levitating", Wings=2)))

    status = notification.payload.summary.order_status
    assert status == "Levitating"
    assert not status.is_known
    assert notification.surprises == ()


def test_what_is_missing_raises_nothing_and_is_noted(order_change: Write) -> None:
    body = order_change(NumberOfItemsShipped="3", OrderStatus="Levitating")
    content = body["Payload"]["OrderChangeNotification"]
    del content["SellerId"], content["Summary"]["OrderItems"]

    notification = parse(json.dumps(body))

    assert isinstance(notification.payload, OrderChangeNotification)
    assert notification.payload.amazon_order_id == "111-1111111-1111111"
    assert notification.payload.summary.order_items == []
    assert notification.payload.summary.number_of_items_shipped == 3
    assert sorted(str(surprise) for surprise in notification.surprises) == [
        "ORDER_CHANGE: SellerId: missing",
        "ORDER_CHANGE: Summary.NumberOfItemsShipped: text instead of a number",
        "ORDER_CHANGE: Summary.OrderItems: missing",
        "ORDER_CHANGE: Summary.OrderStatus: new value Levitating",
    ]


def test_a_time_without_a_zone_is_in_utc(order_change: Write) -> None:
    body = order_change(PurchaseDate="2026-03-01T09:30:00") | {"EventTime": "2026-03-01T10:00:00"}

    notification = parse(json.dumps(body))

    assert notification.event_time == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert notification.payload.summary.purchase_date == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def test_an_envelope_without_metadata_or_times_is_enough() -> None:
    body = {"NotificationType": "ORDER_CHANGE", "EventTime": "yesterday", "NotificationMetadata": 5}

    notification = parse(json.dumps(body))

    assert notification.event_time is None
    assert notification.metadata.notification_id == ""
    assert isinstance(notification, UnknownNotification)
    assert notification.payload is None
    assert {surprise.field for surprise in notification.surprises} == {"payload", "eventtime", "notificationMetadata"}


def test_a_payload_without_the_key_around_it_is_read_too() -> None:
    secret = {
        "clientId": "c-1",
        "newClientSecret": "s-2",
        "newClientSecretExpiryTime": "2026-09-01T00:00:00Z",
        "oldClientSecretExpiryTime": "2026-03-08T00:00:00Z",
    }
    envelope = {"notificationType": "APPLICATION_OAUTH_CLIENT_NEW_SECRET"}

    plain = parse(json.dumps(envelope | {"payload": secret})).payload
    wrapped = parse(json.dumps(envelope | {"payload": {"applicationOAuthClientNewSecret": secret}})).payload

    assert isinstance(plain, ApplicationOAuthClientNewSecretNotification)
    assert plain == wrapped
    assert plain.new_client_secret == "s-2"


def test_an_offer_without_what_amazon_leaves_out_is_no_surprise() -> None:
    price = {"Amount": 10.25, "CurrencyCode": "USD"}
    body = {
        "NotificationType": "ANY_OFFER_CHANGED",
        "PayloadVersion": "1.0",
        "Payload": {
            "AnyOfferChangedNotification": {
                "SellerId": "ASELLER",
                "OfferChangeTrigger": {
                    "MarketplaceId": "ATVPDKIKX0DER",
                    "ASIN": "B000000001",
                    "ItemCondition": "new",
                    "TimeOfOfferChange": "2026-03-01T10:00:00.000Z",
                    "OfferChangeType": "Internal",
                },
                "Summary": {"NumberOfOffers": [], "LowestPrices": [], "NumberOfBuyBoxEligibleOffers": []},
                "Offers": [
                    {
                        "SellerId": "ASELLER",
                        "SubCondition": "new",
                        "ShippingTime": {"MinimumHours": 24},
                        "ListingPrice": price,
                        "Shipping": price,
                        "IsFulfilledByAmazon": False,
                        "IsBuyBoxWinner": True,
                    }
                ],
            }
        },
    }

    notification = parse(json.dumps(body))

    assert isinstance(notification.payload, AnyOfferChangedNotification)
    assert notification.surprises == ()
    (offer,) = notification.payload.offers
    assert offer.is_buy_box_winner is True
    assert offer.listing_price.amount == Decimal("10.25")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "hello",
        "5",
        "[]",
        "{}",
        '{"detail": {"a": 1}}',
        '{"Message": "hello"}',
        b"\xff",
        b'{"NotificationType": "\xff"}',
    ],
)
def test_what_is_no_notification_is_refused(body: bytes | str) -> None:
    with pytest.raises(NotificationUnreadable):
        parse(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(content=JSON, summary=JSON, times=JSON)
def test_nothing_inside_a_notification_makes_it_unreadable(content: Any, summary: Any, times: Any) -> None:  # noqa: ANN401
    for inner in (content, {"AmazonOrderId": content, "Summary": summary}, {"Summary": {"OrderItems": [summary]}}):
        body = {
            "NotificationType": "ORDER_CHANGE",
            "EventTime": times,
            "NotificationMetadata": summary,
            "Payload": {"OrderChangeNotification": inner},
        }

        assert parse(json.dumps(body)).notification_type == "ORDER_CHANGE"


@given(body=st.text() | st.binary() | JSON.map(json.dumps))
def test_nothing_else_is_raised(body: bytes | str) -> None:
    with suppress(NotificationUnreadable):
        parse(body)
