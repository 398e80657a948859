"""Calls: what each application asked for, how it was answered, and why it was refused. Kept up to a bound.

A call never holds a token, a query value or a body: only names, so that nothing personal or secret gets in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

import msgspec
from sqlalchemy import BigInteger, Column, LargeBinary, Table, bindparam, select

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


_insert = Prepared(call_batches.insert())
_forget = Prepared(call_batches.delete().where(call_batches.c.last_id <= bindparam("before")))
_newest_first = select(call_batches.c.batch).order_by(call_batches.c.last_id.desc())
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Call]).decode


def record(unit: UnitOfWork, made: Sequence[Call]) -> None:
    """Keep calls, and let go of the oldest beyond the bound."""
    last_id = unit.next_number("calls", len(made)) + len(made) - 1
    _insert.run(unit.connection, {"last_id": last_id, "batch": _encode(made)})
    _forget.run(unit.connection, {"before": last_id - MOST})


def latest_calls(
    unit: UnitOfWork, *, limit: int = 100, application_id: str | None = None, refused: bool = False
) -> list[Call]:
    """The latest calls, newest first; of one application, or only those that were refused."""
    wanted = (
        call
        for call in islice(_kept(unit), MOST)
        if application_id in {None, call.application_id} and (call.code or not refused)
    )
    return list(islice(wanted, limit))


def _kept(unit: UnitOfWork) -> Iterator[Call]:
    for (batch,) in unit.execute(_newest_first):
        yield from reversed(_decode(batch))
