"""POST_FBA_INBOUND_CARTON_CONTENTS: what is in the boxes of a shipment to Amazon, by its confirmed id.

Assumed: units in cases are told as units, and the size of a case is left aside.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.feeds.families.order_messages import INCOMPLETE, incomplete
from sellingpartner.market.feeds.kinds import FeedFile, Finding, Form, Message, feed
from sellingpartner.market.feeds.reading import envelope
from sellingpartner.market.feeds.reading.envelope import Element, text_of
from sellingpartner.market.inbound.commands import tell_contents
from sellingpartner.market.inbound.sending.telling import Contents
from sellingpartner.storage.unit import UnitOfWork


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a message says of a shipment."""

    shipment_id: str
    boxes: tuple[Contents, ...]


def told(error: SellingPartnerError, message: Told) -> Finding:
    """What was refused, with the shipment that it is about."""
    text = f"The data you submitted is incomplete or invalid. {error.message}"
    return Finding(code=INCOMPLETE, text=text, about={"ShipmentId": message.shipment_id})


def _parsed(body: Element) -> Told:
    cartons = tuple(
        Contents(
            box_id=text_of(carton, "CartonId") or "",
            items=tuple(
                (
                    text_of(item, "SKU") or "",
                    int(text_of(item, "QuantityShipped") or 0),
                    text_of(item, "ExpirationDate"),
                )
                for item in carton.iterfind("Item")
            ),
        )
        for carton in body.iterfind("Carton")
    )
    said = int(text_of(body, "NumCartons") or 0)
    if said != len(cartons):
        raise incomplete(f"NumCartons is {said}; {len(cartons)} are told of.")
    return Told(shipment_id=text_of(body, "ShipmentId") or "", boxes=cartons)


def _read(file: FeedFile) -> Iterator[Message]:
    return envelope.messages(file, "CartonContentsRequest", _parsed)


@feed("POST_FBA_INBOUND_CARTON_CONTENTS", read=_read, tell=told, form=Form.XML)
def tell(unit: UnitOfWork, _: FeedFile, message: Told) -> None:
    """Have Amazon know what is in each box."""
    tell_contents(unit, message.shipment_id, message.boxes)
