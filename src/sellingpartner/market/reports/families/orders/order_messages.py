"""Orders as the messages of an order report in XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.model import Order
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.orders.order_lines import Line, lines_of, wants_signature
from sellingpartner.market.reports.kinds import Tree
from sellingpartner.market.reports.writing.envelope import amazon_envelope
from sellingpartner.market.reports.writing.values import decimal, moment, true_false
from sellingpartner.market.reports.writing.xml import element
from sellingpartner.storage.unit import UnitOfWork

_PRICES = (
    ("Principal", "price"),
    ("Shipping", "shipping"),
    ("Tax", "tax"),
    ("ShippingTax", "shipping_tax"),
    ("GiftWrap", "gift_wrap"),
    ("GiftWrapTax", "gift_wrap_tax"),
    ("COD", "cod_fee"),
)
_ALWAYS = frozenset({"price", "shipping", "tax", "shipping_tax"})


def order_messages(unit: UnitOfWork, orders: Iterable[Order], asked: Asked, *, with_bills: bool) -> Tree:
    """A document of orders, a message each.

    Assumed: orders have no session, and their fees are not foretold: those elements are left out, and so is a product
    tax code, which the market's listings do not have.
    """
    return amazon_envelope(
        "OrderReport", _messages(orders, asked, with_bills=with_bills), version="1.01", merchant_id=unit.seller_id
    )


def _messages(orders: Iterable[Order], asked: Asked, *, with_bills: bool) -> Iterator[Any]:
    for number, order in enumerate(orders, 1):
        lines = list(lines_of([order], asked.at))
        yield element(
            "Message",
            element("MessageID", str(number)),
            element(
                "OrderReport",
                element("AmazonOrderID", order.order_id),
                element("OrderDate", moment(order.purchased_at)),
                element("OrderPostedDate", moment(order.paid_at)),
                _billing(order, lines[0].address if with_bills else None),
                _fulfillment(order, lines[0].address),
                element("IsBusinessOrder", true_false(order.is_business)),
                element("IsPrime", true_false(order.is_prime)),
                element("IsIba", "false"),
                *(_item(line) for line in lines),
            ),
        )


def _billing(order: Order, address: Address | None) -> Any:  # noqa: ANN401 - an element of lxml
    phone = order.address.phone
    return element(
        "BillingData",
        element("BuyerEmailAddress", order.buyer.email),
        element("BuyerName", order.buyer.name),
        element("BuyerPhoneNumber", phone) if phone else None,
        _address(address),
    )


def _fulfillment(order: Order, address: Address | None) -> Any:  # noqa: ANN401 - an element of lxml
    return element(
        "FulfillmentData",
        element("FulfillmentMethod", "Ship"),
        element("FulfillmentServiceLevel", order.service.value),
        _address(address),
    )


def _address(address: Address | None) -> Any:  # noqa: ANN401 - an element of lxml
    if address is None:
        return None
    fields = (
        ("Name", address.name),
        ("AddressFieldOne", address.line_1),
        ("AddressFieldTwo", address.line_2),
        ("AddressFieldThree", address.line_3),
        ("City", address.city),
        ("StateOrRegion", address.state_or_region),
        ("PostalCode", address.postal_code),
        ("CountryCode", address.country_code),
        ("PhoneNumber", address.phone),
    )
    return element("Address", *(element(name, value) for name, value in fields if value))


def _item(line: Line) -> Any:  # noqa: ANN401 - an element of lxml
    return element(
        "Item",
        element("AmazonOrderItemCode", line.item.order_item_id),
        element("SKU", line.item.sku),
        element("Title", line.item.title),
        element("Quantity", str(line.item.held)),
        element("ItemPrice", *_prices(line)),
        _promotion(line),
        element("SignatureConfirmationRecommended", true_false(wants_signature(line.order))),
    )


def _prices(line: Line) -> Iterator[Any]:
    if line.amounts is None:
        return
    for name, field in _PRICES:
        minor = getattr(line.amounts, field)
        if minor or field in _ALWAYS:
            yield _component(name, minor, line.order.currency)


def _promotion(line: Line) -> Any:  # noqa: ANN401 - an element of lxml
    taken = (("Principal", line.promoted_item), ("Shipping", line.promoted_shipping))
    if not any(minor for _, minor in taken):
        return None
    codes = ",".join(line.item.promotion_ids)
    return element(
        "Promotion",
        element("PromotionClaimCode", codes),
        element("MerchantPromotionID", codes),
        *(_component(name, -minor, line.order.currency) for name, minor in taken if minor),
    )


def _component(name: str, minor: int, currency: str) -> Any:  # noqa: ANN401 - an element of lxml
    return element("Component", element("Type", name), element("Amount", decimal(minor, currency), currency=currency))
