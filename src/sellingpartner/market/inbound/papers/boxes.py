"""The labels of a box: the one that every box bears, and the square code of what is in it.

What the square code says, its kinds and how small its modules may be is told by Amazon's guide for sellers; of the
kinds that fulfillment centers read it is the QR code.

Differs: where a box holds so many items that the code does not fit at the least size that Amazon names, its modules
become smaller; of more than some forty items only the first are told.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sellingpartner.market.shipping.labels.barcodes import MOST_QR_BYTES, code_128, qr_code
from sellingpartner.market.shipping.labels.sheet import INCH, Bars, Box, Grid, Mark, Sheet, Text

WIDTH, HEIGHT = 4.0 * INCH, 10 / 3 * INCH
"""Assumed: a box label has the size of a sixth of a sheet of letter paper, as Amazon's have."""

_MARGIN = 14.0
_LEAST_MODULE = 0.04 * INCH
_MOST_LINES = 5


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """So many units of an item in a box."""

    fnsku: str
    sku: str
    quantity: int
    expires_on: str | None = None
    """As the API writes dates."""


class BoxSubject(msgspec.Struct, frozen=True, kw_only=True):
    """What the label of a box says."""

    box_id: str
    shipment_id: str
    """The confirmed one: `FBA...`."""
    shipment_name: str
    number: int
    count: int
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    contents: tuple[Content, ...]
    created_on: str


def box_label(subject: BoxSubject) -> Sheet:
    """The label that every box bears."""
    units = sum(content.quantity for content in subject.contents)
    what = f"SKU {subject.contents[0].sku}" if len(subject.contents) == 1 else f"{len(subject.contents)} SKUs"
    marks: list[Mark] = [
        Text(x=_MARGIN, y=30, size=20, text="FBA", is_bold=True),
        Text(x=WIDTH - 110, y=30, size=11, text=f"Box {subject.number} of {subject.count}", is_bold=True),
        Box(x=_MARGIN, y=38, width=WIDTH - 2 * _MARGIN, height=1),
        Text(x=_MARGIN, y=50, size=7, text="FROM"),
        *_lines(_MARGIN, 60, subject.sender),
        Text(x=WIDTH / 2, y=50, size=7, text="TO"),
        *_lines(WIDTH / 2, 60, subject.recipient),
        Box(x=_MARGIN, y=112, width=WIDTH - 2 * _MARGIN, height=1),
        Text(x=_MARGIN, y=124, size=8, text=subject.shipment_name),
        Bars(x=_MARGIN, y=132, width=WIDTH - 2 * _MARGIN, height=58, modules=code_128(subject.box_id)),
        Text(x=_MARGIN, y=204, size=11, text=subject.box_id, is_bold=True),
    ]
    if subject.contents:
        marks.append(Text(x=_MARGIN, y=218, size=9, text=f"{what[:34]}   Qty {units}"))
    marks.append(Text(x=WIDTH - 110, y=218, size=8, text=f"Created {subject.created_on}"))
    return Sheet(width=WIDTH, height=HEIGHT, marks=tuple(marks))


def content_label(subject: BoxSubject) -> Sheet:
    """The label that tells a scanner what is in a box."""
    rows = qr_code(told_content(subject.shipment_id, subject.contents))
    modules = len(rows) + 8
    size = min(modules * _LEAST_MODULE, HEIGHT - 30)
    marks: tuple[Mark, ...] = (
        Text(x=_MARGIN, y=18, size=9, text=f"{subject.box_id}   box content", is_bold=True),
        Grid(x=_MARGIN, y=24, size=size, rows=rows),
    )
    return Sheet(width=WIDTH, height=HEIGHT, marks=marks)


def told_content(shipment_id: str, contents: Sequence[Content]) -> str:
    """What a square code says: the shipment, and of each item its label, quantity and, if it has one, its last day."""
    said = f"AMZN,PO:{shipment_id}"
    for content in contents:
        more = f",FNSKU:{content.fnsku},QTY:{content.quantity}"
        if content.expires_on:
            more += f",EXP:{content.expires_on[2:].replace('-', '')}"
        if len(said) + len(more) > MOST_QR_BYTES:
            break
        said += more
    return said


def _lines(x: float, y: float, texts: Sequence[str]) -> list[Text]:
    shown = [text for text in texts if text][:_MOST_LINES]
    return [Text(x=x, y=y + place * 10, size=8, text=text[:30]) for place, text in enumerate(shown)]
