"""The box labels of a shipment to AWD: one for each case, in the order of the packages, on a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.market.centers.questions import center
from sellingpartner.market.distribution.model import InboundShipment
from sellingpartner.market.distribution.packages import case_count, products_of, weight_of
from sellingpartner.market.distribution.store import inbound_of, shipment_if_there, shipment_of
from sellingpartner.market.shipping.labels.barcodes import code_128
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.market.shipping.labels.pdf import as_pdf
from sellingpartner.market.shipping.labels.sheet import INCH, Bars, Box, Mark, Sheet, Text
from sellingpartner.storage.unit import UnitOfWork

_WIDTH, _HEIGHT = 8.5 * INCH, 11 * INCH
_LEFT, _INNER = 60.0, 420.0
_MOST_LINES = 12


class LabelStatus(StrEnum):
    """Whether there are labels."""

    NOT_READY = "NOT_READY"
    GENERATING = "GENERATING"
    GENERATED = "GENERATED"


def label_status(unit: UnitOfWork, shipment_id: str) -> LabelStatus:
    """Whether there are labels of a shipment: some seconds after its order was confirmed. Raises `NoSuchInbound`."""
    shipment = shipment_if_there(unit, shipment_id)
    if shipment is None:
        inbound_of(unit, shipment_id)
        return LabelStatus.NOT_READY
    return LabelStatus.GENERATED if unit.has_come(shipment.labels_at) else LabelStatus.GENERATING


def labels_of(unit: UnitOfWork, shipment_id: str) -> Document:
    """All box labels of a shipment: drawn whenever they are asked for, and the same each time."""
    shipment = shipment_of(unit, shipment_id)
    sheets = [_label(shipment, number, case) for number, case in enumerate(_cases(shipment), start=1)]
    return Document("application/pdf", as_pdf(sheets, f"Box labels {shipment_id}"))


def box_id(shipment_id: str, number: int) -> str:
    """What the barcode of a box says."""
    return f"{shipment_id}U{number:06d}"


def _cases(shipment: InboundShipment) -> Iterator[awd.DistributionPackage]:
    for one in shipment.packages:
        for _ in range(one.count):
            yield one.distribution_package


def _label(shipment: InboundShipment, number: int, case: awd.DistributionPackage) -> Sheet:
    there, origin = center(shipment.center), shipment.origin
    marks: list[Mark] = [
        Text(x=_LEFT, y=70, size=20, text="AWD", is_bold=True),
        Text(x=_LEFT + 70, y=70, size=11, text=f"Box {number} of {case_count(shipment.packages)}"),
        Text(x=_LEFT + 250, y=70, size=11, text=f"{weight_of(case):.2f} kg"),
        Box(x=_LEFT, y=80, width=_INNER, height=1.5),
        *_lines("SHIP FROM", 98, (origin.name, origin.address_line1, _town(origin), origin.country_code)),
        *_lines("SHIP TO", 178, (there.name, there.address_line_1, f"{there.city}, {there.state} {there.postal_code}")),
        Box(x=_LEFT, y=248, width=_INNER, height=1.5),
        Bars(x=_LEFT, y=262, width=_INNER, height=70, modules=code_128(box_id(shipment.shipment_id, number))),
        Text(x=_LEFT, y=350, size=11, text=box_id(shipment.shipment_id, number), is_bold=True),
        Text(x=_LEFT, y=368, size=10, text=f"Created {shipment.created_at:%Y-%m-%d}   {shipment.region}"),
    ]
    contents = [f"{one.quantity} x {one.sku}" for one in products_of(case)]
    if len(contents) > _MOST_LINES:
        contents = [*contents[: _MOST_LINES - 1], "..."]
    marks += [Text(x=_LEFT, y=392 + place * 13, size=10, text=text) for place, text in enumerate(contents)]
    return Sheet(width=_WIDTH, height=_HEIGHT, marks=tuple(marks))


def _lines(head: str, y: float, texts: tuple[str, ...]) -> Iterator[Text]:
    yield Text(x=_LEFT, y=y, size=8, text=head, is_bold=True)
    for place, text in enumerate(filter(None, texts), start=1):
        yield Text(x=_LEFT, y=y + place * 14, size=11, text=text)


def _town(origin: awd.Address) -> str:
    return " ".join(filter(None, (origin.city, origin.state_or_region, origin.postal_code)))
