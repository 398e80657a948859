"""Invoices, what waits for them, and what is asked about them. Nothing here reads or writes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.market.orders.purchase import InvoiceStatus

SALE, SYMBOLIC_RETURN, REMITTANCE = "SALE", "SYMBOLIC_RETURN", "REMITTANCE"
CUSTOMER_SALES, INBOUND_SHIPMENT = "CUSTOMER_SALES", "INBOUND_SHIPMENT"
ORDER_ID, SHIPMENT_ID = "ORDER_ID", "SHIPMENT_ID"


class Biller(StrEnum):
    """Who writes the invoices of what Amazon ships for a seller in Brazil."""

    AMAZON = "AMAZON"
    SELLER = "SELLER"


class Program(StrEnum):
    """How an order in Brazil leaves: who brings it to its buyer decides which API takes its invoice."""

    FBA_ON_SITE = "FbaOnSite"
    """Amazon ships it."""
    EASY_SHIP = "EasyShip"
    """Amazon fetches it from the seller: Delivery by Amazon."""
    SELF_SHIP = "SelfShip"
    """The seller ships it."""


class InvoiceState(StrEnum):
    """What the authority, or who checked it, says of an invoice."""

    AUTHORIZED = "AUTHORIZED"
    REJECTED = "REJECTED"
    CANCELED = "CANCELED"


SUBMISSION = {
    InvoiceStatus.NOT_FOUND: frozenset({InvoiceStatus.PROCESSING}),
    InvoiceStatus.PROCESSING: frozenset({InvoiceStatus.ACCEPTED, InvoiceStatus.ERRORED}),
    InvoiceStatus.ERRORED: frozenset({InvoiceStatus.PROCESSING}),
    InvoiceStatus.ACCEPTED: frozenset(),
}
"""The lifecycle of a shipment's invoice."""


def as_invoiced(status: InvoiceStatus | None) -> InvoiceStatus:
    """Where an order's invoice stands by the APIs that take it.

    Assumed: these do not say that an order needs none, as one that was canceled; its invoice is as if it had not come.
    """
    return InvoiceStatus.NOT_FOUND if status in {None, InvoiceStatus.NOT_REQUIRED} else status


class Awaiting(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A shipment that waits for its invoice, or for which one was handed in."""

    shipment_id: str
    order_id: str
    marketplace_id: str
    center: str = ""
    """The fulfillment center that has it; none has what the seller ships."""
    created_at: datetime
    program: Program = Program.FBA_ON_SITE
    status: InvoiceStatus = InvoiceStatus.NOT_FOUND
    submitted: int = 0
    """How many invoices were handed in."""

    def can_be(self, status: InvoiceStatus) -> bool:
        """Whether it may stand so next."""
        return status in SUBMISSION.get(self.status, frozenset())


class TaxInvoice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An invoice that was decided about."""

    invoice_id: str
    marketplace_id: str
    issued_at: datetime
    status: InvoiceState
    invoice_type: str
    transaction_type: str
    external_id: str
    series: str
    order_id: str | None = None
    shipment_id: str
    error_code: str | None = None
    reason: str | None = None


class ExportStatus(StrEnum):
    """How far an export is."""

    REQUESTED = "REQUESTED"
    PROCESSING = "PROCESSING"
    DONE = "DONE"
    ERROR = "ERROR"


class InvoiceFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which invoices a list, or an export, holds. Bounds are inclusive."""

    marketplace_id: str
    start: datetime
    end: datetime
    statuses: tuple[str, ...] = ()
    invoice_type: str | None = None
    transaction_type: str | None = None
    external_id: str | None = None
    series: str | None = None
    identifier: tuple[str, str] | None = None
    """The kind of a transaction's id, and the id."""
    is_descending: bool = True


class Export(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Invoices that are written to files."""

    export_id: str
    marketplace_id: str
    wanted: InvoiceFilter
    created_at: datetime
    status: ExportStatus = ExportStatus.REQUESTED
    started_at: datetime | None = None
    finished_at: datetime | None = None
    files: dict[str, tuple[str, ...]] = {}
    """The ids of the invoices in each file, by the file's id."""
    error: str | None = None


class RequestStatus(StrEnum):
    """How far an invoice is that the marketplace asks the authority for."""

    PROCESSING = "PROCESSING"
    SUCCESS = "SUCCESS"
    ERROR = "ERROR"


class Good(msgspec.Struct, frozen=True, kw_only=True):
    """Units of a SKU, and what they are worth in all, in minor units of the real."""

    sku: str
    title: str
    units: int
    minor: int


class Request(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An invoice that the marketplace asks the authority for."""

    shipment_id: str
    marketplace_id: str
    invoice_type: str
    transaction_type: str
    goods: tuple[Good, ...]
    receiver: str
    created_at: datetime
    order_id: str | None = None
    plan_id: str | None = None
    carrier_number: str | None = None
    status: RequestStatus = RequestStatus.PROCESSING
    invoice_id: str | None = None
    errors: tuple[tuple[str, str], ...] = ()
