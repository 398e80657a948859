"""Ways out: one destination each, or one registration of an application's own queue. Each fares by itself.

A lane that fails is left alone for a while that doubles with each failure, so that a destination that hangs costs one
attempt at a time, and whatever waits there waits together. The first message that arrives ends that.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec import structs
from sqlalchemy import exists, select

from sellingpartner.market.notifications.model import Lane
from sellingpartner.market.notifications.tables import deliveries, lanes
from sellingpartner.market.notifications.types import DestinationKind
from sellingpartner.storage.unit import UnitOfWork

_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(hours=1)
_MOST_DOUBLINGS = 10
LONGEST_FAILURE = 500


def open_lane(unit: UnitOfWork, lane: Lane) -> None:
    """Make a way out."""
    unit.execute(lanes.insert(), structs.asdict(lane) | {"kind": lane.kind.value})


def close_lane(unit: UnitOfWork, lane: str) -> None:
    """Take a way out away."""
    unit.execute(lanes.delete().where(lanes.c.lane == lane))


def lane_of(unit: UnitOfWork, lane: str) -> Lane | None:
    """A way out, if it is open."""
    row = unit.execute(select(lanes).where(lanes.c.lane == lane)).first()
    return None if row is None else _lane(dict(row._mapping))


def lanes_of(unit: UnitOfWork, application_id: str | None = None) -> list[Lane]:
    """An application's ways out, or everybody's."""
    mine = select(lanes).order_by(lanes.c.application_id, lanes.c.lane)
    if application_id is not None:
        mine = mine.where(lanes.c.application_id == application_id)
    return [_lane(dict(row._mapping)) for row in unit.execute(mine)]


def lanes_with_work(unit: UnitOfWork) -> list[Lane]:
    """The ways out along which something is due, or that nobody has looked at yet."""
    free = lanes.c.not_before.is_(None) | (lanes.c.not_before <= unit.now)
    due = exists().where(deliveries.c.lane == lanes.c.lane, deliveries.c.next_at <= unit.now)
    wanted = select(lanes).where(free, due | lanes.c.checked_at.is_(None)).order_by(lanes.c.lane)
    return [_lane(dict(row._mapping)) for row in unit.execute(wanted)]


def lane_arrived(unit: UnitOfWork, lane: str) -> None:
    """Say that something arrived there."""
    good = {"failures": 0, "failure": "", "not_before": None, "checked_at": unit.now, "arrived_at": unit.now}
    unit.execute(lanes.update().where(lanes.c.lane == lane).values(good))


def lane_checked(unit: UnitOfWork, lane: str, fault: str) -> None:
    """Say what was found when a way out was looked at; what may be sent there is tried all the same."""
    unit.execute(
        lanes.update().where(lanes.c.lane == lane).values(checked_at=unit.now, failure=fault[:LONGEST_FAILURE])
    )


def lane_failed(unit: UnitOfWork, lane: Lane, reason: str) -> timedelta:
    """Say that nothing can be sent there, and why; returns for how long it is left alone."""
    pause: timedelta = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(lane.failures, _MOST_DOUBLINGS))
    values = {
        "failures": lane.failures + 1,
        "failure": reason[:LONGEST_FAILURE],
        "not_before": unit.now + pause,
        "checked_at": unit.now,
    }
    unit.execute(lanes.update().where(lanes.c.lane == lane.lane).values(values))
    return pause


def free_lane(unit: UnitOfWork, lane: str) -> None:
    """Have a way out tried at once."""
    unit.execute(lanes.update().where(lanes.c.lane == lane).values(not_before=None))


def _lane(columns: dict[str, object]) -> Lane:
    return Lane(**columns | {"kind": DestinationKind(columns["kind"])})  # type: ignore[arg-type] # a row's
