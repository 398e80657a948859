"""Sellers claim for parcels; some days later it is decided by what the carrier knows of the parcel.

Assumed: who answers is Amazon, for parcels of its own carrier and for labels that it protects; a claim is filed within
60 days after the parcel was to arrive, is decided in three to seven days, and pays what the parcel was worth, as far as
it is insured. What is lost is what its carrier has given up, or does not bring within ten days after its promise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

import msgspec

from sellingpartner.counted import counted
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.shipping import ClaimDecided, ClaimFiled
from sellingpartner.market.orders.questions import order_of, refunds_of
from sellingpartner.market.orders.returns import FUNDED_CLAIM
from sellingpartner.market.shipping.carriers.services import find_service
from sellingpartner.market.shipping.claiming.model import Claim, ClaimReason, ClaimStatus, Settlement
from sellingpartner.market.shipping.claiming.store import claim_of_shipment, insert_claim, save_claim
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Parcel, Shipment
from sellingpartner.market.shipping.refusals import ClaimExists, InvalidRequest
from sellingpartner.market.shipping.store import (
    bought_parcel,
    find_parcel,
    find_shipment,
    load_shipment,
    shipments_of_order,
)
from sellingpartner.market.time.chance import chance, uuid_of, wide_number_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_WINDOW = timedelta(days=60)
_GIVEN_UP_AFTER = timedelta(days=10)
_DECIDED_AFTER = (3.0, 7.0)
_MOST_PROOFS, _LONGEST_PROOF = 20, 2_000
_SIGNED = "Signed"
_UNDER_WAY = frozenset(
    {ParcelStatus.ACCEPTED, ParcelStatus.IN_TRANSIT, ParcelStatus.OUT_FOR_DELIVERY, ParcelStatus.ATTEMPTED}
)


class ClaimIsDecided(Due):
    """It is decided about the claim for a shipment."""

    shipment_id: str


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller says of a claim."""

    tracking_id: str
    reason: ClaimReason
    settlement: Settlement
    declared: Money | None = None
    is_replaced: bool = False
    proofs: Sequence[str] = ()


def file_claim(unit: UnitOfWork, said: Filing) -> Claim:
    """Claim for a parcel; raises `InvalidRequest`, `ClaimExists`, or `NoSuchResource` for a number of nothing."""
    parcel = bought_parcel(unit, said.tracking_id)
    # Whoever claims holds the shipment, so that nobody else claims for it at once.
    shipment = load_shipment(unit, parcel.shipment_id or "")
    if claim_of_shipment(unit, shipment.shipment_id) is not None:
        raise ClaimExists
    _check(unit, shipment, parcel)
    _check_proofs(said.proofs)
    number = unit.next_number("shipment claims")
    claim = Claim(
        claim_id=uuid_of(wide_number_of(unit.seed, unit.seller_id, "shipment claim", number)),
        shipment_id=shipment.shipment_id,
        order_id=shipment.order_id,
        tracking_id=said.tracking_id,
        reason=said.reason,
        settlement=said.settlement,
        worth=_worth(unit, shipment, said.declared),
        is_replaced=said.is_replaced,
        proofs=tuple(said.proofs),
        filed_at=unit.now,
    )
    insert_claim(unit, claim)
    days = chance(unit, "claim is decided", claim.claim_id).uniform(*_DECIDED_AFTER)
    later(unit, ClaimIsDecided(shipment_id=shipment.shipment_id), at=unit.now + timedelta(days=days))
    unit.emit(
        ClaimFiled(
            claim_id=claim.claim_id,
            shipment_id=claim.shipment_id,
            order_id=claim.order_id,
            reason=claim.reason.value,
            settlement=claim.settlement.value,
        )
    )
    return claim


@when(ClaimIsDecided)
def decide(unit: UnitOfWork, due: ClaimIsDecided) -> None:
    """Accept a claim that agrees with what the carrier knows; decline any other, and say why."""
    claim = claim_of_shipment(unit, due.shipment_id)
    if claim is None or claim.status is not ClaimStatus.FILED:
        return
    shipment, parcel = find_shipment(unit, claim.shipment_id), find_parcel(unit, claim.shipment_id)
    against = _against(unit, claim, shipment, parcel)
    accepted = against is None
    claim.decide(ClaimStatus.ACCEPTED if accepted else ClaimStatus.DECLINED, against or "", unit.now)
    if accepted and claim.settlement is Settlement.REFUND:
        claim.paid = claim.worth
    save_claim(unit, claim)
    unit.emit(
        ClaimDecided(
            claim_id=claim.claim_id,
            shipment_id=claim.shipment_id,
            order_id=claim.order_id,
            is_accepted=accepted,
            paid_minor=0 if claim.paid is None else claim.paid.minor,
            currency=claim.worth.currency,
            reason=claim.said,
        )
    )


