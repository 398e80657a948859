"""Each type that is sent: what has it sent, what it says, and that it is as Amazon's published schema wants it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from modeled import check_form
from outside_shop import asks
from postage import buys, sold_elsewhere

from sellingpartner.client.notifications import parse
from sellingpartner.contract import listings_items_2021_08_01 as listings
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.accounts.standing import AccountStatus, set_account_status
from sellingpartner.market.amounts import Money
from sellingpartner.market.attributes import JsonValue
from sellingpartner.market.catalog.commands import contribute, set_product_type
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.enforcing import suppress
from sellingpartner.market.notifications.types import subscribable_types
from sellingpartner.market.offers.commands import set_outside_prices
from sellingpartner.market.orders.commands import cancel, request_cancellation
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.product_types.library import type_names, version
from sellingpartner.market.product_types.releasing import RELEASE, Release, notice_release
from sellingpartner.market.shipping.commands import adjust as adjust_label
from sellingpartner.market.shipping.commands import move, void
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.questions import parcels_of_order
from sellingpartner.storage.remembered import known, replace
from sellingpartner.testing import TestMarket
from sellingpartner.testing.mailbox import bodies
from sellingpartner.testing.world import US

ROOT = Path(__file__).parents[3]
SCHEMAS = Path(
    os.environ.get("SELLINGPARTNER_SCHEMAS", ROOT.parent / "shared" / "models" / "schemas" / "notifications")
)
OPTIONAL = frozenset(
    {
        *("AvailableDate", "BuyBoxPrices", "CompetitivePriceThreshold", "IsExpeditedShippingAvailable", "ListPrice"),
        *("MinimumAdvertisedPrice", "Points", "SalesRankings", "ShipsInternationally"),
        *("SuggestedLowerPricePlusShipping", "State"),
        *("FulfillmentReturnItem", "FulfillmentShipment", "info"),
    }
)
BRAZIL = BY_COUNTRY["BR"].marketplace_id
SENT = {name: kind for name, kind in subscribable_types().items() if kind.sent_when}
FILES = {
    "ANY_OFFER_CHANGED": "AnyOfferChangedNotification",
    "B2B_ANY_OFFER_CHANGED": "B2bAnyOfferChangedNotification",
    "BRANDED_ITEM_CONTENT_CHANGE": "BrandedItemContentChangeNotification",
    "DATA_KIOSK_QUERY_PROCESSING_FINISHED": "DataKioskQueryProcessingFinishedNotification",
    "FBA_INVENTORY_AVAILABILITY_CHANGES": "FBAInventoryAvailabilityChangeNotification",
    "FBA_OUTBOUND_SHIPMENT_STATUS": "FBAOutboundShipmentStatusNotification",
    "FULFILLMENT_ORDER_STATUS": "FulfillmentOrderStatusNotification",
    "ITEM_PRODUCT_TYPE_CHANGE": "ItemProductTypeChangeNotification",
    "LISTINGS_ITEM_ISSUES_CHANGE 1.0": "ListingsItemIssuesChangeNotification",
    "LISTINGS_ITEM_ISSUES_CHANGE 2023-12-13": "ListingsItemIssuesChangeNotification_2023-12-13",
    "LISTINGS_ITEM_MFN_QUANTITY_CHANGE": "ListingsItemMfnQuantityChange",
    "LISTINGS_ITEM_STATUS_CHANGE": "ListingsItemStatusChangeNotification",
    "ORDER_CHANGE": "OrderChangeNotification",
    "PRICING_HEALTH": "PricingHealthNotification",
    "PRODUCT_TYPE_DEFINITIONS_CHANGE": "ProductTypeDefinitionsChangeNotification",
    "FEED_PROCESSING_FINISHED": "FeedProcessingFinishedNotification",
    "REPORT_PROCESSING_FINISHED": "ReportProcessingFinishedNotification",
    "TRANSACTION_UPDATE": "TransactionUpdateNotification",
}
"""The schema of each type, or of each version of it."""
QUERY = (
    "{ analytics_salesAndTraffic_2024_04_24 { salesAndTrafficByDate(aggregateBy: DAY, "
    f'startDate: "2026-11-01", endDate: "2026-11-02", marketplaceIds: ["{US}"]) {{ startDate }} }} }}'
)
UNPUBLISHED = {"ACCOUNT_STATUS_CHANGED", "SHIPMENT_TRACKING_MILESTONE_CHANGED", "SHIPPING_CHARGE_NOTIFICATION"}
"""Types without a schema, or with one that refers to a content that it does not have."""


@pytest.fixture(scope="module")
def told() -> Iterator[TestMarket]:
    """A market of the United States and one of Brazil's marketplace, in which everything happened that is told of."""
    market = TestMarket(marketplaces=(US, BRAZIL))
    for name, kind in SENT.items():
        for each in kind.versions:
            market.subscribe(name, payload_version=each)
    happen(market)
    yield market
    market.close()


