"""Invoices are exported to files, and the files fetched from links."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import msgspec

from sellingpartner.contract import invoices_2024_06_19 as api
from sellingpartner.contract.invoices_2024_06_19 import (
    CreateInvoicesExport,
    ExportInvoicesResponse,
    GetInvoicesDocument,
    GetInvoicesDocumentResponse,
    GetInvoicesExport,
    GetInvoicesExportResponse,
    GetInvoicesExports,
    GetInvoicesExportsResponse,
)
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.invoicing.commands import export
from sellingpartner.market.invoicing.model import Export, InvoiceFilter
from sellingpartner.market.invoicing.questions import export_with, find_export, page_of_exports, rules
from sellingpartner.market.invoicing.refusals import InvalidRequest
from sellingpartner.server.api.invoices_2024_06_19.asking import (
    check_alone,
    check_dates,
    check_known,
    check_marketplace,
    check_statuses,
    opened,
    size_of,
    token_of,
)
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.server.gateway.links import LinkFor, signed
from sellingpartner.server.shipping_documents import INVOICES, told_of_invoices
from sellingpartner.storage.unit import UnitOfWork

_MOST = 100
_LATELY = timedelta(days=30)
_PURPOSE = b"invoice exports after "


class _Wanted(msgspec.Struct, frozen=True):
    """Which exports a list holds."""

    marketplace_id: str
    start: datetime
    end: datetime
    status: str | None
    size: int


@handles(CreateInvoicesExport)
def create_invoices_export(unit: UnitOfWork, request: CreateInvoicesExport) -> ExportInvoicesResponse:
    """Have invoices exported: those of the last day unless dates are said."""
    check_marketplace(request.marketplace_id)
    known, identifier = rules(), request.transaction_identifier
    check_known("invoiceType", request.invoice_type, known.invoice_types)
    check_known("transactionType", request.transaction_type, known.transaction_types)
    pair = None
    if identifier is not None:
        if identifier.name is None or identifier.id is None:
            raise InvalidRequest("'transactionIdentifier' needs both name and id.")
        check_known("transactionIdentifier.name", identifier.name, known.transaction_identifiers)
        pair = (identifier.name, identifier.id)
    start = unit.now - timedelta(days=1) if request.date_start is None else _begins(request.date_start)
    end = unit.now if request.date_end is None else _begins(request.date_end) + timedelta(days=1, microseconds=-1)
    check_dates(start, end)
    made = export(
        unit,
        InvoiceFilter(
            marketplace_id=request.marketplace_id,
            start=start,
            end=end,
            statuses=check_statuses(request.statuses),
            invoice_type=request.invoice_type,
            transaction_type=request.transaction_type,
            external_id=request.external_invoice_id,
            series=request.series,
            identifier=pair,
        ),
    )
    return ExportInvoicesResponse(export_id=made.export_id)


@handles(GetInvoicesExports)
def get_invoices_exports(unit: UnitOfWork, request: GetInvoicesExports) -> GetInvoicesExportsResponse:
    """Some of the exports of the last thirty days, or of another time, the latest first."""
    check_marketplace(request.marketplace_id)
    check_alone(request.next_token, request.page_size, request.date_start, request.date_end, request.status)
    after = None
    if request.next_token is None:
        start, end = request.date_start or unit.now - _LATELY, request.date_end or unit.now
        check_dates(start, end)
        status = None if request.status is None else request.status.value
        wanted = _Wanted(request.marketplace_id, start, end, status, size_of(request.page_size, _MOST))
    else:
        said, after = opened(unit, _PURPOSE, request.next_token)
        wanted = msgspec.json.decode(said, type=_Wanted)
    page = page_of_exports(
        unit,
        wanted.marketplace_id,
        start=wanted.start,
        end=wanted.end,
        status=wanted.status,
        after_key=after,
        limit=wanted.size,
    )
    token = None if page.next_key is None else token_of(unit, _PURPOSE, wanted, page.next_key)
    return GetInvoicesExportsResponse(exports=[_export(one) for one in page.exports], next_token=token)


@handles(GetInvoicesExport)
def get_invoices_export(unit: UnitOfWork, request: GetInvoicesExport) -> GetInvoicesExportResponse:
    """How far an export is."""
    return GetInvoicesExportResponse(export=_export(find_export(unit, request.export_id)))


@handles(GetInvoicesDocument)
def get_invoices_document(
    unit: UnitOfWork, request: GetInvoicesDocument, caller: Caller, origin: Origin
) -> GetInvoicesDocumentResponse:
    """A link to a file of an export."""
    file_id = request.invoices_document_id
    export_with(unit, file_id)
    until = unit.now + timedelta(seconds=rules().link_lasts_seconds)
    holder = LinkFor(caller.seller_id, caller.grant_id)
    link = origin + signed(unit, INVOICES, told_of_invoices(caller.seller_id, file_id), holder=holder, until=until)
    document = api.InvoicesDocument(invoices_document_id=file_id, invoices_document_url=link)
    return GetInvoicesDocumentResponse(invoices_document=document)


def _begins(day: date) -> datetime:
    """The first moment of a day.

    Assumed: the days from which and until which invoices are exported are days in UTC.
    """
    return datetime.combine(day, time(0), UTC)


def _export(one: Export) -> api.Export:
    return api.Export(
        export_id=one.export_id,
        status=api.ExportStatus(one.status.value),
        generate_export_started_at=one.started_at,
        generate_export_finished_at=one.finished_at,
        invoices_document_ids=list(one.files),
        error_message=one.error,
    )
