"""What else is printed with a label: a receipt of what it cost, a form for customs, a whole page with the label on it.

Differs: the form for customs names sender, recipient, contents and what the service wanted to know; no country's own
form is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sellingpartner.market.shipping.labels.layout import Subject
from sellingpartner.market.shipping.labels.sheet import INCH, Box, Mark, Sheet, Text
from sellingpartner.market.shipping.model import Shipment

_MARGIN = 12.0
_PAGE = (8.5 * INCH, 11 * INCH)
_MOST_CONTENTS = 14
_LONGEST = 44


def on_page(sheet: Sheet, layout: str) -> Sheet:
    """A sheet on the left or the right half of a page."""
    width, height = _PAGE
    left = width / 2 - sheet.width if layout == "LEFT" else width / 2
    top = (height - sheet.height) / 8
    moved = [msgspec.structs.replace(mark, x=mark.x + left, y=mark.y + top) for mark in sheet.marks]
    return Sheet(width=width, height=height, marks=tuple(moved))


def receipt_of(subject: Subject, shipment: Shipment) -> Sheet:
    """What was paid for the label."""
    bought = shipment.bought
    base = bought.base or bought.total
    lines = [
        f"Shipment {shipment.shipment_id}",
        f"Bought {shipment.created_at:%Y-%m-%d}",
        "",
        f"{bought.carrier_name}, {bought.service_name}",
        f"Tracking # {shipment.tracking_id}",
        f"Weight {subject.weight}",
        "",
        f"Postage {base.currency} {base}",
        *([f"Options {base.currency} {bought.total - base}"] if bought.total != base else []),
        f"Total {bought.total.currency} {bought.total}",
    ]
    return _written(subject, "Receipt", lines)


def customs_form_of(subject: Subject, shipment: Shipment) -> Sheet:
    """What customs are told of a parcel that leaves the country."""
    lines = [
        "From",
        *(f"  {one}" for one in subject.sender if one),
        "To",
        *(f"  {one}" for one in subject.recipient),
        "",
    ]
    for one in shipment.wish.contents[:_MOST_CONTENTS]:
        worth = "" if one.worth is None else f"  {one.worth.currency} {one.worth}"
        lines.append(f"{one.quantity} x {(one.title or one.item_id)[:_LONGEST]}{worth}")
    lines += ["", *(f"{name}: {value}" for name, value in sorted(shipment.inputs.items()))]
    return _written(subject, "Customs declaration", lines)


def _written(subject: Subject, title: str, lines: list[str]) -> Sheet:
    width, height = subject.paper.points
    return Sheet(width=width, height=height, marks=tuple(_marks(width, title, lines)))


def _marks(width: float, title: str, lines: list[str]) -> Iterator[Mark]:
    yield Text(x=_MARGIN, y=30, size=14, text=title, is_bold=True)
    yield Box(x=_MARGIN, y=40, width=width - 2 * _MARGIN, height=1.5)
    for place, line in enumerate(lines):
        if line:
            yield Text(x=_MARGIN, y=58 + place * 12.5, size=9, text=line)
