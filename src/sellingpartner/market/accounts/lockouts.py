"""How often one may guess a password.

Failures count against the email address that is tried, whether or not anybody has it, and against the network address
that they come from. Some are free; then each locks for longer than the last, by market time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

import msgspec
from sqlalchemy import and_, or_, select

from sellingpartner.market.accounts.tables import sign_in_failures
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

# Behind one network address there may be a whole office; behind an email address there is one person.
FREE = {"address": 20, "email": 5}
"""How many failures in a row are free, for each kind of subject."""

_SHORTEST, _LONGEST = timedelta(seconds=30), timedelta(minutes=15)
_FORGET_AFTER = timedelta(days=1)

_columns = sign_in_failures.c


class Subject(msgspec.Struct, frozen=True):
    """What failures count against."""

    kind: str
    subject_hash: str


def subjects_of(email: str, address: str) -> tuple[Subject, ...]:
    """The subjects of one attempt, always in one order: of two who hold rows of both, none waits in vain."""
    return tuple(
        Subject(kind, sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
        for kind, text in (("address", address), ("email", email))
    )


def locked_until(unit: UnitOfWork, subjects: Iterable[Subject], *, hold: bool = False) -> datetime | None:
    """When the next attempt may be made; None for at once. `hold` keeps others from counting until the unit ends."""
    these = or_(*(and_(_columns.kind == one.kind, _columns.subject_hash == one.subject_hash) for one in subjects))
    wanted = select(_columns.locked_until).where(these).order_by(_columns.kind)
    ends = [row.locked_until for row in unit.execute(wanted.with_for_update() if hold else wanted)]
    return max((end for end in ends if end is not None and unit.now < end), default=None)


def count_failure(unit: UnitOfWork, subjects: Iterable[Subject]) -> datetime | None:
    """Count a failed attempt; returns until when that locks, if it does."""
    unit.execute(sign_in_failures.delete().where(_columns.last_at < unit.now - _FORGET_AFTER))
    ends = [end for one in subjects if (end := _count(unit, one)) is not None]
    return max(ends, default=None)


def forgive(unit: UnitOfWork, subjects: Iterable[Subject]) -> None:
    """Forget the failures of an email address that has signed in; a network address is not known by its good days."""
    for one in subjects:
        if one.kind == "email":
            this = (_columns.kind == one.kind) & (_columns.subject_hash == one.subject_hash)
            unit.execute(sign_in_failures.delete().where(this))


class _Counted(NamedTuple):
    failures: int


_count_one = Question(
    upsert(
        sign_in_failures,
        lambda offered: {"count": _columns.count + 1, "last_at": offered.last_at},
        returning=(_columns.count.label("failures"),),
    ),
    _Counted,
)


def _count(unit: UnitOfWork, one: Subject) -> datetime | None:
    row = {"kind": one.kind, "subject_hash": one.subject_hash, "count": 1, "last_at": unit.now, "locked_until": None}
    beyond = _count_one.one(unit.connection, row).failures - FREE[one.kind]
    if beyond <= 0:
        return None
    # Doubled no more often than it takes to reach the longest, however many failures there are.
    end = unit.now + min(_LONGEST, _SHORTEST * (1 << min(beyond - 1, 10)))
    this = (_columns.kind == one.kind) & (_columns.subject_hash == one.subject_hash)
    unit.execute(sign_in_failures.update().where(this).values(locked_until=end))
    return end
