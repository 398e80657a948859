"""What takes long: made outside of the transaction that began it, one work at a time.

A due thing that would take seconds (a report, a feed) begins a work instead and is done. When its transaction is
committed, the work is carried out in as many transactions as it needs: it reads one moment, writes documents, and
says in rows of its own how far it is. So nobody waits for it, and one that was killed goes on.

    @works("report")
    def make(workshop: Workshop, work: Work) -> None: ...

    begin_work(unit, "report", report_id)

A work may be carried out again after it was done, if its process died before that was noted: it must see that.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from typing import NamedTuple, Protocol

import structlog
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    bindparam,
    func,
    select,
)

from sellingpartner.storage.anew import anew
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.columns import Instant, metadata
from sellingpartner.storage.document_store import DocumentStore
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork

log = structlog.get_logger(__name__)

ATTEMPTS = 3
"""How often a work that fails is tried before it is set aside."""

STARTS = 6
"""How often it is begun at most: one that kills its process each time must not do so for ever."""

works_table = Table(
    "works",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("work_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("begins_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("failure", Text),
    Index("works_by_time", "begins_at", "work_id"),
)


class Work(NamedTuple):
    """A work that was begun."""

    seller_id: str
    work_id: int
    kind: str
    subject: str
    begins_at: datetime
    attempts: int


class Workshop(Protocol):
    """What a work is carried out with."""

    @property
    def documents(self) -> DocumentStore:
        """Where documents are kept."""
        ...

    def snapshot(self, seller_id: str) -> AbstractContextManager[UnitOfWork]:
        """Open a unit that sees one moment, however long it is read."""
        ...

    def write(self, seller_id: str) -> AbstractContextManager[UnitOfWork]:
        """Open a unit that may change the market; not inside of a snapshot."""
        ...


_WORK = tuple(Work.__annotations__)

Worker = Callable[[Workshop, Work], None]
Remedy = Callable[[Workshop, Work, str], None]
"""What is done about a work that cannot be carried out."""

_workers: dict[str, Worker] = {}
_remedies: dict[str, Remedy] = {}
_waiting = works_table.c.failure.is_(None)


class _Waits(NamedTuple):
    work_id: int


_any = Question(select(works_table.c.work_id).where(_waiting).order_by(works_table.c.begins_at).limit(1), _Waits)


_first = Question(
    select(*(works_table.c[name] for name in _WORK))
    .where(_waiting)
    .order_by(works_table.c.begins_at, works_table.c.work_id)
    .limit(1),
    Work,
)
_this = and_(works_table.c.seller_id == bindparam("of_seller"), works_table.c.work_id == bindparam("of_work"))
_begin = Prepared(works_table.update().where(_this).values(attempts=bindparam("attempts")))
_set = Prepared(works_table.update().where(_this).values(failure=bindparam("failure")))
_done = Prepared(works_table.delete().where(_this))


def works(kind: str) -> Callable[[Worker], Worker]:
    """Name the function that carries out works of a kind; there is one for each."""

    def register(function: Worker) -> Worker:
        if kind in _workers:
            message = f"Works of the kind {kind!r} are carried out by two functions."
            raise TypeError(message)
        _workers[kind] = function
        return function

    return register


def on_failure(kind: str) -> Callable[[Remedy], Remedy]:
    """Name the function that tells of works of a kind which were set aside: whoever waits must not wait in vain."""

    def register(function: Remedy) -> Remedy:
        _remedies[kind] = function
        return function

    return register


def begin_work(unit: UnitOfWork, kind: str, subject: str) -> None:
    """Have a work carried out when this unit has been kept."""
    row = {"kind": kind, "subject": subject, "begins_at": unit.now, "attempts": 0, "failure": None}
    unit.stage(works_table, "work_id", row)


def carry_out_next(workshop: Workshop) -> bool:
    """Carry out the work that waits longest; whether there was one. Only one process at a time may do so."""
    work = anew(partial(_taken, workshop))
    if work is None:
        return False
    if work.attempts > STARTS:
        _set_aside(workshop, work, "Its process ended in the middle of it each time.")
        return True
    try:
        _workers[work.kind](workshop, work)
    except DatabaseAway:
        raise  # no work's fault: it is tried again when the database is there
    except Exception as reason:  # it must not hold up the others
        log.warning("a work failed", kind=work.kind, subject=work.subject, attempts=work.attempts, exc_info=True)
        if work.attempts >= ATTEMPTS:
            _set_aside(workshop, work, repr(reason))
        return True
    anew(partial(_note, workshop, work, _done))
    return True


def _taken(workshop: Workshop) -> Work | None:
    with workshop.write("") as unit:
        return _take(unit)


def _note(workshop: Workshop, work: Work, change: Prepared, **values: object) -> None:
    with workshop.write(work.seller_id) as unit:
        change.run(unit.connection, _key(work) | values)


def _take(unit: UnitOfWork) -> Work | None:
    """The next work, begun once more."""
    found = _first.first(unit.connection, {})
    if found is None:
        return None
    work = found._replace(attempts=found.attempts + 1)
    _begin.run(unit.connection, _key(work) | {"attempts": work.attempts})
    return work


def _set_aside(workshop: Workshop, work: Work, failure: str) -> None:
    anew(partial(_note, workshop, work, _set, failure=failure))
    if (remedy := _remedies.get(work.kind)) is not None:
        remedy(workshop, work, failure)


def _key(work: Work) -> dict[str, object]:
    return {"of_seller": work.seller_id, "of_work": work.work_id}


def work_waits(connection: Connection) -> bool:
    """Whether there is a work to be carried out."""
    return _any.first(connection, {}) is not None


def works_waiting(unit: UnitOfWork) -> int:
    """How many works are still to be carried out."""
    found: int = unit.execute(select(func.count()).select_from(works_table).where(_waiting)).scalar_one()
    return found


class FailedWork(NamedTuple):
    """A work that was set aside."""

    seller_id: str
    kind: str
    subject: str
    begins_at: datetime
    failure: str


_FAILED = tuple(FailedWork.__annotations__)


def failed_works(unit: UnitOfWork) -> list[FailedWork]:
    """The works that were set aside, the oldest first."""
    columns = [works_table.c[name] for name in _FAILED]
    wanted = select(*columns).where(works_table.c.failure.is_not(None)).order_by(works_table.c.begins_at)
    return [FailedWork(**row._mapping) for row in unit.execute(wanted)]
