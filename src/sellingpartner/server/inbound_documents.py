"""Labels and documents of what is sent to Amazon, at the links that Fulfillment Inbound gives."""

from __future__ import annotations

from uuid import uuid4

import structlog

from sellingpartner.contract.errors import InternalFailure, SellingPartnerError, Unauthorized
from sellingpartner.market.inbound.documents import Kept, document_drawn
from sellingpartner.market.market import Market
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.links import LinkFor, opened, signed
from sellingpartner.server.gateway.pipeline import identify
from sellingpartner.storage.unit import UnitOfWork

PREFIX = "/inbound-documents/"
_OF = "of"

log = structlog.get_logger(__name__)


def link_to(unit: UnitOfWork, kept: Kept, *, grant_id: int | None) -> str:
    """The path and query by which a document can be downloaded until it is over."""
    holder = LinkFor(unit.seller_id, grant_id)
    return signed(unit, PREFIX + kept.document_id, {_OF: unit.seller_id}, holder=holder, until=kept.expires_at)


class InboundDocuments:
    """Answers with the document that a link is for, drawn now."""

    def __init__(self, market: Market) -> None:
        self._market = market

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """A PDF, or ZPL; 403 for a link that is forged, over or revoked. Never raises."""
        request_id = str(uuid4())
        try:
            document = self._document(request)
        except SellingPartnerError as error:
            return identify(render(error), request_id)
        except Exception:
            log.exception("a document failed by a defect", request_id=request_id, path=request.path)
            failed = InternalFailure("The market failed on this request; its log has the reason.")
            return identify(render(failed), request_id)
        body = b"" if request.method == "HEAD" else document.content
        return identify(HttpAnswer(200, body, [("Content-Type", document.media_type)]), request_id)

    def _document(self, request: HttpRequest) -> Document:
        if request.method not in {"GET", "HEAD"}:
            raise Unauthorized("A link is for GET.")
        with self._market.read() as unit:
            told = opened(unit, request.path, request.query)
        with self._market.read(told[_OF]) as unit:
            return document_drawn(unit, request.path.removeprefix(PREFIX))
