"""How documents begin, for whoever runs the market."""

from __future__ import annotations

from sellingpartner.market.documents.documents import Document
from sellingpartner.market.documents.opening import first_lines
from sellingpartner.server.control.desk import Desk
from sellingpartner.storage.document_store import NoSuchBytes


def lines_of(desk: Desk, document: Document, wanted: int) -> list[str] | None:
    """The first lines of a document; None where there is no text, or where its bytes are gone."""
    try:
        return first_lines(desk.market.documents, document, wanted)
    except NoSuchBytes:
        return None
