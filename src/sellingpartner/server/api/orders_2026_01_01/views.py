"""An order as Orders 2026-01-01 shows it: the parts that are asked for, and no others."""

from __future__ import annotations

from hashlib import blake2b

from sellingpartner.contract import orders_2026_01_01 as v2026
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.packages import Package
from sellingpartner.market.orders.promises import Service
from sellingpartner.market.orders.purchase import NON_AMAZON, OrderType, PaymentMethod
from sellingpartner.market.orders.reading.showing import Now, collected, promises_delivery, shows_total
from sellingpartner.server.api.orders_2026_01_01.asking import Asked
from sellingpartner.server.api.orders_2026_01_01.item_views import item_view
from sellingpartner.server.api.orders_2026_01_01.people import buyer, order_tax, recipient
from sellingpartner.server.api.orders_2026_01_01.proceeds import money, order_proceeds
from sellingpartner.server.gateway.views import view

Data, Status = v2026.IncludedData, v2026.FulfillmentStatus

# Assumed: 2026-01-01 has no state for an order that waits for its invoice; it has left, so it is SHIPPED.
STATUSES = {
    OrderStatus.PENDING_AVAILABILITY: Status.PENDING_AVAILABILITY,
    OrderStatus.PENDING: Status.PENDING,
    OrderStatus.UNSHIPPED: Status.UNSHIPPED,
    OrderStatus.PARTIALLY_SHIPPED: Status.PARTIALLY_SHIPPED,
    OrderStatus.SHIPPED: Status.SHIPPED,
    OrderStatus.INVOICE_UNCONFIRMED: Status.SHIPPED,
    OrderStatus.CANCELED: Status.CANCELLED,
    OrderStatus.UNFULFILLABLE: Status.UNFULFILLABLE,
}
FULFILLED_BY = {
    FulfillmentChannel.MFN: v2026.FulfilledBy.MERCHANT,
    FulfillmentChannel.AFN: v2026.FulfilledBy.AMAZON,
}
_SERVICES = {one: one.name for one in Service}
_SHOWS_COLLECTION = frozenset({Data.TAX, Data.FULFILLMENT})
_METHODS = {PaymentMethod.COD: "CashOnDelivery", PaymentMethod.CVS: "ConvenienceStore"}


@view
def order_view(asked: Asked, *, now: Now) -> v2026.Order:
    """An order with the parts that are asked for."""
    order, included = asked.order, asked.included
    replaced = order.replaces_order_id
    by = collected(order) if included & _SHOWS_COLLECTION else None
    return v2026.Order(
        order_id=order.order_id,
        order_aliases=[v2026.Alias(alias_id=order.seller_order_id, alias_type="SELLER_ORDER_ID")]
        if order.seller_order_id
        else None,
        created_time=order.purchased_at.replace(microsecond=0),
        last_updated_time=order.updated_at.replace(microsecond=0),
        programs=_programs(order) or None,
        associated_orders=[v2026.AssociatedOrder(order_id=replaced, association_type="REPLACEMENT_ORIGINAL_ID")]
        if replaced
        else None,
        sales_channel=_sales_channel(order),
        buyer=buyer(asked) if Data.BUYER in included else None,
        recipient=recipient(asked, now) if Data.RECIPIENT in included else None,
        proceeds=order_proceeds(order) if Data.PROCEEDS in included else None,
        payment=_payment(order) if Data.PAYMENT in included else None,
        tax=order_tax(asked) if Data.TAX in included else None,
        fulfillment=_fulfillment(order) if Data.FULFILLMENT in included else None,
        order_items=[item_view(asked, item, by) for item in order.items],
        packages=_packages(order) if Data.PACKAGES in included else None,
        fulfillment_orders=_fulfillment_orders(order) if Data.FULFILLMENT_ORDERS in included else None,
    )


def _programs(order: Order) -> list[str]:
    """Amazon's programs that the order takes part in."""
    said = {
        "AMAZON_BUSINESS": order.is_business,
        "AMAZON_EASY_SHIP": order.easy_ship_status is not None,
        "IN_STORE_PICK_UP": order.is_store_pickup,
        "PREMIUM": order.is_premium,
        "PREORDER": order.order_type is OrderType.PREORDER,
        "PRIME": order.is_prime,
    }
    return [name for name, holds in said.items() if holds]


def _sales_channel(order: Order) -> v2026.SalesChannel:
    return v2026.SalesChannel(
        channel_name="NON_AMAZON" if order.sales_channel == NON_AMAZON else "AMAZON",
        marketplace_id=order.marketplace_id,
        marketplace_name=MARKETPLACES[order.marketplace_id].name,
    )


