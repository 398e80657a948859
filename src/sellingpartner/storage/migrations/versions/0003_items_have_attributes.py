"""Items have attributes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Row = dict[str, Any]

_BATCH = 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_HALF_LIFE = timedelta(days=30)
_TEXTS = {
    "item_name": "title",
    "brand": "brand",
    "product_description": "description",
    "color": "color",
    "size": "size",
    "material": "material",
}
_GROUPS = {
    "home": "9003100121 9003100187 9003100243 9003100318 9003100377 9003100402 9003101120 9003101233 9003101271 "
    "9003101284 9003101442",
    "home_improvement": "9003101055 9003304013 9003304062",
    "lawn_and_garden": "9003101398",
    "fashion": "9003200114 9003200156 9003200191 9003200230 9003200318 9003200347",
    "ce": "9003201012 9003201049 9003201178",
    "wireless": "9003201133 9003201205",
    "office_product": "9003202017 9003202063",
    "grocery": "9003300105 9003300128",
    "health_and_beauty": "9003300211",
    "beauty": "9003300264 9003300290",
    "pet_products": "9003301044 9003301077 9003301102",
    "toy": "9003302018 9003302045 9003302071",
    "sports": "9003303026 9003303059",
}
_GROUP_OF = {node: f"{group}_display_on_website" for group, nodes in _GROUPS.items() for node in nodes.split()}
_EXPONENTS = {"JPY": 0}
_KINDS = {8: "ean", 12: "upc", 13: "ean", 14: "gtin"}


def upgrade() -> None:
    """Migrate from the revision before: the old columns become attributes, identifiers and ranks."""
    connection = op.get_bind()
    old = [
        dict(row)
        for row in connection.execute(sa.text("SELECT * FROM catalog_items ORDER BY added_at, asin")).mappings()
    ]
    listed = defaultdict(set)
    for asin, marketplace_id in connection.execute(sa.text("SELECT asin, marketplace_id FROM listings")):
        listed[asin].add(marketplace_id)
    entered = [row[0] for row in connection.execute(sa.text("SELECT DISTINCT marketplace_id FROM participations"))]
    op.drop_table("catalog_items")
    items, identifiers, ranks = _tables()
    sold = _sold(connection)

    item_rows: list[Row] = []
    code_rows: list[Row] = []
    rank_rows: list[Row] = []
    for number, row in enumerate(old, 1):
        # Texts of an old item count for all its marketplaces: those that it is listed in, or those that anybody sells in.
        marketplaces = sorted(listed[row["asin"]] or entered)
        code = _code(row["gtin"])
        item_rows.append(_item(number, row, marketplaces, code))
        if code is not None:
            code_rows.append({"code": code, "asin": row["asin"]})
        rank_rows += [_rank(row, marketplace_id, sold) for marketplace_id in marketplaces]
    _insert(connection, items, item_rows)
    _insert(connection, identifiers, code_rows)
    _insert(connection, ranks, rank_rows)


def _item(number: int, row: Row, marketplaces: list[str], code: str | None) -> Row:
    attributes: dict[str, list[dict[str, Any]]] = {
        name: [{"value": row[column]}] for name, column in _TEXTS.items() if row[column]
    }
    points = msgspec.json.decode(row["bullet_points"], type=list[str])
    if points:
        attributes["bullet_point"] = [{"value": point} for point in points]
    if code is not None:
        identifier = {"type": _KINDS[len(row["gtin"])], "value": row["gtin"]}
        attributes["externally_assigned_product_identifier"] = [identifier]
    if row["image_url"]:
        attributes["main_product_image_locator"] = [{"media_location": row["image_url"]}]
    if row["list_price_minor"] is not None:
        currency = row["list_price_currency"]
        value = Decimal(row["list_price_minor"]).scaleb(-_EXPONENTS.get(currency, 2))
        attributes["list_price"] = [{"currency": currency, "value": value}]
    sides = {side: row[f"{side}_mm"] for side in ("length", "width", "height")}
    if None not in sides.values():
        box = {side: {"unit": "millimeters", "value": value} for side, value in sides.items()}
        attributes["item_dimensions"] = attributes["item_package_dimensions"] = [box]
    if row["weight_grams"] is not None:
        weight = {"unit": "grams", "value": row["weight_grams"]}
        attributes["item_weight"] = attributes["item_package_weight"] = [weight]
    return {
        "asin": row["asin"],
        "number": number,
        "product_type": row["product_type"],
        "brand": row["brand"],
        "marketplaces": msgspec.json.encode(marketplaces),
        "parent_asin": row["parent_asin"],
        "variation_theme": row["variation_theme"],
        "classification_id": row["browse_node_id"],
        "item_classification": "BASE_PRODUCT",
        "vendor": None,
        "added_at": row["added_at"],
        "updated_at": row["added_at"],
        "attributes": msgspec.json.Encoder(decimal_format="number").encode(attributes),
    }


def _code(gtin: str | None) -> str | None:
    """The number of 14 digits, if it is one: one with a wrong check digit was never a product's."""
    if gtin is None or len(gtin) not in _KINDS or not (gtin.isascii() and gtin.isdecimal()):
        return None
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(gtin)))
    return gtin.zfill(14) if total % 10 == 0 else None


