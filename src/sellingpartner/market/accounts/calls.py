"""Calls: what each application asked for, how it was answered, and why it was refused. Kept up to a bound.

A call never holds a token, a query value or a body: only names, so that nothing personal or secret gets in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice, takewhile
from typing import NamedTuple

import msgspec
from sqlalchemy import BigInteger, Column, LargeBinary, Table, bindparam, select

from sellingpartner.contract.errors import NotFound
from sellingpartner.storage.columns import metadata
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork

MOST = 20_000
"""How many calls are kept; the oldest go first."""

# A row is a batch of calls, as they were handed over together: a row for each would be most of what a call costs the
# log. Whoever looks for calls reads batches, the newest first.
call_batches = Table(
    "call_batches",
    metadata,
    Column("last_id", BigInteger, primary_key=True, autoincrement=False),
    Column("batch", LargeBinary, nullable=False),
)


class Call(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One call and its answer; `code` and `reason` say why it was refused, and are empty if it was not."""

    at: datetime
    request_id: str
    method: str
    path: str
    operation: str = ""
    api: str = ""
    scope: str = ""
    """The scope that the call needed."""
    application_id: str = ""
    seller_id: str = ""
    status: int
    code: str = ""
    reason: str = ""
    milliseconds: float = 0.0
    agent: str = ""
    """The program that called, as its User-Agent says."""
    names: tuple[str, ...] = ()
    """Parameters in the query that the operation does not have: their names, never what was sent in them."""
    size: int = 0
    """How many bytes the answer's body has."""
    left: float | None = None
    """What the call left in the bucket of its usage plan; None where none was asked."""
    burst: int = 0
    """How much that bucket holds."""
    elements: tuple[str, ...] = ()
    """The personal data that a restricted data token opened for it."""
    fault: str = ""
    """The fault that was injected into it, as the rule's number and kind: "3 refuse"."""


class Numbered(NamedTuple):
    """A call with its number, which grows in the order in which calls were written down."""

    number: int
    call: Call


_insert = Prepared(call_batches.insert())
_forget = Prepared(call_batches.delete().where(call_batches.c.last_id <= bindparam("before")))
_newest_first = (
    select(call_batches.c.last_id, call_batches.c.batch)
    .where(call_batches.c.last_id > bindparam("after"))
    .order_by(call_batches.c.last_id.desc())
)
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Call]).decode


def record(unit: UnitOfWork, made: Sequence[Call]) -> None:
    """Keep calls, and let go of the oldest beyond the bound."""
    last_id = unit.next_number("calls", len(made)) + len(made) - 1
    _insert.run(unit.connection, {"last_id": last_id, "batch": _encode(made)})
    _forget.run(unit.connection, {"before": last_id - MOST})


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which calls somebody looks for; all of them unless said."""

    application_id: str | None = None
    seller_id: str | None = None
    operation: str | None = None
    status: int | None = None
    is_refused: bool = False
    is_faulty: bool = False
    without_api: str | None = None
    """Calls of this API are left out."""

    def takes(self, one: Numbered) -> bool:
        """Whether a call is one of them."""
        call = one.call
        return (
            self.application_id in {None, call.application_id}
            and self.seller_id in {None, call.seller_id}
            and self.operation in {None, call.operation}
            and self.status in {None, call.status}
            and self.without_api != call.api
            and not (self.is_refused and not call.code)
            and not (self.is_faulty and not call.fault)
        )


def latest_calls(
    unit: UnitOfWork, *, limit: int = 100, application_id: str | None = None, refused: bool = False
) -> list[Call]:
    """The latest calls, newest first; of one application, or only those that were refused."""
    wanted = Wanted(application_id=application_id, is_refused=refused)
    return [one.call for one in islice(filter(wanted.takes, newest(unit)), limit)]


def found(unit: UnitOfWork, wanted: Wanted, limit: int) -> tuple[list[Numbered], int]:
    """The latest of some calls, newest first; and the number of the latest of all."""
    every = newest(unit)
    latest = next(every, None)
    if latest is None:
        return [], 0
    return list(islice(filter(wanted.takes, chain((latest,), every)), limit)), latest.number


def found_after(unit: UnitOfWork, wanted: Wanted, after: int, limit: int) -> tuple[list[Numbered], int]:
    """The first of some calls after a number, in order; and the number of the latest that was looked at."""
    calls = list(takewhile(lambda one: one.number > after, newest(unit, after)))[::-1]
    taken = list(islice(filter(wanted.takes, calls), limit))
    is_more = len(taken) == limit
    return taken, taken[-1].number if is_more else calls[-1].number if calls else after


def call_of(unit: UnitOfWork, request_id: str) -> Numbered:
    """The call of a request id; raises `NotFound`."""
    found_one = next((one for one in newest(unit) if one.call.request_id == request_id), None)
    if found_one is None:
        message = f"There is no call {request_id[:60]} in the log, which keeps the latest {MOST:,} of all."
        raise NotFound(message)
    return found_one


def calls_of(unit: UnitOfWork, request_ids: Collection[str]) -> dict[str, Numbered]:
    """The calls of request ids, by id; one that is not in the log any more is left out."""
    wanted, found_ones = set(request_ids), dict[str, Numbered]()
    if wanted:
        for one in newest(unit):
            if one.call.request_id in wanted:
                found_ones[one.call.request_id] = one
                if len(found_ones) == len(wanted):
                    break
    return found_ones


def around(unit: UnitOfWork, one: Numbered, most: int) -> list[Numbered]:
    """What the same application called just before and after a call, in order, so many on each side."""
    wanted = Wanted(application_id=one.call.application_id)
    before: list[Numbered] = []
    after: list[Numbered] = []
    for other in filter(wanted.takes, newest(unit)):
        if other.number > one.number:
            after.append(other)
        elif other.number < one.number:
            before.append(other)
            if len(before) == most:
                break
    return [*before[::-1], *after[::-1][:most]]


def newest(unit: UnitOfWork, after: int = 0) -> Iterator[Numbered]:
    """The calls that are kept, newest first; batches that end at a number or before it are left alone."""
    return islice(_read(unit, after), MOST)


def _read(unit: UnitOfWork, after: int) -> Iterator[Numbered]:
    for row in unit.execute(_newest_first, {"after": after}):
        for place, call in enumerate(reversed(_decode(row.batch))):
            yield Numbered(row.last_id - place, call)
