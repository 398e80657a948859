"""A line of an order, and what each column of a report says of it: the one table that the reports on orders share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.purchase import NON_AMAZON, PaymentMethod
from sellingpartner.market.orders.reading.showing import ADDRESSED, MARKETPLACE_IOSS, collected, shown_amounts
from sellingpartner.market.reports.writing.values import decimal, moment, true_false, unless_zero, zone_of

PERSONAL: Final = frozenset(
    {
        "buyer-email", "buyer-name", "buyer-phone-number", "buyer-company-name", "recipient-name", "ship-address-1",
        "ship-address-2", "ship-address-3", "ship-phone-number", "ship-county", "cpf", "bill-address-1",
        "bill-address-2", "bill-address-3", "bill-city", "bill-state", "bill-postal-code", "bill-country",
        "delivery-Instructions", "buyer-identification-number", "buyer-identification-type",
    }
)  # fmt: skip
"""The columns of personal data: a report that takes no restricted data token has nothing in them."""

_BRAZIL = BY_COUNTRY["BR"].marketplace_id
_VERGE = timedelta(days=1)
_SIGNED_FOR_MINOR = 750_00
"""Assumed: a signature is recommended for what the seller ships from 750 (US dollars) on, as Amazon's help says."""

_STATUSES = {
    OrderStatus.PENDING_AVAILABILITY: "Pending",
    OrderStatus.CANCELED: "Cancelled",
    OrderStatus.PARTIALLY_SHIPPED: "Shipping",
    OrderStatus.INVOICE_UNCONFIRMED: "Shipped",
}
"""Assumed: an order that has partly left is Shipping, and one that waits for its release Pending."""

_EASY_SHIP = {
    "PendingSchedule": "Pending",
    "PendingPickUp": "Pending - Waiting for Pick Up",
    "PickedUp": "Shipped - Picked Up",
    "OutForDelivery": "Shipped - Out for Delivery",
    "Delivered": "Shipped - Delivered to Buyer",
    "RejectedByBuyer": "Shipped - Rejected by Buyer",
    "ReturningToSeller": "Shipped - Returning to Seller",
    "ReturnedToSeller": "Shipped - Returned to Seller",
    "Lost": "Shipped - Lost in Transit",
    "Damaged": "Shipped - Damaged",
}
"""Assumed: what orders by Easy Ship are called in India's files, of which one is public; other states have no words."""


class Line(NamedTuple):
    """An item of an order, as a report tells of it at a moment."""

    order: Order
    item: OrderItem
    amounts: LineAmounts | None
    """What it costs, where that is shown: not while nobody has paid, nor of what was canceled."""
    address: Address | None
    """Where it goes, where that is shown."""
    at: datetime

    @property
    def promoted_item(self) -> int:
        """What promotions took off the goods."""
        return 0 if self.amounts is None else self.amounts.promotion_discount

    @property
    def promoted_shipping(self) -> int:
        """What promotions took off the shipping."""
        return 0 if self.amounts is None else self.amounts.shipping_discount


Cell = Callable[[Line], str]


def lines_of(orders: Iterable[Order], at: datetime) -> Iterator[Line]:
    """The lines of orders."""
    for order in orders:
        address = order.address if order.status in ADDRESSED else None
        for item in order.items:
            yield Line(order, item, shown_amounts(order, item), address, at)


def status_name(order: Order) -> str:
    """What a report calls the state of an order."""
    if order.easy_ship_status is not None and order.status is not OrderStatus.CANCELED:
        said = _EASY_SHIP.get(order.easy_ship_status)
        if said is not None:
            return said
    return _STATUSES.get(order.status) or order.status.value


def item_status_name(order: Order, item: OrderItem) -> str:
    """What a report calls the state of an item; nothing while nobody has paid."""
    if not item.held:
        return "Cancelled"
    if order.is_unpaid:
        return ""
    return "Unshipped" if item.unshipped else "Shipped"


def channel_name(order: Order) -> str:
    """Who ships, as reports have it."""
    return "Amazon" if order.channel is FulfillmentChannel.AFN else "Merchant"


def wants_signature(order: Order) -> bool:
    """Whether a signature is recommended."""
    return order.channel is FulfillmentChannel.MFN and order.total.minor >= _SIGNED_FOR_MINOR


def tax_number(line: Line, name: str = "") -> str:
    """The buyer's tax number; of a certain kind, where one is named."""
    kinds = line.order.buyer.tax.classifications if line.order.buyer.tax is not None else ()
    return next((one.value for one in kinds if not name or one.name == name), "")


