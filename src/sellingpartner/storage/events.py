"""Facts: what happened, in the past tense, stored with the transaction in which it happened.

A context emits (`unit.emit(OrderShipped(...))`); whoever must notice subscribes with `@on(OrderShipped)` and
acts in the same transaction: its failure is the operation's failure, so no context ever misses what another one did.
"""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime
from typing import dataclass_transform

import msgspec
from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table

from sellingpartner.storage.columns import Instant, metadata

CAUSE: ContextVar[str | None] = ContextVar("cause", default=None)
"""The id of the request whose work is being done, for units that are opened on its behalf further down."""

_LONGEST_CAUSE = 40


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fact: past tense, frozen, plain values only."""


events = Table(
    "events",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    Column("happened_at", Instant, nullable=False),
    Column("kind", String(60), nullable=False),
    Column("fact", LargeBinary, nullable=False),
    Column("cause", String(_LONGEST_CAUSE)),  # the request that led to it; none for what time brought
)
# Facts come in the order of time, so the index grows at its end: a page of each commit.
Index("events_by_time", events.c.seller_id, events.c.happened_at)


def row_of(fact: Event, *, at: datetime, cause: str | None = None) -> dict[str, object]:
    """The stored form of a fact."""
    return {"happened_at": at, "kind": type(fact).__name__, "fact": msgspec.json.encode(fact), "cause": cause}
