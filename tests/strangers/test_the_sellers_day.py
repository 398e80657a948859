"""The seller's day with three clients, over real sockets: an order, the queue, a parcel, the buyer, the listing."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import boto3
import pytest

from sellingpartner.cli.asked.choice import snake
from sellingpartner.client import SellingPartner
from sellingpartner.contract import notifications_v1
from sellingpartner.contract.listings_items_2021_08_01 import (
    GetListingsItem,
    GetListingsItemIncludedData,
    ListingsItemPatchRequest,
    PatchListingsItem,
    PatchOperation,
)
from sellingpartner.contract.merchant_fulfillment_v0 import Address
from sellingpartner.contract.orders_2026_01_01 import GetOrder, IncludedData
from sellingpartner.env_file import read_env
from sellingpartner.market.events.messaging import MessageSent
from sellingpartner.market.events.orders import OrderShipped
from sellingpartner.market.events.shipping import LabelBought
from sellingpartner.server.process.carriers.post import post_to
from sellingpartner.server.process.courier import Courier
from sellingpartner.server.process.credentials import TOKEN_PATH, ready_credentials
from sellingpartner.testing import TestMarket, on_a_socket
from sellingpartner.testing.world import START
from sellingpartner.workflows import BuyLabels, ParcelSize, Result, fulfill_orders

US = "ATVPDKIKX0DER"
SKU = "MUG-BLUE"
TEXT = "Your parcel is on its way."
FROM = {
    "Name": "Harbor Goods",
    "AddressLine1": "300 Turnbull Ave",
    "City": "Detroit",
    "StateOrProvinceCode": "MI",
    "PostalCode": "48123",
    "CountryCode": "US",
    "Email": "dispatch@harbor.example",
    "Phone": "+1 313 555 0100",
}
DIRECTIVE = {"eventFilter": {"eventFilterType": "ORDER_CHANGE", "orderChangeTypes": ["OrderStatusChange"]}}
PATCHES = [
    {
        "op": "replace",
        "path": "/attributes/purchasable_offer",
        "value": [
            {"marketplace_id": US, "currency": "USD", "our_price": [{"schedule": [{"value_with_tax": 17.5}]}]},
        ],
    },
    {
        "op": "replace",
        "path": "/attributes/fulfillment_availability",
        "value": [{"fulfillment_channel_code": "DEFAULT", "quantity": 7}],
    },
]

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


class Stranger(Protocol):
    """What a seller's program does in a day; each knows its own SDK alone."""

    buys_labels: bool

    def subscribe(self, arn: str) -> None:
        """Have a queue told of orders."""

    def city(self, order_id: str) -> str:
        """Read where an order goes."""

    def ship(self, order_id: str) -> None:
        """Ship all of an order, with a label or without."""

    def tell(self, order_id: str) -> None:
        """Write to the buyer."""

    def restock(self) -> None:
        """Change price and stock."""


