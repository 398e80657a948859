"""Sellers hand invoices in for what a fulfillment center has ready; on the clock they are accepted or refused.

What sellers hand in for orders that leave from themselves (`delivering.py`) is taken in and decided about here as well.

Assumed: where a seller writes its invoices itself, every order in Brazil that Amazon ships waits for its invoice, and
what is rejected may be handed in again as often as it takes.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from hashlib import md5

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.counted import counted
from sellingpartner.market.centers.questions import first_center_of
from sellingpartner.market.events.invoicing import (
    InvoiceAccepted,
    InvoiceRefused,
    InvoiceSubmitted,
    ShipmentAwaitsInvoice,
)
from sellingpartner.market.events.orders import OrderCanceled, OrderPaid
from sellingpartner.market.invoicing.checking import DUPLICATE, Finding, checked, rejected
from sellingpartner.market.invoicing.model import (
    CUSTOMER_SALES,
    SALE,
    Awaiting,
    Biller,
    InvoiceState,
    Program,
    TaxInvoice,
)
from sellingpartner.market.invoicing.nfe import Nfe
from sellingpartner.market.invoicing.refusals import NoSuchShipment, SubmissionRefused
from sellingpartner.market.invoicing.rules import rules, takes
from sellingpartner.market.invoicing.store import (
    authorized_of,
    biller_of,
    find_awaiting,
    insert_awaiting,
    insert_invoice,
    save_awaiting,
    submitted_for,
)
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.purchase import InvoiceStatus
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping.questions import easy_ship_of, settings_of
from sellingpartner.market.time.chance import chance, uuid_of, wide_number_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

BRAZIL = BY_COUNTRY["BR"].marketplace_id


class SubmissionIsDecided(Due):
    """It is decided about an invoice that was handed in: the n-th for its shipment."""

    shipment_id: str
    number: int


@on(OrderPaid)
def await_invoice(unit: UnitOfWork, fact: OrderPaid) -> None:
    """Have an order wait for its seller's invoice: in the fulfillment center, or for its Easy Ship package."""
    if fact.marketplace_id != BRAZIL:
        return
    order_id = fact.order_id
    if fact.channel != FulfillmentChannel.AFN.value:
        if "BR" in easy_ship_of(settings_of(unit)):
            orders.hold_for_invoice(unit, order_id)
        return
    if biller_of(unit) is not Biller.SELLER:
        return
    orders.hold_for_invoice(unit, order_id)
    one = Awaiting(
        shipment_id=shipment_id_of(order_id),
        order_id=order_id,
        marketplace_id=BRAZIL,
        center=first_center_of("BR").code,
        created_at=unit.now,
    )
    insert_awaiting(unit, one)
    unit.emit(ShipmentAwaitsInvoice(order_id=order_id, shipment_id=one.shipment_id, marketplace_id=BRAZIL))


def shipment_id_of(order_id: str) -> str:
    """What Amazon calls the shipment of an order, in notifications as well."""
    return f"{order_id}-1"


def submit(unit: UnitOfWork, shipment_id: str, content: str, checksum: str, marketplace_id: str | None) -> None:
    """Let a seller hand an invoice in; raises `InvalidInput`. What it says is looked at on the clock."""
    one = find_awaiting(unit, shipment_id, is_held=True)
    raw = _decoded(content)
    if one is None or one.program is not Program.FBA_ON_SITE:
        more = "" if raw is not None else "InvoiceContent fails encoding. "
        reason = f"{more}Shipment '{shipment_id[:60]}' does not exist"
        raise SubmissionRefused(reason, message="Shipment ID is invalid")
    if marketplace_id not in {None, one.marketplace_id}:
        raise SubmissionRefused(f"Shipment '{shipment_id}' is not of marketplace {str(marketplace_id)[:60]}")
    take_in(unit, one, content, checksum)