def _amount(name: str) -> Cell:
    """An amount; nothing where it is zero, as Amazon leaves it out."""

    def cell(line: Line) -> str:
        return "" if line.amounts is None else unless_zero(getattr(line.amounts, name), line.order.currency)

    return cell


def _of_address(name: str) -> Cell:
    def cell(line: Line) -> str:
        return "" if line.address is None else getattr(line.address, name) or ""

    return cell


def _price(line: Line) -> str:
    return "" if line.amounts is None else decimal(line.amounts.price, line.order.currency)


def _collection(line: Line) -> str:
    by = collected(line.order) if line.amounts is not None and line.amounts.tax else None
    return "MarketplaceFacilitator" if by is not None and by.facilitator else ""


def _party(line: Line) -> str:
    by = collected(line.order) if line.amounts is not None and line.amounts.tax else None
    return "" if by is None else by.party


def _ioss(line: Line) -> str:
    by = collected(line.order) if line.amounts is not None and line.amounts.tax else None
    return MARKETPLACE_IOSS if by is not None and by.scheme == "IOSS" else ""


def _promotions(line: Line) -> str:
    """Assumed: several promotions of an item are named one after the other, with commas."""
    return ",".join(line.item.promotion_ids) if line.amounts is not None else ""


def _days_past(line: Line) -> str:
    zone = zone_of(line.order.marketplace_id)
    promised, today = line.order.latest_ship_at.astimezone(zone).date(), line.at.astimezone(zone).date()
    return str((today - promised).days)


def _scheduled(at: datetime, line: Line) -> str:
    return moment(at) if line.order.service.value == "Scheduled" else ""


def _to_collect(line: Line) -> int:
    is_cash = line.order.payment_method is PaymentMethod.COD
    return line.amounts.total if is_cash and line.amounts is not None else 0


def _wants_cancellation(line: Line) -> str:
    return true_false(line.order.cancellation_request is not None)


