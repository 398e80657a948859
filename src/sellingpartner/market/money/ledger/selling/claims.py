"""What is decided for a seller, or against it: claims, chargebacks, SAFE-T, goodwill, taxes charged afterwards."""

from __future__ import annotations

from enum import StrEnum

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.ledger import store
from sellingpartner.market.money.ledger.model import Entry, EntryDetail, EntryKind, Leg, NewEntry, to_seller
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.selling.refunds import CHARGEBACK, GUARANTEE_CLAIM
from sellingpartner.market.money.ledger.selling.withholding import Model, model_of
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.questions import order_of
from sellingpartner.storage.unit import UnitOfWork


class ClaimKind(StrEnum):
    """What may be decided about an order."""

    GUARANTEE = "GUARANTEE"
    """The buyer's A-to-z claim is granted: all that is left is refunded."""
    CHARGEBACK = "CHARGEBACK"
    """The buyer's bank takes the payment back."""
    SAFE_T = "SAFE_T"
    """The seller is reimbursed for a refund that it did not owe."""
    GOODWILL = "GOODWILL"
    """Amazon pays something that nobody owed."""
    RETROCHARGE = "RETROCHARGE"
    """Tax is charged to the buyer afterwards, and withheld."""


_REFUNDS = {ClaimKind.GUARANTEE: GUARANTEE_CLAIM, ClaimKind.CHARGEBACK: CHARGEBACK}
_PAID = {
    ClaimKind.SAFE_T: (EntryKind.SAFE_T, "SAFETReimbursement"),
    ClaimKind.GOODWILL: (EntryKind.ADJUSTMENT, "MiscAdjustment"),
}


def claim(unit: UnitOfWork, order_id: str, kind: ClaimKind, minor: int | None = None) -> Entry:
    """Decide a claim about an order; a refund takes all that is left, of all else the amount must be said."""
    order = order_of(unit, order_id)
    if kind in _REFUNDS:
        return _refund(unit, order_id, kind, minor)
    if minor is None or minor <= 0:
        message = f"A claim of kind {kind.value} needs an amount above 0."
        raise InvalidInput(message)
    number = unit.next_number("claims")
    if kind is ClaimKind.RETROCHARGE:
        entry_kind, legs = EntryKind.RETROCHARGE, _retrocharge(order.marketplace_id, minor)
    else:
        entry_kind, component = _PAID[kind]
        legs = (to_seller(component, minor),)
    return post(
        unit,
        NewEntry(
            kind=entry_kind,
            source=f"claim:{number}",
            marketplace_id=order.marketplace_id,
            currency=order.currency,
            legs=legs,
            detail=EntryDetail(reason=kind.value, fulfillment=order.channel.value),
            order_id=order_id,
        ),
    )


def _refund(unit: UnitOfWork, order_id: str, kind: ClaimKind, minor: int | None) -> Entry:
    if minor is not None:
        message = f"A claim of kind {kind.value} takes all that is left of an order; leave the amount out."
        raise InvalidInput(message)
    given = orders.refund(unit, order_id, reason=_REFUNDS[kind])
    entry = store.entry_by_source(unit, f"refund:{given.refund_id}")
    if entry is None:
        worth = Money(given.total, given.currency)
        message = f"Order {order_id} was sold before there was a ledger; {worth} {given.currency} cannot be claimed."
        raise InvalidInput(message)
    return entry


def _retrocharge(marketplace_id: str, minor: int) -> tuple[Leg, ...]:
    country = MARKETPLACES[marketplace_id].country_code
    if model_of(country) is not Model.FACILITATOR:
        message = f"In {country} prices include tax, so that none is charged afterwards."
        raise InvalidInput(message)
    return (to_seller("RetrochargeBaseTax", minor), to_seller("MarketplaceFacilitatorTax-Principal", -minor))
