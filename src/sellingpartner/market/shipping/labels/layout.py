"""What a label and a packing slip say, as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import msgspec

from sellingpartner.market.shipping.labels.barcodes import code_128
from sellingpartner.market.shipping.labels.sheet import INCH, Bars, Box, Diamond, Mark, Sheet, Text

_MARGIN = 12.0
_MOST_SLIP_LINES = 22
_WIDEST = 46


class Paper(msgspec.Struct, frozen=True):
    """The size of a label, in the units in which it is told."""

    length: float
    width: float
    unit: str

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        factor = INCH if self.unit == "inches" else INCH / 2.54
        return round(self.width * factor, 2), round(self.length * factor, 2)


FOUR_BY_SIX = Paper(6, 4, "inches")
A6_LIKE = Paper(15.2, 10.2, "centimeters")


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What a label is about."""

    paper: Paper
    carrier: str
    service: str
    tracking_id: str
    order_id: str | None
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    weight: str
    ships_on: str
    custom_text: str | None = None
    is_hazmat: bool = False
    is_signed: bool = False
    slip: tuple[tuple[int, str, str], ...] = ()
    """Quantity, SKU and title of what is in it, for a packing slip; empty where there is to be none."""


def label_of(subject: Subject) -> Sheet:
    """The label."""
    width, height = subject.paper.points
    inner = width - 2 * _MARGIN
    marks: list[Mark] = [
        Text(x=_MARGIN, y=32, size=20, text=subject.carrier, is_bold=True),
        Text(x=_MARGIN, y=50, size=11, text=subject.service, is_bold=True),
        Text(x=width - 92, y=26, size=8, text=subject.weight),
        Text(x=width - 92, y=38, size=8, text=f"Ship {subject.ships_on}"),
        _rule(width, 60),
        Text(x=_MARGIN, y=72, size=7, text="FROM"),
        *_lines(_MARGIN, 82, 8, 9.5, subject.sender),
        _rule(width, 142),
        Text(x=_MARGIN, y=156, size=8, text="SHIP TO", is_bold=True),
        *_lines(_MARGIN + 8, 172, 12, 14, subject.recipient, is_bold=True),
        _rule(width, 272),
        Bars(x=_MARGIN, y=282, width=inner, height=84, modules=code_128(subject.tracking_id)),
        Text(x=_MARGIN, y=384, size=12, text=f"TRACKING # {subject.tracking_id}", is_bold=True),
        _rule(width, 394),
    ]
    if subject.is_signed:
        marks.append(Text(x=width - 92, y=50, size=8, text="SIGNATURE", is_bold=True))
    if subject.is_hazmat:
        marks.append(Diamond(x=width - 66, y=196, size=54))
    if subject.order_id is not None:
        marks.append(Text(x=_MARGIN, y=408, size=9, text=f"Order {subject.order_id}"))
    if subject.custom_text:
        marks.append(Text(x=_MARGIN, y=421, size=9, text=subject.custom_text))
    return Sheet(width=width, height=height, marks=tuple(marks))


def slip_of(subject: Subject) -> Sheet:
    """The packing slip that goes with it, on paper of the same size."""
    width, height = subject.paper.points
    marks: list[Mark] = [
        Text(x=_MARGIN, y=30, size=14, text="Packing slip", is_bold=True),
        Text(x=_MARGIN, y=46, size=9, text=f"Order {subject.order_id or ''}"),
        *_lines(_MARGIN, 62, 9, 11, subject.recipient),
        _rule(width, 142),
        Text(x=_MARGIN, y=156, size=9, text="Qty   Item", is_bold=True),
    ]
    told = [
        line
        for quantity, sku, title in subject.slip
        for line in (f"{quantity} x {sku}", *wrap(title, _WIDEST, initial_indent="   ", subsequent_indent="   "))
    ]
    if len(told) > _MOST_SLIP_LINES:
        told = [*told[: _MOST_SLIP_LINES - 1], "..."]
    return Sheet(width=width, height=height, marks=(*marks, *_lines(_MARGIN, 172, 9, 11, told)))


def _rule(width: float, y: float) -> Box:
    return Box(x=_MARGIN, y=y, width=width - 2 * _MARGIN, height=1.5)


def _lines(x: float, y: float, size: float, step: float, texts: Sequence[str], *, is_bold: bool = False) -> list[Text]:
    return [
        Text(x=x, y=y + place * step, size=size, text=text, is_bold=is_bold)
        for place, text in enumerate(filter(None, texts))
    ]
