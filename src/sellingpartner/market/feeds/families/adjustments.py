"""POST_PAYMENT_ADJUSTMENT_DATA and its flat twin: money that the seller gives back, part by part, by the one refund.

Amounts above zero go to the buyer; a restocking fee and the shipping of the return are below zero, as the seller keeps
them. A quantity that is cancelled cancels as many units that have not left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.feeds.families.order_messages import count_of, incomplete, minor_of, order_meant, told
from sellingpartner.market.feeds.kinds import FeedFile, Form, Message, feed
from sellingpartner.market.feeds.reading import envelope, table
from sellingpartner.market.feeds.reading.envelope import Element, text_of
from sellingpartner.market.feeds.reading.table import Columns, Record
from sellingpartner.market.orders.commands import cancel, refund_amounts
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.storage.unit import UnitOfWork

_PARTS = {
    "Principal": "price",
    "Tax": "tax",
    "Shipping": "shipping",
    "ShippingTax": "shipping_tax",
    "GiftWrap": "gift_wrap",
    "GiftWrapTax": "gift_wrap_tax",
    "Goodwill": "goodwill",
}
_KEPT = {"RestockingFee": "restocking_fee", "ReturnShipping": "return_shipping"}
_PROMOTIONS = {"Principal": "promotion_discount", "Shipping": "shipping_discount"}
"""Assumed: a promotion's amount is taken off what the buyer gets, whatever its sign is."""
_REASONS = frozenset(
    {
        "Abandoned",
        "BuyerCanceled",
        "CouldNotShip",
        "CustomerCancel",
        "CustomerReturn",
        "DifferentItem",
        "Exchange",
        "GeneralAdjustment",
        "NoInventory",
        "Other",
        "PriceError",
    }
)
_AMOUNT_COLUMNS = {
    "item-price-adj": "Principal",
    "item-tax-adj": "Tax",
    "shipping-price-adj": "Shipping",
    "shipping-tax-adj": "ShippingTax",
    "gift-wrap-price-adj": "GiftWrap",
    "gift-wrap-tax-adj": "GiftWrapTax",
}
_PROMOTION_COLUMNS = {"item-promotion-adj": "Principal", "ship-promotion-adj": "Shipping"}
_COLUMNS = Columns(
    ("order-id", "order-item-id", "adjustment-reason-code", "currency"),
    (*_AMOUNT_COLUMNS, *_PROMOTION_COLUMNS, "item-promotion-id", "ship-promotion-id", "quantity-cancelled"),
)


class Amount(msgspec.Struct, frozen=True):
    """So much of a part, as it was written."""

    part: str
    text: str
    currency: str


class AdjustedItem(msgspec.Struct, frozen=True, kw_only=True):
    """What of an item is given back or cancelled."""

    order_item_id: str
    reason: str
    prices: tuple[Amount, ...] = ()
    promotions: tuple[Amount, ...] = ()
    canceled: int | None = None


class Adjusted(msgspec.Struct, frozen=True, kw_only=True):
    """What of an order is given back or cancelled."""

    order_id: str | None = None
    seller_order_id: str | None = None
    items: tuple[AdjustedItem, ...]


def _of_element(body: Element) -> Adjusted:
    return Adjusted(
        order_id=text_of(body, "AmazonOrderID"),
        seller_order_id=text_of(body, "MerchantOrderID"),
        items=tuple(_item_of_element(item) for item in body.iterfind("AdjustedItem")),
    )


def _item_of_element(item: Element) -> AdjustedItem:
    canceled = text_of(item, "QuantityCancelled")
    return AdjustedItem(
        order_item_id=text_of(item, "AmazonOrderItemCode") or text_of(item, "MerchantOrderItemID") or "",
        reason=_checked(text_of(item, "AdjustmentReason") or ""),
        prices=tuple(map(_amount, item.iterfind("ItemPriceAdjustments/Component"))),
        promotions=tuple(map(_amount, item.iterfind("PromotionAdjustments/Component"))),
        canceled=None if canceled is None else count_of("QuantityCancelled", canceled),
    )


