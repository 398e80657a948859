"""Deliveries: written in the unit of what they tell of, and sent by a courier afterwards, at least once.

A courier claims some of what is due on a lane, which puts each delivery off by the time that it may take; then it
sends, outside of any transaction; then it says how that went. If the process dies in between, the delivery is due again
when the claim is over: the message may come twice, under one notification id, and is never lost. Two couriers never
claim the same.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.notifications.lanes import LONGEST_FAILURE, free_lane, lane_of
from sellingpartner.market.notifications.model import Delivery, NotificationType, State
from sellingpartner.market.notifications.tables import deliveries
from sellingpartner.storage.unit import UnitOfWork

CLAIMED_FOR = timedelta(minutes=2)
"""How long a courier has for what it claimed: several times what sending it may take."""

GIVEN_UP_AFTER = timedelta(days=14)
"""How long a delivery is tried: as long as SQS keeps a message at the most."""

KEPT = 1000
"""How many of what has left (or would have) are kept on each lane, for whoever wants to look."""

AT_ONCE = 10
"""How many are claimed at once; as many as SQS and EventBridge take in one call."""

_SECRET_BODY = NotificationType.NEW_SECRET.value


def write(unit: UnitOfWork, delivery: dict[str, Any]) -> None:
    """Have a message sent after this unit is committed; `delivery` says what, to whom and along which lane."""
    row = delivery | {
        "created_at": unit.now,
        "state": State.WAITING.value,
        "attempts": 0,
        "next_at": unit.now,
        "give_up_at": unit.now + GIVEN_UP_AFTER,
        "sent_at": None,
        "failure": "",
    }
    unit.stage_among_all(deliveries, "delivery_id", row)


def claim(unit: UnitOfWork, lane: str) -> list[Delivery]:
    """Take over some of what is due on a lane; nobody else gets it for a while."""
    due = (
        select(deliveries)
        .where(deliveries.c.lane == lane, deliveries.c.next_at <= unit.now)
        .order_by(deliveries.c.next_at, deliveries.c.delivery_id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    claimed = [_delivery(row._mapping) for row in unit.execute(due)]
    if claimed:
        later = {"attempts": deliveries.c.attempts + 1, "next_at": unit.now + CLAIMED_FOR}
        unit.execute(deliveries.update().where(_these(claimed)).values(later))
    return claimed


def sent(unit: UnitOfWork, arrived: Collection[Delivery]) -> None:
    """Say that messages have arrived. One that holds a secret is emptied."""
    values = {"next_at": None, "sent_at": unit.now, "failure": "", "state": State.SENT.value}
    unit.execute(deliveries.update().where(_these(arrived)).values(values))
    if secret := [one for one in arrived if one.holds_a_secret]:
        unit.execute(deliveries.update().where(_these(secret)).values(body=""))


def lost(unit: UnitOfWork, those: Collection[Delivery], reason: str) -> None:
    """Say that messages left and are not to arrive: for whoever sent them they are sent."""
    sent(unit, those)
    unit.execute(deliveries.update().where(_these(those)).values(failure=reason[:LONGEST_FAILURE]))


def kept(unit: UnitOfWork, those: Collection[Delivery]) -> None:
    """Say that messages would have been sent now, by a market that sends nothing."""
    values = {"next_at": None, "attempts": 0, "state": State.KEPT.value}
    unit.execute(deliveries.update().where(_these(those)).values(values))


def put_off(unit: UnitOfWork, delivery: Delivery, reason: str, pause: timedelta) -> None:
    """Say why a message could not be sent; it is tried again after a while, or given up if it has waited for long."""
    values: dict[str, Any] = {"next_at": unit.now + pause, "failure": reason[:LONGEST_FAILURE]}
    if unit.now >= delivery.give_up_at:
        values |= {"next_at": None, "state": State.DEAD.value}
    unit.execute(deliveries.update().where(_these([delivery]), deliveries.c.sent_at.is_(None)).values(values))


def give_up(unit: UnitOfWork, those: Collection[Delivery], reason: str) -> None:
    """Say that messages cannot be sent at all."""
    values = {"next_at": None, "failure": reason[:LONGEST_FAILURE], "state": State.DEAD.value}
    unit.execute(deliveries.update().where(_these(those)).values(values))


def give_up_waiting(unit: UnitOfWork, which: ColumnElement[bool], reason: str) -> None:
    """Say of all that waits and meets a condition that it will not be sent."""
    values = {"next_at": None, "failure": reason[:LONGEST_FAILURE], "state": State.DEAD.value}
    unit.execute(deliveries.update().where(which, deliveries.c.next_at.is_not(None)).values(values))


def put_back(unit: UnitOfWork, those: Collection[Delivery]) -> None:
    """Give back what was claimed and not tried."""
    for delivery in those:
        back = {"attempts": delivery.attempts, "next_at": delivery.next_at}
        unit.execute(deliveries.update().where(_these([delivery])).values(back))


def forget_old(unit: UnitOfWork, lane: str) -> None:
    """Keep only the latest of what has left a lane."""
    for state in (State.SENT, State.KEPT):
        these = (deliveries.c.lane == lane, deliveries.c.state == state.value)
        newest_gone = (
            select(deliveries.c.delivery_id).where(*these).order_by(deliveries.c.delivery_id.desc()).offset(KEPT)
        )
        bound = unit.execute(newest_gone.limit(1)).scalar()
        if bound is not None:
            unit.execute(deliveries.delete().where(*these, deliveries.c.delivery_id <= bound))


def retry(unit: UnitOfWork, delivery_id: int) -> Delivery:
    """Have a delivery tried again at once, a dead one too; raises `NotFound`, also where nothing is left to be sent."""
    delivery = delivery_of(unit, delivery_id)
    if not delivery.body:
        raise NotFound(f"Delivery {delivery_id} has arrived, and what it held is not kept.")
    if lane_of(unit, delivery.lane) is None:
        raise NotFound(f"Delivery {delivery_id} has no destination any more.")
    values = {
        "next_at": unit.now,
        "state": State.WAITING.value,
        "give_up_at": unit.now + GIVEN_UP_AFTER,
        "sent_at": None,
    }
    unit.execute(deliveries.update().where(_these([delivery])).values(values))
    free_lane(unit, delivery.lane)
    return delivery_of(unit, delivery_id)


def delivery_of(unit: UnitOfWork, delivery_id: int) -> Delivery:
    """One delivery; raises `NotFound`."""
    row = unit.execute(select(deliveries).where(deliveries.c.delivery_id == delivery_id)).first()
    if row is None:
        raise NotFound(f"There is no delivery {delivery_id}.")
    return _delivery(row._mapping)


def all_deliveries(
    unit: UnitOfWork,
    *,
    application_id: str | None = None,
    notification_type: str | None = None,
    state: State | None = None,
    before: int | None = None,
    after: int | None = None,
    limit: int = 100,
) -> list[Delivery]:
    """The latest deliveries, newest first, or the first after a number, in order; a secret in one is left out."""
    number = deliveries.c.delivery_id
    wanted = select(deliveries).order_by(number.desc() if after is None else number).limit(limit)
    if after is not None:
        wanted = wanted.where(number > after)
    if application_id is not None:
        wanted = wanted.where(deliveries.c.application_id == application_id)
    if notification_type is not None:
        wanted = wanted.where(deliveries.c.notification_type == notification_type)
    if state is not None:
        wanted = wanted.where(deliveries.c.state == state.value)
    if before is not None:
        wanted = wanted.where(deliveries.c.delivery_id < before)
    return [discreet(row._mapping) for row in unit.execute(wanted)]


def deliveries_of(unit: UnitOfWork, application_id: str, *, limit: int = 100) -> list[Delivery]:
    """The latest deliveries of what an application is told about itself, newest first, with their bodies left out."""
    own = (deliveries.c.application_id == application_id, deliveries.c.notification_type.in_(list(NotificationType)))
    rows = unit.execute(select(deliveries).where(*own).order_by(deliveries.c.delivery_id.desc()).limit(limit))
    return [_delivery(dict(row._mapping) | {"body": ""}) for row in rows]


def written_between(unit: UnitOfWork, seller_id: str, since: datetime, until: datetime) -> list[Delivery]:
    """What was written about a seller from one moment to another, both included, in order."""
    wanted = (
        select(deliveries)
        .where(deliveries.c.seller_id == seller_id)
        .where(deliveries.c.created_at >= since, deliveries.c.created_at <= until)
        .order_by(deliveries.c.delivery_id)
    )
    return [discreet(row._mapping) for row in unit.execute(wanted)]


def written_at(unit: UnitOfWork, seller_id: str, moments: Collection[datetime]) -> list[Delivery]:
    """What was written about a seller at some moments, in order."""
    wanted = select(deliveries).where(deliveries.c.seller_id == seller_id, deliveries.c.created_at.in_(sorted(moments)))
    return [discreet(row._mapping) for row in unit.execute(wanted.order_by(deliveries.c.delivery_id))]


def discreet(row: Any) -> Delivery:  # noqa: ANN401 - a row's mapping
    """A delivery of a row, without the secret that it may hold."""
    return _delivery(dict(row) | ({"body": ""} if row["notification_type"] == _SECRET_BODY else {}))


def _delivery(row: Any) -> Delivery:  # noqa: ANN401 - a row's mapping
    return Delivery(**dict(row) | {"state": State(row["state"])})


def _these(those: Collection[Delivery]) -> ColumnElement[bool]:
    return deliveries.c.delivery_id.in_([each.delivery_id for each in those])
