"""The documents of scheduled packages as one PDF, as feeds ask for them: labels, invoices, warranties."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum

from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping.easy_ship.documents import invoice_page, label_page
from sellingpartner.market.shipping.easy_ship.model import EasyPackage, PackageStatus
from sellingpartner.market.shipping.easy_ship.store import find_package
from sellingpartner.market.shipping.labels.invoices import warranty_sheet
from sellingpartner.market.shipping.labels.pdf import as_pdf
from sellingpartner.market.shipping.labels.sheet import Sheet
from sellingpartner.storage.unit import UnitOfWork

FED = frozenset({"IN", "SG"})
"""The countries whose documents come by a feed."""


class DocumentKind(StrEnum):
    """What a document of a package is."""

    LABEL = "ShippingLabel"
    INVOICE = "Invoice"
    WARRANTY = "Warranty"


def kinds_of(unit: UnitOfWork, order_id: str) -> tuple[DocumentKind, ...]:
    """The documents that there are of an order's package; none if it has no package, or its label was canceled."""
    package = find_package(unit, order_id)
    if package is None or package.status is PackageStatus.LABEL_CANCELED:
        return ()
    known = {
        DocumentKind.LABEL: True,
        DocumentKind.INVOICE: package.invoice is not None,
        DocumentKind.WARRANTY: any(one.serial_numbers for one in package.contents),
    }
    return tuple(kind for kind, is_there in known.items() if is_there)


def bundle_of(unit: UnitOfWork, wanted: Mapping[str, Collection[DocumentKind]]) -> bytes | None:
    """The documents of several orders as one PDF, as far as they are there; None if none is.

    Assumed: an order's label comes first, then its invoice, then its warranty.
    """
    sheets: list[Sheet] = []
    for order_id, kinds in wanted.items():
        package = find_package(unit, order_id)
        there = [kind for kind in kinds_of(unit, order_id) if kind in kinds]
        if there and package is not None:
            order = order_of(unit, order_id)
            sheets += [_PAGES[kind](order, package) for kind in there]
    return as_pdf(sheets, "Easy Ship") if sheets else None


def _warranty(order: Order, package: EasyPackage) -> Sheet:
    """Assumed: of an item that the package does not name, its first one is meant."""
    numbered = [
        (order.item(one.order_item_id or order.items[0].order_item_id).title, number)
        for one in package.contents
        for number in one.serial_numbers
    ]
    return warranty_sheet(package.created_at, order, numbered)


_PAGES: Mapping[DocumentKind, Callable[[Order, EasyPackage], Sheet]] = {
    DocumentKind.LABEL: label_page,
    DocumentKind.INVOICE: invoice_page,
    DocumentKind.WARRANTY: _warranty,
}
