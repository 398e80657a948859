"""Services are done at appointments: stores, technicians, hours, jobs; no seller offers any yet."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "service_bookings",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "resource_id",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "appointment_id",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_service_bookings_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "resource_id", "appointment_id", name=op.f("pk_service_bookings")),
    )
    with op.batch_alter_table("service_bookings", schema=None) as batch_op:
        batch_op.create_index("service_bookings_by_time", ["seller_id", "resource_id", "ends_at"], unique=False)

    op.create_table(
        "service_documents",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "upload_destination_id",
            sa.String(length=36).with_variant(sa.String(length=36, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("content_type", sa.String(length=4), nullable=False),
        sa.Column("content_length", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_service_documents_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "upload_destination_id", name=op.f("pk_service_documents")),
    )
    op.create_table(
        "service_jobs",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "job_id",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column(
            "store_id",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "order_id",
            sa.String(length=19).with_variant(sa.String(length=19, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "asin", sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.String(length=10), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_service_jobs_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "job_id", name=op.f("pk_service_jobs")),
    )
    with op.batch_alter_table("service_jobs", schema=None) as batch_op:
        batch_op.create_index("service_jobs_by_creation", ["seller_id", "created_at", "job_id"], unique=False)
        batch_op.create_index("service_jobs_by_order", ["seller_id", "order_id"], unique=False)
        batch_op.create_index("service_jobs_by_update", ["seller_id", "updated_at", "job_id"], unique=False)

    op.create_table(
        "service_offerings",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column(
            "sku", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "asin", sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_service_offerings_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "marketplace_id", "sku", name=op.f("pk_service_offerings")),
    )
    with op.batch_alter_table("service_offerings", schema=None) as batch_op:
        batch_op.create_index("service_offerings_by_asin", ["seller_id", "marketplace_id", "asin"], unique=False)

    op.create_table(
        "service_reservations",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "reservation_id",
            sa.String(length=36).with_variant(sa.String(length=36, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "resource_id",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_service_reservations_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "reservation_id", name=op.f("pk_service_reservations")),
    )
    with op.batch_alter_table("service_reservations", schema=None) as batch_op:
        batch_op.create_index("service_reservations_by_resource", ["seller_id", "resource_id", "last_at"], unique=False)

    op.create_table(
        "service_resources",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "resource_id",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_service_resources_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "resource_id", name=op.f("pk_service_resources")),
    )
    op.create_table(
        "service_job_links",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column(
            "value",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "job_id",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["seller_id", "job_id"], ["service_jobs.seller_id", "service_jobs.job_id"], name="service_job_links_of_job"
        ),
        sa.PrimaryKeyConstraint("seller_id", "kind", "value", "job_id", name=op.f("pk_service_job_links")),
    )
    op.create_table(
        "service_schedules",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "resource_id",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id", "resource_id"],
            ["service_resources.seller_id", "service_resources.resource_id"],
            name="service_schedules_of_resource",
        ),
        sa.PrimaryKeyConstraint("seller_id", "resource_id", "number", name=op.f("pk_service_schedules")),
    )
