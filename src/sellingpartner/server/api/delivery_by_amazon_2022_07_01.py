"""Delivery by Amazon 2022-07-01: invoices of Brazil that sellers hand in for orders, however these leave."""

from __future__ import annotations

from sellingpartner.contract import delivery_by_amazon_2022_07_01 as v2022
from sellingpartner.contract.delivery_by_amazon_2022_07_01 import (
    GetInvoiceStatus,
    GetInvoiceStatusResponse,
    SubmitInvoice,
    SubmitInvoiceResponse,
)
from sellingpartner.market.invoicing.commands import hand_in
from sellingpartner.market.invoicing.model import Program
from sellingpartner.market.invoicing.questions import Named, standing_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(SubmitInvoice)
def submit_invoice(unit: UnitOfWork, request: SubmitInvoice) -> SubmitInvoiceResponse:
    """Hand an invoice in."""
    hand_in(unit, _named(request), request.invoice_content, request.content_md5_value)
    return SubmitInvoiceResponse()


@handles(GetInvoiceStatus)
def get_invoice_status(unit: UnitOfWork, request: GetInvoiceStatus) -> GetInvoiceStatusResponse:
    """Whether the invoice of an order is there, and in order."""
    found = standing_of(unit, _named(request))
    return GetInvoiceStatusResponse(
        amazon_order_id=found.order_id,
        amazon_shipment_id=found.shipment_id,
        invoice_status=v2022.ShipmentInvoiceStatus(found.status.value),
    )


def _named(request: SubmitInvoice | GetInvoiceStatus) -> Named:
    return Named(
        order_id=request.order_id,
        shipment_id=request.shipment_id,
        marketplace_id=request.marketplace_id,
        program=Program(request.program_type.value),
    )
