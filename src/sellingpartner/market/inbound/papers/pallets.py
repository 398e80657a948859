"""The label of a pallet. Each side of a pallet bears one, so that there are four of each."""

from __future__ import annotations

import msgspec

from sellingpartner.market.inbound.papers.boxes import HEIGHT, WIDTH
from sellingpartner.market.shipping.labels.barcodes import code_128
from sellingpartner.market.shipping.labels.sheet import Bars, Mark, Sheet, Text

SIDES = 4

_MARGIN = 14.0


class PalletSubject(msgspec.Struct, frozen=True, kw_only=True):
    """What the label of a pallet says."""

    shipment_id: str
    number: int
    count: int
    carrier: str
    reference: str
    """Amazon's number for the delivery, where there is one."""
    recipient: tuple[str, ...]

    @property
    def code(self) -> str:
        """What its barcode says."""
        return f"{self.shipment_id}P{self.number:06d}"


def pallet_label(subject: PalletSubject) -> Sheet:
    """The label."""
    marks: list[Mark] = [
        Text(x=_MARGIN, y=30, size=20, text="FBA PALLET", is_bold=True),
        Text(x=WIDTH - 110, y=30, size=11, text=f"{subject.number} of {subject.count}", is_bold=True),
        Text(x=_MARGIN, y=48, size=9, text=f"Carrier {subject.carrier}   Reference {subject.reference}".rstrip()),
        Text(x=_MARGIN, y=62, size=7, text="TO"),
        *(
            Text(x=_MARGIN, y=74 + place * 11, size=9, text=text[:46])
            for place, text in enumerate(filter(None, subject.recipient))
        ),
        Bars(x=_MARGIN, y=136, width=WIDTH - 2 * _MARGIN, height=64, modules=code_128(subject.code)),
        Text(x=_MARGIN, y=216, size=11, text=subject.code, is_bold=True),
    ]
    return Sheet(width=WIDTH, height=HEIGHT, marks=tuple(marks))