def is_paid_for(unit: UnitOfWork, order_id: str, package_reference: str) -> bool:
    """Whether a seller was paid for a parcel of an order by a claim of its own."""
    claims = (
        claim_of_shipment(unit, one.shipment_id)
        for one in shipments_of_order(unit, order_id)
        if one.package_reference == package_reference
    )
    return any(claim is not None and claim.paid is not None for claim in claims)


def _is_kept(unit: UnitOfWork, claim: Claim, shipment: Shipment) -> bool:
    """Whether the seller kept its sale, as Amazon gave the buyer the money back."""
    if claim.order_id is None:
        return False
    items = {item_id for item_id, _ in shipment.wish.quantities}
    return any(
        one.reason == FUNDED_CLAIM and any(line.order_item_id in items for line in one.lines)
        for one in refunds_of(unit, claim.order_id)
    )


def _check(unit: UnitOfWork, shipment: Shipment, parcel: Parcel) -> None:
    offered = find_service(shipment.bought.country, shipment.bought.service_id)
    is_amazons = offered is not None and offered.carrier.is_amazon
    if not (is_amazons or shipment.bought.is_protected) or shipment.bought.account_id is not None:
        raise InvalidRequest("Amazon does not answer for this shipment; claim from its carrier.")
    if shipment.is_voided or not parcel.is_handed_over:
        raise InvalidRequest(f"The shipment is {parcel.status.value}; a claim is for one that its carrier was handed.")
    if unit.now > shipment.bought.latest_at + _WINDOW:
        raise InvalidRequest(f"A claim is filed within {_WINDOW.days} days after the shipment was to arrive.")


def _check_proofs(proofs: Sequence[str]) -> None:
    if len(proofs) > _MOST_PROOFS:
        raise InvalidRequest(f"proofs has {counted(len(proofs), 'address', 'addresses')}; {_MOST_PROOFS} at most.")
    for proof in proofs:
        if len(proof) > _LONGEST_PROOF or not _is_link(proof):
            raise InvalidRequest(f"proofs holds {proof[:60]!r}, which is no web address.")


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in text


def _worth(unit: UnitOfWork, shipment: Shipment, declared: Money | None) -> Money:
    """What a parcel was worth: by its order, or else by what its seller declares; as far as it is insured."""
    insured = shipment.bought.insured
    if shipment.order_id is not None:
        order = order_of(unit, shipment.order_id)
        minor = sum(
            order.item(item_id).amounts.price * units // order.item(item_id).quantity
            for item_id, units in shipment.wish.quantities
        )
        return Money(min(minor, insured.minor), insured.currency) if order.currency == insured.currency else insured
    if declared is None:
        raise InvalidRequest("declaredValue is missing, which a shipment that was not sold on Amazon needs.")
    if declared.currency != insured.currency or declared.minor <= 0:
        raise InvalidRequest(f"declaredValue is not an amount of {insured.currency} above 0.")
    return Money(min(declared.minor, insured.minor), insured.currency)


def _against(unit: UnitOfWork, claim: Claim, shipment: Shipment, parcel: Parcel) -> str | None:
    """What speaks against a claim; None if nothing does."""
    if claim.settlement is Settlement.REFUND and _is_kept(unit, claim, shipment):
        return "Amazon has paid the buyer in the seller's place."
    if claim.reason is ClaimReason.LOST:
        is_missed = unit.now > shipment.bought.latest_at + _GIVEN_UP_AFTER and parcel.status in _UNDER_WAY
        is_lost = parcel.status is ParcelStatus.LOST or is_missed
        return None if is_lost else f"The shipment is not lost: it is {parcel.status.value}."
    if claim.reason is ClaimReason.CASH_ABUSE:
        is_abused = shipment.wish.to_collect is not None and any(
            scan.status is ParcelStatus.REFUSED for scan in parcel.scans
        )
        return None if is_abused else "Nothing was to be collected of who refused the shipment at the door."
    if parcel.status is not ParcelStatus.DELIVERED:
        return f"The shipment was not delivered: it is {parcel.status.value}."
    if claim.reason is ClaimReason.NOT_RECEIVED:
        return "It was signed for." if parcel.scans[-1].detail == _SIGNED else None
    return None if claim.proofs else "No proof was given."
