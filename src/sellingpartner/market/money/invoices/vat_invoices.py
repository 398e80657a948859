"""VAT invoices and credit notes that sellers hand in for orders or for shipments of them.

Reports on what is invoiced, and what shows an order's invoice, ask here. A later one takes the place of an earlier one
of the same kind for the same shipment, as Amazon shows the last.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text, select

from sellingpartner.market.events.money import VatInvoiceUploaded
from sellingpartner.storage.columns import Instant, metadata
from sellingpartner.storage.unit import UnitOfWork

vat_invoices = Table(
    "vat_invoices",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("invoice_id", BigInteger, primary_key=True, autoincrement=False),
    Column("order_id", String(19), nullable=False),
    Column("shipping_id", Text),
    Column("transaction_id", Text),
    Column("marketplace_id", String(20), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("number", Text, nullable=False),
    Column("total_minor", BigInteger),
    Column("vat_minor", BigInteger),
    Column("currency", String(3), nullable=False),
    Column("document_id", String(90), nullable=False),
    Column("uploaded_at", Instant, nullable=False),
    Index("vat_invoices_by_order", "seller_id", "order_id", "invoice_id"),
)


class InvoiceKind(StrEnum):
    """What a document is."""

    INVOICE = "Invoice"
    CREDIT_NOTE = "CreditNote"


class VatInvoice(msgspec.Struct, frozen=True, kw_only=True):
    """A document that a seller handed in."""

    invoice_id: int
    order_id: str
    shipping_id: str | None
    """The shipment that it is for; None is the whole order."""
    transaction_id: str | None
    """The return or refund that a credit note is for."""
    marketplace_id: str
    kind: InvoiceKind
    number: str
    total_minor: int | None
    vat_minor: int | None
    currency: str
    document_id: str
    """The file, as long as it is kept."""
    uploaded_at: datetime


_columns = [vat_invoices.c[name] for name in VatInvoice.__struct_fields__]


def keep_vat_invoice(unit: UnitOfWork, invoice: VatInvoice) -> VatInvoice:
    """Keep a document that a seller handed in; it gets its number."""
    kept = msgspec.structs.replace(invoice, invoice_id=unit.next_number("vat_invoices"))
    unit.execute(vat_invoices.insert(), msgspec.structs.asdict(kept) | {"seller_id": unit.seller_id})
    unit.emit(
        VatInvoiceUploaded(
            order_id=kept.order_id,
            marketplace_id=kept.marketplace_id,
            document_type=kept.kind.value,
            invoice_number=kept.number,
            shipping_id=kept.shipping_id,
        )
    )
    return kept


def vat_invoices_of(unit: UnitOfWork, order_ids: Iterable[str]) -> dict[str, list[VatInvoice]]:
    """The documents that were handed in for orders, by order, the oldest first."""
    wanted = (
        select(*_columns)
        .where(vat_invoices.c.seller_id == unit.seller_id, vat_invoices.c.order_id.in_(sorted(order_ids)))
        .order_by(vat_invoices.c.invoice_id)
    )
    found: dict[str, list[VatInvoice]] = {}
    for row in unit.execute(wanted):
        told = row._mapping
        found.setdefault(row.order_id, []).append(VatInvoice(**{**told, "kind": InvoiceKind(row.kind)}))
    return found
