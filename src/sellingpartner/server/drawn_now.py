"""Documents behind links, drawn whenever somebody asks: what Easy Ship's archives and Inbound's labels share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import uuid4

import structlog

from sellingpartner.contract.errors import InternalFailure, SellingPartnerError, Unauthorized
from sellingpartner.market.market import Market
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.links import opened
from sellingpartner.server.gateway.pipeline import identify
from sellingpartner.storage.unit import UnitOfWork

OF = "of"
"""Where a link says whose documents it is for."""

Draw = Callable[[UnitOfWork, str, Mapping[str, str]], Document]
"""Draws what a link is for, by its path and what it says; the unit is the seller's."""

log = structlog.get_logger(__name__)


class DrawnNow:
    """Answers with the document that a link is for."""

    def __init__(self, market: Market, draw: Draw) -> None:
        self._market, self._draw = market, draw

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """The document; 403 for a link that is forged, over or revoked. Never raises."""
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
        with self._market.read(told[OF]) as unit:
            return self._draw(unit, request.path, told)
