"""The table of claims: one for a parcel."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from sellingpartner.market.shipping.claiming.model import Claim
from sellingpartner.storage.columns import Json, exact_text, metadata

shipment_claims = Table(
    "shipment_claims",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("claim_id", exact_text(36), primary_key=True),
    Column("shipment_id", exact_text(36), nullable=False),
    Column("document", Json(Claim), nullable=False),
    Index("shipment_claims_by_shipment", "seller_id", "shipment_id", unique=True),
)
