"""Collection forms as PDF: who hands over what, a line for each parcel, and a barcode for the carrier to scan."""

from __future__ import annotations

from collections.abc import Iterator

from sellingpartner.batched import batched
from sellingpartner.market.shipping.collecting.model import CollectionForm, Listed
from sellingpartner.market.shipping.labels.barcodes import code_128
from sellingpartner.market.shipping.labels.pdf import as_pdf
from sellingpartner.market.shipping.labels.sheet import INCH, Bars, Box, Mark, Sheet, Text

_PAGE = (8.5 * INCH, 11 * INCH)
_MARGIN = 40.0
_ON_A_PAGE = 40
_COLUMNS = (0.0, 190.0, 380.0, 470.0)


def manifest_of(form: CollectionForm) -> bytes:
    """The form; the same each time it is printed."""
    parts = list(batched(form.parcels, _ON_A_PAGE))
    sheets = [
        Sheet(width=_PAGE[0], height=_PAGE[1], marks=tuple(_marks(form, part, page, len(parts))))
        for page, part in enumerate(parts, start=1)
    ]
    return as_pdf(sheets, f"Collection form {form.form_id}")


def _marks(form: CollectionForm, parcels: list[Listed], page: int, pages: int) -> Iterator[Mark]:
    sender, width = form.sender, _PAGE[0] - 2 * _MARGIN
    yield Text(x=_MARGIN, y=50, size=16, text=f"Collection form: {form.carrier_name}", is_bold=True)
    yield Text(x=_MARGIN, y=68, size=9, text=f"{form.form_id}   {form.created_at:%Y-%m-%d %H:%M} UTC")
    address = ", ".join(filter(None, (sender.name, sender.line_1, sender.city, sender.state, sender.postal_code)))
    yield Text(x=_MARGIN, y=84, size=9, text=address[:110])
    yield Text(x=_MARGIN, y=100, size=9, text=f"Parcels: {len(form.parcels)}   Page {page} of {pages}")
    yield Bars(x=_MARGIN, y=108, width=width, height=40, modules=code_128(form.form_id))
    yield Box(x=_MARGIN, y=158, width=width, height=1)
    for place, one in enumerate(parcels):
        cells = (one.tracking_id, one.service[:34], one.postal_code, f"{one.grams} g")
        for column, text in zip(_COLUMNS, cells, strict=True):
            yield Text(x=_MARGIN + column, y=174 + place * 14, size=9, text=text)
