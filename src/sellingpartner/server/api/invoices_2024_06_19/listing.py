"""Invoices are listed and read, and what they can be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from sellingpartner.contract import invoices_2024_06_19 as api
from sellingpartner.contract.invoices_2024_06_19 import (
    GetInvoice,
    GetInvoiceResponse,
    GetInvoices,
    GetInvoicesAttributes,
    GetInvoicesAttributesResponse,
    GetInvoicesResponse,
)
from sellingpartner.market.invoicing.model import ORDER_ID, SHIPMENT_ID, InvoiceFilter, TaxInvoice
from sellingpartner.market.invoicing.questions import find_invoice, page_of_invoices, rules
from sellingpartner.market.invoicing.refusals import InvalidRequest, NothingFound
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
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_DAY = timedelta(days=1)
_MOST = 100
"""Assumed: a page of getInvoices holds 100 invoices at most: the model says 200 there, and 100 of the list."""
_PURPOSE = b"tax invoices after "
_decoder = msgspec.json.Decoder(tuple[InvoiceFilter, int])


@handles(GetInvoicesAttributes)
def get_invoices_attributes(
    unit: UnitOfWork,  # noqa: ARG001 - what invoices can be is the same for every seller
    request: GetInvoicesAttributes,
) -> GetInvoicesAttributesResponse:
    """What invoices of a marketplace can be."""
    check_marketplace(request.marketplace_id)
    known = rules()
    return GetInvoicesAttributesResponse(
        invoices_attributes=api.InvoicesAttributes(
            invoice_status_options=_options(known.statuses),
            invoice_type_options=_options(known.invoice_types),
            transaction_identifier_name_options=_options(known.transaction_identifiers),
            transaction_type_options=_options(known.transaction_types),
        )
    )


@handles(GetInvoices)
def get_invoices(unit: UnitOfWork, request: GetInvoices) -> GetInvoicesResponse:
    """Some of the invoices of the last day, or of another time, the latest first unless said."""
    check_marketplace(request.marketplace_id)
    wanted, size, after = _wanted(unit, request), size_of(request.page_size, _MOST), None
    if request.next_token is not None:
        said, after = opened(unit, _PURPOSE, request.next_token)
        wanted, size = _decoder.decode(said)
    page = page_of_invoices(unit, wanted, after, size)
    token = None if page.next_key is None else token_of(unit, _PURPOSE, (wanted, size), page.next_key)
    return GetInvoicesResponse(invoices=[_invoice(one) for one in page.invoices], next_token=token)


@handles(GetInvoice)
def get_invoice(unit: UnitOfWork, request: GetInvoice) -> GetInvoiceResponse:
    """One invoice."""
    check_marketplace(request.marketplace_id)
    found = find_invoice(unit, request.invoice_id)
    if found.marketplace_id != request.marketplace_id:
        raise NothingFound("invoice", request.invoice_id)
    return GetInvoiceResponse(invoice=_invoice(found))


def _wanted(unit: UnitOfWork, request: GetInvoices) -> InvoiceFilter:
    name, identifier = request.transaction_identifier_name, request.transaction_identifier_id
    check_alone(
        request.next_token,
        name,
        identifier,
        request.page_size,
        request.date_start,
        request.date_end,
        request.transaction_type,
        request.invoice_type,
        request.series,
        request.sort_order,
        request.sort_by,
        request.statuses,
        request.external_invoice_id,
    )
    if (name is None) != (identifier is None):
        raise InvalidRequest("'transactionIdentifierName' and 'transactionIdentifierId' go together.")
    known = rules()
    check_known("transactionIdentifierName", name, known.transaction_identifiers)
    check_known("invoiceType", request.invoice_type, known.invoice_types)
    check_known("transactionType", request.transaction_type, known.transaction_types)
    start, end = request.date_start or unit.now - _DAY, request.date_end or unit.now
    check_dates(start, end)
    return InvoiceFilter(
        marketplace_id=request.marketplace_id,
        start=start,
        end=end,
        statuses=check_statuses(request.statuses),
        invoice_type=request.invoice_type,
        transaction_type=request.transaction_type,
        external_id=request.external_invoice_id,
        series=request.series,
        identifier=None if name is None or identifier is None else (name, identifier),
        is_descending=request.sort_order is not api.SortOrder.ASC,
    )


def _options(known: Mapping[str, str]) -> list[api.AttributeOption]:
    return [api.AttributeOption(value=value, description=text) for value, text in known.items()]


def _invoice(one: TaxInvoice) -> api.Invoice:
    identifiers = [(ORDER_ID, one.order_id), (SHIPMENT_ID, one.shipment_id)]
    return api.Invoice(
        date_=one.issued_at,
        error_code=one.error_code,
        external_invoice_id=one.external_id or None,
        gov_response=one.reason,
        id=one.invoice_id,
        invoice_type=one.invoice_type,
        series=one.series or None,
        status=one.status.value,
        transaction_ids=[api.TransactionIdentifier(name=name, id=value) for name, value in identifiers if value],
        transaction_type=one.transaction_type,
    )
