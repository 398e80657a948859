"""Labels and documents of what is sent to Amazon, at the links that Fulfillment Inbound gives."""

from __future__ import annotations

from collections.abc import Mapping

from sellingpartner.market.inbound.papers.documents import Kept, document_drawn
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.server.drawn_now import OF
from sellingpartner.server.gateway.links import LinkFor, signed
from sellingpartner.storage.unit import UnitOfWork

PREFIX = "/inbound-documents/"


def link_to(unit: UnitOfWork, kept: Kept, *, grant_id: int | None) -> str:
    """The path and query by which a document can be downloaded until it is over."""
    holder = LinkFor(unit.seller_id, grant_id)
    return signed(unit, PREFIX + kept.document_id, {OF: unit.seller_id}, holder=holder, until=kept.expires_at)


def inbound_document(unit: UnitOfWork, path: str, _: Mapping[str, str]) -> Document:
    """A PDF, or ZPL; raises `NotFound`."""
    return document_drawn(unit, path.removeprefix(PREFIX))