def _rank(row: Row, marketplace_id: str, sold: Mapping[tuple[str, str], float]) -> Row:
    score = sold.get((row["asin"], marketplace_id), 0.0)
    if row["sales_rank"]:
        score += _weight(_EPOCH + timedelta(microseconds=row["added_at"])) / row["sales_rank"]
    return {
        "asin": row["asin"],
        "marketplace_id": marketplace_id,
        "display_group": _GROUP_OF.get(row["browse_node_id"], ""),
        "classification_id": row["browse_node_id"] or "",
        "score": score,
    }


def _sold(connection: sa.Connection) -> dict[tuple[str, str], float]:
    """What was sold so far, the older the less, by ASIN and marketplace."""
    sold: dict[tuple[str, str], float] = defaultdict(float)
    facts = connection.execute(sa.text("SELECT fact FROM events WHERE kind = 'OrderPlaced'"))
    for (fact,) in facts:
        sale = msgspec.json.decode(fact)
        weight = _weight(datetime.fromisoformat(sale["purchased_at"]))
        for line in sale["lines"]:
            sold[line["asin"], sale["marketplace_id"]] += line["quantity"] * weight
    return sold


def _weight(at: datetime) -> float:
    return float(2.0 ** max(-900.0, min((at - _BEGINNING) / _HALF_LIFE, 900.0)))


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
    held = list(rows)
    for first in range(0, len(held), _BATCH):
        connection.execute(table.insert(), held[first : first + _BATCH])


def _exact(length: int) -> sa.String:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def _tables() -> tuple[sa.Table, sa.Table, sa.Table]:
    items = op.create_table(
        "catalog_items",
        sa.Column("asin", _exact(10), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("product_type", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("marketplaces", sa.LargeBinary(), nullable=False),
        sa.Column("parent_asin", _exact(10), nullable=True),
        sa.Column("variation_theme", sa.Text(), nullable=True),
        sa.Column("classification_id", sa.String(length=20), nullable=True),
        sa.Column("item_classification", sa.String(length=20), nullable=False),
        sa.Column("vendor", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("attributes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("asin", name=op.f("pk_catalog_items")),
    )
    op.create_index("catalog_items_by_number", "catalog_items", ["number"], unique=True)
    op.create_index("catalog_items_by_parent", "catalog_items", ["parent_asin", "asin"], unique=False)
    identifiers = op.create_table(
        "catalog_identifiers",
        sa.Column("code", _exact(14), nullable=False),
        sa.Column("asin", _exact(10), nullable=False),
        sa.PrimaryKeyConstraint("code", "asin", name=op.f("pk_catalog_identifiers")),
    )
    ranks = op.create_table(
        "catalog_ranks",
        sa.Column("asin", _exact(10), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("display_group", sa.String(length=60), nullable=False),
        sa.Column("classification_id", sa.String(length=20), nullable=False),
        sa.Column("score", sa.Float(precision=53), nullable=False),
        sa.PrimaryKeyConstraint("asin", "marketplace_id", name=op.f("pk_catalog_ranks")),
    )
    op.create_index("catalog_ranks_by_group", "catalog_ranks", ["display_group", "marketplace_id", "score"])
    op.create_index(
        "catalog_ranks_by_classification", "catalog_ranks", ["classification_id", "marketplace_id", "score"]
    )
    return items, identifiers, ranks
