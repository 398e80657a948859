"""Labels and invoices at links: the archive of a bulk of Easy Ship, the label of a package that a location sends."""

from __future__ import annotations

from uuid import uuid4

import structlog

from sellingpartner.contract.errors import InternalFailure, SellingPartnerError, Unauthorized
from sellingpartner.market.external.questions import label_of
from sellingpartner.market.market import Market
from sellingpartner.market.shipping.easy_ship.documents import archive_of
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.links import opened
from sellingpartner.server.gateway.pipeline import identify

PREFIX = "/shipping-documents/"
ARCHIVE = f"{PREFIX}documents.zip"
LABEL = f"{PREFIX}label.pdf"
_OF, _ORDERS, _FORMAT, _SHIPMENT, _PACKAGE = "of", "orders", "format", "shipment", "package"

log = structlog.get_logger(__name__)


def told_of(seller_id: str, order_ids: list[str], label_format: str) -> dict[str, str]:
    """What a link to the documents of orders says."""
    return {_OF: seller_id, _ORDERS: ",".join(order_ids), _FORMAT: label_format}


def told_of_label(seller_id: str, shipment_id: str, package_id: str) -> dict[str, str]:
    """What a link to the label of a location's package says."""
    return {_OF: seller_id, _SHIPMENT: shipment_id, _PACKAGE: package_id}


class ShippingDocuments:
    """Answers with the documents that a link is for."""

    def __init__(self, market: Market) -> None:
        self._market = market

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """A file; 403 for a link that is forged, over or revoked. Never raises."""
        request_id = str(uuid4())
        try:
            media_type, content = self._document(request)
        except SellingPartnerError as error:
            return identify(render(error), request_id)
        except Exception:
            log.exception("a shipping document failed by a defect", request_id=request_id, path=request.path)
            failed = InternalFailure("The market failed on this request; its log has the reason.")
            return identify(render(failed), request_id)
        body = b"" if request.method == "HEAD" else content
        return identify(HttpAnswer(200, body, [("Content-Type", media_type)]), request_id)

    def _document(self, request: HttpRequest) -> tuple[str, bytes]:
        if request.method not in {"GET", "HEAD"}:
            raise Unauthorized("A link is for GET.")
        with self._market.read() as unit:
            told = opened(unit, request.path, request.query)
        with self._market.read(told[_OF]) as unit:
            if request.path == LABEL:
                label = label_of(unit, told[_SHIPMENT], told[_PACKAGE])
                return label.media_type, label.content
            return "application/zip", archive_of(unit, told[_ORDERS].split(","), told[_FORMAT])
