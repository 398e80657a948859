"""The tables of invoicing: each row holds its thing as a document and, beside it, what it is found by."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, String, Table

from sellingpartner.market.invoicing.model import Awaiting, Export, Request, TaxInvoice
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

invoicing_settings = Table(
    "invoicing_settings",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("biller", String(6), nullable=False),
)

invoiced_shipments = Table(
    "invoiced_shipments",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("shipment_id", exact_text(24), primary_key=True),
    Column("document", Json(Awaiting), nullable=False),
    # What was handed in and is not decided about.
    Column("submitted", LargeBinary),
)

tax_invoices = Table(
    "tax_invoices",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("invoice_id", exact_text(36), primary_key=True),
    Column("marketplace_id", String(20), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("status", String(10), nullable=False),
    Column("external_id", exact_text(44), nullable=False),
    Column("document", Json(TaxInvoice), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("tax_invoices_by_date", "seller_id", "marketplace_id", "issued_at", "invoice_id"),
    Index("tax_invoices_by_external_id", "seller_id", "external_id"),
)

invoice_exports = Table(
    "invoice_exports",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("export_id", exact_text(36), primary_key=True),
    Column("marketplace_id", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("status", String(10), nullable=False),
    Column("document", Json(Export), nullable=False),
    Index("invoice_exports_by_date", "seller_id", "marketplace_id", "created_at", "export_id"),
)

government_requests = Table(
    "government_requests",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("shipment_id", exact_text(38), primary_key=True),
    Column("invoice_type", exact_text(40), primary_key=True),
    Column("transaction_type", exact_text(40), primary_key=True),
    Column("status", String(10), nullable=False),
    Column("document", Json(Request), nullable=False),
)
