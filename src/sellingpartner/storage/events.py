"""Facts: what happened, in the past tense, stored with the transaction in which it happened.

A context emits (`unit.emit(OrderShipped(...))`); whoever must notice subscribes with `@on(OrderShipped)` and acts in
the same transaction: its failure is the operation's failure, so no context ever misses what another one did.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

import msgspec
from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table

from sellingpartner.storage.columns import Instant, metadata

if TYPE_CHECKING:
    from sellingpartner.storage.unit import UnitOfWork


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fact: past tense, frozen, plain values only."""


Fact = TypeVar("Fact", bound=Event)
Subscriber = Callable[["UnitOfWork", Any], None]

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

_subscribers: dict[type[Event], list[Subscriber]] = {}


def on(kind: type[Fact]) -> Callable[[Callable[[UnitOfWork, Fact], None]], Callable[[UnitOfWork, Fact], None]]:
    """Subscribe a function to a kind of fact; it runs in the transaction of whoever emits it."""

    def subscribe(function: Callable[[UnitOfWork, Fact], None]) -> Callable[[UnitOfWork, Fact], None]:
        _subscribers.setdefault(kind, []).append(function)
        return function

    return subscribe


def subscribers_of(kind: type[Event]) -> list[Subscriber]:
    """Who acts on a kind of fact, in the order in which they subscribed."""
    return _subscribers.get(kind, [])


def row_of(fact: Event, *, at: datetime) -> dict[str, Any]:
    """The stored form of a fact."""
    return {"happened_at": at, "kind": type(fact).__name__, "fact": msgspec.json.encode(fact)}
