"""Sellers plan what they send to Amazon."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def upgrade() -> None:
    """Migrate from the revision before: nothing was sent to Amazon by a plan until then."""
    op.create_table(
        "inbound_documents",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "document_id",
            _exact(36),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "document_id", name=op.f("pk_inbound_documents")),
    )
    op.create_table(
        "inbound_packages",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "plan_id",
            _exact(38),
            nullable=False,
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "package_id",
            _exact(38),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column(
            "group_id",
            _exact(38),
            nullable=True,
        ),
        sa.Column(
            "shipment_id",
            _exact(38),
            nullable=True,
        ),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "plan_id", "number", name=op.f("pk_inbound_packages")),
    )
    with op.batch_alter_table("inbound_packages", schema=None) as batch_op:
        batch_op.create_index("inbound_packages_by_group", ["seller_id", "group_id", "number"], unique=False)
        batch_op.create_index("inbound_packages_by_shipment", ["seller_id", "shipment_id", "number"], unique=False)

    op.create_table(
        "inbound_compliance",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("sku", _exact(40), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_inbound_compliance_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "sku", "marketplace_id", name=op.f("pk_inbound_compliance")),
    )
    op.create_table(
        "inbound_operations",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "operation_id",
            _exact(38),
            nullable=False,
        ),
        sa.Column(
            "plan_id",
            _exact(38),
            nullable=True,
        ),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("status", sa.String(length=11), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("problems", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_inbound_operations_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "operation_id", name=op.f("pk_inbound_operations")),
    )
    with op.batch_alter_table("inbound_operations", schema=None) as batch_op:
        batch_op.create_index(
            "inbound_operations_at_work",
            ["seller_id", "plan_id"],
            unique=True,
            sqlite_where=sa.text("status = 'IN_PROGRESS'"),
            postgresql_where=sa.text("status = 'IN_PROGRESS'"),
        )

    op.create_table(
        "inbound_plans",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "plan_id",
            _exact(38),
            nullable=False,
        ),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("contents", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_inbound_plans_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "plan_id", name=op.f("pk_inbound_plans")),
    )
    with op.batch_alter_table("inbound_plans", schema=None) as batch_op:
        batch_op.create_index("inbound_plans_by_creation", ["seller_id", "created_at", "plan_id"], unique=False)
        batch_op.create_index("inbound_plans_by_update", ["seller_id", "updated_at", "plan_id"], unique=False)

    op.create_table(
        "inbound_preps",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("sku", _exact(40), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("prep_types", sa.LargeBinary(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_inbound_preps_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "sku", "marketplace_id", name=op.f("pk_inbound_preps")),
    )
    op.create_table(
        "inbound_shipments",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "shipment_id",
            _exact(38),
            nullable=False,
        ),
        sa.Column(
            "plan_id",
            _exact(38),
            nullable=False,
        ),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column(
            "confirmation_id",
            _exact(20),
            nullable=True,
        ),
        sa.Column("status", sa.String(length=13), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_inbound_shipments_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "shipment_id", name=op.f("pk_inbound_shipments")),
    )
    with op.batch_alter_table("inbound_shipments", schema=None) as batch_op:
        batch_op.create_index(
            "inbound_shipments_by_confirmation",
            ["seller_id", "confirmation_id"],
            unique=True,
            sqlite_where=sa.text("confirmation_id IS NOT NULL"),
            postgresql_where=sa.text("confirmation_id IS NOT NULL"),
        )
        batch_op.create_index("inbound_shipments_by_plan", ["seller_id", "plan_id", "shipment_id"], unique=False)
        batch_op.create_index("inbound_shipments_by_update", ["seller_id", "updated_at", "shipment_id"], unique=False)
