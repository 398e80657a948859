"""The tables of supply: the sources of each seller."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table

from sellingpartner.market.supply.model import SupplySource
from sellingpartner.storage.columns import Json, exact_text, metadata

supply_sources = Table(
    "supply_sources",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("supply_source_id", String(36), primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("code", exact_text(64), nullable=False),
    Column("status", String(10), nullable=False),
    Column("document", Json(SupplySource), nullable=False),
    Index("supply_sources_by_code", "seller_id", "code", unique=True),
    Index("supply_sources_by_number", "seller_id", "number"),
)
