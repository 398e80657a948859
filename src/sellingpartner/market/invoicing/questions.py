"""What others may ask of invoicing."""

from __future__ import annotations

from sellingpartner.market.invoicing.delivering import Named, standing_of
from sellingpartner.market.invoicing.exporting import archive, document_of
from sellingpartner.market.invoicing.issuing import goods_of
from sellingpartner.market.invoicing.rules import rules
from sellingpartner.market.invoicing.store import (
    biller_of,
    export_with,
    find_awaiting,
    find_export,
    find_invoice,
    find_request,
    page_of_exports,
    page_of_invoices,
)
from sellingpartner.market.invoicing.submitting import awaiting_of, shipment_id_of

__all__ = [
    "Named",
    "archive",
    "awaiting_of",
    "biller_of",
    "document_of",
    "export_with",
    "find_awaiting",
    "find_export",
    "find_invoice",
    "find_request",
    "goods_of",
    "page_of_exports",
    "page_of_invoices",
    "rules",
    "shipment_id_of",
    "standing_of",
]
