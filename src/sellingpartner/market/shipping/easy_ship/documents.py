"""The documents of packages: label and, where Amazon writes it, invoice; of several packages as one archive."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping.easy_ship.model import EasyPackage, PackageStatus
from sellingpartner.market.shipping.easy_ship.rules import rules_for
from sellingpartner.market.shipping.easy_ship.store import find_package
from sellingpartner.market.shipping.labels.documents import Document, drawn, recipient_of
from sellingpartner.market.shipping.labels.invoices import invoice_document, invoice_sheet
from sellingpartner.market.shipping.labels.layout import A6_LIKE, Subject, label_of
from sellingpartner.market.shipping.labels.sheet import Sheet
from sellingpartner.storage.unit import UnitOfWork

ZPL = "ZPL"
_SUFFIXES = {"application/pdf": "pdf", "application/zpl": "zpl"}


def documents_of(unit: UnitOfWork, order_id: str, label_format: str) -> list[tuple[str, Document]]:
    """The documents of an order's package with their names; none if it has no package, or its label was canceled."""
    package = find_package(unit, order_id)
    if package is None or package.status is PackageStatus.LABEL_CANCELED:
        return []
    order = order_of(unit, order_id)
    label = drawn(_subject(order, package), "ZPL203" if label_format == ZPL else "PDF")
    found = [(f"{order_id}-label.{_SUFFIXES[label.media_type]}", label)]
    if package.invoice is not None:
        found.append((f"{order_id}-invoice.pdf", invoice_of(order, package)))
    return found


def archive_of(unit: UnitOfWork, order_ids: Sequence[str], label_format: str) -> bytes:
    """The documents of several orders in one ZIP file; the same ones always make the same file."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for order_id in order_ids:
            for name, document in documents_of(unit, order_id, label_format):
                archive.writestr(ZipInfo(name), document.content)
    return kept.getvalue()


def invoice_of(order: Order, package: EasyPackage) -> Document:
    """The invoice that Amazon writes for a package."""
    number = package.invoice.number if package.invoice is not None else ""
    lines = tuple(item.some(item.held) for item in order.items)
    return invoice_document(number, package.created_at, order, lines)


def invoice_page(order: Order, package: EasyPackage) -> Sheet:
    """The invoice as a page."""
    number = package.invoice.number if package.invoice is not None else ""
    return invoice_sheet(number, package.created_at, order, tuple(item.some(item.held) for item in order.items))


def label_page(order: Order, package: EasyPackage) -> Sheet:
    """The label as a page."""
    return label_of(_subject(order, package))


def _subject(order: Order, package: EasyPackage) -> Subject:
    rules = rules_for(package.marketplace_id)
    when = f"{package.starts_at:%Y-%m-%d %H:%M} to {package.ends_at:%H:%M}"
    return Subject(
        paper=A6_LIKE,
        carrier=rules.carrier_name,
        service="Pick-up" if package.waiting_as == "PendingPickUp" else "Drop-off",
        tracking_id=package.tracking_id,
        order_id=order.order_id,
        sender=(when,),
        recipient=recipient_of(order),
        weight=f"{package.measures.grams / 1000:.3f} kg",
        ships_on=f"{package.starts_at:%Y-%m-%d}",
        custom_text=package.identifier,
    )
