"""SHIPPING_CHARGE_NOTIFICATION: what a label cost, what of it comes back, what its carrier asks for besides.

Assumed: Amazon publishes no content of SHIPPING_CHARGE_NOTIFICATION; it names shipment, carrier, kind and amount, which
is below zero where money comes back.
"""

from __future__ import annotations

from functools import partial

from sellingpartner.contract.notifications import shipping_charge_notification as wire
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.shipping import LabelAdjusted, LabelBought, LabelRefunded
from sellingpartner.market.notifications.telling import tell
from sellingpartner.market.shipping.questions import find_shipment
from sellingpartner.storage.unit import UnitOfWork, on


@on(LabelBought)
def tell_of_label(unit: UnitOfWork, fact: LabelBought) -> None:
    """A label was bought."""
    _tell(unit, fact, wire.ChargeType.LABEL_PURCHASE, fact.cost_minor)


@on(LabelRefunded)
def tell_of_refund(unit: UnitOfWork, fact: LabelRefunded) -> None:
    """A label was given back; a refusal is no charge."""
    if not fact.is_refused:
        _tell(unit, fact, wire.ChargeType.LABEL_REFUND, -fact.refunded_minor)


@on(LabelAdjusted)
def tell_of_adjustment(unit: UnitOfWork, fact: LabelAdjusted) -> None:
    """The carrier asks for more."""
    _tell(unit, fact, wire.ChargeType.LABEL_ADJUSTMENT, fact.added_minor)


def _tell(
    unit: UnitOfWork, fact: LabelBought | LabelRefunded | LabelAdjusted, kind: wire.ChargeType, minor: int
) -> None:
    if not minor:
        return  # what is paid to the carrier itself is no charge of Amazon's
    tell(unit, "SHIPPING_CHARGE_NOTIFICATION", partial(_content, unit, fact, kind, minor))


def _content(
    unit: UnitOfWork, fact: LabelBought | LabelRefunded | LabelAdjusted, kind: wire.ChargeType, minor: int
) -> wire.ShippingChargeNotification:
    return wire.ShippingChargeNotification(
        selling_partner_id=unit.seller_id,
        shipment_id=fact.shipment_id,
        amazon_order_id=fact.order_id,
        carrier_id=fact.carrier,
        tracking_id=find_shipment(unit, fact.shipment_id).tracking_id,
        charge_type=kind,
        amount=wire.Amount(value=Money(minor, fact.currency).decimal, unit=fact.currency),
        charged_at=unit.now,
    )