CELLS: Final[Mapping[str, Cell]] = {
    "amazon-order-id": lambda line: line.order.order_id,
    "order-id": lambda line: line.order.order_id,
    "merchant-order-id": lambda line: line.order.seller_order_id or line.order.order_id,
    "order-item-id": lambda line: line.item.order_item_id,
    "purchase-date": lambda line: moment(line.order.purchased_at),
    "payments-date": lambda line: moment(line.order.paid_at),
    "reporting-date": lambda line: moment(line.order.paid_at),
    "promise-date": lambda line: moment(line.order.latest_ship_at),
    "last-updated-date": lambda line: moment(line.order.updated_at),
    "days-past-promise": _days_past,
    "order-status": lambda line: status_name(line.order),
    "fulfillment-channel": lambda line: channel_name(line.order),
    "fulfilled-by": lambda line: channel_name(line.order),
    "sales-channel": lambda line: line.order.sales_channel,
    "order-channel": lambda line: "" if line.order.sales_channel == NON_AMAZON else "WebsiteOrderChannel",
    "ship-service-level": lambda line: line.order.service.value,
    "product-name": lambda line: line.item.title,
    "sku": lambda line: line.item.sku,
    "asin": lambda line: line.item.asin,
    "number-of-items": lambda _: "1",
    "item-status": lambda line: item_status_name(line.order, line.item),
    "tax-collection-model": _collection,
    "tax-collection-responsible-party": _party,
    "ioss-number": _ioss,
    "quantity": lambda line: str(line.item.held),
    "quantity-purchased": lambda line: str(line.item.held),
    "quantity-shipped": lambda line: str(line.item.shipped),
    "quantity-to-ship": lambda line: str(line.item.unshipped),
    "currency": lambda line: line.order.currency if line.amounts is not None else "",
    "item-price": _price,
    "item-tax": _amount("tax"),
    "shipping-price": _amount("shipping"),
    "shipping-tax": _amount("shipping_tax"),
    "gift-wrap-price": _amount("gift_wrap"),
    "gift-wrap-tax": _amount("gift_wrap_tax"),
    "item-promotion-discount": _amount("promotion_discount"),
    "item-promotion-id": lambda line: _promotions(line) if line.promoted_item else "",
    "ship-promotion-discount": _amount("shipping_discount"),
    "ship-promotion-id": lambda line: _promotions(line) if line.promoted_shipping else "",
    "address-type": lambda line: (
        "" if line.address is None else "Commercial" if line.address.is_commercial else "Residential"
    ),
    "recipient-name": _of_address("name"),
    "ship-address-1": _of_address("line_1"),
    "ship-address-2": _of_address("line_2"),
    "ship-address-3": _of_address("line_3"),
    "ship-city": _of_address("city"),
    "ship-county": _of_address("county"),
    "ship-state": _of_address("state_or_region"),
    "ship-postal-code": _of_address("postal_code"),
    "ship-country": _of_address("country_code"),
    "ship-phone-number": _of_address("phone"),
    # Assumed: in reports on orders, bills go to the address that the goods go to.
    "bill-address-1": _of_address("line_1"),
    "bill-address-2": _of_address("line_2"),
    "bill-address-3": _of_address("line_3"),
    "bill-city": _of_address("city"),
    "bill-state": _of_address("state_or_region"),
    "bill-postal-code": _of_address("postal_code"),
    "bill-country": _of_address("country_code"),
    "buyer-email": lambda line: line.order.buyer.email,
    "buyer-name": lambda line: line.order.buyer.name,
    "buyer-phone-number": _of_address("phone"),
    "buyer-company-name": lambda line: line.order.buyer.company_name or "",
    "buyer-identification-number": tax_number,
    "buyer-identification-type": lambda line: (
        line.order.buyer.tax.classifications[0].name
        if line.order.buyer.tax is not None and line.order.buyer.tax.classifications
        else ""
    ),
    "cpf": lambda line: tax_number(line) if line.order.marketplace_id == _BRAZIL else "",
    "promotion-ids": _promotions,
    "is-business-order": lambda line: true_false(line.order.is_business),
    "purchase-order-number": lambda line: line.order.buyer.purchase_order_number or "",
    "price-designation": lambda line: (
        "BusinessPrice" if line.item.has_business_price and line.amounts is not None else ""
    ),
    "signature-confirmation-recommended": lambda line: true_false(wants_signature(line.order)),
    "is-prime": lambda line: true_false(line.order.is_prime),
    "is-premium-order": lambda line: true_false(line.order.is_premium),
    "is-iba": lambda _: "false",
    "is-transparency": lambda _: "false",
    "is-ispu-order": lambda line: true_false(line.order.is_store_pickup),
    "store-chain-store-id": lambda line: line.order.store_chain_store_id or "",
    "is-buyer-requested-cancellation": _wants_cancellation,
    "buyer-requested-cancel-reason": lambda line: (
        "" if line.order.cancellation_request is None else line.order.cancellation_request.reason
    ),
    "verge-of-cancellation": lambda line: true_false(line.order.is_late and line.item.unshipped > 0),
    "verge-of-lateShipment": lambda line: true_false(
        bool(line.item.unshipped) and timedelta(0) <= line.order.latest_ship_at - line.at <= _VERGE
    ),
    "earliest-ship-date": lambda line: moment(line.order.earliest_ship_at),
    "latest-ship-date": lambda line: moment(line.order.latest_ship_at),
    "earliest-delivery-date": lambda line: moment(line.order.earliest_delivery_at),
    "latest-delivery-date": lambda line: moment(line.order.latest_delivery_at),
    "delivery-start-date": lambda line: _scheduled(line.order.earliest_delivery_at, line),
    "delivery-end-date": lambda line: _scheduled(line.order.latest_delivery_at, line),
    "scheduled-delivery-start-date": lambda line: _scheduled(line.order.earliest_delivery_at, line),
    "scheduled-delivery-end-date": lambda line: _scheduled(line.order.latest_delivery_at, line),
    "delivery-time-zone": lambda line: "UTC" if line.order.service.value == "Scheduled" else "",
    "delivery-Instructions": _of_address("instructions"),
    "payment-method": lambda line: line.order.payment_method.value,
    "payment-method-details": lambda line: ",".join(line.order.payment_details),
    "payment-type": lambda line: line.order.payment_method.value,
    "cod-collectible-amount": lambda line: unless_zero(_to_collect(line), line.order.currency),
    "already-paid": lambda line: (
        "" if line.amounts is None else decimal(line.amounts.total - _to_collect(line), line.order.currency)
    ),
    "payment-method-fee": _amount("cod_fee"),
    "points-granted": lambda line: str(line.item.held_points) if line.item.held_points else "",
}
"""What each column says.

Assumed: in reports on orders nothing is sold by Amazon Business itself, and nothing needs codes of Transparency.
"""
