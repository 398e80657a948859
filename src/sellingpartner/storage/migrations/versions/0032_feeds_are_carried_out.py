"""Feeds are carried out."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "feeds",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("feed_id", _exact(20), nullable=False),
        sa.Column("feed_type", sa.String(length=80), nullable=False),
        sa.Column("marketplace_ids", sa.LargeBinary(), nullable=False),
        sa.Column("options", sa.LargeBinary(), nullable=False),
        sa.Column("input_document_id", sa.String(length=90), nullable=False),
        sa.Column("status", sa.String(length=11), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("document_id", sa.String(length=90), nullable=True),
        sa.Column("application_id", sa.Text(), nullable=False),
        sa.Column("messages", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("failed", sa.BigInteger(), nullable=False),
        sa.Column("warned", sa.BigInteger(), nullable=False),
        sa.Column("findings", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_feeds_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "feed_id", name=op.f("pk_feeds")),
    )
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.create_index("feeds_by_creation", ["seller_id", "created_at", "feed_id"], unique=False)
        batch_op.create_index("feeds_by_type", ["seller_id", "feed_type", "created_at", "feed_id"], unique=False)
        batch_op.create_index(
            "feeds_unfinished",
            ["seller_id", "feed_type", "created_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "feed_findings",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("feed_id", _exact(20), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("severity", sa.String(length=7), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "feed_id", "number", name=op.f("pk_feed_findings")),
    )

    op.create_table(
        "vat_invoices",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("invoice_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.String(length=19), nullable=False),
        sa.Column("shipping_id", sa.Text(), nullable=True),
        sa.Column("transaction_id", sa.Text(), nullable=True),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=True),
        sa.Column("vat_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("document_id", sa.String(length=90), nullable=False),
        sa.Column("uploaded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_vat_invoices_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "invoice_id", name=op.f("pk_vat_invoices")),
    )
    with op.batch_alter_table("vat_invoices", schema=None) as batch_op:
        batch_op.create_index("vat_invoices_by_order", ["seller_id", "order_id", "invoice_id"], unique=False)
