"""Searches show first what is for sale."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"

_FEATURED = """
UPDATE catalog_ranks SET featured = (
    SELECT count(*) FROM featured_offers f
    WHERE f.asin = catalog_ranks.asin AND f.marketplace_id = catalog_ranks.marketplace_id AND f.seller_id IS NOT NULL
)
"""


def upgrade() -> None:
    """Migrate from the revision before."""
    with op.batch_alter_table("catalog_ranks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("featured", sa.Integer(), nullable=False, server_default="0"))
    op.execute(_FEATURED)
    with op.batch_alter_table("catalog_ranks", schema=None) as batch_op:
        batch_op.alter_column("featured", existing_type=sa.Integer(), server_default=None)
