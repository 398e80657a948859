"""Documents are kept and reports made."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "works",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("work_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("begins_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seller_id", "work_id", name=op.f("pk_works")),
    )
    with op.batch_alter_table("works", schema=None) as batch_op:
        batch_op.create_index("works_by_time", ["begins_at", "work_id"], unique=False)

    op.create_table(
        "documents",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "document_id",
            sa.String(length=90).with_variant(sa.String(length=90, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("compression", sa.String(length=4), nullable=True),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=7), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("store_key", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_documents_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "document_id", name=op.f("pk_documents")),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index("documents_by_age", ["seller_id", "created_at"], unique=False)
        batch_op.create_index("documents_by_end", ["seller_id", "expires_at"], unique=False)

    op.create_table(
        "report_schedules",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "report_schedule_id",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("report_type", sa.String(length=80), nullable=False),
        sa.Column("slot", sa.String(length=80), nullable=False),
        sa.Column("marketplace_ids", sa.LargeBinary(), nullable=False),
        sa.Column("options", sa.LargeBinary(), nullable=False),
        sa.Column("period", sa.String(length=6), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("last_end", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=9), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("application_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_report_schedules_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "report_schedule_id", name=op.f("pk_report_schedules")),
    )
    with op.batch_alter_table("report_schedules", schema=None) as batch_op:
        batch_op.create_index(
            "report_schedules_active",
            ["seller_id", "slot"],
            unique=False,
            sqlite_where=sa.text("status = 'ACTIVE'"),
            postgresql_where=sa.text("status = 'ACTIVE'"),
        )

    op.create_table(
        "reports",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "report_id",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("report_type", sa.String(length=80), nullable=False),
        sa.Column("marketplace_ids", sa.LargeBinary(), nullable=False),
        sa.Column("options", sa.LargeBinary(), nullable=False),
        sa.Column("data_start", sa.BigInteger(), nullable=False),
        sa.Column("data_end", sa.BigInteger(), nullable=False),
        sa.Column("report_schedule_id", sa.String(length=20), nullable=True),
        sa.Column("status", sa.String(length=11), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("document_id", sa.String(length=90), nullable=True),
        sa.Column("made_by", sa.String(length=6), nullable=False),
        sa.Column("application_id", sa.Text(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_reports_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "report_id", name=op.f("pk_reports")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index("reports_by_creation", ["seller_id", "created_at", "report_id"], unique=False)
        batch_op.create_index("reports_by_type", ["seller_id", "report_type", "created_at", "report_id"], unique=False)
