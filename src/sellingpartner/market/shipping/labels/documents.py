"""A shipment's label as a document: drawn whenever it is asked for, and the same each time."""

from __future__ import annotations

import gzip
from base64 import b64encode
from collections.abc import Sequence
from hashlib import md5

import msgspec

from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.model import Order
from sellingpartner.market.shipping.labels.forms import customs_form_of, on_page, receipt_of
from sellingpartner.market.shipping.labels.layout import A6_LIKE, FOUR_BY_SIX, Paper, Subject, label_of, slip_of
from sellingpartner.market.shipping.labels.papers import CUSTOMS, LABEL, RECEIPT, SLIP
from sellingpartner.market.shipping.labels.pdf import as_pdf
from sellingpartner.market.shipping.labels.picture import PRINTED, as_png
from sellingpartner.market.shipping.labels.sheet import Sheet
from sellingpartner.market.shipping.labels.zpl import as_zpl
from sellingpartner.market.shipping.model import Shipment
from sellingpartner.market.shipping.wishes import Wish

_LETTER_PAPER = frozenset({"US", "CA", "MX"})
_DOTS = {"ZPL203": 203, "ZPL300": 300}
_LONGEST_NOTE = 48


class Document(msgspec.Struct, frozen=True):
    """A file."""

    media_type: str
    content: bytes

    @property
    def packed(self) -> str:
        """The content as the API carries it: packed by gzip, in base64."""
        return b64encode(gzip.compress(self.content, mtime=0)).decode()

    @property
    def checksum(self) -> str:
        """The MD5 of the content before it was packed, in base64."""
        return b64encode(md5(self.content, usedforsecurity=False).digest()).decode()


def paper_of(country: str) -> Paper:
    """The paper that labels of a country have."""
    return FOUR_BY_SIX if country in _LETTER_PAPER else A6_LIKE


def label_document(shipment: Shipment, order: Order | None) -> Document:
    """The label of a shipment with all that was asked for besides, in its format."""
    sheets = [sheet for _, sheet in _sheets_of(shipment, order)]
    return _printed(sheets, shipment.label.format, _title_of(shipment), dots=shipment.label.dpi)


def papers_of_shipment(shipment: Shipment, order: Order | None) -> list[tuple[str, Document]]:
    """The papers of a shipment as files: one file of all of them, called after the first, where they are joined."""
    if shipment.label.is_joined:
        return [(shipment.label.papers[0], label_document(shipment, order))]
    title, label = _title_of(shipment), shipment.label
    return [
        (kind, _printed([sheet], label.format, title, dots=label.dpi)) for kind, sheet in _sheets_of(shipment, order)
    ]


def drawn(subject: Subject, label_format: str) -> Document:
    """A label in a format."""
    sheets = [label_of(subject), *([slip_of(subject)] if subject.slip else [])]
    return _printed(sheets, label_format, f"{subject.carrier} {subject.tracking_id}")


def _printed(sheets: Sequence[Sheet], label_format: str, title: str, *, dots: int = PRINTED) -> Document:
    if label_format in _DOTS:
        return Document("application/zpl", as_zpl(sheets, _DOTS[label_format]))
    if label_format == "PDF":
        return Document("application/pdf", as_pdf(sheets, title))
    return Document("image/png", as_png(sheets, dots))


def _title_of(shipment: Shipment) -> str:
    return f"{shipment.bought.carrier_name} {shipment.tracking_id}"


def _sheets_of(shipment: Shipment, order: Order | None) -> list[tuple[str, Sheet]]:
    label, subject = shipment.label, subject_of(shipment, order)
    drawing = {
        LABEL: lambda: label_of(subject),
        SLIP: lambda: slip_of(subject),
        RECEIPT: lambda: receipt_of(subject, shipment),
        CUSTOMS: lambda: customs_form_of(subject, shipment),
    }
    kinds = [*label.papers, *([SLIP] if label.has_slip else [])]
    sheets = [(kind, drawing[kind]()) for kind in kinds]
    return [(kind, on_page(sheet, label.layout)) for kind, sheet in sheets] if label.layout else sheets


def subject_of(shipment: Shipment, order: Order | None) -> Subject:
    """What the label of a shipment says."""
    wish, bought, label = shipment.wish, shipment.bought, shipment.label
    sender = wish.sender
    return Subject(
        paper=paper_of(bought.country) if label.size is None else FOUR_BY_SIX,
        carrier=bought.carrier_name,
        service=bought.service_name,
        tracking_id=shipment.tracking_id,
        order_id=shipment.order_id,
        sender=(
            (wish.shown_name if label.shows_seller else None) or sender.name,
            sender.line_1,
            sender.line_2 or "",
            _town(sender.city, sender.state, sender.postal_code),
            sender.country_code,
        ),
        recipient=_told(wish.recipient) if order is None and wish.recipient is not None else _told_of(order),
        weight=wish.weight.told,
        ships_on=f"{bought.leaves_at:%Y-%m-%d}",
        custom_text=label.custom_text or _besides(shipment),
        is_hazmat=label.is_hazmat or wish.is_hazmat,
        is_signed=wish.experience.is_signed,
        slip=_slip(wish, order) if label.has_slip or SLIP in label.papers else (),
    )


def _besides(shipment: Shipment) -> str | None:
    """What a seller wants to find on the label again, and what the driver is to know."""
    wish, label = shipment.wish, shipment.label
    told = []
    if label.shows_reference and wish.reference:
        told.append(f"Ref {wish.reference}")
    if label.shows_amount and wish.to_collect is not None:
        told.append(f"Collect {wish.to_collect.currency} {wish.to_collect}")
    if wish.notes:
        told.append(wish.notes[:_LONGEST_NOTE])
    return "   ".join(told) or None


def _slip(wish: Wish, order: Order | None) -> tuple[tuple[int, str, str], ...]:
    if order is None:
        return tuple((one.quantity, one.item_id, one.title) for one in wish.contents)
    quantities = dict(wish.quantities)
    return tuple(
        (quantities[item.order_item_id], item.sku, item.title)
        for item in order.items
        if item.order_item_id in quantities
    )


def recipient_of(order: Order) -> tuple[str, ...]:
    """The address of an order, line by line."""
    return _told(order.address)


def _told_of(order: Order | None) -> tuple[str, ...]:
    return () if order is None else recipient_of(order)


def _told(address: Address) -> tuple[str, ...]:
    return (
        address.name,
        *filter(None, (address.company_name, address.line_1, address.line_2, address.line_3)),
        _town(address.city, address.state_or_region, address.postal_code),
        address.country_code,
    )


def _town(city: str, state: str | None, postal_code: str) -> str:
    return " ".join(filter(None, (city, state, postal_code)))
