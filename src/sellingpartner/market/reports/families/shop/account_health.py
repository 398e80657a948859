"""How well a seller has served its buyers: what became of the orders of the last days, counted once for all reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice

import msgspec

from sellingpartner.market.feedback.model import Feedback
from sellingpartner.market.feedback.questions import feedback_of_orders
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.money.ledger.selling.refunds import CHARGEBACK, GUARANTEE_CLAIM
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.questions import OrderFilter, orders_like, refunds_of_orders
from sellingpartner.market.orders.returns import Refund
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.orders.order_walks import LAST, PAGE
from sellingpartner.storage.unit import UnitOfWork

SPANS = (7, 30, 60, 90)
"""Over how many days something is counted."""


class Tally(msgspec.Struct):
    """What became of the orders of one channel, in one marketplace, in some days."""

    orders: int = 0
    claims: int = 0
    chargebacks: int = 0
    negative_feedback: int = 0
    defects: int = 0
    """Orders with a claim, a chargeback or bad feedback, each once."""
    refunded: int = 0
    late: int = 0
    canceled_by_seller: int = 0
    to_invoice: int = 0
    uninvoiced: int = 0
    shipments: int = 0
    tracked: int = 0
    arrived: int = 0
    """Tracked packages that have arrived, or should have."""
    in_time: int = 0
    units_arrived: int = 0
    units_in_time: int = 0

    def count(self, order: Order, refunds: Sequence[Refund], said: Feedback | None, at: datetime) -> None:
        """Add an order."""
        reasons = {refund.reason for refund in refunds}
        self.orders += 1
        self.claims += GUARANTEE_CLAIM in reasons
        self.chargebacks += CHARGEBACK in reasons
        is_said_badly = said is not None and said.is_negative
        self.negative_feedback += is_said_badly
        self.defects += is_said_badly or bool(reasons & {GUARANTEE_CLAIM, CHARGEBACK})
        self.refunded += bool(reasons)
        self.late += order.is_late
        # What nobody shipped in time, the market cancels on the seller's account.
        by_seller = order.cancellation is not None and order.cancellation.by is not Canceler.BUYER
        self.canceled_by_seller += by_seller and order.status is OrderStatus.CANCELED
        self.to_invoice += order.awaits_invoice
        self.uninvoiced += order.status is OrderStatus.INVOICE_UNCONFIRMED
        for package in order.packages:
            self._count_package(order, bool(package.tracking_number), package.delivered_at, at)
            units = sum(package.quantities.values())
            if package.delivered_at is not None or at > order.latest_delivery_at:
                self.units_arrived += units
                self.units_in_time += units if _in_time(order, package.delivered_at) else 0

    def _count_package(self, order: Order, is_tracked: bool, delivered_at: datetime | None, at: datetime) -> None:  # noqa: FBT001 - it is counted
        self.shipments += 1
        if not is_tracked:
            return
        self.tracked += 1
        if delivered_at is not None or at > order.latest_delivery_at:
            self.arrived += 1
            self.in_time += _in_time(order, delivered_at)


def _in_time(order: Order, delivered_at: datetime | None) -> bool:
    return delivered_at is not None and delivered_at <= order.latest_delivery_at


Tallies = Mapping[tuple[str, FulfillmentChannel, int], Tally]
"""By marketplace, channel and days."""


def tallies_of(unit: UnitOfWork, asked: Asked) -> Tallies:
    """Count the orders of the last days, in one walk."""
    found = {
        (marketplace_id, channel, days): Tally()
        for marketplace_id in asked.marketplace_ids
        for channel in FulfillmentChannel
        for days in SPANS
    }
    wanted = OrderFilter(
        after=asked.at - timedelta(days=max(SPANS)), before=asked.at - LAST, marketplace_ids=asked.marketplace_ids
    )
    for order, refunds, said in _with_refunds(unit, orders_like(unit, wanted)):
        for days in SPANS:
            if order.purchased_at >= asked.at - timedelta(days=days):
                found[order.marketplace_id, order.channel, days].count(order, refunds, said, asked.at)
    return found


def _with_refunds(
    unit: UnitOfWork, orders: Iterator[Order]
) -> Iterator[tuple[Order, Sequence[Refund], Feedback | None]]:
    """Orders with what was refunded of them, and what their buyers said."""
    while batch := list(islice(orders, PAGE)):
        ids = [order.order_id for order in batch]
        refunds, said = refunds_of_orders(unit, ids), feedback_of_orders(unit, ids)
        for order in batch:
            yield order, refunds.get(order.order_id, ()), said.get(order.order_id)
