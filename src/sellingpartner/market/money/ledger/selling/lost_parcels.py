"""Parcels that sellers sent and carriers lost: their buyers claim under the A-to-z guarantee, and get it granted.

A buyer may claim three days after the latest day on which a parcel was promised. Where its label was bought of Amazon
and it left in time Amazon pays what the buyer gets back, and the seller keeps its sale; else the seller pays.

Assumed: each buyer claims on the first day on which that is possible, unless the seller has refunded before; a parcel
left in time that was said to have shipped by the last day on which its order was to.
"""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.market.events.shipping import ParcelLost
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.money.ledger.selling.refunds import GUARANTEE_CLAIM
from sellingpartner.market.orders.commands import refund
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.questions import left_to_refund, order_of, refunds_of
from sellingpartner.market.orders.returns import FUNDED_CLAIM
from sellingpartner.market.shipping.questions import is_paid_for
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

_MAY_CLAIM_AFTER = timedelta(days=3)


class LostParcelIsClaimed(Due):
    """A buyer claims the money back for a parcel that did not come."""

    order_id: str
    package_reference: str
    has_amazons_label: bool


@on(ParcelLost)
def await_claim(unit: UnitOfWork, fact: ParcelLost) -> None:
    """Have the buyer claim in time."""
    if fact.order_id is None or fact.package_reference is None:
        return
    order = order_of(unit, fact.order_id)
    if order.channel is FulfillmentChannel.AFN or order.sales_channel == NON_AMAZON:
        return
    due = LostParcelIsClaimed(
        order_id=order.order_id,
        package_reference=fact.package_reference,
        has_amazons_label=fact.shipment_id is not None,
    )
    later(unit, due, at=max(order.latest_delivery_at + _MAY_CLAIM_AFTER, unit.now))


@when(LostParcelIsClaimed)
def grant_claim(unit: UnitOfWork, due: LostParcelIsClaimed) -> None:
    """Give the buyer back what was paid for units that did not come and were not refunded."""
    order = order_of(unit, due.order_id)
    lost = lost_units(unit, order, due.package_reference)
    package = order.package(due.package_reference)
    if not lost or package is None:
        return
    is_amazons_to_pay = due.has_amazons_label and package.shipped_at <= order.latest_ship_at
    if is_paid_for(unit, order.order_id, due.package_reference):
        is_amazons_to_pay = False  # the seller has claimed for the parcel itself, and has the money
    refund(unit, order.order_id, reason=FUNDED_CLAIM if is_amazons_to_pay else GUARANTEE_CLAIM, quantities=lost)


def lost_units(unit: UnitOfWork, order: Order, reference: str | None) -> dict[str, int]:
    """The units of a package that nobody has refunded yet, by order item; none of one that has come."""
    package = order.package(reference) if reference is not None else None
    if package is None or package.delivered_at is not None:
        return {}
    left = left_to_refund(order, refunds_of(unit, order.order_id))
    return {
        item_id: min(quantity, left[item_id]) for item_id, quantity in package.quantities.items() if item_id in left
    }
