"""Calls: what each application asked for, how it was answered, and why it was refused. Kept up to a bound.

A call never holds a token, a query value or a body: only names, so that nothing personal or secret gets in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import BigInteger, Column, Float, Index, Integer, String, Table, Text, select

from sellingpartner.storage.columns import Instant, metadata
from sellingpartner.storage.unit import UnitOfWork

MOST = 20_000
"""How many calls are kept; the oldest go first."""

calls = Table(
    "calls",
    metadata,
    Column("call_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("request_id", String(36), nullable=False),
    Column("method", String(10), nullable=False),
    Column("path", Text, nullable=False),
    Column("operation", String(80), nullable=False),
    Column("api", String(80), nullable=False),
    Column("scope", String(80), nullable=False),
    Column("application_id", String(80), nullable=False),
    Column("seller_id", String(20), nullable=False),
    Column("status", Integer, nullable=False),
    Column("code", String(60), nullable=False),
    Column("reason", Text, nullable=False),
    Column("milliseconds", Float, nullable=False),
    Index("calls_by_application", "application_id", "call_id"),
)


class Call(msgspec.Struct, frozen=True, kw_only=True):
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


def record(unit: UnitOfWork, made: Sequence[Call]) -> None:
    """Keep calls, and let go of the oldest beyond the bound."""
    first = unit.next_number("calls", len(made))
    rows = [{"call_id": first + index, **msgspec.structs.asdict(call)} for index, call in enumerate(made)]
    unit.execute(calls.insert(), rows)
    unit.execute(calls.delete().where(calls.c.call_id <= first + len(made) - 1 - MOST))


def latest_calls(
    unit: UnitOfWork, *, limit: int = 100, application_id: str | None = None, refused: bool = False
) -> list[Call]:
    """The latest calls, newest first; of one application, or only those that were refused."""
    wanted = select(calls).order_by(calls.c.call_id.desc()).limit(limit)
    if application_id is not None:
        wanted = wanted.where(calls.c.application_id == application_id)
    if refused:
        wanted = wanted.where(calls.c.code != "")
    names = Call.__struct_fields__
    return [Call(**{name: getattr(row, name) for name in names}) for row in unit.execute(wanted)]
