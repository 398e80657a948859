"""The bill of lading of a truck's load, and the delivery challan that goods in India travel with: a page each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from sellingpartner.batched import batched
from sellingpartner.market.inbound.papers.pages import A4, LETTER
from sellingpartner.market.shipping.labels.barcodes import code_128
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.market.shipping.labels.pdf import as_pdf
from sellingpartner.market.shipping.labels.sheet import Bars, Box, Mark, Sheet, Text

_MARGIN = 48.0
_STEP = 14.0
_MOST_LINES = 36


class Freight(msgspec.Struct, frozen=True, kw_only=True):
    """What a bill of lading says of a load."""

    shipment_id: str
    reference: str
    number: str
    """The bill's own number."""
    carrier: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    pallets: int
    boxes: int
    kilograms: Decimal
    freight_class: str
    ready_on: str


class Challan(msgspec.Struct, frozen=True, kw_only=True):
    """What a delivery challan says."""

    shipment_id: str
    number: str
    issued_on: str
    carrier: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    lines: tuple[tuple[str, str, int], ...]
    """SKU, FNSKU and quantity of each item."""


def bill_of_lading(freight: Freight) -> Document:
    """The bill that the driver signs."""
    facts = (
        f"Carrier: {freight.carrier}",
        f"Amazon reference: {freight.reference}",
        f"Shipment: {freight.shipment_id}",
        f"Ready on: {freight.ready_on}",
        f"Pallets: {freight.pallets}   Boxes: {freight.boxes}   Weight: {freight.kilograms:.1f} kg",
        f"Freight class: {freight.freight_class.removeprefix('FC_').replace('_', '.')}",
    )
    title = f"Bill of lading {freight.number}"
    return _paper(LETTER, title, freight.number, (freight.sender, freight.recipient), facts)


def delivery_challan(challan: Challan) -> Document:
    """The challan.

    Differs: it names who sends what to whom; tax numbers and the value of the goods are not known to the market.
    """
    lines = tuple(f"{quantity:>6}   {sku[:40]}   {fnsku}" for sku, fnsku, quantity in challan.lines)
    facts = (
        f"Shipment: {challan.shipment_id}",
        f"Issued on: {challan.issued_on}   Carrier: {challan.carrier}",
        "Goods are moved for storage and fulfillment; this is no sale.",
        "   Qty   SKU   FNSKU",
        *lines,
    )
    title = f"Delivery challan {challan.number}"
    return _paper(A4, title, challan.number, (challan.sender, challan.recipient), facts)


def _paper(
    size: tuple[float, float],
    title: str,
    number: str,
    parties: tuple[tuple[str, ...], tuple[str, ...]],
    facts: Sequence[str],
) -> Document:
    width, height = size
    marks: list[Mark] = [
        Text(x=_MARGIN, y=60, size=18, text=title, is_bold=True),
        Bars(x=_MARGIN, y=74, width=260, height=44, modules=code_128(number)),
        Box(x=_MARGIN, y=130, width=width - 2 * _MARGIN, height=1),
    ]
    for x, name, lines in ((_MARGIN, "Ship from", parties[0]), (width / 2, "Ship to", parties[1])):
        shown = [name, *filter(None, lines)]
        marks += [
            Text(x=x, y=150 + place * _STEP, size=10, text=text[:44], is_bold=not place)
            for place, text in enumerate(shown)
        ]
    marks.append(Box(x=_MARGIN, y=250, width=width - 2 * _MARGIN, height=1))
    sheets = [
        Sheet(
            width=width,
            height=height,
            marks=(*marks, *(Text(x=_MARGIN, y=272 + at * _STEP, size=10, text=text) for at, text in enumerate(page))),
        )
        for page in batched(facts, _MOST_LINES)
    ]
    return Document("application/pdf", as_pdf(sheets, title))
