"""Documents that links are given to, until they are over: what is to be drawn is kept, and drawn when somebody asks.

@draws("item labels", ItemLabels)
def drawn(unit: UnitOfWork, wish: ItemLabels) -> Document: ...

document_id = keep_document(unit, "item labels", wish)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlalchemy import and_, select

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.inbound.identifiers import new_operation_id
from sellingpartner.market.inbound.tables import inbound_documents
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

LASTS = timedelta(hours=1)
"""Assumed: how long the link to labels or to a document of an inbound shipment is good."""

Wish = TypeVar("Wish")
"""What is to be drawn, in plain values."""
Draw = Callable[[UnitOfWork, Wish], Document]


class _Drawer(NamedTuple):
    wish: Any
    draw: Draw[Any]


_drawers: dict[str, _Drawer] = {}


class InboundDocumentIsOver(Due):
    """The link to a document is good no more."""

    document_id: str


class Kept(NamedTuple):
    """A document that a link can be given to, and until when."""

    document_id: str
    expires_at: datetime


def draws(kind: str, wish: type[Wish]) -> Callable[[Draw[Wish]], Draw[Wish]]:
    """Name who draws a kind of document."""

    def register(function: Draw[Wish]) -> Draw[Wish]:
        _drawers[kind] = _Drawer(wish, function)
        return function

    return register


def keep_document(unit: UnitOfWork, kind: str, wish: object) -> Kept:
    """Keep what is to be drawn for as long as a link is good."""
    kept = Kept(new_operation_id(unit), unit.now + LASTS)
    row = {
        "seller_id": unit.seller_id,
        "document_id": kept.document_id,
        "kind": kind,
        "said": msgspec.json.encode(wish),
        "expires_at": kept.expires_at,
    }
    unit.execute(inbound_documents.insert(), row)
    later(unit, InboundDocumentIsOver(document_id=kept.document_id), at=kept.expires_at)
    return kept


def document_drawn(unit: UnitOfWork, document_id: str) -> Document:
    """A document that is kept; raises `NotFound`."""
    at = inbound_documents.c
    mine = and_(at.seller_id == unit.seller_id, at.document_id == document_id)
    row = unit.execute(select(at.kind, at.said).where(mine)).first()
    if row is None:
        message = "There is no such document, or it is over."
        raise NotFound(message)
    drawer = _drawers[row.kind]
    return drawer.draw(unit, msgspec.json.decode(row.said, type=drawer.wish))


@when(InboundDocumentIsOver)
def forget_document(unit: UnitOfWork, due: InboundDocumentIsOver) -> None:
    """Forget a document."""
    at = inbound_documents.c
    mine = and_(at.seller_id == unit.seller_id, at.document_id == due.document_id)
    unit.execute(inbound_documents.delete().where(mine))