class PythonAmazonSpApi:
    """python-amazon-sp-api: buys a label."""

    buys_labels = True

    def __init__(self, said: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        url = said["SP_API_BASE_URL"]
        marketplace = import_module("sp_api.base").Marketplaces.US
        tokens = import_module("sp_api.auth.access_token_client")
        monkeypatch.setattr(marketplace, "endpoint", url)
        monkeypatch.setattr(tokens.AccessTokenClient, "scheme", "http://")
        monkeypatch.setattr(tokens.AccessTokenClient, "host", url.removeprefix("http://"))
        tokens.cache.clear()
        credentials = {
            "lwa_app_id": said["SP_API_CLIENT_ID"],
            "lwa_client_secret": said["SP_API_CLIENT_SECRET"],
            "refresh_token": said["SP_API_REFRESH_TOKEN"],
        }
        self.seller_id = said["SP_API_SELLER_ID"]
        self.apis = import_module("sp_api.api")
        self.to = {"credentials": credentials, "marketplace": marketplace}

    def subscribe(self, arn: str) -> None:
        told = self.apis.Notifications(**self.to)
        made = told.create_destination("Harbor", arn=arn).payload
        told.create_subscription("ORDER_CHANGE", made["destinationId"], processingDirective=DIRECTIVE)

    def city(self, order_id: str) -> str:
        order = self.apis.Orders(**self.to).get_order(order_id, RestrictedResources=["shippingAddress"]).payload
        return str(order["ShippingAddress"]["City"])

    def ship(self, order_id: str) -> None:
        items = self.apis.Orders(**self.to).get_order_items(order_id).payload["OrderItems"]
        parcel = {
            "AmazonOrderId": order_id,
            "ItemList": [{"OrderItemId": one["OrderItemId"], "Quantity": one["QuantityOrdered"]} for one in items],
            "ShipFromAddress": FROM,
            "PackageDimensions": {"Length": 10, "Width": 8, "Height": 4, "Unit": "inches"},
            "Weight": {"Value": 20, "Unit": "oz"},
            "ShippingServiceOptions": {
                "DeliveryExperience": "DeliveryConfirmationWithoutSignature",
                "CarrierWillPickUp": False,
            },
        }
        found = self.apis.MerchantFulfillment(**self.to).get_eligible_shipment_services(parcel).payload
        cheapest = found["ShippingServiceList"][0]
        resource = {"method": "POST", "path": "/mfn/v0/shipments"}
        answer = self.apis.Tokens(**self.to).create_restricted_data_token(restrictedResources=[resource]).payload
        restricted = self.apis.MerchantFulfillment(**self.to, restricted_data_token=answer["restrictedDataToken"])
        bought = restricted.create_shipment(
            parcel, cheapest["ShippingServiceId"], ShippingServiceOfferId=cheapest["ShippingServiceOfferId"]
        ).payload
        assert bought["Label"]["FileContents"]["FileType"] == "image/png"

    def tell(self, order_id: str) -> None:
        self.apis.Messaging(**self.to).create_confirm_delivery_details(order_id, body={"text": TEXT})

    def restock(self) -> None:
        listings = self.apis.ListingsItemsV20210801(**self.to)
        body = {"productType": "MUG", "patches": PATCHES}
        assert (
            listings.patch_listings_item(self.seller_id, SKU, body=body, marketplaceIds=[US]).payload["status"]
            == "ACCEPTED"
        )


class AmznSpApi:
    """amzn-sp-api: ships by itself."""

    buys_labels = False

    def __init__(self, said: dict[str, str], _monkeypatch: pytest.MonkeyPatch) -> None:
        self.sdk = import_module("spapi")
        self.sdk.Configuration.set_default(self.sdk.Configuration())
        self.said, self.seller_id = said, said["SP_API_SELLER_ID"]
        self.client = self._connected(refresh_token=said["SP_API_REFRESH_TOKEN"])

    def _connected(self, **whose: str) -> Any:  # noqa: ANN401 - the SDK's
        config = self.sdk.SPAPIConfig(
            client_id=self.said["SP_API_CLIENT_ID"], client_secret=self.said["SP_API_CLIENT_SECRET"], **whose
        )
        url = self.said["SP_API_BASE_URL"]
        return self.sdk.SPAPIClient(config, endpoint=url, oauth_endpoint=url + TOKEN_PATH).api_client

    def subscribe(self, arn: str) -> None:
        grantless = self.sdk.NotificationsApi(self._connected(scope="sellingpartnerapi::notifications"))
        body = {"name": "Harbor", "resourceSpecification": {"sqs": {"arn": arn}}}
        made = grantless.create_destination(body).payload
        self.sdk.NotificationsApi(self.client).create_subscription(
            "ORDER_CHANGE",
            {"payloadVersion": "1.0", "destinationId": made.destination_id, "processingDirective": DIRECTIVE},
        )

    def city(self, order_id: str) -> str:
        path = f"/orders/v0/orders/{order_id}/address"
        answer = self.sdk.TokensApi(self.client).create_restricted_data_token(
            {"restrictedResources": [{"method": "GET", "path": path}]}
        )

        class Restricted:
            def get_lwa_access_token(self) -> str:
                return str(answer.restricted_data_token)

        configuration = self.sdk.Configuration()
        configuration.host, configuration.access_token_cache = self.said["SP_API_BASE_URL"], Restricted()
        restricted = self.sdk.OrdersV0Api(self.sdk.ApiClient(configuration))
        return str(restricted.get_order_address(order_id).payload.shipping_address.city)

    def ship(self, order_id: str) -> None:
        orders = self.sdk.OrdersV0Api(self.client)
        items = orders.get_order_items(order_id).payload.order_items
        detail = {
            "packageReferenceId": "1",
            "carrierCode": "UPS",
            "trackingNumber": "1Z999AA10123456784",
            "shipDate": orders.get_order(order_id).payload.last_update_date,
            "orderItems": [{"orderItemId": one.order_item_id, "quantity": one.quantity_ordered} for one in items],
        }
        orders.confirm_shipment(order_id, {"marketplaceId": US, "packageDetail": detail})

    def tell(self, order_id: str) -> None:
        self.sdk.MessagingApi(self.client).create_confirm_delivery_details(order_id, [US], {"text": TEXT})

    def restock(self) -> None:
        body = {"productType": "MUG", "patches": PATCHES}
        assert (
            self.sdk.ListingsApi(self.client).patch_listings_item(self.seller_id, SKU, [US], body).status == "ACCEPTED"
        )


class Ours:
    """Our own client, and its workflow: buys a label."""

    buys_labels = True

    def __init__(self, said: dict[str, str], _monkeypatch: pytest.MonkeyPatch) -> None:
        self.seller_id = said["SP_API_SELLER_ID"]
        self.client = SellingPartner(
            client_id=said["SP_API_CLIENT_ID"],
            client_secret=said["SP_API_CLIENT_SECRET"],
            refresh_token=said["SP_API_REFRESH_TOKEN"],
            base_url=said["SP_API_BASE_URL"],
            marketplace="US",
        )

    def subscribe(self, arn: str) -> None:
        told = notifications_v1
        resource = told.DestinationResourceSpecification(sqs=told.SqsResource(arn=arn))
        made = self.client.send(told.CreateDestination(resource_specification=resource, name="Harbor"))
        wanted = told.EventFilter(
            event_filter_type=told.EventFilterType.ORDER_CHANGE,
            order_change_types=[told.OrderChangeTypeEnum.ORDER_STATUS_CHANGE],
        )
        self.client.send(
            told.CreateSubscription(
                notification_type="ORDER_CHANGE",
                payload_version="1.0",
                destination_id=made.payload.destination_id,
                processing_directive=told.ProcessingDirective(event_filter=wanted),
            )
        )

    def city(self, order_id: str) -> str:
        order = self.client.send(GetOrder(order_id=order_id, included_data=[IncludedData.RECIPIENT])).order
        assert order.recipient is not None
        assert order.recipient.delivery_address is not None
        return order.recipient.delivery_address.city or ""

    def ship(self, order_id: str) -> None:
        sender = Address(**{snake(name): value for name, value in FROM.items()})
        plan = BuyLabels(sender, ParcelSize(length=10, width=8, height=4, weight=20))
        self.report = fulfill_orders(self.client, plan, order_ids=[order_id], since=START, tell=lambda *_: TEXT)
        assert self.report.counts == {Result.SHIPPED: 1}

    def tell(self, order_id: str) -> None:
        assert [(one.order_id, one.is_told) for one in self.report.outcomes] == [(order_id, True)]

    def restock(self) -> None:
        patches = [
            PatchOperation(op=one["op"], path=one["path"], value=one["value"])  # type: ignore[arg-type]
            for one in PATCHES
        ]
        asked = ListingsItemPatchRequest(product_type="MUG", patches=patches)
        answer = self.client.send(
            PatchListingsItem(
                seller_id=self.seller_id,
                sku=SKU,
                marketplace_ids=[US],
                product_type=asked.product_type,
                patches=asked.patches,
            )
        )
        assert answer.status == "ACCEPTED"
        self.client.close()


@pytest.fixture(autouse=True)
def _sockets_left_open() -> Iterator[None]:
    """Connections that an SDK never closes end here without a warning."""
    yield
    gc.collect()


@pytest.fixture
def queue(moto_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Callable[[], list[str]]]]:
    """A queue's ARN, and the statuses of orders that it was told, read with boto3."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    sqs = boto3.client("sqs", endpoint_url=moto_url, region_name="us-east-1")
    url = sqs.create_queue(QueueName="the-sellers-day")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def told() -> list[str]:
        messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        for one in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
        payloads = [json.loads(one["Body"])["Payload"]["OrderChangeNotification"] for one in messages]
        return [f"{one['AmazonOrderId']} {one['Summary']['OrderStatus']}" for one in payloads]

    yield arn, told
    sqs.delete_queue(QueueUrl=url)
    sqs.close()


@pytest.mark.parametrize("sdk", [PythonAmazonSpApi, AmznSpApi, Ours])
def test_an_order_is_told_of_read_shipped_and_its_buyer_told_and_the_shelf_filled(
    sdk: type[PythonAmazonSpApi | AmznSpApi | Ours],
    queue: tuple[str, Callable[[], list[str]]],
    moto_url: str,
    market: TestMarket,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arn, told = queue
    courier = Courier(market.market, post_to(moto_url))
    with on_a_socket(market.server) as url:
        ready_credentials(market.market, tmp_path / "credentials.env", url)
        stranger: Stranger = sdk(read_env(tmp_path / "credentials.env"), monkeypatch)
        stranger.subscribe(arn)

        order_id = market.buys(SKU, quantity=2)
        market.advance(minutes=5)
        courier.deliver()
        assert f"{order_id} Unshipped" in told()
        assert stranger.city(order_id) == "Portland"
        stranger.ship(order_id)
        stranger.tell(order_id)
        stranger.restock()
        market.advance(minutes=5)
        courier.deliver()

    assert told() == [f"{order_id} Shipped"]
    assert [fact.order_id for fact in market.facts(OrderShipped)] == [order_id]
    assert [fact.order_id for fact in market.facts(LabelBought)] == [order_id] * stranger.buys_labels
    assert [fact.order_id for fact in market.facts(MessageSent)] == [order_id]
    parts = [GetListingsItemIncludedData.OFFERS, GetListingsItemIncludedData.FULFILLMENT_AVAILABILITY]
    listed = market.seller.send(
        GetListingsItem(seller_id=market.seller_account.seller_id, sku=SKU, marketplace_ids=[US], included_data=parts)
    )
    assert [float(one.price.amount) for one in listed.offers or ()] == [17.5]
    assert [one.quantity for one in listed.fulfillment_availability or ()] == [7]
