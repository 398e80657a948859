"""POST_INVOICE_CONFIRMATION_DATA: the invoice of an order that left without one has been sent.

Assumed: an order's invoice is confirmed as a whole, so items that are named must be all that the order holds, with all
of their units; when it was sent is not kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from sellingpartner.market.feeds.families.order_messages import incomplete, order_meant, told
from sellingpartner.market.feeds.kinds import FeedFile, Form, Message, feed
from sellingpartner.market.feeds.reading import envelope
from sellingpartner.market.feeds.reading.envelope import Element, text_of
from sellingpartner.market.orders.commands import confirm_invoice
from sellingpartner.storage.unit import UnitOfWork


class Confirmed(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller says of an invoice."""

    order_id: str | None
    seller_order_id: str | None = None
    items: tuple[tuple[str, int], ...] = ()
    """The items that stand on it, with their units; none are all."""


def _parsed(body: Element) -> Confirmed:
    return Confirmed(
        order_id=text_of(body, "AmazonOrderID"),
        seller_order_id=text_of(body, "MerchantOrderID"),
        items=tuple(
            (text_of(item, "AmazonOrderItemCode") or "", int(text_of(item, "QuantityConfirmed") or 0))
            for item in body.iterfind("Item")
        ),
    )


def _read(file: FeedFile) -> Iterator[Message]:
    return envelope.messages(file, "InvoiceConfirmation", _parsed)


@feed("POST_INVOICE_CONFIRMATION_DATA", read=_read, tell=told, form=Form.XML)
def carry_out(unit: UnitOfWork, file: FeedFile, said: Confirmed) -> None:
    """Confirm the invoice of an order."""
    order = order_meant(unit, file, said)
    units: Counter[str] = Counter()
    for item_id, quantity in said.items:
        units[item_id] += quantity
    shipped = {item.order_item_id: item.shipped for item in order.items if item.shipped}
    if units and units != shipped:
        raise incomplete("The items are not those that were shipped.", AmazonOrderID=order.order_id)
    confirm_invoice(unit, order.order_id)
