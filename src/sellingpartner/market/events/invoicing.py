"""What happens to tax invoices."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class ShipmentAwaitsInvoice(Event):
    """A fulfillment center has an order ready that leaves only with its seller's invoice."""

    order_id: str
    shipment_id: str
    marketplace_id: str


class InvoiceSubmitted(Event):
    """A seller handed an invoice in."""

    order_id: str
    shipment_id: str
    marketplace_id: str


class InvoiceAccepted(Event):
    """An invoice is in order: what waited for it may leave."""

    order_id: str
    shipment_id: str
    marketplace_id: str
    invoice_id: str
    external_id: str


class InvoiceRefused(Event):
    """An invoice is not in order; another one may be handed in."""

    order_id: str
    shipment_id: str
    marketplace_id: str
    invoice_id: str
    error_code: str
    reason: str


class InvoiceIssued(Event):
    """The marketplace had an invoice issued with the tax authority."""

    invoice_id: str
    marketplace_id: str
    invoice_type: str
    transaction_type: str
    external_id: str


class GovernmentInvoiceEnded(Event):
    """The tax authority has decided about an invoice that a seller had the marketplace ask for."""

    shipment_id: str
    marketplace_id: str
    status: str


class InvoicesExported(Event):
    """Invoices were written to files, as a seller had asked for."""

    export_id: str
    marketplace_id: str
    invoices: int
