"""Refunds of amounts: so much of an item's price, so much of its tax, as a seller names them part by part.

Nothing here reads or writes. Of each part no more can be given back than was paid and is left; a fee that the seller
keeps of a refund, and what it adds out of goodwill, are parts as well.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.orders import Line, LineAmounts
from sellingpartner.market.orders.items import AMOUNTS, OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.refusals import WrongState
from sellingpartner.market.orders.returns import Refund, left_of, lines_of, refund_line

BESIDES = ("goodwill", "restocking_fee", "return_shipping")
"""What is no part of what was paid."""
_PROMOTIONS = ("promotion_discount", "shipping_discount", "promotion_discount_tax", "shipping_discount_tax")
_TAXES = {"price": "tax", "shipping": "shipping_tax", "gift_wrap": "gift_wrap_tax"}


def refund_of_amounts(order: Order, item_id: str, given: LineAmounts, earlier: Iterable[Refund]) -> Line:
    """The line of a refund of amounts of one item, in minor units; raises `InvalidInput`.

    Where prices include tax, the tax on what is given back is a part of it and need not be said. Assumed: with the
    whole price of units those units are refunded.
    """
    item, before = order.item(item_id), lines_of(earlier, item_id)
    left = left_of(item, before, item.shipped)
    given = _with_taxes(given, left)
    for name in AMOUNTS:
        part = getattr(given, name)
        most = getattr(left, name)
        if part < 0 or (name not in BESIDES and part > most):
            raise _too_much(order, item_id, name, part, most)
    if given.price - given.promotion_discount > left.price - left.promotion_discount:
        raise _too_much(order, item_id, "price less promotion", given.price, left.price - left.promotion_discount)
    if given.total < 1:
        message = f"What is given back of item {item_id} comes to {given.total}; it must be more than nothing."
        raise InvalidInput(message)
    refunded = sum(line.quantity for line in before)
    units = _units_of_price(item, given.price - sum(line.amounts.price for line in before))
    return refund_line(item, max(units - refunded, 0), given)


def _with_taxes(given: LineAmounts, left: LineAmounts) -> LineAmounts:
    if not left.tax_included:
        return msgspec.structs.replace(given, tax_included=False)
    parts = {
        tax: getattr(left, tax) * min(getattr(given, name), getattr(left, name)) // getattr(left, name)
        for name, tax in _TAXES.items()
        if getattr(left, name) > 0
    }
    parts |= {
        f"{name}_tax": getattr(left, f"{name}_tax")
        * min(getattr(given, name), getattr(left, name))
        // getattr(left, name)
        for name in ("promotion_discount", "shipping_discount")
        if getattr(left, name) > 0
    }
    return msgspec.structs.replace(given, tax_included=True, **parts)


def _units_of_price(item: OrderItem, back: int) -> int:
    """Of how many units all of the price was given back."""
    if not item.amounts.price:
        return 0
    return next(units for units in range(item.shipped, -1, -1) if item.amounts_between(0, units).price <= back)


def _too_much(order: Order, item_id: str, name: str, part: int, most: int) -> InvalidInput:
    message = (
        f"Of the {name.replace('_', ' ')} of item {item_id} 0 to {most} minor units of {order.currency} can be given "
        f"back, not {part}."
    )
    return WrongState(message) if most < 1 else InvalidInput(message)
