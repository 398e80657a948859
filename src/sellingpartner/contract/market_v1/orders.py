"""The market's control API, v1: buyers' orders."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, post
from sellingpartner.contract.scopes import NONE

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Count = Annotated[int, Meta(ge=1)]
Minutes = Annotated[int, Meta(ge=0, le=60 * 24 * 30)]
_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)


class Money(Message, rename="camel"):
    """An amount."""

    currency_code: str
    amount: str


class OrderLine(Message, rename="camel"):
    """So many units of one SKU. Amounts are for the whole line, in the currency of the marketplace."""

    sku: str
    quantity: Count = 1
    unit_price: Decimal | None = None
    """What one unit costs; the listing's price unless said."""
    shipping: Decimal | None = None
    shipping_discount: Decimal | None = None
    discount: Decimal | None = None
    """What a promotion takes off the price."""
    promotion_ids: list[str] | None = None
    is_gift: bool = False
    gift_wrap: Decimal | None = None
    gift_wrap_level: str | None = None
    gift_message: str | None = None
    cod_fee: Decimal | None = None
    points: Annotated[int, Meta(ge=0)] = 0
    """Amazon Points that the seller grants, in Japan."""
    customized_url: str | None = None
    has_business_price: bool = False


class OrderBuyer(Message, rename="camel"):
    """Who buys; what is left out is invented."""

    name: Name | None = None
    email: str | None = None
    company_name: Name | None = None
    """The company that buys; that makes it a business order."""
    tax_id: Name | None = None
    """The business's tax number; it is shown where orders show one: in Brazil, Mexico, India and Turkey."""
    purchase_order_number: Name | None = None


class PaymentMethod(OpenEnum):
    """How an order is paid."""

    CASH_ON_DELIVERY = "COD"
    CONVENIENCE_STORE = "CVS"
    OTHER = "Other"


class OrderAddress(Message, rename="camel"):
    """Where an order is to go; what is left out is invented, in the marketplace's country unless another is said."""

    name: str | None = None
    address_line1: str | None = None
    address_line2: str | None = None
    city: str | None = None
    state_or_region: str | None = None
    postal_code: str | None = None
    country_code: Annotated[str, Meta(pattern="^[A-Z]{2}$")] | None = None
    phone: str | None = None


class ServiceLevel(OpenEnum):
    """The speed that the buyer pays for."""

    STANDARD = "Standard"
    EXPEDITED = "Expedited"
    FREE_ECONOMY = "FreeEconomy"
    SECOND_DAY = "SecondDay"
    NEXT_DAY = "NextDay"
    SAME_DAY = "SameDay"
    PRIORITY = "Priority"
    SCHEDULED = "Scheduled"


class PlacedLine(Message, rename="camel"):
    """So many units of one SKU, as ordered."""

    sku: str
    quantity: int


class PlacedOrder(Message, rename="camel"):
    """How an order stands."""

    order_id: str
    seller_id: str
    marketplace_id: str
    status: str
    lines: list[PlacedLine]
    total: Money
    placed_at: datetime
    is_late: bool = False
    """Whether the time to ship it was over before all of it had left."""
    cancellation_request: str | None = None
    """Why the buyer asks for a cancellation that the seller has not decided on."""
    canceled_by: str | None = None
    """Who canceled it, or what was left of it: Buyer, Seller or Market."""
    cancel_reason: str | None = None


class PlaceOrderSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What the buyer asks for."""

    seller_id: str | None = None
    marketplace_id: str | None = None
    lines: Annotated[list[OrderLine], Meta(min_length=1)] | None = None
    paid: bool = True
    pays_after_minutes: Minutes | None = None
    buyer: OrderBuyer | None = None
    ship_to: OrderAddress | None = None
    service_level: ServiceLevel = ServiceLevel.STANDARD
    is_prime: bool = False
    is_business: bool = False
    is_premium: bool = False
    is_access_point: bool = False
    is_store_pickup: bool = False
    payment_method: PaymentMethod = PaymentMethod.OTHER
    replaces_order_id: str | None = None
    available_at: datetime | None = None
    awaits_invoice: bool = False
    from_store: str | None = None


class PlaceOrder(Request[PlacedOrder], rename="camel"):
    """Let a buyer order; whatever is left out is chosen, so an empty body is an order too."""

    operation = post(
        "/market/v1/orders", "placeOrder", status=201, statuses=_CREATES, body=PlaceOrderSpecification, scope=NONE
    )

    seller_id: str | None = None
    """The market's first seller unless said."""
    marketplace_id: str | None = None
    """The seller's home unless said: the United States if it sells there, else the first of its marketplaces."""
    lines: Annotated[list[OrderLine], Meta(min_length=1)] | None = None
    """One unit of some SKU that the seller ships itself and has in stock unless said."""
    paid: bool = True
    """Whether the payment is authorized at once; else the order stays Pending until it is paid."""
    pays_after_minutes: Minutes | None = None
    """After how many minutes of market time the payment clears by itself; the order is Pending until then."""
    buyer: OrderBuyer | None = None
    ship_to: OrderAddress | None = None
    service_level: ServiceLevel = ServiceLevel.STANDARD
    is_prime: bool = False
    is_business: bool = False
    is_premium: bool = False
    is_access_point: bool = False
    """Whether it goes to a place where the buyer picks it up, such as a locker."""
    is_store_pickup: bool = False
    """Whether the buyer fetches it from the seller's store."""
    payment_method: PaymentMethod = PaymentMethod.OTHER
    replaces_order_id: str | None = None
    """The order that this one replaces, free of charge unless its lines say a price."""
    available_at: datetime | None = None
    """When what is ordered is released: until then it is a preorder that waits."""
    awaits_invoice: bool = False
    """Whether the order, once shipped, waits for the seller's confirmation of its invoice."""
    from_store: str | None = None
    """The code of the supply source that is to ship it, if it has all the units; chosen by supply unless said."""


class ShowOrder(Request[PlacedOrder], rename="camel"):
    """Read how an order of any seller stands."""

    operation = get("/market/v1/orders/{orderId}", "showOrder", statuses=_READS, scope=NONE)

    order_id: str


class PayOrder(Request[PlacedOrder], rename="camel"):
    """Authorize the payment of a pending order, so that it may ship."""

    operation = post("/market/v1/orders/{orderId}/payment", "payOrder", statuses=_COMMANDS, scope=NONE)

    order_id: str


class CancelOrderSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """Why the buyer no longer wants it."""

    reason: str | None = None
    is_request: bool = False


class CancelOrder(Request[PlacedOrder], rename="camel"):
    """Cancel what has not shipped of an order, as its buyer."""

    operation = post(
        "/market/v1/orders/{orderId}/cancellation",
        "cancelOrder",
        statuses=_COMMANDS,
        body=CancelOrderSpecification,
        scope=NONE,
    )

    order_id: str
    reason: str | None = None
    is_request: bool = False
    """Whether the buyer only asks for it, and the seller of a paid order decides."""
