"""Invoices that the tax authority is asked to issue: of sales that wait for one, and of what is sent to Amazon."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.contract import invoices_2024_06_19 as api
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.invoices_2024_06_19 import (
    CreateGovernmentInvoice,
    GetGovernmentInvoiceDocument,
    GetGovernmentInvoiceStatus,
    GovernmentInvoiceStatusResponse,
    GovtInvoiceDocumentResponse,
)
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.catalog.questions import title_of
from sellingpartner.market.inbound.lifecycle import ShipmentStatus
from sellingpartner.market.inbound.questions import find_shipment
from sellingpartner.market.invoicing.commands import request_invoice
from sellingpartner.market.invoicing.model import (
    CUSTOMER_SALES,
    INBOUND_SHIPMENT,
    REMITTANCE,
    SALE,
    SYMBOLIC_RETURN,
    Good,
    Program,
    Request,
)
from sellingpartner.market.invoicing.questions import (
    document_of,
    find_awaiting,
    find_invoice,
    find_request,
    goods_of,
    rules,
)
from sellingpartner.market.invoicing.refusals import InvalidRequest, NothingFound
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.orders.questions import order_of
from sellingpartner.server.api.invoices_2024_06_19.asking import BRAZIL, check_known, check_marketplace
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.server.gateway.links import LinkFor, signed
from sellingpartner.server.shipping_documents import GOVERNMENT_INVOICE, told_of_government_invoice
from sellingpartner.storage.unit import UnitOfWork

_TYPES = {CUSTOMER_SALES: (SALE, SYMBOLIC_RETURN), INBOUND_SHIPMENT: (REMITTANCE,)}
"""Which invoices there can be of which transactions."""
_CARRIER = "CARRIER"
_NOT_SENT = frozenset(
    {ShipmentStatus.UNCONFIRMED, ShipmentStatus.CANCELED, ShipmentStatus.DELETED, ShipmentStatus.ABANDONED}
)


@handles(CreateGovernmentInvoice)
def create_government_invoice(unit: UnitOfWork, request: CreateGovernmentInvoice) -> NoContent:
    """Ask the authority for the invoice of a shipment."""
    _check(request)
    carrier = next((one for one in request.contexts or () if one.context_type in {None, _CARRIER}), None)
    is_inbound = request.transaction_type == INBOUND_SHIPMENT
    wanted = _of_inbound(unit, request) if is_inbound else _of_sale(unit, request)
    wanted.carrier_number = None if carrier is None else carrier.federal_tax_id
    request_invoice(unit, wanted)
    return NoContent()


@handles(GetGovernmentInvoiceStatus)
def get_government_invoice_status(
    unit: UnitOfWork, request: GetGovernmentInvoiceStatus
) -> GovernmentInvoiceStatusResponse:
    """Whether the authority has answered, and what."""
    found = _requested(unit, request)
    number = None if found.invoice_id is None else find_invoice(unit, found.invoice_id).external_id
    return GovernmentInvoiceStatusResponse(
        status=api.GovernmentInvoiceCreationStatus(found.status.value),
        invoice_external_document_id=number,
        invoice_errors=[api.InvoiceError(error_code=code, description=text) for code, text in found.errors] or None,
    )


@handles(GetGovernmentInvoiceDocument)
def get_government_invoice_document(
    unit: UnitOfWork, request: GetGovernmentInvoiceDocument, caller: Caller, origin: Origin
) -> GovtInvoiceDocumentResponse:
    """A link to the invoice: its XML, unless PDF is asked for."""
    found = _requested(unit, request)
    kinds = (found.invoice_type, found.transaction_type)
    file_format = request.file_format or "XML"
    document_of(unit, found.shipment_id, kinds, file_format)
    said = told_of_government_invoice(caller.seller_id, found.shipment_id, kinds, file_format)
    until = unit.now + timedelta(seconds=rules().link_lasts_seconds)
    holder = LinkFor(caller.seller_id, caller.grant_id)
    link = origin + signed(unit, GOVERNMENT_INVOICE, said, holder=holder, until=until)
    return GovtInvoiceDocumentResponse(invoice_document=api.InvoiceDocument(invoice_document_url=link))


Asked = CreateGovernmentInvoice | GetGovernmentInvoiceStatus | GetGovernmentInvoiceDocument


def _check(request: Asked) -> None:
    check_marketplace(request.marketplace_id)
    check_known("invoiceType", request.invoice_type, rules().invoice_types)
    check_known("transactionType", request.transaction_type, rules().transaction_types)
    possible = _TYPES[request.transaction_type]
    if request.invoice_type not in possible:
        raise InvalidRequest(
            f"Invalid value '{request.invoice_type}' for 'invoiceType'; of {request.transaction_type} it can be "
            f"{' or '.join(possible)}."
        )
    if request.transaction_type == INBOUND_SHIPMENT and request.inbound_plan_id is None:
        raise InvalidRequest("Missing required attribute(s): 'inboundPlanId'.")


def _requested(unit: UnitOfWork, request: GetGovernmentInvoiceStatus | GetGovernmentInvoiceDocument) -> Request:
    _check(request)
    found = find_request(unit, request.shipment_id, request.invoice_type, request.transaction_type)
    if found is None or (request.inbound_plan_id is not None and found.plan_id != request.inbound_plan_id):
        raise NothingFound("government invoice of shipment", request.shipment_id)
    return found


def _of_sale(unit: UnitOfWork, request: CreateGovernmentInvoice) -> Request:
    awaiting = find_awaiting(unit, request.shipment_id)
    if awaiting is None or awaiting.program is not Program.FBA_ON_SITE:
        raise NothingFound("shipment", request.shipment_id)
    order = order_of(unit, awaiting.order_id)
    return Request(
        shipment_id=request.shipment_id,
        marketplace_id=BRAZIL,
        invoice_type=request.invoice_type,
        transaction_type=request.transaction_type,
        goods=goods_of(order),
        receiver=order.buyer.name if request.invoice_type == SALE else awaiting.center,
        created_at=unit.now,
        order_id=order.order_id,
    )


def _of_inbound(unit: UnitOfWork, request: CreateGovernmentInvoice) -> Request:
    """What a seller sends to a fulfillment center, worth what it is listed at.

    Assumed: a shipment has an invoice once its placement is confirmed, and none after it was given up.
    """
    plan_id = request.inbound_plan_id or ""
    try:
        shipment = find_shipment(unit, plan_id, request.shipment_id)
    except SellingPartnerError:
        raise NothingFound("shipment", request.shipment_id) from None
    if shipment.marketplace_id != BRAZIL:
        raise NothingFound("shipment", request.shipment_id)
    if shipment.status in _NOT_SENT:
        raise InvalidRequest(f"Shipment '{request.shipment_id}' is {shipment.status.value}; it has no invoice.")
    goods = []
    for item in shipment.items:
        listing = listing_of(unit, item.msku, BRAZIL)
        title, worth = title_of(unit, listing.asin, BRAZIL), listing.price.minor * item.quantity
        goods.append(Good(sku=item.msku, title=title, units=item.quantity, minor=worth))
    return Request(
        shipment_id=request.shipment_id,
        marketplace_id=BRAZIL,
        invoice_type=request.invoice_type,
        transaction_type=request.transaction_type,
        goods=tuple(goods),
        receiver=shipment.center,
        created_at=unit.now,
        plan_id=plan_id,
    )