def _payment(order: Order) -> v2026.OrderPayment | None:
    """How the order is paid, once it is.

    Assumed: what v0 calls the details of a payment method is the method here; only cash on delivery and payment in a
    convenience store have names of their own.
    """
    if not shows_total(order):
        return None
    method = _METHODS.get(order.payment_method) or next(iter(order.payment_details), "Standard")
    return v2026.OrderPayment(
        payment_executions=[
            v2026.PaymentExecution(payment_method=method, payment_amount=money(order.total.minor, order.currency))
        ]
    )


def _fulfillment(order: Order) -> v2026.OrderFulfillment:
    """Where the order stands, who ships it, and what was promised.

    Assumed: 2026-01-01 shows windows of what the seller ships only, and that of delivery once the order is paid, as v0.
    """
    is_sellers = order.channel is FulfillmentChannel.MFN
    return v2026.OrderFulfillment(
        fulfillment_status=STATUSES[order.status],
        fulfilled_by=FULFILLED_BY[order.channel].value,
        fulfillment_service_level=_SERVICES[order.service],
        ship_by_window=v2026.DateTimeRange(
            earliest_date_time=order.earliest_ship_at.replace(microsecond=0),
            latest_date_time=order.latest_ship_at.replace(microsecond=0),
        )
        if is_sellers
        else None,
        deliver_by_window=v2026.DateTimeRange(
            earliest_date_time=order.earliest_delivery_at.replace(microsecond=0),
            latest_date_time=order.latest_delivery_at.replace(microsecond=0),
        )
        if promises_delivery(order)
        else None,
    )


def _packages(order: Order) -> list[v2026.OrderPackage] | None:
    """The packages of an order that the seller ships; None before one has left."""
    if order.channel is not FulfillmentChannel.MFN or order.is_service or not order.packages:
        return None
    return [_package(package) for package in order.packages]


def _package(package: Package) -> v2026.OrderPackage:
    return v2026.OrderPackage(
        package_reference_id=package.reference,
        created_time=package.confirmed_at.replace(microsecond=0),
        package_status=v2026.PackageStatus(
            status=_package_status(package),
            detailed_status=None if package.delivered_at is not None else package.carrier_status,
        ),
        carrier=package.carrier_name or package.carrier_code,
        ship_time=package.shipped_at.replace(microsecond=0),
        shipping_service=package.method,
        tracking_number=package.tracking_number,
        ship_from_address=_ship_from(package),
        package_items=[
            v2026.PackageItem(
                order_item_id=order_item_id,
                quantity=units,
                transparency_codes=list(package.transparency_codes.get(order_item_id, ())) or None,
            )
            for order_item_id, units in package.quantities.items()
        ],
    )


def _ship_from(package: Package) -> v2026.MerchantAddress | None:
    """Where a package left from.

    Assumed: shipFromAddress is told of packages that leave a supply source; of others the market knows no place.
    """
    left = package.ship_from
    if left is None:
        return None
    return v2026.MerchantAddress(
        name=left.name,
        address_line1=left.line_1,
        address_line2=left.line_2,
        address_line3=left.line_3,
        city=left.city or None,
        district_or_county=left.district,
        state_or_region=left.state_or_region,
        postal_code=left.postal_code or None,
        country_code=left.country_code,
    )


_BY_CARRIER = {
    "LabelCreated": v2026.Status.PENDING,
    "Canceled": v2026.Status.CANCELLED,
    "Lost": v2026.Status.UNDELIVERABLE,
    "Refused": v2026.Status.UNDELIVERABLE,
    "Returning": v2026.Status.UNDELIVERABLE,
    "Returned": v2026.Status.UNDELIVERABLE,
}
"""What a package is by where its carrier has it, if that is more than on its way."""


def _package_status(package: Package) -> v2026.Status:
    """Assumed: in 2026-01-01 a package that can be followed is IN_TRANSIT until it arrives, another SHIPPED."""
    if package.delivered_at is not None:
        return v2026.Status.DELIVERED
    on_its_way = v2026.Status.IN_TRANSIT if package.tracking_number else v2026.Status.SHIPPED
    return _BY_CARRIER.get(package.carrier_status or "", on_its_way)


def _fulfillment_orders(order: Order) -> list[v2026.FulfillmentOrder] | None:
    """The unit that Amazon fulfills of an Easy Ship order.

    Assumed: an Easy Ship order is one such unit; its id is drawn from the order's.
    """
    if order.easy_ship_status is None:
        return None
    drawn = blake2b(order.order_id.encode(), digest_size=6).hexdigest()
    return [v2026.FulfillmentOrder(fulfillment_order_id=f"F{drawn}")]
