"""What a buyer asks for when placing an order."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.orders.promises import Service
from sellingpartner.market.orders.regulated import RegulatedField

NON_AMAZON = "Non-Amazon"
"""The sales channel of an order that was placed outside the shop, which Amazon ships (`fulfilling/outside.py`).

In worlds of earlier versions buyers of the shop could place such orders; they go on as any other.
"""


class OrderType(StrEnum):
    """What kind of promise an order is."""

    STANDARD = "StandardOrder"
    LONG_LEAD_TIME = "LongLeadTimeOrder"
    PREORDER = "Preorder"
    BACK_ORDER = "BackOrder"
    SOURCING_ON_DEMAND = "SourcingOnDemandOrder"


class PaymentMethod(StrEnum):
    """How an order is paid."""

    COD = "COD"
    CVS = "CVS"
    OTHER = "Other"


class InvoiceStatus(StrEnum):
    """Where an order's electronic invoice stands."""

    NOT_REQUIRED = "NotRequired"
    NOT_FOUND = "NotFound"
    PROCESSING = "Processing"
    ERRORED = "Errored"
    ACCEPTED = "Accepted"


class PurchaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """So many units of one SKU. Amounts are minor units of the marketplace's currency, for the whole line."""

    sku: str
    quantity: int = 1
    unit_price: int | None = None
    """What one unit costs; the listing's price unless said."""
    shipping: int = 0
    shipping_discount: int = 0
    promotion_discount: int = 0
    promotion_ids: tuple[str, ...] = ()
    gift_wrap: int = 0
    gift_wrap_level: str | None = None
    gift_message: str | None = None
    is_gift: bool = False
    customized_url: str | None = None
    has_business_price: bool = False
    cod_fee: int = 0
    points: int = 0
    """Amazon Points that the seller grants with the line; there are such in Japan alone, worth a yen each."""


class Purchase(msgspec.Struct, frozen=True, kw_only=True):
    """A buyer's order, before it has a number."""

    marketplace_id: str
    lines: tuple[PurchaseLine, ...]
    buyer: Buyer
    address: Address
    paid: bool = True
    """Whether the payment is authorized at once."""
    payment_delay: timedelta | None = None
    """How long an unpaid order's payment takes to clear; without it somebody must pay, fail or cancel it."""
    service: Service = Service.STANDARD
    order_type: OrderType = OrderType.STANDARD
    available_at: datetime | None = None
    """When a preordered item is released."""
    payment_method: PaymentMethod = PaymentMethod.OTHER
    payment_details: tuple[str, ...] = ("Standard",)
    is_business: bool = False
    is_prime: bool = False
    is_premium: bool = False
    is_access_point: bool = False
    is_global_express: bool = False
    is_store_pickup: bool = False
    store_chain_store_id: str | None = None
    supply_source_id: str | None = None
    replaces_order_id: str | None = None
    serves_order_ids: tuple[str, ...] = ()
    """Of a service: the orders of goods that it is for, such as the television that is to be mounted."""
    wished_times: tuple[datetime, ...] = ()
    """Of a service: when the buyer would like it to begin."""
    awaits_invoice: bool = False
    """Whether the order, once shipped, waits for the seller's confirmation of the invoice."""
    regulated_fields: tuple[RegulatedField, ...] = ()
    """The buyer's answers for regulated items."""
    requires_dosage_label: bool = False
