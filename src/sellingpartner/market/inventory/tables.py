"""The tables of inventory: the stock as it stands, and the ledger of movements, to which rows are only ever added."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index, String, Table, Text

from sellingpartner.market.inventory.turnover import Counted
from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

CENTER_LENGTH = 8

stocks = Table(
    "stocks",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("condition", String(20), primary_key=True),
    Column("place", String(10), primary_key=True),
    Column("on_hand", BigInteger, nullable=False),
    Column("reserved", BigInteger, nullable=False),
    CheckConstraint("on_hand >= 0", name="on_hand"),
    CheckConstraint("reserved >= 0", name="reserved"),
    CheckConstraint("reserved <= on_hand", name="reserved_within_on_hand"),
)

center_stocks = Table(  # what lies in each of Amazon's centers: of a condition it sums to what the place has on hand
    "center_stocks",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("condition", String(20), primary_key=True),
    Column("center", String(CENTER_LENGTH), primary_key=True),
    Column("units", BigInteger, nullable=False),
    CheckConstraint("units >= 0", name="units"),
    sqlite_with_rowid=False,
)

movements = Table(
    "stock_movements",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("movement_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sku", exact_text(SKU_LENGTH), nullable=False),
    Column("condition", String(20), nullable=False),
    Column("place", String(10), nullable=False),
    Column("on_hand_change", BigInteger, nullable=False),
    Column("reserved_change", BigInteger, nullable=False),
    Column("reason", String(20), nullable=False),
    Column("reference", Text, nullable=False),
    Column("moved_at", Instant, nullable=False),
    Column("center", String(CENTER_LENGTH)),  # of Amazon's; none for what the seller keeps, or was only promised
    ForeignKeyConstraint(
        ["seller_id", "sku", "condition", "place"],
        [stocks.c.seller_id, stocks.c.sku, stocks.c.condition, stocks.c.place],
        name="stock_movements_of_stock",
    ),
    Index("stock_movements_by_sku", "seller_id", "sku", "movement_id"),
)

turnovers = Table(  # how long the stock of a SKU at Amazon has lasted, of those of which that was asked
    "turnovers",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("movement_id", BigInteger, nullable=False),  # the last movement that has been counted
    Column("counted", Json(Counted), nullable=False),
)
