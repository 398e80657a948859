"""The table of sellers' own accounts with carriers."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from sellingpartner.market.shipping.own_accounts.model import OwnAccount
from sellingpartner.storage.columns import Json, exact_text, metadata

carrier_accounts = Table(
    "carrier_accounts",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("account_id", exact_text(36), primary_key=True),
    Column("country", String(2), nullable=False),
    Column("carrier_id", exact_text(40), nullable=False),
    Column("status", String(10), nullable=False),
    Column("document", Json(OwnAccount), nullable=False),
)
