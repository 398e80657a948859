"""Shops keep what they sell: those of before sell what they have listed, as often as it was bought of them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_LISTED = """
    SELECT sku, marketplace_id, fulfillment_channel, is_regulated, price_minor FROM listings
    WHERE seller_id = :seller_id AND price_minor IS NOT NULL ORDER BY sku, marketplace_id
"""
_SOLD = "SELECT sku, SUM(quantity) AS units FROM order_lines WHERE seller_id = :seller_id GROUP BY sku"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "simulated_goods",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("articles", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_simulated_goods")),
    )
    with op.batch_alter_table("simulated_shops", schema=None) as batch_op:
        batch_op.add_column(sa.Column("goods", sa.String(length=64), nullable=True))
    connection = op.get_bind()
    for (seller_id,) in connection.execute(sa.text("SELECT seller_id FROM simulated_shops")).all():
        encoded = msgspec.json.encode(_articles(connection, seller_id))
        digest = sha256(encoded).hexdigest()
        known = connection.execute(sa.text("SELECT 1 FROM simulated_goods WHERE digest = :digest"), {"digest": digest})
        if known.first() is None:
            connection.execute(
                sa.text("INSERT INTO simulated_goods (digest, articles) VALUES (:digest, :articles)"),
                {"digest": digest, "articles": encoded},
            )
        connection.execute(
            sa.text("UPDATE simulated_shops SET goods = :digest WHERE seller_id = :seller_id"),
            {"digest": digest, "seller_id": seller_id},
        )
    with op.batch_alter_table("simulated_shops", schema=None) as batch_op:
        batch_op.alter_column("goods", existing_type=sa.String(length=64), nullable=False)


def _articles(connection: sa.Connection, seller_id: str) -> list[list[Any]]:
    """As `market.simulation.goods` keeps them: SKU, channel, whether it is regulated, popularity, prices."""
    who = {"seller_id": seller_id}
    sold = {row.sku: int(row.units) for row in connection.execute(sa.text(_SOLD), who)}
    articles: dict[str, list[Any]] = {}
    for row in connection.execute(sa.text(_LISTED), who):
        fresh = [row.sku, row.fulfillment_channel, bool(row.is_regulated), 1.0 + sold.get(row.sku, 0), {}]
        articles.setdefault(row.sku, fresh)[4][row.marketplace_id] = row.price_minor
    return list(articles.values())
