"""A shipment's label as a document: drawn whenever it is asked for, and the same each time."""

from __future__ import annotations

import gzip
from base64 import b64encode
from decimal import Decimal
from hashlib import md5

import msgspec

from sellingpartner.market.orders.model import Order
from sellingpartner.market.shipping.labels.layout import A6_LIKE, FOUR_BY_SIX, Paper, Subject, label_of, slip_of
from sellingpartner.market.shipping.labels.pdf import as_pdf
from sellingpartner.market.shipping.labels.picture import as_png
from sellingpartner.market.shipping.labels.zpl import as_zpl
from sellingpartner.market.shipping.model import Shipment
from sellingpartner.market.shipping.wishes import Experience

_LETTER_PAPER = frozenset({"US", "CA", "MX"})
_DOTS = {"ZPL203": 203, "ZPL300": 300}
_SIGNED = {Experience.SIGNATURE, Experience.ADULT_SIGNATURE}


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


def label_document(shipment: Shipment, order: Order) -> Document:
    """The label of a shipment, in its format."""
    return drawn(subject_of(shipment, order), shipment.label.format)


def drawn(subject: Subject, label_format: str) -> Document:
    """A label in a format."""
    sheets = [label_of(subject), *([slip_of(subject)] if subject.slip else [])]
    if label_format in _DOTS:
        return Document("application/zpl", as_zpl(sheets, _DOTS[label_format]))
    if label_format == "PDF":
        return Document("application/pdf", as_pdf(sheets, f"{subject.carrier} {subject.tracking_id}"))
    return Document("image/png", as_png(sheets))


def subject_of(shipment: Shipment, order: Order) -> Subject:
    """What the label of a shipment says."""
    wish, bought, label = shipment.wish, shipment.bought, shipment.label
    sender = wish.sender
    quantities = dict(wish.quantities)
    return Subject(
        paper=paper_of(bought.country),
        carrier=bought.carrier_name,
        service=bought.service_name,
        tracking_id=shipment.tracking_id,
        order_id=shipment.order_id,
        sender=(
            sender.name,
            sender.line_1,
            sender.line_2 or "",
            _town(sender.city, sender.state, sender.postal_code),
            sender.country_code,
        ),
        recipient=recipient_of(order),
        weight=f"{Decimal(wish.weight.grams) / 1000:.3f} kg",
        ships_on=f"{bought.leaves_at:%Y-%m-%d}",
        custom_text=label.custom_text,
        is_hazmat=label.is_hazmat,
        is_signed=wish.experience in _SIGNED,
        slip=tuple(
            (quantities[item.order_item_id], item.sku, item.title)
            for item in order.items
            if item.order_item_id in quantities
        )
        if label.has_slip
        else (),
    )


def recipient_of(order: Order) -> tuple[str, ...]:
    """The address of an order, line by line."""
    address = order.address
    return (
        address.name,
        *filter(None, (address.company_name, address.line_1, address.line_2, address.line_3)),
        _town(address.city, address.state_or_region, address.postal_code),
        address.country_code,
    )


def _town(city: str, state: str | None, postal_code: str) -> str:
    return " ".join(filter(None, (city, state, postal_code)))
