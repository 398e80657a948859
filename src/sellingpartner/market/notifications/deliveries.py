"""Deliveries: written in the unit of what they tell of, and sent by a courier afterwards, at least once.

A courier claims what is due, which puts each delivery off by the time that it may take; then it sends, outside of any
transaction; then it says how that went. If the process dies in between, the delivery is due again when the claim is
over: the message may come twice, under one notification id, and is never lost. Two couriers never claim the same.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from sellingpartner.market.notifications.model import Delivery, NotificationType, Queue
from sellingpartner.market.notifications.tables import deliveries
from sellingpartner.storage.unit import UnitOfWork

CLAIMED_FOR = timedelta(minutes=2)
"""How long a courier has for what it claimed: several times what sending it may take."""

_AT_ONCE = 10
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(hours=1)
_MOST_DOUBLINGS = 10
_FORGET_AFTER = timedelta(days=30)
_LONGEST_FAILURE = 500


def send_later(unit: UnitOfWork, queue: Queue, kind: NotificationType, body: str) -> None:
    """Have a message sent to a queue after this unit is committed."""
    unit.execute(deliveries.delete().where(deliveries.c.sent_at < unit.now - _FORGET_AFTER))
    row = {
        "application_id": queue.application_id,
        "address": queue.address,
        "notification_type": kind.value,
        "body": body,
        "created_at": unit.now,
        "attempts": 0,
        "next_at": unit.now,
        "sent_at": None,
        "failure": "",
    }
    unit.stage_among_all(deliveries, "delivery_id", row)


def claim(unit: UnitOfWork) -> list[Delivery]:
    """Take over some of what is due; nobody else gets it for a while."""
    due = (
        select(deliveries)
        .where(deliveries.c.next_at <= unit.now)
        .order_by(deliveries.c.next_at, deliveries.c.delivery_id)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    claimed = [Delivery(**row._mapping) for row in unit.execute(due)]
    if claimed:
        mine = deliveries.c.delivery_id.in_([each.delivery_id for each in claimed])
        later = {"attempts": deliveries.c.attempts + 1, "next_at": unit.now + CLAIMED_FOR}
        unit.execute(deliveries.update().where(mine).values(later))
    return claimed


def sent(unit: UnitOfWork, delivery: Delivery) -> None:
    """Say that a message has arrived: its body, which may hold a secret, is no longer kept."""
    this = deliveries.c.delivery_id == delivery.delivery_id
    unit.execute(deliveries.update().where(this).values(body="", next_at=None, sent_at=unit.now, failure=""))


def failed(unit: UnitOfWork, delivery: Delivery, reason: str) -> None:
    """Say why a message could not be sent; it is tried again after a pause of market time that doubles each time."""
    this = deliveries.c.delivery_id == delivery.delivery_id
    pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(delivery.attempts, _MOST_DOUBLINGS))
    values = {"next_at": unit.now + pause, "failure": reason[:_LONGEST_FAILURE]}
    unit.execute(deliveries.update().where(this, deliveries.c.sent_at.is_(None)).values(values))


def put_back(unit: UnitOfWork, delivery: Delivery) -> None:
    """Give back what was claimed and not tried."""
    this = deliveries.c.delivery_id == delivery.delivery_id
    unit.execute(deliveries.update().where(this).values(attempts=delivery.attempts, next_at=unit.now))


def are_due(unit: UnitOfWork) -> bool:
    """Whether there is anything to claim."""
    due = select(deliveries.c.delivery_id).where(deliveries.c.next_at <= unit.now).limit(1)
    return unit.execute(due).first() is not None


def deliveries_of(unit: UnitOfWork, application_id: str, *, limit: int = 100) -> list[Delivery]:
    """The latest deliveries of an application, newest first, with their bodies left out."""
    mine = select(deliveries).where(deliveries.c.application_id == application_id)
    rows = unit.execute(mine.order_by(deliveries.c.delivery_id.desc()).limit(limit))
    return [Delivery(**{**row._mapping, "body": ""}) for row in rows]
