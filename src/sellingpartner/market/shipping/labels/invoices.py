"""Invoices that the marketplace writes for its sellers, as files.

Differs: an invoice names number, date, buyer, lines, tax and total; the form that a country asks for is not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellingpartner.market.amounts import Money
from sellingpartner.market.events.orders import Line
from sellingpartner.market.orders.model import Order
from sellingpartner.market.shipping.labels.documents import Document, recipient_of
from sellingpartner.market.shipping.labels.pdf import as_pdf
from sellingpartner.market.shipping.labels.sheet import Box, Mark, Sheet, Text

_A4 = (595.0, 842.0)
_MARGIN, _STEP = 50.0, 16.0
_MOST_TITLE = 60
_MOST_LINES = 30


def invoice_document(number: str, written_at: datetime, order: Order, lines: Sequence[Line]) -> Document:
    """The invoice of some units of an order."""
    sheet = invoice_sheet(number, written_at, order, lines)
    return Document("application/pdf", as_pdf([sheet], f"Invoice {number}"))


def invoice_sheet(number: str, written_at: datetime, order: Order, lines: Sequence[Line]) -> Sheet:
    """The page of such an invoice."""
    width, height = _A4
    marks: list[Mark] = [
        Text(x=_MARGIN, y=70, size=18, text=f"Invoice {number}", is_bold=True),
        Text(x=_MARGIN, y=92, size=10, text=f"{written_at:%Y-%m-%d}   Order {order.order_id}"),
        *(
            Text(x=_MARGIN, y=124 + place * 14, size=10, text=text)
            for place, text in enumerate(filter(None, recipient_of(order)))
        ),
        Box(x=_MARGIN, y=220, width=width - 2 * _MARGIN, height=1),
    ]
    y = 240.0
    for line in lines[:_MOST_LINES]:
        amount = Money(line.amounts.total, order.currency)
        title = order.item(line.order_item_id).title[:_MOST_TITLE]
        marks.append(Text(x=_MARGIN, y=y, size=10, text=f"{line.quantity} x {title}"))
        marks.append(Text(x=width - _MARGIN - 90, y=y, size=10, text=f"{amount} {order.currency}"))
        y += _STEP
    tax = Money(sum(line.amounts.all_tax for line in lines), order.currency)
    total = Money(sum(line.amounts.total for line in lines), order.currency)
    for label, amount in (("Tax included", tax), ("Total", total)):
        marks.append(Text(x=width - _MARGIN - 200, y=y + 10, size=11, text=label, is_bold=True))
        marks.append(Text(x=width - _MARGIN - 90, y=y + 10, size=11, text=f"{amount} {order.currency}", is_bold=True))
        y += _STEP
    return Sheet(width=width, height=height, marks=tuple(marks))


def warranty_sheet(written_at: datetime, order: Order, numbered: Sequence[tuple[str, str]]) -> Sheet:
    """A page that names what is under warranty: the titles of items with their serial numbers."""
    width, height = _A4
    marks: list[Mark] = [
        Text(x=_MARGIN, y=70, size=18, text="Warranty", is_bold=True),
        Text(x=_MARGIN, y=92, size=10, text=f"{written_at:%Y-%m-%d}   Order {order.order_id}"),
        *(
            Text(x=_MARGIN, y=124 + place * _STEP, size=10, text=f"{title[:_MOST_TITLE]}   {number}")
            for place, (title, number) in enumerate(numbered[:_MOST_LINES])
        ),
    ]
    return Sheet(width=width, height=height, marks=tuple(marks))
