"""The Data Kiosk keeps its queries."""

import sqlalchemy as sa
from alembic import op

from sellingpartner.storage.columns import Instant, exact_text

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "kiosk_queries",
        sa.Column("seller_id", sa.String(20), nullable=False),
        sa.Column("query_id", exact_text(20), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("first_row", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(11), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("began_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("days_kept", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(90), nullable=True),
        sa.Column("next_token", sa.Text(), nullable=True),
        sa.Column("application_id", sa.Text(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_kiosk_queries_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "query_id", name=op.f("pk_kiosk_queries")),
    )
    with op.batch_alter_table("kiosk_queries", schema=None) as batch_op:
        batch_op.create_index("kiosk_queries_by_creation", ["seller_id", "created_at", "query_id"], unique=False)
        batch_op.create_index(
            "kiosk_queries_unfinished",
            ["seller_id", "created_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
