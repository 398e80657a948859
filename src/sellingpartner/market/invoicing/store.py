"""Invoices, and what waits for them, to rows and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, bindparam, select

from sellingpartner.market.invoicing.model import (
    ORDER_ID,
    SHIPMENT_ID,
    Awaiting,
    Biller,
    Export,
    InvoiceFilter,
    InvoiceState,
    Request,
    TaxInvoice,
)
from sellingpartner.market.invoicing.refusals import NothingFound
from sellingpartner.market.invoicing.tables import (
    government_requests,
    invoice_exports,
    invoiced_shipments,
    invoicing_settings,
    tax_invoices,
)
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

Key = tuple[datetime, str]
"""Where in a list something stands: its date and its id."""


class _Settled(NamedTuple):
    biller: str


class _Waits(NamedTuple):
    document: Awaiting


_settled = Question(
    select(invoicing_settings.c.biller).where(invoicing_settings.c.seller_id == bindparam("of_seller")), _Settled
)
_this_shipment = select(invoiced_shipments.c.document).where(
    invoiced_shipments.c.seller_id == bindparam("of_seller"),
    invoiced_shipments.c.shipment_id == bindparam("of_shipment"),
)
_awaiting = Question(_this_shipment, _Waits)
_awaiting_held = Question(_this_shipment.with_for_update(), _Waits)
_settle = Prepared(upsert(invoicing_settings, lambda offered: {"biller": offered.biller}))
_put_request = Prepared(
    upsert(government_requests, lambda offered: {"status": offered.status, "document": offered.document})
)


class InvoicePage(msgspec.Struct, frozen=True, kw_only=True):
    """Some invoices of a list, and after which key the next page begins."""

    invoices: list[TaxInvoice] = []
    next_key: Key | None = None


class ExportPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some exports of a list, and after which key the next page begins."""

    exports: list[Export] = []
    next_key: Key | None = None


def biller_of(unit: UnitOfWork) -> Biller:
    """Who writes the seller's invoices; Amazon, if the seller never said."""
    found = _settled.first(unit.connection, {"of_seller": unit.seller_id})
    return Biller.AMAZON if found is None else Biller(found.biller)


def save_biller(unit: UnitOfWork, biller: Biller) -> None:
    """Keep who writes the seller's invoices from now on."""
    _settle.run(unit.connection, {"seller_id": unit.seller_id, "biller": biller.value})


def find_awaiting(unit: UnitOfWork, shipment_id: str, *, is_held: bool = False) -> Awaiting | None:
    """A shipment that waits for its invoice, or had to; whoever changes it holds it."""
    this = {"of_seller": unit.seller_id, "of_shipment": shipment_id}
    found = (_awaiting_held if is_held else _awaiting).first(unit.connection, this)
    return None if found is None else found.document


def insert_awaiting(unit: UnitOfWork, one: Awaiting) -> None:
    """Keep a shipment for the first time."""
    row = {"seller_id": unit.seller_id, "shipment_id": one.shipment_id, "document": one}
    unit.execute(invoiced_shipments.insert(), row)


def save_awaiting(unit: UnitOfWork, one: Awaiting, submitted: bytes | None = None) -> None:
    """Keep a shipment that has changed, with what was handed in for it and is not decided about."""
    at = invoiced_shipments.c
    this = invoiced_shipments.update().where(at.seller_id == unit.seller_id, at.shipment_id == one.shipment_id)
    unit.execute(this.values(document=one, submitted=submitted))


def submitted_for(unit: UnitOfWork, shipment_id: str) -> bytes:
    """What was handed in for a shipment and is not decided about."""
    at = invoiced_shipments.c
    this = select(at.submitted).where(at.seller_id == unit.seller_id, at.shipment_id == shipment_id)
    return unit.execute(this).scalar_one() or b""


def insert_invoice(unit: UnitOfWork, invoice: TaxInvoice, content: bytes) -> None:
    """Keep an invoice, which never changes."""
    row = {
        "seller_id": unit.seller_id,
        "invoice_id": invoice.invoice_id,
        "marketplace_id": invoice.marketplace_id,
        "issued_at": invoice.issued_at,
        "status": invoice.status.value,
        "external_id": invoice.external_id,
        "document": invoice,
        "content": content,
    }
    unit.execute(tax_invoices.insert(), row)


def find_invoice(unit: UnitOfWork, invoice_id: str) -> TaxInvoice:
    """An invoice; raises `NothingFound`."""
    at = tax_invoices.c
    this = select(at.document).where(at.seller_id == unit.seller_id, at.invoice_id == invoice_id)
    found: TaxInvoice | None = unit.execute(this).scalar_one_or_none()
    if found is None:
        raise NothingFound("invoice", invoice_id)
    return found


def contents_of(unit: UnitOfWork, invoice_ids: tuple[str, ...]) -> dict[str, bytes]:
    """The documents of some invoices, by id."""
    at = tax_invoices.c
    mine = select(at.invoice_id, at.content).where(at.seller_id == unit.seller_id, at.invoice_id.in_(invoice_ids))
    return {row.invoice_id: bytes(row.content) for row in unit.execute(mine).all()}


def authorized_of(unit: UnitOfWork, external_id: str) -> TaxInvoice | None:
    """The invoice that was authorized under an access key, if there is one."""
    at = tax_invoices.c
    this = (
        at.seller_id == unit.seller_id,
        at.external_id == external_id,
        at.status == InvoiceState.AUTHORIZED.value,
    )
    return unit.execute(select(at.document).where(*this).limit(1)).scalar_one_or_none()