def happen(market: TestMarket) -> None:
    lamp = market.buys("LAMP-OAK", marketplace_id=BRAZIL)
    market.report("GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL", start=market.now)
    market.feed("POST_FLAT_FILE_FULFILLMENT_DATA", "order-id")
    market.query(QUERY)
    wish = market.buys("MUG-BLUE", quantity=3)
    asks(market)
    competitor = market.competes(1400, business_price=1300)
    with market.market.write() as unit:
        set_outside_prices(unit, US, [(competitor.asin, Money(1100, "USD"))])
        set_product_type(unit, competitor.asin, "CUP")
        named: list[dict[str, JsonValue]] = [{"value": "A Blue Mug", "language_tag": "en_US", "marketplace_id": US}]
        contribute(unit, competitor.asin, US, {"item_name": named, "bullet_point": named})
    with market.market.write(market.seller.seller_id) as unit:
        request_cancellation(unit, wish, reason="Found it cheaper")
        cancel(unit, wish, by=Canceler.SELLER, reason="NoInventory")
        adjust(unit, "MUG-RED", Place.SELLER, on_hand=0, reference="count")
        suppress(unit, "MUG-BLUE", US, "restricted_product")
    market.seller.send(
        listings.PatchListingsItem(
            seller_id=market.seller.seller_id,
            sku="MUG-RED",
            marketplace_ids=[US],
            product_type="MUG",
            patches=[
                listings.PatchOperation(
                    op=listings.Op.REPLACE,
                    path="/attributes/fulfillment_availability",
                    value=[{"fulfillment_channel_code": "DEFAULT", "quantity": 7}],
                )
            ],
        )
    )
    with market.market.write(market.seller.seller_id) as unit:
        set_account_status(unit, US, AccountStatus.AT_RISK)
        set_account_status(unit, US, AccountStatus.AT_RISK)
    with market.market.write() as unit:  # as a version of the package left it that had no mugs and no lamps
        kept = known(unit.connection, RELEASE)
        before = Release("an earlier one", tuple(name for name in type_names() if name not in {"MUG", "LAMP"}))
        replace(unit.connection, RELEASE, msgspec.json.encode(before).decode())
        notice_release(unit)
        notice_release(unit)
        assert known(unit.connection, RELEASE) == kept
    bought = buys(market.seller, sold_elsewhere(), "std-us-swa-mfn")
    with market.market.write(market.seller.seller_id) as unit:
        adjust_label(unit, bought.shipment_id, 130)
        void(unit, bought.shipment_id)
    market.advance(days=3)
    with market.market.write(market.seller.seller_id) as unit:
        [parcel] = parcels_of_order(unit, lamp)
        move(unit, parcel.parcel_id, ParcelStatus.RETURNED)


def messages(market: TestMarket, name: str) -> list[Any]:
    """What was sent of a type, or of one version of it, as JSON."""
    kind, _, version = name.partition(" ")
    with market.market.read() as unit:
        found = [json.loads(body) for body in bodies(unit, kind)]
    return [one for one in found if not version or (one.get("PayloadVersion") == version)]


def test_every_type_that_is_said_to_be_sent_has_a_schema_or_none_is_published() -> None:
    assert {name.partition(" ")[0] for name in FILES} | UNPUBLISHED == set(SENT)


def test_an_account_is_told_of_once(told: TestMarket) -> None:
    [sent] = messages(told, "ACCOUNT_STATUS_CHANGED")

    assert (sent["notificationVersion"], sent["payloadVersion"]) == ("1.0", "2021-01-01")
    assert sent["payload"] == {
        "accountStatusChangeNotification": {"previousAccountStatus": "NORMAL", "currentAccountStatus": "AT_RISK"}
    }


