"""Labels and invoices at links: Easy Ship's archives, labels of stores' packages and of boxes, tax invoices."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sellingpartner.market.distribution.labels import labels_of
from sellingpartner.market.external.questions import label_of
from sellingpartner.market.invoicing.questions import archive, document_of
from sellingpartner.market.shipping.easy_ship.documents import archive_of
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.server.drawn_now import OF
from sellingpartner.storage.unit import UnitOfWork

PREFIX = "/shipping-documents/"
ARCHIVE = f"{PREFIX}documents.zip"
LABEL = f"{PREFIX}label.pdf"
BOX_LABELS = f"{PREFIX}box-labels.pdf"
INVOICES = f"{PREFIX}invoices.zip"
GOVERNMENT_INVOICE = f"{PREFIX}invoice"
_ORDERS, _FORMAT, _SHIPMENT, _PACKAGE, _FILE = "orders", "format", "shipment", "package", "file"
_INVOICE_TYPE, _TRANSACTION_TYPE = "invoiceType", "transactionType"


def told_of(seller_id: str, order_ids: list[str], label_format: str) -> dict[str, str]:
    """What a link to the documents of orders says."""
    return {OF: seller_id, _ORDERS: ",".join(order_ids), _FORMAT: label_format}


def told_of_label(seller_id: str, shipment_id: str, package_id: str) -> dict[str, str]:
    """What a link to the label of a location's package says."""
    return {OF: seller_id, _SHIPMENT: shipment_id, _PACKAGE: package_id}


def told_of_boxes(seller_id: str, shipment_id: str) -> dict[str, str]:
    """What a link to the box labels of a shipment to AWD says."""
    return {OF: seller_id, _SHIPMENT: shipment_id}


def told_of_invoices(seller_id: str, file_id: str) -> dict[str, str]:
    """What a link to a file of exported invoices says."""
    return {OF: seller_id, _FILE: file_id}


def told_of_government_invoice(
    seller_id: str, shipment_id: str, kinds: tuple[str, str], file_format: str
) -> dict[str, str]:
    """What a link to an invoice says that the marketplace had issued."""
    said = {OF: seller_id, _SHIPMENT: shipment_id, _FORMAT: file_format}
    return said | {_INVOICE_TYPE: kinds[0], _TRANSACTION_TYPE: kinds[1]}


def _archive(unit: UnitOfWork, told: Mapping[str, str]) -> Document:
    return Document("application/zip", archive_of(unit, told[_ORDERS].split(","), told[_FORMAT]))


def _label(unit: UnitOfWork, told: Mapping[str, str]) -> Document:
    return label_of(unit, told[_SHIPMENT], told[_PACKAGE])


def _box_labels(unit: UnitOfWork, told: Mapping[str, str]) -> Document:
    return labels_of(unit, told[_SHIPMENT])


def _invoices(unit: UnitOfWork, told: Mapping[str, str]) -> Document:
    return Document("application/zip", archive(unit, told[_FILE]))


def _government_invoice(unit: UnitOfWork, told: Mapping[str, str]) -> Document:
    kinds = (told[_INVOICE_TYPE], told[_TRANSACTION_TYPE])
    return Document(*document_of(unit, told[_SHIPMENT], kinds, told[_FORMAT]))


_DRAWN: dict[str, Callable[[UnitOfWork, Mapping[str, str]], Document]] = {
    ARCHIVE: _archive,
    LABEL: _label,
    BOX_LABELS: _box_labels,
    INVOICES: _invoices,
    GOVERNMENT_INVOICE: _government_invoice,
}
"""By the path of a link: what it leads to, and who draws that."""


def shipping_document(unit: UnitOfWork, path: str, told: Mapping[str, str]) -> Document:
    """What a link leads to; only links to these paths are signed."""
    return _DRAWN[path](unit, told)
