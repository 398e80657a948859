"""Easy Ship schedules packages."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "easy_ship_packages",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "order_id",
            sa.String(length=19).with_variant(sa.String(length=19, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "slot", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_easy_ship_packages_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "order_id", name=op.f("pk_easy_ship_packages")),
    )
    with op.batch_alter_table("easy_ship_packages", schema=None) as batch_op:
        batch_op.create_index("easy_ship_packages_by_slot", ["seller_id", "slot"], unique=False)
