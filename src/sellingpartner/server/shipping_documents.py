"""Labels and invoices, drawn for whoever holds the link: Easy Ship's archives, labels of locations and of boxes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import uuid4

import structlog

from sellingpartner.contract.errors import InternalFailure, SellingPartnerError, Unauthorized
from sellingpartner.market.distribution.labels import labels_of
from sellingpartner.market.external.questions import label_of
from sellingpartner.market.market import Market
from sellingpartner.market.shipping.easy_ship.documents import archive_of
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.links import opened
from sellingpartner.server.gateway.pipeline import identify
from sellingpartner.storage.unit import UnitOfWork

PREFIX = "/shipping-documents/"
ARCHIVE = f"{PREFIX}documents.zip"
LABEL = f"{PREFIX}label.pdf"
BOX_LABELS = f"{PREFIX}box-labels.pdf"
_OF, _ORDERS, _FORMAT, _SHIPMENT, _PACKAGE = "of", "orders", "format", "shipment", "package"

log = structlog.get_logger(__name__)


def told_of(seller_id: str, order_ids: list[str], label_format: str) -> dict[str, str]:
    """What a link to the documents of orders says."""
    return {_OF: seller_id, _ORDERS: ",".join(order_ids), _FORMAT: label_format}


def told_of_label(seller_id: str, shipment_id: str, package_id: str) -> dict[str, str]:
    """What a link to the label of a location's package says."""
    return {_OF: seller_id, _SHIPMENT: shipment_id, _PACKAGE: package_id}


def told_of_boxes(seller_id: str, shipment_id: str) -> dict[str, str]:
    """What a link to the box labels of a shipment to AWD says."""
    return {_OF: seller_id, _SHIPMENT: shipment_id}


def _archive(unit: UnitOfWork, told: Mapping[str, str]) -> Document:
    return Document("application/zip", archive_of(unit, told[_ORDERS].split(","), told[_FORMAT]))


def _label(unit: UnitOfWork, told: Mapping[str, str]) -> Document:
    return label_of(unit, told[_SHIPMENT], told[_PACKAGE])


def _box_labels(unit: UnitOfWork, told: Mapping[str, str]) -> Document:
    return labels_of(unit, told[_SHIPMENT])


_DRAWN: dict[str, Callable[[UnitOfWork, Mapping[str, str]], Document]] = {
    ARCHIVE: _archive,
    LABEL: _label,
    BOX_LABELS: _box_labels,
}
"""By the path of a link: what it leads to, and who draws that."""


class ShippingDocuments:
    """Answers with the document that a link is for."""

    def __init__(self, market: Market) -> None:
        self._market = market

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """The file; 403 for a link that is forged, over or revoked. Never raises."""
        request_id = str(uuid4())
        try:
            drawn = self._drawn(request)
        except SellingPartnerError as error:
            return identify(render(error), request_id)
        except Exception:
            log.exception("a document failed by a defect", request_id=request_id, path=request.path)
            failed = InternalFailure("The market failed on this request; its log has the reason.")
            return identify(render(failed), request_id)
        body = b"" if request.method == "HEAD" else drawn.content
        return identify(HttpAnswer(200, body, [("Content-Type", drawn.media_type)]), request_id)

    def _drawn(self, request: HttpRequest) -> Document:
        if request.method not in {"GET", "HEAD"}:
            raise Unauthorized("A link is for GET.")
        with self._market.read() as unit:
            told = opened(unit, request.path, request.query)
        draw = _DRAWN[request.path]  # only links to these are signed
        with self._market.read(told[_OF]) as unit:
            return draw(unit, told)
