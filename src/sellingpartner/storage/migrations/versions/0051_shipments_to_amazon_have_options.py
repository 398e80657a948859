"""What may be chosen for a shipment to Amazon is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    """Migrate from the revision before: no shipment had any options until then."""
    op.create_table(
        "inbound_options",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "shipment_id",
            sa.String(length=38).with_variant(sa.String(length=38, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("boxes", sa.LargeBinary(), nullable=True),
        sa.Column("transports", sa.LargeBinary(), nullable=True),
        sa.Column("windows", sa.LargeBinary(), nullable=True),
        sa.Column("dock", sa.LargeBinary(), nullable=True),
        sa.Column("previews", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_inbound_options_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "shipment_id", name=op.f("pk_inbound_options")),
    )
