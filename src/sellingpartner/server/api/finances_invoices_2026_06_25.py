"""Finances invoices, 2026-06-25: what a seller is charged for a month, whole and line by line.

Differs: invoices of vendors do not exist here; a seller's fees and services of a month are an invoice of type OTHER.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.contract import finances_invoices_2026_06_25 as v2026
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.finances_invoices_2026_06_25 import (
    GetInvoice,
    GetInvoiceHeaders,
    GetInvoiceResponse,
    GetInvoicesResponse,
)
from sellingpartner.market.accounts.questions import check_marketplaces, seller_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.invoices.monthly import Invoice, InvoiceLine, invoice_by_number, invoices_of
from sellingpartner.server.api.money_accounts import check_no_token
from sellingpartner.server.api.money_windows import moment_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_LONGEST = timedelta(days=90)


@handles(GetInvoiceHeaders)
def get_invoice_headers(unit: UnitOfWork, request: GetInvoiceHeaders) -> GetInvoicesResponse:
    """List the invoices issued in a time; all of them stand on one page."""
    check_no_token(request.next_token)
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    since, until = _time(unit, request)
    modified = moment_of("invoicesModifiedAfter", request.invoices_modified_after)
    found = [
        one
        for one in invoices_of(unit, request.marketplace_id, since, until)
        if modified is None or one.issued_at > modified
    ]
    return GetInvoicesResponse(invoices=[_header(unit, one) for one in found], num_of_records=len(found))


@handles(GetInvoice)
def get_invoice(unit: UnitOfWork, request: GetInvoice) -> GetInvoiceResponse:
    """Read an invoice with its lines; all of them stand on one page."""
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    found = invoice_by_number(unit, request.marketplace_id, request.invoice_identifier)
    if found is None:
        message = f"There is no invoice {request.invoice_identifier} in marketplace {request.marketplace_id}."
        raise NotFound(message)
    if request.next_token_for_line_items is not None:
        raise InvalidInput("nextTokenForLineItems is not valid; the first page holds all lines, and has no token.")
    return GetInvoiceResponse(
        invoice_header=_header(unit, found),
        invoice_items=[_item(found, number, line) for number, line in enumerate(found.lines, start=1)],
    )


def _time(unit: UnitOfWork, request: GetInvoiceHeaders) -> tuple[datetime, datetime]:
    since, until = (
        moment_of(name, given)
        for name, given in (("fromIssueDate", request.from_issue_date), ("toIssueDate", request.to_issue_date))
    )
    if since is None and until is None:
        return unit.now - _LONGEST, unit.now
    if since is None or until is None:
        raise InvalidInput("fromIssueDate and toIssueDate belong together; give both, or neither.")
    if until < since:
        raise InvalidInput("toIssueDate is before fromIssueDate; it must not be.")
    if until - since > _LONGEST:
        raise InvalidInput("fromIssueDate and toIssueDate are more than 90 days apart; it must be 90 at most.")
    return since, until


def _header(unit: UnitOfWork, invoice: Invoice) -> v2026.InvoiceHeader:
    profile = seller_of(unit, unit.seller_id).profile
    total, tax = invoice.total_minor, invoice.tax_minor
    parts = [_part(invoice, "InvoiceAmountWithoutTax", total - tax), _part(invoice, "TaxAmount", tax)]
    return v2026.InvoiceHeader(
        invoice_number=invoice.number,
        invoice_status=v2026.InvoiceStatus.PAID,
        invoice_type=v2026.InvoiceType.OTHER,
        billing_period=v2026.BillingPeriod(start_date=invoice.begins, end_date=invoice.ends),
        payer=v2026.PartnerMetadata(
            partner_id=unit.seller_id,
            partner_type=v2026.PartnerType.SELLER,
            partner_name=profile.business.name if profile.business else None,
        ),
        payee=v2026.PartnerMetadata(
            partner_id=f"AMAZON_{invoice.marketplace.country_code}",
            partner_type=v2026.PartnerType.AMAZON,
            partner_name="Amazon",
        ),
        invoice_identifier=invoice.number,
        issue_date=invoice.issued_at,
        due_date=invoice.issued_at,
        invoice_amount=_amount(invoice, total),
        invoice_amount_breakdowns=[_part(invoice, "Total", total, parts)],
        invoice_settlement_breakdowns=[_part(invoice, "AmountPaid", total)],
        creation_date=invoice.issued_at,
        last_updated_date=invoice.issued_at,
    )


def _item(invoice: Invoice, number: int, line: InvoiceLine) -> v2026.InvoiceItem:
    kind = v2026.ServiceChargeType
    return v2026.InvoiceItem(
        line_item_id=str(number),
        total_amount=_amount(invoice, line.total_minor),
        total_amount_breakdown=[
            _part(invoice, "ItemCostWithoutTax", line.net_minor),
            _part(invoice, "ItemTaxAmount", line.tax_minor),
        ],
        line_item_context=v2026.LineItemContext(
            line_item_type=v2026.LineItemType.SERVICES,
            item_description=line.name,
            service_charge_type=kind.FBA_INVENTORY_STORAGE_FEE if line.is_storage else kind.OTHER,
            service_charge_period=v2026.ServiceChargePeriod(start_date=invoice.begins, end_date=invoice.ends),
        ),
    )


def _part(invoice: Invoice, name: str, minor: int, parts: list[v2026.Breakdown] | None = None) -> v2026.Breakdown:
    return v2026.Breakdown(breakdown_type=name, breakdown_amount=_amount(invoice, minor), breakdowns=parts or [])


def _amount(invoice: Invoice, minor: int) -> v2026.Currency:
    currency = invoice.marketplace.currency
    return v2026.Currency(currency_code=currency, currency_amount=Money(minor, currency).decimal)
