"""What messages about orders have in common: which order is meant, and in which words a refusal is told."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Protocol

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.amounts import minor_units
from sellingpartner.market.feeds.kinds import FeedFile, Finding, Refused
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import OrderFilter, order_of, page_of_orders
from sellingpartner.market.orders.refusals import MalformedOrderId, NoSuchOrder, TooMany, WrongMarketplace
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.storage.unit import UnitOfWork

TOO_MANY, NO_ORDER, INCOMPLETE = "18021", "18028", "18000"
"""Assumed: the code of what is refused for other reasons than these two, whose codes were seen."""
_MOST_MINOR = 10**15 - 1


class OfOrder(Protocol):
    """A message about an order."""

    @property
    def order_id(self) -> str | None:
        """Amazon's number of the order."""
        ...

    @property
    def seller_order_id(self) -> str | None:
        """The seller's own number of it, where Amazon's is not said."""
        ...


def order_meant(unit: UnitOfWork, file: FeedFile, message: OfOrder) -> Order:
    """The order that a message is about; raises `Refused` if the seller has none such in the feed's marketplaces."""
    order_id = message.order_id
    if order_id is None:
        wanted = OrderFilter(seller_order_id=message.seller_order_id)
        found = page_of_orders(unit, wanted, limit=1).orders
        if not found:
            raise Refused(_no_order(file, message.seller_order_id or ""))
        order_id = found[0].order_id
    try:
        order = order_of(unit, order_id)
    except (NoSuchOrder, MalformedOrderId) as reason:
        raise Refused(_no_order(file, order_id)) from reason
    if order.marketplace_id not in file.marketplace_ids:
        raise WrongMarketplace(order.order_id, file.marketplace_id)
    return order


def _no_order(file: FeedFile, said: str) -> Finding:
    text = (
        f"Your order cannot be found using Merchant ID {file.seller_id} and Order ID {said[:60]}. Enter the correct "
        "order ID and then resubmit your feed."
    )
    return Finding(code=NO_ORDER, text=text)


def told(error: SellingPartnerError, message: OfOrder) -> Finding:
    """What a command refused, with the order that it is about."""
    order_id = message.order_id or message.seller_order_id or ""
    about = {"AmazonOrderID": order_id}
    if isinstance(error, TooMany):
        text = (
            f"The quantities you provided for order id ({order_id}) were larger than the quantities that could be "
            "fulfilled. Please review the quantity from the order report and take into account any items that have "
            "been cancelled or already fulfilled."
        )
        return Finding(code=TOO_MANY, text=text, about=about)
    said = error.message if not error.details else f"{error.message} {error.details}"
    return Finding(code=INCOMPLETE, text=f"The data you submitted is incomplete or invalid. {said}", about=about)


def incomplete(text: str, **about: str) -> Refused:
    """A message that does not say enough, or what cannot be."""
    return Refused(
        Finding(code=INCOMPLETE, text=f"The data you submitted is incomplete or invalid. {text}", about=about)
    )


def moment_of(name: str, text: str) -> datetime:
    """A time or a day, in UTC where it names no zone; raises `Refused`."""
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00").replace("z", "+00:00"))
        return in_utc(found)
    except (ValueError, OutOfBounds) as reason:
        raise incomplete(f"{name} is {text[:40]!r}; it must be a date such as 2026-11-02.") from reason


def count_of(name: str, text: str) -> int:
    """A whole number from 1 on; raises `Refused`."""
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text)):  # noqa: PLR2004 - digits
        raise incomplete(f"{name} is {text[:40]!r}; it must be a whole number from 1 on.")
    return int(text)


def minor_of(name: str, text: str, currency: str) -> int:
    """An amount in minor units of a currency; raises `Refused`.

    Assumed: an amount with more decimal places than its currency has is taken if those are noughts.
    """
    try:
        minor = minor_units(Decimal(text), currency, most=_MOST_MINOR)
    except InvalidOperation:
        minor = None
    if minor is not None:
        return minor
    raise incomplete(f"{name} is {text[:40]!r}; it must be an amount of {currency[:10]}.")
