"""Offers compete."""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


Row = dict[str, Any]

_BATCH = 1000
_COUNTRIES = {"na": "US", "eu": "GB", "fe": "JP"}
_OLD_OFFERS = "SELECT * FROM listings WHERE status = 'ACTIVE' ORDER BY seller_id, sku, marketplace_id"


def upgrade() -> None:
    """Migrate from the revision before: sellers are merchants, and what they have on sale are offers."""
    merchants, offers, featured = _tables()
    connection = op.get_bind()
    sellers = connection.execute(sa.text("SELECT seller_id, name, region, profile FROM sellers ORDER BY seller_id"))
    _insert(connection, merchants, [_merchant(dict(row)) for row in sellers.mappings()])
    listed = connection.execute(sa.text(_OLD_OFFERS)).mappings()
    rows = [(_offer(dict(row)), row["updated_at"]) for row in listed]
    _insert(connection, offers, [offer for offer, _ in rows])
    _insert(connection, featured, _featured(rows))


def _merchant(seller: Row) -> Row:
    profile = msgspec.json.decode(seller["profile"])
    address = ((profile.get("business") or profile.get("contact")) or {}).get("address") or {}
    return {
        "seller_id": seller["seller_id"],
        "name": seller["name"],
        "feedback_count": 240,
        "positive_rating": 98,
        "country": address.get("country_code") or _COUNTRIES.get(seller["region"].lower(), "US"),
        "state": address.get("state"),
        "strategy": None,
    }


def _offer(listing: Row) -> Row:
    by_amazon, days = listing["fulfillment_channel"] == "AFN", listing["handling_days"]
    same = ("seller_id", "sku", "marketplace_id", "asin", "condition")
    return {name: listing[name] for name in same} | {
        "subcondition": listing["condition_subtype"],
        "channel": listing["fulfillment_channel"],
        "currency": listing["price_currency"],
        "price": listing["price_minor"],
        "regular_price": listing["price_minor"],
        "shipping": 0,
        "points": 0,
        "minimum_hours": 0 if by_amazon else 24 * max(days - 1, 0),
        "maximum_hours": 0 if by_amazon else 24 * days,
        "is_prime": by_amazon,
        "is_available": bool(listing["is_buyable"]),
        "business_price": None,
        "quantity_discounts": b"[]",
    }


def _featured(rows: list[tuple[Row, int]]) -> list[Row]:
    """Of each item and condition, the available offer with the least score: all sellers have the same metrics."""
    best: dict[tuple[str, str, str], tuple[tuple[int, str, str], Row]] = {}
    for offer, since in rows:
        if offer["condition"] not in {"New", "Used"}:
            continue
        place = (offer["marketplace_id"], offer["asin"], offer["condition"])
        days = min(-(-offer["maximum_hours"] // 24), 10)
        score = offer["price"] * (1004 + (0 if offer["is_prime"] else 20) + 5 * days)
        rank = (score, offer["seller_id"], offer["sku"])
        nobody = {"seller_id": None, "sku": None}
        held = {"marketplace_id": place[0], "asin": place[1], "condition": place[2], "since": since}
        if not offer["is_available"]:
            best.setdefault(place, ((2**63, "", ""), held | nobody))
        elif place not in best or rank < best[place][0]:
            best[place] = (rank, held | {"seller_id": offer["seller_id"], "sku": offer["sku"]})
    return [row for _, row in best.values()]


def _insert(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    for start in range(0, len(rows), _BATCH):
        connection.execute(table.insert(), rows[start : start + _BATCH])


def _tables() -> tuple[sa.Table, sa.Table, sa.Table]:
    featured_offers = op.create_table(
        "featured_offers",
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column(
            "asin", sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("condition", sa.String(length=20), nullable=False),
        sa.Column(
            "seller_id",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "sku", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=True
        ),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("marketplace_id", "asin", "condition", name=op.f("pk_featured_offers")),
    )
    merchants = op.create_table(
        "merchants",
        sa.Column(
            "seller_id",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("feedback_count", sa.Integer(), nullable=False),
        sa.Column("positive_rating", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("strategy", sa.String(length=10), nullable=True),
        sa.CheckConstraint("positive_rating BETWEEN 0 AND 100", name=op.f("ck_merchants_positive_rating")),
        sa.PrimaryKeyConstraint("seller_id", name=op.f("pk_merchants")),
    )
    op.create_table(
        "outside_prices",
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column(
            "asin", sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("price > 0", name=op.f("ck_outside_prices_price")),
        sa.PrimaryKeyConstraint("marketplace_id", "asin", name=op.f("pk_outside_prices")),
    )
    offers = op.create_table(
        "offers",
        sa.Column(
            "seller_id",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "sku", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column(
            "asin", sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("condition", sa.String(length=20), nullable=False),
        sa.Column("subcondition", sa.String(length=30), nullable=False),
        sa.Column("channel", sa.String(length=3), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("regular_price", sa.BigInteger(), nullable=False),
        sa.Column("shipping", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("minimum_hours", sa.Integer(), nullable=False),
        sa.Column("maximum_hours", sa.Integer(), nullable=False),
        sa.Column("is_prime", sa.Boolean(), nullable=False),
        sa.Column("is_available", sa.Boolean(), nullable=False),
        sa.Column("business_price", sa.BigInteger(), nullable=True),
        sa.Column("quantity_discounts", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "price > 0 AND shipping >= 0 AND points >= 0 AND points < price", name=op.f("ck_offers_amounts")
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["merchants.seller_id"], name=op.f("fk_offers_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "sku", "marketplace_id", name=op.f("pk_offers")),
    )
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.create_index("offers_by_item", ["marketplace_id", "asin"], unique=False)
    return merchants, offers, featured_offers
