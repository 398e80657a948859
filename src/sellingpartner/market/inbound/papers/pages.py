"""How labels come to lie on pages: so many on a sheet of paper, or one on each label of a printer's roll.

Assumed: the sizes named after a thermal printer are in the printer's language, ZPL at 203 dots in an inch; all others
are PDF. A box that Amazon's partner carries has the carrier's label before its own, or after it where the size says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from sellingpartner.batched import batched
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.market.shipping.labels.pdf import as_pdf
from sellingpartner.market.shipping.labels.sheet import INCH, Mark, Sheet
from sellingpartner.market.shipping.labels.zpl import as_zpl

LETTER = (8.5 * INCH, 11 * INCH)
A4 = (595.0, 842.0)
THERMAL = (4 * INCH, 6 * INCH)
DOTS = 203

_LETTER_COUNTRIES = frozenset({"US", "CA", "MX"})


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """A page and its cells, in each of which there is a label."""

    paper: tuple[float, float] | None = None
    """None stands for the usual paper of the country."""
    columns: int = 1
    rows: int = 1
    is_carrier_last: bool = False
    is_thermal: bool = False
    only_partnered_in: frozenset[str] | None = None
    """The countries where boxes that Amazon's partner carries, and no others, have labels of this size."""


_THERMAL = Size(paper=THERMAL, is_thermal=True)

SIZES: dict[str, Size] = {
    "PackageLabel_Letter_2": Size(paper=LETTER, rows=2, only_partnered_in=frozenset({"US"})),
    "PackageLabel_Letter_4": Size(paper=LETTER, columns=2, rows=2),
    "PackageLabel_Letter_6": Size(paper=LETTER, columns=2, rows=3),
    "PackageLabel_Letter_6_CarrierLeft": Size(paper=LETTER, columns=2, rows=3),
    "PackageLabel_A4_2": Size(paper=A4, rows=2),
    "PackageLabel_A4_4": Size(paper=A4, columns=2, rows=2),
    "PackageLabel_Plain_Paper": Size(),
    "PackageLabel_Plain_Paper_CarrierBottom": Size(is_carrier_last=True),
    "PackageLabel_Thermal": _THERMAL,
    "PackageLabel_Thermal_Unified": _THERMAL,
    "PackageLabel_Thermal_NonPCP": _THERMAL,
    "PackageLabel_Thermal_No_Carrier_Rotation": _THERMAL,
}
"""Each size by the name that the API has for it."""


class Labels(msgspec.Struct, frozen=True):
    """The labels of one box or pallet: its own, and its carrier's."""

    own: tuple[Sheet, ...]
    carrier: Sheet | None = None


def printed(labels: Sequence[Labels], size: Size, country: str, title: str) -> Document:
    """The document that has all labels, box by box."""
    flow = [sheet for one in labels for sheet in _in_order(one, is_carrier_last=size.is_carrier_last)]
    if size.is_thermal:
        return Document("application/zpl", as_zpl(flow, DOTS))
    return Document("application/pdf", as_pdf(list(_pages(flow, _for_pairs(size, labels), country)), title))


def _in_order(one: Labels, *, is_carrier_last: bool) -> tuple[Sheet, ...]:
    carrier = () if one.carrier is None else (one.carrier,)
    return (*one.own, *carrier) if is_carrier_last else (*carrier, *one.own)


def _for_pairs(size: Size, labels: Sequence[Labels]) -> Size:
    """On plain paper all labels of a box share a sheet."""
    if size.paper is not None:
        return size
    most = max(len(_in_order(one, is_carrier_last=False)) for one in labels)
    return msgspec.structs.replace(size, rows=most)


def _pages(flow: Sequence[Sheet], size: Size, country: str) -> Iterator[Sheet]:
    width, height = size.paper or (LETTER if country in _LETTER_COUNTRIES else A4)
    for sheets in batched(flow, size.columns * size.rows):
        marks: list[Mark] = []
        for place, sheet in enumerate(sheets):
            row, column = divmod(place, size.columns)
            room = (width / size.columns, height / size.rows)
            marks += _placed(sheet, (column * room[0], row * room[1]), room)
        yield Sheet(width=width, height=height, marks=tuple(marks))


def _placed(sheet: Sheet, corner: tuple[float, float], room: tuple[float, float]) -> Iterator[Mark]:
    """A label in the middle of its cell, as large as it is, or as the cell."""
    scale = min(1.0, room[0] / sheet.width, room[1] / sheet.height)
    left = corner[0] + (room[0] - sheet.width * scale) / 2
    top = corner[1] + (room[1] - sheet.height * scale) / 2
    for mark in sheet.marks:
        lengths = [name for name in ("size", "width", "height") if hasattr(mark, name)]
        scaled = {name: getattr(mark, name) * scale for name in lengths}
        yield msgspec.structs.replace(mark, x=left + mark.x * scale, y=top + mark.y * scale, **scaled)
