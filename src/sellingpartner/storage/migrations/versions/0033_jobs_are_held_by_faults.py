"""Jobs are held by rules of faults."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Migrate from the revision before: no rule has held a job yet."""
    op.create_table(
        "held_jobs",
        sa.Column("seller_id", sa.String(20), nullable=False),
        sa.Column("job", sa.String(10), nullable=False),
        sa.Column("job_id", sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql"), nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "job", "job_id", name=op.f("pk_held_jobs")),
    )
    op.create_index("held_jobs_by_rule", "held_jobs", ["rule_id"])