def test_a_parcel_is_told_of_with_all_that_it_went_through(told: TestMarket) -> None:
    first, second = (one for one in messages(told, "SHIPMENT_TRACKING_MILESTONE_CHANGED") if "UNDELIV" in str(one))
    assert list(second["payload"]) == ["shipmentTrackingMilestoneChangedNotification"]
    details = [
        one["payload"]["shipmentTrackingMilestoneChangedNotification"]["trackingDetail"] for one in (first, second)
    ]

    assert [[step["status"]["code"] for step in one["milestoneHistory"]] for one in details] == [
        ["UNDELIVERABLE", "SHIPPED"],
        ["RETURNED", "UNDELIVERABLE", "SHIPPED"],
    ]
    assert [one["latestMilestone"] == one["milestoneHistory"][0] for one in details] == [True, True]
    assert details[0]["identifier"]["carrierTracking"]["trackingNumber"].startswith("TBA")
    for detail in details:
        check_form(detail, "tracking_2026-01-30.json", "TrackingDetail")


def test_every_charge_of_a_label_is_told_once(market: TestMarket) -> None:
    market.subscribe("SHIPPING_CHARGE_NOTIFICATION")
    bought = buys(market.seller, sold_elsewhere(), "std-us-swa-mfn")
    with market.market.write(market.seller.seller_id) as unit:
        adjust_label(unit, bought.shipment_id, 130)
        void(unit, bought.shipment_id)
    market.advance(days=10)

    told = [one["payload"]["shippingChargeNotification"] for one in messages(market, "SHIPPING_CHARGE_NOTIFICATION")]

    cost = told[0]["amount"]["value"]
    assert [(one["chargeType"], one["amount"]) for one in told] == [
        ("LABEL_PURCHASE", {"value": cost, "unit": "USD"}),
        ("LABEL_ADJUSTMENT", {"value": 1.3, "unit": "USD"}),
        ("LABEL_REFUND", {"value": -cost, "unit": "USD"}),
    ]
    assert {one["shipmentId"] for one in told} == {bought.shipment_id}
    assert cost > 0


