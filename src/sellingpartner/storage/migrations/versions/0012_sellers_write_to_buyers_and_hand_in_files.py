"""Sellers write to buyers, and hand in files."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "messages",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "order_id",
            sa.String(length=19).with_variant(sa.String(length=19, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("sender", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_messages_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "message_id", name=op.f("pk_messages")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index("messages_by_order", ["seller_id", "order_id", "message_id"], unique=False)

    op.create_table(
        "uploads",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("upload_destination_id", sa.String(length=36), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("content_md5", sa.String(length=24), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=True),
        sa.Column("is_attached", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_uploads_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "upload_destination_id", name=op.f("pk_uploads")),
    )
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.create_index("uploads_by_size", ["seller_id", "size"], unique=False)