def _amount(component: Element) -> Amount:
    amount = component.find("Amount")
    return Amount(text_of(component, "Type") or "", (amount.text or "").strip(), amount.get("currency", ""))


def _of_record(record: Record) -> Adjusted:
    for name in _COLUMNS.required:
        if not record[name]:
            raise incomplete(f"{name} is empty.", AmazonOrderID=record["order-id"])

    def amounts(columns: dict[str, str]) -> tuple[Amount, ...]:
        return tuple(Amount(part, record[name], record["currency"]) for name, part in columns.items() if record[name])

    canceled = record["quantity-cancelled"]
    item = AdjustedItem(
        order_item_id=record["order-item-id"],
        reason=_checked(record["adjustment-reason-code"]),
        prices=amounts(_AMOUNT_COLUMNS),
        promotions=amounts(_PROMOTION_COLUMNS),
        canceled=count_of("quantity-cancelled", canceled) if canceled else None,
    )
    return Adjusted(order_id=record["order-id"], items=(item,))


def _checked(reason: str) -> str:
    if reason not in _REASONS:
        raise incomplete(f"The reason is {reason[:40]!r}; it must be one of {', '.join(sorted(_REASONS))}.")
    return reason


def in_xml(file: FeedFile) -> Iterator[Message]:
    """The adjustments of an envelope."""
    return envelope.messages(file, "OrderAdjustment", _of_element)


def in_table(file: FeedFile) -> Iterator[Message]:
    """The adjustments of a flat file."""
    return table.parsed(file, _COLUMNS, _of_record)


@feed("POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA", read=in_table, tell=told, form=Form.FLAT_OF_ORDERS)
@feed("POST_PAYMENT_ADJUSTMENT_DATA", read=in_xml, tell=told, form=Form.XML)
def carry_out(unit: UnitOfWork, file: FeedFile, said: Adjusted) -> None:
    """Give money back, and cancel what cannot be shipped. Of several reasons the first is the refund's."""
    order = order_meant(unit, file, said)
    canceled = {item.order_item_id: item.canceled for item in said.items if item.canceled}
    given = {item.order_item_id: _given(order, item) for item in said.items if item.prices or item.promotions}
    if len({item.order_item_id for item in said.items}) < len(said.items):
        raise incomplete("An item stands in the message twice.", AmazonOrderID=order.order_id)
    if not canceled and not given:
        raise incomplete("It gives nothing back and cancels nothing.", AmazonOrderID=order.order_id)
    reason = said.items[0].reason
    if canceled:
        cancel(unit, order.order_id, by=Canceler.SELLER, reason=reason, quantities=canceled)
    if given:
        refund_amounts(unit, order.order_id, given, reason=reason)


def _given(order: Order, item: AdjustedItem) -> LineAmounts:
    """What is given back of an item, in minor units."""
    sums: Counter[str] = Counter()
    for amount in item.prices:
        minor = _minor(order, amount)
        if (kept := _KEPT.get(amount.part)) is not None:
            sums[kept] += -minor
        elif (part := _PARTS.get(amount.part)) is not None:
            sums[part] += minor
        else:
            known = ", ".join(sorted((*_PARTS, *_KEPT)))
            raise incomplete(f"The Type is {amount.part[:40]!r}; it must be one of {known}.")
    for amount in item.promotions:
        if amount.part not in _PROMOTIONS:
            raise incomplete(f"A promotion's Type is {amount.part[:40]!r}; it must be Principal or Shipping.")
        sums[_PROMOTIONS[amount.part]] += abs(_minor(order, amount))
    return msgspec.structs.replace(LineAmounts(), **sums)


def _minor(order: Order, amount: Amount) -> int:
    if amount.currency != order.currency:
        text = f"The currency is {amount.currency[:10]!r}; that of the order is {order.currency}."
        raise incomplete(text, AmazonOrderID=order.order_id)
    return minor_of(amount.part, amount.text, order.currency)