def page_of_invoices(
    unit: UnitOfWork, wanted: InvoiceFilter, after_key: Key | None = None, limit: int = 100
) -> InvoicePage:
    """One page of a list of invoices by date; `after_key` is the key that the page before ended with.

    Types, series and identifiers are held against each invoice as it is read: the dates bound how many that are.
    """
    at = tax_invoices.c
    found: list[TaxInvoice] = []
    while True:
        conditions: list[ColumnElement[bool]] = [
            at.seller_id == unit.seller_id,
            at.marketplace_id == wanted.marketplace_id,
            at.issued_at >= wanted.start,
            at.issued_at <= wanted.end,
        ]
        if wanted.statuses:
            conditions.append(at.status.in_(wanted.statuses))
        if wanted.external_id is not None:
            conditions.append(at.external_id == wanted.external_id)
        if after_key is not None:
            key = (at.issued_at, at.invoice_id)
            conditions.append(beyond(key, after_key, is_descending=wanted.is_descending))
        order = [one.desc() if wanted.is_descending else one.asc() for one in (at.issued_at, at.invoice_id)]
        page = select(at.document).where(*conditions).order_by(*order).limit(limit + 1)
        read: list[TaxInvoice] = list(unit.execute(page).scalars())
        for one in read[:limit]:
            after_key = (one.issued_at, one.invoice_id)
            if _is_wanted(one, wanted):
                found.append(one)
                if len(found) == limit:
                    is_more = len(read) > limit or one is not read[-1]
                    return InvoicePage(invoices=found, next_key=after_key if is_more else None)
        if len(read) <= limit:
            return InvoicePage(invoices=found)


def _is_wanted(one: TaxInvoice, wanted: InvoiceFilter) -> bool:
    identifiers = {ORDER_ID: one.order_id, SHIPMENT_ID: one.shipment_id}
    return (
        wanted.invoice_type in {None, one.invoice_type}
        and wanted.transaction_type in {None, one.transaction_type}
        and wanted.series in {None, one.series}
        and (wanted.identifier is None or identifiers.get(wanted.identifier[0]) == wanted.identifier[1])
    )


def find_export(unit: UnitOfWork, export_id: str) -> Export:
    """An export; raises `NothingFound`."""
    at = invoice_exports.c
    this = select(at.document).where(at.seller_id == unit.seller_id, at.export_id == export_id)
    found: Export | None = unit.execute(this).scalar_one_or_none()
    if found is None:
        raise NothingFound("export", export_id)
    return found


def export_with(unit: UnitOfWork, file_id: str) -> Export:
    """The export that a file is of, whose id begins the file's; raises `NothingFound`."""
    export_id, _, _ = file_id.partition(".")
    try:
        export = find_export(unit, export_id)
    except NothingFound:
        raise NothingFound("document", file_id) from None
    if file_id not in export.files:
        raise NothingFound("document", file_id)
    return export


def insert_export(unit: UnitOfWork, export: Export) -> None:
    """Keep an export for the first time."""
    row = {
        "seller_id": unit.seller_id,
        "export_id": export.export_id,
        "marketplace_id": export.marketplace_id,
        "created_at": export.created_at,
        "status": export.status.value,
        "document": export,
    }
    unit.execute(invoice_exports.insert(), row)


def save_export(unit: UnitOfWork, export: Export) -> None:
    """Keep an export that has changed."""
    at = invoice_exports.c
    this = invoice_exports.update().where(at.seller_id == unit.seller_id, at.export_id == export.export_id)
    unit.execute(this.values(status=export.status.value, document=export))


def page_of_exports(
    unit: UnitOfWork,
    marketplace_id: str,
    *,
    start: datetime,
    end: datetime,
    status: str | None = None,
    after_key: Key | None = None,
    limit: int = 100,
) -> ExportPage:
    """One page of a list of exports, the latest first."""
    at = invoice_exports.c
    conditions: list[ColumnElement[bool]] = [
        at.seller_id == unit.seller_id,
        at.marketplace_id == marketplace_id,
        at.created_at >= start,
        at.created_at <= end,
    ]
    if status is not None:
        conditions.append(at.status == status)
    if after_key is not None:
        conditions.append(beyond((at.created_at, at.export_id), after_key, is_descending=True))
    page = select(at.document).where(*conditions).order_by(at.created_at.desc(), at.export_id.desc()).limit(limit + 1)
    found: list[Export] = list(unit.execute(page).scalars())
    if len(found) <= limit:
        return ExportPage(exports=found)
    last = found[limit - 1]
    return ExportPage(exports=found[:limit], next_key=(last.created_at, last.export_id))


def find_request(unit: UnitOfWork, shipment_id: str, invoice_type: str, transaction_type: str) -> Request | None:
    """What the marketplace asked the authority for, if it did."""
    at = government_requests.c
    this = (
        at.seller_id == unit.seller_id,
        at.shipment_id == shipment_id,
        at.invoice_type == invoice_type,
        at.transaction_type == transaction_type,
    )
    return unit.execute(select(at.document).where(*this)).scalar_one_or_none()


def save_request(unit: UnitOfWork, request: Request) -> None:
    """Keep what the marketplace asks the authority for."""
    row: dict[str, Any] = {
        "seller_id": unit.seller_id,
        "shipment_id": request.shipment_id,
        "invoice_type": request.invoice_type,
        "transaction_type": request.transaction_type,
        "status": request.status.value,
        "document": request,
    }
    _put_request.run(unit.connection, row)
