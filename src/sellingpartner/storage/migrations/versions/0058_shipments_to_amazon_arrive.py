"""Shipments to Amazon arrive."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"

_HOURS_12 = 12 * 3600 * 1_000_000
_LEFT = """
    SELECT seller_id, plan_id, shipment_id, updated_at FROM inbound_shipments
    WHERE status = 'SHIPPED' ORDER BY seller_id, shipment_id
"""
_EXPECTED = "SELECT seller_id, due FROM schedule WHERE kind = 'InboundMoves'"
_EXPECT = """
    INSERT INTO schedule (seller_id, due_id, due_at, kind, due, attempts)
    VALUES (:seller_id, :due_id, :due_at, 'InboundMoves', :due, 0)
"""
_COUNT = "UPDATE counters SET value = value + 1 WHERE seller_id = :seller_id AND name = 'rows'"
_NUMBER = "SELECT value FROM counters WHERE seller_id = :seller_id AND name = 'rows'"
_BEGIN = "INSERT INTO counters (seller_id, name, value) VALUES (:seller_id, 'rows', 1)"


def upgrade() -> None:
    """Migrate from the revision before: what had left goes on, for which nothing was to come until then."""
    connection = op.get_bind()
    known = {
        (seller_id, json.loads(bytes(due))["shipment_id"])
        for seller_id, due in connection.execute(sa.text(_EXPECTED)).all()
    }
    for seller_id, plan_id, shipment_id, updated_at in connection.execute(sa.text(_LEFT)).all():
        if (seller_id, shipment_id) in known:
            continue
        due = {"plan_id": plan_id, "shipment_id": shipment_id, "from_status": "SHIPPED"}
        of_seller = {"seller_id": seller_id}
        if not connection.execute(sa.text(_COUNT), of_seller).rowcount:
            connection.execute(sa.text(_BEGIN), of_seller)
        number = connection.execute(sa.text(_NUMBER), of_seller).scalar_one()
        row = {"due_id": number, "due_at": updated_at + _HOURS_12, "due": json.dumps(due).encode()}
        connection.execute(sa.text(_EXPECT), of_seller | row)
