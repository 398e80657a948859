"""Labels and invoices of Easy Ship, at the links that scheduling in bulk gives: an archive for whoever holds one."""

from __future__ import annotations

from uuid import uuid4

import structlog

from sellingpartner.contract.errors import InternalFailure, SellingPartnerError, Unauthorized
from sellingpartner.market.market import Market
from sellingpartner.market.shipping.easy_ship.documents import archive_of
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.links import opened
from sellingpartner.server.gateway.pipeline import identify

PREFIX = "/shipping-documents/"
ARCHIVE = f"{PREFIX}documents.zip"
_OF, _ORDERS, _FORMAT = "of", "orders", "format"

log = structlog.get_logger(__name__)


def told_of(seller_id: str, order_ids: list[str], label_format: str) -> dict[str, str]:
    """What a link to the documents of orders says."""
    return {_OF: seller_id, _ORDERS: ",".join(order_ids), _FORMAT: label_format}


class ShippingDocuments:
    """Answers with the archive that a link is for."""

    def __init__(self, market: Market) -> None:
        self._market = market

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """A ZIP file; 403 for a link that is forged, over or revoked. Never raises."""
        request_id = str(uuid4())
        try:
            archive = self._archive(request)
        except SellingPartnerError as error:
            return identify(render(error), request_id)
        except Exception:
            log.exception("an archive failed by a defect", request_id=request_id, path=request.path)
            failed = InternalFailure("The market failed on this request; its log has the reason.")
            return identify(render(failed), request_id)
        body = b"" if request.method == "HEAD" else archive
        return identify(HttpAnswer(200, body, [("Content-Type", "application/zip")]), request_id)

    def _archive(self, request: HttpRequest) -> bytes:
        if request.method not in {"GET", "HEAD"}:
            raise Unauthorized("A link is for GET.")
        with self._market.read() as unit:
            told = opened(unit, request.path, request.query)
        with self._market.read(told[_OF]) as unit:
            return archive_of(unit, told[_ORDERS].split(","), told[_FORMAT])
