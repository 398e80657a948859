"""Applications show notifications to sellers."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "app_notifications",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("notification_id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.Text(), nullable=False),
        sa.Column(
            "template_id",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("marketplace_id", sa.String(length=20), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_app_notifications_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "notification_id", name=op.f("pk_app_notifications")),
    )
    with op.batch_alter_table("app_notifications", schema=None) as batch_op:
        batch_op.create_index("app_notifications_by_time", ["seller_id", "created_at"], unique=False)

    op.create_table(
        "app_templates",
        sa.Column("application_id", sa.String(length=80), nullable=False),
        sa.Column(
            "template_id",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.application_id"], name=op.f("fk_app_templates_application_id")
        ),
        sa.PrimaryKeyConstraint("application_id", "template_id", name=op.f("pk_app_templates")),
    )
