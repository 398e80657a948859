"""Sellers hand invoices in for orders of Brazil by how these leave: with Amazon, fetched by Amazon, or by themselves.

It is one store with the invoices of Shipment Invoicing: what a fulfillment center has ready is known to both.

Assumed: an order that its seller ships may be confirmed before its invoice is accepted; one that Amazon fetches (Easy
Ship) is scheduled only afterwards.
"""

from __future__ import annotations

import msgspec

from sellingpartner.market.invoicing.model import Awaiting, Program, as_invoiced
from sellingpartner.market.invoicing.refusals import EntityNotFound, SubmissionRefused, UnknownDelivery
from sellingpartner.market.invoicing.store import find_awaiting, insert_awaiting
from sellingpartner.market.invoicing.submitting import BRAZIL, shipment_id_of, take_in
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.purchase import InvoiceStatus
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.refusals import MalformedOrderId, NoSuchOrder
from sellingpartner.storage.unit import UnitOfWork

_ORDER, _SHIPMENT = "Order", "Shipment"


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """The order that an invoice is for, by its own id or by its shipment's; the order's counts where both are said."""

    order_id: str | None
    shipment_id: str | None
    marketplace_id: str
    program: Program

    @property
    def kind(self) -> str:
        """By which of the two it is named."""
        return _SHIPMENT if self.order_id is None else _ORDER

    @property
    def name(self) -> str:
        """The id that it is named by."""
        return self.order_id or self.shipment_id or ""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where the invoice of an order stands."""

    order_id: str
    shipment_id: str
    status: InvoiceStatus


def hand_in(unit: UnitOfWork, named: Named, content: str, checksum: str) -> None:
    """Let a seller hand an invoice in; raises `InvalidInput`. What it says is looked at on the clock."""
    order = _order(unit, named)
    if order is None:
        raise EntityNotFound(f"{named.kind}Id", named.name)
    _check(order, named)
    if order.is_unpaid:
        raise SubmissionRefused(f"Order {order.order_id} is {order.status.value}; an invoice is for what is paid.")
    # Whoever hands in holds the order, so that nobody else begins with the same one at once.
    orders.load_order(unit, order.order_id)
    one = find_awaiting(unit, shipment_id_of(order.order_id), is_held=True)
    if one is None and named.program is Program.FBA_ON_SITE:
        raise SubmissionRefused(f"Amazon writes the invoice of order {order.order_id}.")
    if one is None:
        one = _begun(unit, order, named.program)
    take_in(unit, one, content, checksum)


def standing_of(unit: UnitOfWork, named: Named) -> Standing:
    """Where the invoice of an order stands; raises `InvalidInput`."""
    order = _order(unit, named)
    if order is None:
        raise UnknownDelivery(named.kind, named.name)
    _check(order, named)
    return Standing(
        order_id=order.order_id,
        shipment_id=shipment_id_of(order.order_id),
        status=as_invoiced(order.invoice_status),
    )


def program_of(order: Order) -> Program:
    """How an order leaves."""
    if order.channel is FulfillmentChannel.AFN:
        return Program.FBA_ON_SITE
    return Program.SELF_SHIP if order.easy_ship_status is None else Program.EASY_SHIP


def _order(unit: UnitOfWork, named: Named) -> Order | None:
    order_id = named.order_id
    if order_id is None:
        if not named.shipment_id:
            raise SubmissionRefused("Either 'orderId' or 'shipmentId' must be given.")
        order_id = named.shipment_id.rpartition("-")[0]
        if shipment_id_of(order_id) != named.shipment_id:
            return None
    try:
        found = order_of(unit, order_id)
    except (NoSuchOrder, MalformedOrderId):
        return None
    return found if found.marketplace_id == BRAZIL else None


def _check(order: Order, named: Named) -> None:
    """Refuse what is said of an order and is not so."""
    if named.marketplace_id != order.marketplace_id:
        raise SubmissionRefused(f"Order {order.order_id} is not of marketplace {named.marketplace_id[:60]}.")
    program = program_of(order)
    if program is not named.program:
        raise SubmissionRefused(f"Order {order.order_id} is of program {program.value}, not {named.program.value}.")


def _begun(unit: UnitOfWork, order: Order, program: Program) -> Awaiting:
    one = Awaiting(
        shipment_id=shipment_id_of(order.order_id),
        order_id=order.order_id,
        marketplace_id=order.marketplace_id,
        created_at=unit.now,
        program=program,
    )
    insert_awaiting(unit, one)
    return one
