"""What happens to a seller's money."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.storage.events import Event


class TransactionPosted(Event):
    """An entry was posted to the ledger that the seller is shown; also for the release of one that was held."""

    entry_id: int
    kind: str
    transaction_type: str
    order_id: str | None
    marketplace_id: str | None
    currency: str
    total_minor: int
    posted_at: datetime


class MonthCharged(Event):
    """What a month cost besides sales is charged, from the 7th of the next month on."""

    begins: datetime
    ends: datetime


class PeriodClosed(Event):
    """A settlement period ended; its sum is what is transferred, or owed, or carried over."""

    period_id: int
    settlement_id: int
    currency: str
    total_minor: int
    began_at: datetime
    ended_at: datetime


class TransferSettled(Event):
    """The bank took a transfer, or refused it."""

    payout_id: int
    period_id: int | None
    currency: str
    amount_minor: int
    status: str


class VatInvoiceUploaded(Event):
    """A seller handed in the VAT invoice or the credit note of an order, or of a shipment of it."""

    order_id: str
    marketplace_id: str
    document_type: str
    invoice_number: str
    shipping_id: str | None = None
