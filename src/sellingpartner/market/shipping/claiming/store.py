"""Claims to rows and back."""

from __future__ import annotations

from sqlalchemy import select

from sellingpartner.market.shipping.claiming.model import Claim
from sellingpartner.market.shipping.claiming.tables import shipment_claims
from sellingpartner.storage.unit import UnitOfWork


def claim_of_shipment(unit: UnitOfWork, shipment_id: str) -> Claim | None:
    """The claim for a parcel, if there is one."""
    at = shipment_claims.c
    this = select(at.document).where(at.seller_id == unit.seller_id, at.shipment_id == shipment_id)
    return unit.execute(this).scalar_one_or_none()


def insert_claim(unit: UnitOfWork, claim: Claim) -> None:
    """Keep a claim for the first time."""
    row = {
        "seller_id": unit.seller_id,
        "claim_id": claim.claim_id,
        "shipment_id": claim.shipment_id,
        "document": claim,
    }
    unit.execute(shipment_claims.insert(), row)


def save_claim(unit: UnitOfWork, claim: Claim) -> None:
    """Keep a claim that was decided about."""
    at = shipment_claims.c
    this = shipment_claims.update().where(at.seller_id == unit.seller_id, at.claim_id == claim.claim_id)
    unit.execute(this.values(document=claim))
