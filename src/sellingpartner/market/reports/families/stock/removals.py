"""What a seller had removed from Amazon's warehouses, order by order and parcel by parcel, and what it might remove."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from sellingpartner.market.accounts.questions import home_marketplace
from sellingpartner.market.amounts import Money
from sellingpartner.market.inventory.model import DAMAGED
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.money.ledger.questions import RemovalCharges
from sellingpartner.market.removals.model import Packed, RemovalItem, RemovalShipment
from sellingpartner.market.removals.questions import RemovalKind, RemovalOrder, removals_between
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.stock.fba_stock import DAILY, words_of
from sellingpartner.market.reports.families.stock.inventory_planning import Plan, plans
from sellingpartner.market.reports.kinds import Empty, Rows, Window, report
from sellingpartner.market.reports.writing.columns import Columns, nothing, table
from sellingpartner.market.reports.writing.values import amount, moment
from sellingpartner.storage.unit import UnitOfWork

_SOURCE = "Seller-initiated Manual Removal"
_SPEED = "Standard"
BEFORE_IT_LEAVES = timedelta(days=60)
"""Assumed: the parcels of a removal order leave within 60 days of when it was handed in."""


class _Line(NamedTuple):
    order: RemovalOrder
    item: RemovalItem
    fnsku: str
    fee: Money

    @property
    def destroyed(self) -> int:
        """How many units were destroyed."""
        return self.item.left if self.order.kind is RemovalKind.DISPOSAL else 0

    @property
    def is_charged(self) -> bool:
        """Whether there is a fee to tell. Assumed: that of a liquidation is none of a removal, and told by finances."""
        return bool(self.item.left) and self.order.kind is not RemovalKind.LIQUIDATION


ORDERS: Columns[_Line] = {
    "request-date": lambda line: moment(line.order.requested_at),
    "order-id": lambda line: line.order.removal_id,
    "order-source": lambda _: _SOURCE,
    "order-type": lambda line: line.order.kind.value,
    "service-speed": lambda _: _SPEED,
    "order-status": lambda line: line.order.status.value,
    "last-updated-date": lambda line: moment(line.order.updated_at),
    "sku": lambda line: line.item.sku,
    "fnsku": lambda line: line.fnsku,
    "disposition": lambda line: _disposition(line.item),
    "requested-quantity": lambda line: str(line.item.requested),
    "cancelled-quantity": lambda line: str(line.item.canceled),
    "disposed-quantity": lambda line: str(line.destroyed),
    "shipped-quantity": lambda line: str(line.item.left - line.destroyed),
    "in-process-quantity": lambda line: str(line.item.in_process),
    # Assumed: nothing is said of the fee while nothing of the line has left.
    "removal-fee": lambda line: amount(line.fee) if line.is_charged else "",
    "currency": lambda line: line.fee.currency if line.is_charged else "",
}


class _Sent(NamedTuple):
    order: RemovalOrder
    shipment: RemovalShipment
    packed: Packed
    fnsku: str


_SHIPMENTS: Columns[_Sent] = {
    "request-date": lambda sent: moment(sent.order.requested_at),
    "order-id": lambda sent: sent.order.removal_id,
    "shipment-date": lambda sent: moment(sent.shipment.shipped_at),
    "sku": lambda sent: sent.packed.sku,
    "fnsku": lambda sent: sent.fnsku,
    "disposition": lambda sent: _disposition(sent.packed),
    "shipped-quantity": lambda sent: str(sent.packed.units),
    "carrier": lambda sent: sent.shipment.carrier,
    "tracking-number": lambda sent: sent.shipment.tracking_id,
    "removal-order-type": lambda sent: sent.order.kind.value,
}


def _disposition(one: RemovalItem | Packed) -> str:
    """Assumed: in the reports on removals, units can be sold or cannot, whatever is wrong with them."""
    return "Unsellable" if one.condition in DAMAGED else "Sellable"


@report("GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA", window=Window(), empty=Empty.CANCELLED, repeats=DAILY)
def orders(unit: UnitOfWork, asked: Asked) -> Rows:
    """Removal orders by when they were handed in, a row for each SKU and condition."""
    return table(ORDERS, _lines(unit, asked))


def _lines(unit: UnitOfWork, asked: Asked) -> Iterator[_Line]:
    charges, currency = RemovalCharges(unit, asked.start), home_marketplace(unit).currency
    for order in removals_between(unit, asked.start, asked.end):
        for item in order.items:
            fee = Money(charges.of(order.removal_id, item.sku, item.condition.value), currency)
            yield _Line(order, item, fnsku_of(unit, item.sku), fee)


@report("GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA", window=Window(), empty=Empty.CANCELLED, repeats=DAILY)
def shipments(unit: UnitOfWork, asked: Asked) -> Rows:
    """What was sent to the seller, or to liquidators, in some time; what was destroyed is in no parcel."""
    return table(_SHIPMENTS, _sent(unit, asked))


def _sent(unit: UnitOfWork, asked: Asked) -> Iterator[_Sent]:
    for order in removals_between(unit, asked.start - BEFORE_IT_LEAVES, asked.end):
        for shipment in order.shipments:
            if asked.start <= shipment.shipped_at < asked.end:
                for packed in shipment.packed:
                    yield _Sent(order, shipment, packed, fnsku_of(unit, packed.sku))


_RECOMMENDED: Columns[Plan] = {
    "snapshot-date": lambda plan: f"{plan.line.at:%Y-%m-%d}",
    "sku": lambda plan: plan.line.record.sku,
    "fnsku": lambda plan: plan.line.record.fnsku or "",
    "asin": lambda plan: plan.line.record.asin or "",
    "product-name": lambda plan: plan.line.title,
    "condition": lambda plan: words_of(plan.line),
    "sellable-quantity": lambda plan: str(plan.line.position.fulfillable),
    "sellable-271-365-days": lambda plan: str(_sellable(plan, 271, 365)),
    "sellable-365+-days": lambda plan: str(_sellable(plan, 366)),
    "sellable-removal-quantity": lambda plan: str(_sellable(plan, 366)),
    "unsellable-quantity": lambda plan: str(plan.line.position.unsellable),
    # Differs: for how long units have not been sellable is not known by unit.
    "unsellable-0-7-days": nothing,
    "unsellable-8-60-days": nothing,
    "unsellable-61-90-days": nothing,
    "sellable-121-180-days": lambda plan: str(_sellable(plan, 121, 180)),
    "sellable-181-270-days": lambda plan: str(_sellable(plan, 181, 270)),
}


def _sellable(plan: Plan, first: int, last: int | None = None) -> int:
    """How many units that can be sold have been there for so many days."""
    aged = plan.aged(first) if last is None else plan.aged(first, last)
    return min(aged, plan.line.position.fulfillable)


@report("GET_FBA_RECOMMENDED_REMOVAL_DATA", repeats=DAILY)
def recommended(unit: UnitOfWork, asked: Asked) -> Rows:
    """What might be removed: units that have been there for over a year, and those that cannot be sold.

    Assumed: Amazon recommends that what has been there for over a year is removed.
    """
    return table(_RECOMMENDED, (plan for plan in plans(unit, asked) if _is_recommended(plan)))


def _is_recommended(plan: Plan) -> bool:
    return bool(_sellable(plan, 366) or plan.line.position.unsellable)
