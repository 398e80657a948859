"""Facts: what happened, in the past tense, stored with the transaction in which it happened.

A context emits (`unit.emit(OrderShipped(...))`); whoever must notice subscribes with `@on(OrderShipped)` and
acts in the same transaction: its failure is the operation's failure, so no context ever misses what another one did.
"""

from __future__ import annotations

from datetime import datetime
from typing import dataclass_transform

import msgspec
from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table

from sellingpartner.storage.columns import Instant, metadata


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
    Index("events_by_kind", "seller_id", "kind", "event_id"),
)


def row_of(fact: Event, *, at: datetime) -> dict[str, object]:
    """The stored form of a fact."""
    return {"happened_at": at, "kind": type(fact).__name__, "fact": msgspec.json.encode(fact)}
