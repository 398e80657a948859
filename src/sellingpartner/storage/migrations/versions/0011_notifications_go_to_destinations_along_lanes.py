"""Notifications go to destinations along lanes."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_GIVEN_UP_AFTER = 14 * 24 * 60 * 60 * 1_000_000
_BATCH = 1000

Row = dict[str, Any]


def upgrade() -> None:
    """Migrate from the revision before: what waits for a queue waits on its lane."""
    op.create_table(
        "notification_aggregates",
        sa.Column("subscription_id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("subscription_id", "subject", name=op.f("pk_notification_aggregates")),
    )
    op.create_table(
        "notification_disturbances",
        sa.Column("lane", sa.String(length=36), nullable=False),
        sa.Column("duplicate_percent", sa.Integer(), nullable=False),
        sa.Column("is_shuffled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_notification_disturbances")),
    )
    op.create_table(
        "destinations",
        sa.Column("destination_id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.application_id"], name=op.f("fk_destinations_application_id")
        ),
        sa.PrimaryKeyConstraint("destination_id", name=op.f("pk_destinations")),
        sa.UniqueConstraint("application_id", "kind", "address", name="uq_destinations_address"),
    )
    op.create_table(
        "notification_lanes",
        sa.Column("lane", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.Column("arrived_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.application_id"], name=op.f("fk_notification_lanes_application_id")
        ),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_notification_lanes")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("subscription_id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=80), nullable=False),
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("notification_type", sa.String(length=80), nullable=False),
        sa.Column("payload_version", sa.String(length=20), nullable=False),
        sa.Column("destination_id", sa.String(length=36), nullable=False),
        sa.Column("directive", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.application_id"], name=op.f("fk_subscriptions_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.destination_id"], name=op.f("fk_subscriptions_destination_id")
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_subscriptions_seller_id")),
        sa.PrimaryKeyConstraint("subscription_id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint(
            "application_id", "seller_id", "notification_type", "payload_version", name="uq_subscriptions_key"
        ),
    )
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.create_index("subscriptions_by_destination", ["destination_id"], unique=False)
        batch_op.create_index("subscriptions_by_type", ["notification_type", "seller_id"], unique=False)
    _move_deliveries()


def _move_deliveries() -> None:
    connection = op.get_bind()
    queues = [dict(row) for row in connection.execute(sa.text("SELECT * FROM application_queues")).mappings()]
    old = connection.execute(sa.text("SELECT * FROM deliveries ORDER BY delivery_id")).mappings()
    rows = [dict(row) for row in old]
    op.drop_table("deliveries")
    deliveries = _deliveries()
    named = {(queue["application_id"], queue["address"]): queue["subscription_id"] for queue in queues}
    for row in rows:  # a queue that is no longer registered is told what was written for it all the same
        named.setdefault((row["application_id"], row["address"]), _lane(row))
    moved = [_moved(row, named[row["application_id"], row["address"]]) for row in rows]
    lanes = sa.table("notification_lanes", *(sa.column(name) for name in _lane_row("", "", "")))
    for found in ([_lane_row(lane, *key) for key, lane in named.items()], moved):
        table = lanes if found is not moved else deliveries
        for start in range(0, len(found), _BATCH):
            connection.execute(table.insert(), found[start : start + _BATCH])


def _lane(row: Row) -> str:
    return str(uuid5(NAMESPACE_URL, f"{row['application_id']} {row['address']}"))


def _lane_row(lane: str, application_id: str, address: str) -> Row:
    return {
        "lane": lane,
        "application_id": application_id,
        "kind": "AWS_SQS",
        "address": address,
        "region": "",
        "secret": "",
        "failures": 0,
        "failure": "",
        "not_before": None,
        "checked_at": None,
        "arrived_at": None,
    }


def _moved(row: Row, lane: str) -> Row:
    metadata = msgspec.json.decode(row["body"])["notificationMetadata"] if row["body"] else {}
    return row | {
        "seller_id": "",
        "lane": lane,
        "subscription_id": metadata.get("subscriptionId", lane),
        "notification_id": metadata.get("notificationId", ""),
        "state": "WAITING" if row["sent_at"] is None else "SENT",
        "give_up_at": (row["next_at"] or row["created_at"]) + _GIVEN_UP_AFTER,
    }


def _deliveries() -> sa.Table:
    made = op.create_table(
        "deliveries",
        sa.Column("delivery_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("application_id", sa.String(length=80), nullable=False),
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("lane", sa.String(length=36), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("subscription_id", sa.String(length=36), nullable=False),
        sa.Column("notification_id", sa.String(length=36), nullable=False),
        sa.Column("notification_type", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("give_up_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.application_id"], name=op.f("fk_deliveries_application_id")
        ),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_deliveries")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index("deliveries_by_application", ["application_id", "delivery_id"], unique=False)
        batch_op.create_index("deliveries_by_lane", ["lane", "next_at"], unique=False)
        batch_op.create_index("deliveries_by_state", ["lane", "state", "delivery_id"], unique=False)
        batch_op.create_index("deliveries_by_subscription", ["subscription_id", "next_at"], unique=False)
    return made