def take_in(unit: UnitOfWork, one: Awaiting, content: str, checksum: str) -> None:
    """Take an invoice for a shipment that is held; raises `InvalidInput` for what cannot be one."""
    raw = _decoded(content)
    if raw is None:
        raise SubmissionRefused("InvoiceContent fails encoding.")
    if not 1 <= len(raw) <= rules().largest_bytes:
        raise SubmissionRefused(f"InvoiceContent has {counted(len(raw), 'byte')}; it has 1 to {rules().largest_bytes}.")
    if checksum.strip().lower() != md5(raw, usedforsecurity=False).hexdigest() and not _is_base64_md5(checksum, raw):
        raise SubmissionRefused("ContentMD5Value is not the MD5 of the invoice's content.")
    if order_of(unit, one.order_id).status is OrderStatus.CANCELED:
        raise SubmissionRefused(f"The order of shipment '{one.shipment_id}' was canceled.")
    if not one.can_be(InvoiceStatus.PROCESSING):
        raise SubmissionRefused(f"The invoice of shipment '{one.shipment_id}' is {one.status.value} already.")
    one.status, one.submitted = InvoiceStatus.PROCESSING, one.submitted + 1
    save_awaiting(unit, one, raw)
    orders.set_invoice_status(unit, one.order_id, one.status)
    luck = chance(unit, "invoice is decided", one.shipment_id, one.submitted)
    due = SubmissionIsDecided(shipment_id=one.shipment_id, number=one.submitted)
    later(unit, due, at=unit.now + takes(luck, rules().process_minutes))
    unit.emit(InvoiceSubmitted(order_id=one.order_id, shipment_id=one.shipment_id, marketplace_id=one.marketplace_id))


@when(SubmissionIsDecided)
def decide(unit: UnitOfWork, due: SubmissionIsDecided) -> None:
    """Accept an invoice that is in order, and let the order leave; refuse any other with its reason.

    Assumed: what was handed in for an order that was canceled meanwhile is not decided about.
    """
    one = find_awaiting(unit, due.shipment_id, is_held=True)
    if one is None or one.submitted != due.number or one.status is not InvoiceStatus.PROCESSING:
        return
    order = order_of(unit, one.order_id)
    if order.status is OrderStatus.CANCELED:
        return
    content = submitted_for(unit, one.shipment_id)
    nfe, finding = checked(content, order)
    if nfe is not None and finding is None and authorized_of(unit, nfe.key) is not None:
        finding = rejected(DUPLICATE)
    invoice = _invoice(unit, one, nfe, finding)
    insert_invoice(unit, invoice, content)
    one.status = InvoiceStatus.ACCEPTED if finding is None else InvoiceStatus.ERRORED
    save_awaiting(unit, one)
    orders.set_invoice_status(unit, one.order_id, one.status)
    said = {"order_id": one.order_id, "shipment_id": one.shipment_id, "marketplace_id": one.marketplace_id}
    if finding is None:
        orders.release_invoiced(unit, one.order_id)
        unit.emit(InvoiceAccepted(**said, invoice_id=invoice.invoice_id, external_id=invoice.external_id))
    else:
        unit.emit(InvoiceRefused(**said, invoice_id=invoice.invoice_id, error_code=finding.code, reason=finding.text))


@on(OrderCanceled)
def wait_no_more(unit: UnitOfWork, fact: OrderCanceled) -> None:
    """Need no invoice for what will not leave."""
    if fact.marketplace_id != BRAZIL:
        return
    if order_of(unit, fact.order_id).invoice_status is not InvoiceStatus.ACCEPTED:
        orders.set_invoice_status(unit, fact.order_id, InvoiceStatus.NOT_REQUIRED)


def awaiting_of(unit: UnitOfWork, shipment_id: str) -> Awaiting:
    """A shipment of Amazon's that waits for its invoice, or had to; raises `NoSuchShipment`."""
    one = find_awaiting(unit, shipment_id)
    if one is None or one.program is not Program.FBA_ON_SITE:
        raise NoSuchShipment(shipment_id)
    return one


def _invoice(unit: UnitOfWork, one: Awaiting, nfe: Nfe | None, finding: Finding | None) -> TaxInvoice:
    return TaxInvoice(
        invoice_id=new_invoice_id(unit),
        marketplace_id=one.marketplace_id,
        issued_at=unit.now,
        status=InvoiceState.AUTHORIZED if finding is None else InvoiceState.REJECTED,
        invoice_type=SALE,
        transaction_type=CUSTOMER_SALES,
        external_id="" if nfe is None else nfe.key[:44],
        series="" if nfe is None else nfe.series[:3],
        order_id=one.order_id,
        shipment_id=one.shipment_id,
        error_code=None if finding is None else finding.code,
        reason=None if finding is None else finding.text,
    )


def new_invoice_id(unit: UnitOfWork) -> str:
    """The id of the next invoice."""
    number = unit.next_number("tax invoices")
    return uuid_of(wide_number_of(unit.seed, unit.seller_id, "tax invoice", number))


def _decoded(content: str) -> bytes | None:
    try:
        return b64decode(content, validate=True)
    except (Error, ValueError):
        return None


def _is_base64_md5(checksum: str, raw: bytes) -> bool:
    """Assumed: the MD5 of an invoice may be said in base64 as well as in hexadecimal digits; the guides show both."""
    return _decoded(checksum.strip()) == md5(raw, usedforsecurity=False).digest()
