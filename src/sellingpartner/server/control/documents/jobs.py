"""Reports, feeds and queries, for whoever runs the market: whose one is, its document, and how that begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.documents.documents import Document, document_if_kept
from sellingpartner.market.documents.opening import first_lines
from sellingpartner.server.control.desk import Desk
from sellingpartner.storage.document_store import NoSuchBytes

Job = TypeVar("Job")

AT_ONCE = 100
"""How many of a list are told unless it is said."""
LINES = 20
"""How many lines of a document are told unless it is said."""


def only(found: Sequence[tuple[str, Job]], what: str, job_id: str, unknown: NotFound) -> tuple[str, Job]:
    """The one job of an id, with its seller; raises `unknown` if there is none, `InvalidInput` if there are several."""
    if not found:
        raise unknown
    if len(found) > 1:
        sellers = ", ".join(seller_id for seller_id, _ in found)
        message = f"Several sellers have a {what} {job_id}: {sellers}. Say whose is meant."
        raise InvalidInput(message)
    return found[0]


def document_kept(desk: Desk, seller_id: str, document_id: str | None) -> Document | None:
    """A job's document; None where it has none, and where it is kept no more: a job is known for longer."""
    if document_id is None:
        return None
    with desk.market.read(seller_id) as unit:
        return document_if_kept(unit, document_id)


def lines_of(desk: Desk, document: Document, wanted: int | None = None) -> list[str] | None:
    """The first lines of a document; None where there is no text, or where its bytes are gone."""
    try:
        return first_lines(desk.market.documents, document, LINES if wanted is None else wanted)
    except NoSuchBytes:
        return None
