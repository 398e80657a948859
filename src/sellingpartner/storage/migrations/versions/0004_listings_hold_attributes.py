"""Listings hold attributes: those of a listing from before are made of its columns."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from hashlib import blake2b
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_BATCH = 500
_YEN = "JPY"
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_encode = msgspec.json.Encoder(decimal_format="number").encode

_CONDITIONS = {
    ("New", "New"): "new_new",
    ("New", "Open Box"): "new_open_box",
    ("New", "OEM"): "new_oem",
    ("Refurbished", "Refurbished"): "refurbished_refurbished",
    ("Used", "Mint"): "used_like_new",
    ("Used", "Very Good"): "used_very_good",
    ("Used", "Good"): "used_good",
    ("Used", "Acceptable"): "used_acceptable",
    ("Collectible", "Mint"): "collectible_like_new",
    ("Collectible", "Very Good"): "collectible_very_good",
    ("Collectible", "Good"): "collectible_good",
    ("Collectible", "Acceptable"): "collectible_acceptable",
    ("Club", "Club"): "club_club",
}
_AMAZON = "AMAZON_NA"
_AMAZONS = {
    "A39IBJ37TRP1C6": "AMAZON_AU",
    "A1VC38T7YXB528": "AMAZON_JP",
    "A19VAU5U5O7RUS": "AMAZON_SG",
    "A21TJRUUN4KGV": "AMAZON_IN",
}
_NORTH_AMERICA = {"ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1AM78C64UM0Y8", "A2Q3Y263D00KWC"}


def _exact(length: int) -> sa.String:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def upgrade() -> None:
    """Migrate from the revision before."""
    connection = op.get_bind()
    before = [dict(row) for row in connection.execute(sa.text(_BEFORE)).mappings()]
    seed = connection.execute(sa.text("SELECT value FROM market WHERE name = 'seed'")).scalar()
    with op.batch_alter_table("listings", schema=None) as batch_op:
        batch_op.drop_index("listings_by_marketplace")
    op.drop_table("listings")
    listings = _create()
    for batch in _batches([_after(row, str(seed)) for row in before]):
        connection.execute(listings.insert(), batch)


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


_BEFORE = """
    SELECT listings.*, items.product_type AS product_type, stocks.on_hand - stocks.reserved AS available
    FROM listings
    LEFT JOIN catalog_items items ON items.asin = listings.asin
    LEFT JOIN stocks ON stocks.seller_id = listings.seller_id AND stocks.sku = listings.sku
        AND stocks.condition = 'SELLABLE'
        AND stocks.place = CASE listings.fulfillment_channel WHEN 'AFN' THEN 'FBA' ELSE 'SELLER' END
"""


def _after(row: dict[str, Any], seed: str) -> dict[str, Any]:
    available = row.pop("available") or 0
    by_amazon = row["fulfillment_channel"] == "AFN"
    return row | {
        "product_type": row["product_type"] or "PRODUCT",
        "requirements": "LISTING_OFFER_ONLY",
        "issues": b"[]",
        "is_closed": row["status"] == "INACTIVE",
        "is_settled": True,
        "submission_id": "",
        "fnsku": _fnsku(seed, row["seller_id"], row["sku"]) if by_amazon else None,
        "is_buyable": row["status"] == "ACTIVE" and available > 0,
        "is_discoverable": True,
        "has_errors": False,
        "has_warnings": False,
        "attributes": _encode(_attributes(row, by_amazon=by_amazon)),
    }


def _attributes(row: dict[str, Any], *, by_amazon: bool) -> dict[str, Any]:
    here, currency = row["marketplace_id"], row["price_currency"]
    price = row["price_minor"] if currency == _YEN else Decimal(row["price_minor"]).scaleb(-2)
    offer = {
        "currency": currency,
        "marketplace_id": here,
        "our_price": [{"schedule": [{"value_with_tax": price}]}],
    }
    said = {
        "merchant_suggested_asin": [{"value": row["asin"], "marketplace_id": here}],
        "condition_type": [
            {
                "value": _CONDITIONS.get((row["condition"], row["condition_subtype"]), "new_new"),
                "marketplace_id": here,
            }
        ],
        "purchasable_offer": [offer],
        "fulfillment_availability": [
            {
                "fulfillment_channel_code": _channel(here) if by_amazon else "DEFAULT",
                "lead_time_to_ship_max_days": row["handling_days"],
            }
        ],
    }
    if row["max_order_quantity"] is not None:
        said["max_order_quantity"] = [{"value": row["max_order_quantity"], "marketplace_id": here}]
    return said


def _channel(marketplace_id: str) -> str:
    if marketplace_id in _NORTH_AMERICA:
        return _AMAZON
    return _AMAZONS.get(marketplace_id, "AMAZON_EU")


def _fnsku(seed: str, seller_id: str, sku: str) -> str:
    text = f"{seed}\x1ffnsku\x1f{seller_id}\x1f{sku}"
    place = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
    characters = []
    for _ in range(8):
        place, digit = divmod(place, len(_ALPHABET))
        characters.append(_ALPHABET[digit])
    return "X0" + "".join(reversed(characters))


def _create() -> sa.Table:
    listings = op.create_table(
        "listings",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("sku", _exact(40), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("asin", _exact(10)),
        sa.Column("product_type", sa.Text(), nullable=False),
        sa.Column("requirements", sa.String(length=30), nullable=False),
        sa.Column("issues", sa.LargeBinary(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("fnsku", _exact(10)),
        sa.Column("parent_sku", _exact(40)),
        sa.Column("contains_sku", _exact(40)),
        sa.Column("price_minor", sa.BigInteger()),
        sa.Column("price_currency", sa.String(length=3)),
        sa.Column("condition", sa.String(length=20), nullable=False),
        sa.Column("condition_subtype", sa.String(length=30), nullable=False),
        sa.Column("fulfillment_channel", sa.String(length=3), nullable=False),
        sa.Column("handling_days", sa.Integer(), nullable=False),
        sa.Column("max_order_quantity", sa.Integer()),
        sa.Column("is_regulated", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("is_buyable", sa.Boolean(), nullable=False),
        sa.Column("is_discoverable", sa.Boolean(), nullable=False),
        sa.Column("has_errors", sa.Boolean(), nullable=False),
        sa.Column("has_warnings", sa.Boolean(), nullable=False),
        sa.Column("next_change_at", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("attributes", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("price_minor > 0", name=op.f("ck_listings_price")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_listings_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "sku", "marketplace_id", name=op.f("pk_listings")),
    )
    with op.batch_alter_table("listings", schema=None) as batch_op:
        batch_op.create_index("listings_by_marketplace", ["seller_id", "marketplace_id", "sku"], unique=False)
        batch_op.create_index("listings_by_update", ["seller_id", "marketplace_id", "updated_at", "sku"], unique=False)
        batch_op.create_index("listings_by_item", ["asin", "marketplace_id", "seller_id"], unique=False)
        batch_op.create_index("listings_by_parent", ["seller_id", "parent_sku"], unique=False)
    return listings