def demanding_less(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """A schema that wants of each object what Amazon's documents do: they call some of it optional."""
    if isinstance(schema, list):
        return [demanding_less(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    less = {key: demanding_less(value) for key, value in schema.items()}
    if isinstance(less.get("required"), list):
        less["required"] = [each for each in less["required"] if each not in OPTIONAL]
    return less


@pytest.mark.parametrize("name", FILES)
def test_what_is_sent_is_as_amazons_schema_wants_it(told: TestMarket, name: str) -> None:
    if not SCHEMAS.is_dir():
        pytest.skip(f"no schemas at {SCHEMAS}; clone Amazon's models and set SELLINGPARTNER_SCHEMAS to the folder")
    schema = demanding_less(json.loads((SCHEMAS / f"{FILES[name]}.json").read_bytes()))
    if name == "LISTINGS_ITEM_STATUS_CHANGE":  # its schema spells the type in another way than Amazon's own examples
        schema["properties"].pop("NotificationType", None)

    sent = messages(told, name)

    assert sent
    faults = [fault.message for one in sent for fault in jsonschema_rs.iter_errors(schema, one)]
    assert faults == []


@pytest.mark.parametrize("name", sorted(SENT))
def test_what_is_sent_is_read_by_the_client_without_a_surprise(told: TestMarket, name: str) -> None:
    with told.market.read() as unit:
        read = [parse(body) for body in bodies(unit, name)]

    assert read
    assert {one.notification_type for one in read} == {name}
    assert [one.surprises for one in read if one.surprises] == []


def last(market: TestMarket, name: str) -> Any:  # noqa: ANN401 - JSON
    message = messages(market, name)[-1]
    return message.get("Payload", message.get("payload"))


def test_each_key_is_written_as_its_types_are(told: TestMarket) -> None:
    pascal = messages(told, "ORDER_CHANGE")[0]
    camel = messages(told, "PRICING_HEALTH")[0]

    assert set(pascal["NotificationMetadata"]) == {"ApplicationId", "SubscriptionId", "PublishTime", "NotificationId"}
    assert set(camel["notificationMetadata"]) == {"applicationId", "subscriptionId", "publishTime", "notificationId"}
    assert list(pascal["Payload"]) == ["OrderChangeNotification"]
    assert "merchantOffer" in camel["payload"]


def test_an_order_is_told_of_as_it_stands_at_each_change(told: TestMarket) -> None:
    found = [one["Payload"]["OrderChangeNotification"] for one in messages(told, "ORDER_CHANGE")]
    told_of_mug = [one for one in found if one["Summary"]["FulfillmentType"] == "MFN"]

    assert [(one["OrderChangeType"], one["Summary"]["OrderStatus"]) for one in told_of_mug] == [
        ("OrderStatusChange", "Pending"),
        ("OrderStatusChange", "Unshipped"),
        ("BuyerRequestedChange", "Unshipped"),
        ("OrderStatusChange", "Canceled"),
    ]
    wish = told_of_mug[2]
    assert wish["OrderChangeTrigger"]["ChangeReason"] == "Buyer Requested Cancel"
    assert [
        (one["SellerSKU"], one["Quantity"], one["IsBuyerRequestedCancel"]) for one in wish["Summary"]["OrderItems"]
    ] == [("MUG-BLUE", 3, True)]
    assert "LatestDeliveryDate" in wish["Summary"]
    assert "LatestDeliveryDate" not in told_of_mug[0]["Summary"]


def test_an_offer_is_told_of_with_all_that_stand_then(told: TestMarket) -> None:
    first = messages(told, "ANY_OFFER_CHANGED")[0]["Payload"]["AnyOfferChangedNotification"]

    assert [(one["ListingPrice"]["Amount"], one["IsBuyBoxWinner"]) for one in first["Offers"]] == [
        (14.0, True),
        (14.99, False),
    ]
    assert first["SellerId"] == told.seller.seller_id
    assert first["OfferChangeTrigger"]["ItemCondition"] == "new"
    assert first["Summary"]["NumberOfOffers"] == [
        {"Condition": "new", "FulfillmentChannel": "Merchant", "OfferCount": 2}
    ]
    business = messages(told, "B2B_ANY_OFFER_CHANGED")[0]["Payload"]["B2BAnyOfferChangedNotification"]
    assert business["Offers"][0]["ListingPrice"]["Amount"] == 13.0
    assert business["Summary"]["BuyBoxPrices"][0]["OfferType"] == "B2B"


def test_a_listing_is_told_of(told: TestMarket) -> None:
    first = messages(told, "LISTINGS_ITEM_STATUS_CHANGE")[0]["Payload"]
    assert (first["Sku"], first["Status"]) == ("MUG-RED", ["DISCOVERABLE"])
    assert last(told, "LISTINGS_ITEM_MFN_QUANTITY_CHANGE")["Quantity"] == 7
    new = last(told, "LISTINGS_ITEM_ISSUES_CHANGE 2023-12-13")
    old = last(told, "LISTINGS_ITEM_ISSUES_CHANGE 1.0")
    assert (new["Severities"], old["Severities"]) == (["ERROR"], ["ERROR"])


def test_stock_in_amazons_warehouses_is_told_of_in_each_marketplace(told: TestMarket) -> None:
    first = messages(told, "FBA_INVENTORY_AVAILABILITY_CHANGES")[0]["Payload"]

    assert {one["MarketplaceId"] for one in first["FulfillmentInventoryByMarketplace"]} == {US, BRAZIL}
    held = first["FulfillmentInventoryByMarketplace"][0]["FulfillmentInventory"]
    assert (held["Fulfillable"], held["ReservedQuantityBreakdown"]["PendingCustomerOrder"]) == (99, 1)


def test_items_are_told_of_to_who_offers_them(told: TestMarket) -> None:
    assert last(told, "ITEM_PRODUCT_TYPE_CHANGE")["CurrentProductType"] == "CUP"
    content = last(told, "BRANDED_ITEM_CONTENT_CHANGE")
    assert (content["BrandName"], content["AttributesChanged"]) == ("Harbor", ["bullet_point"])


def test_other_definitions_are_told_of_once_in_each_marketplace(told: TestMarket) -> None:
    found = [one["Payload"] for one in messages(told, "PRODUCT_TYPE_DEFINITIONS_CHANGE")]

    assert [one["NewProductTypes"] for one in found] == [["LAMP", "MUG"]] * 2
    assert {one["MarketplaceId"] for one in found} == {US, BRAZIL}
    assert [(one["AccountId"], one["ProductTypeVersion"]) for one in found] == [(told.seller.seller_id, version())] * 2
