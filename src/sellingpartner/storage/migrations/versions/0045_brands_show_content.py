"""Brands write A+ content and show it on the pages of their items."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def upgrade() -> None:
    """Migrate from the revision before: until then there was none."""
    seller = ["seller_id"], ["sellers.seller_id"]
    op.create_table(
        "content_documents",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("reference_key", _exact(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(*seller, name=op.f("fk_content_documents_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "reference_key", name=op.f("pk_content_documents")),
    )
    op.create_index("content_documents_by_number", "content_documents", ["seller_id", "marketplace_id", "number"])
    op.create_table(
        "content_asins",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("reference_key", _exact(36), nullable=False),
        sa.Column("asin", _exact(10), nullable=False),
        sa.ForeignKeyConstraint(*seller, name=op.f("fk_content_asins_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "reference_key", "asin", name=op.f("pk_content_asins")),
    )
    op.create_table(
        "published_contents",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("asin", _exact(10), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("reference_key", _exact(36), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(*seller, name=op.f("fk_published_contents_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "marketplace_id", "asin", "locale", name=op.f("pk_published_contents")),
    )
    op.create_index("published_contents_by_document", "published_contents", ["seller_id", "reference_key"])
