"""Calls are kept in batches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_BATCH = 500
_FIELDS = (
    "at",
    "request_id",
    "method",
    "path",
    "operation",
    "api",
    "scope",
    "application_id",
    "seller_id",
    "status",
    "code",
    "reason",
    "milliseconds",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    """Migrate from the revision before: every call that was kept is in a batch afterwards."""
    batches = op.create_table(
        "call_batches",
        sa.Column("last_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("last_id", name=op.f("pk_call_batches")),
    )
    calls = sa.table("calls", sa.column("call_id"), *map(sa.column, _FIELDS))
    found = op.get_bind().execute(sa.select(calls).order_by(calls.c.call_id)).mappings()
    kept = [dict(row) for row in found]
    for call in kept:
        call["at"] = _EPOCH + timedelta(microseconds=call["at"])
    for _, numbered in groupby(enumerate(kept), lambda pair: pair[0] // _BATCH):
        batch = [call for _, call in numbered]
        last_id = batch[-1]["call_id"]
        encoded = msgspec.msgpack.encode(
            [dict(zip(_FIELDS, itemgetter(*_FIELDS)(call), strict=True)) for call in batch]
        )
        op.get_bind().execute(batches.insert(), {"last_id": last_id, "batch": encoded})
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_index("calls_by_application")

    op.drop_table("calls")
