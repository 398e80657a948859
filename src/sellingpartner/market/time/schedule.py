"""What happens later: a row for each due thing, carried out by the worker when market time has come to it.

class PaymentClears(Due):
    order_id: str

@when(PaymentClears)
def clear_payment(unit: UnitOfWork, due: PaymentClears) -> None: ...

later(unit, PaymentClears(order_id=order_id), at=unit.now + timedelta(minutes=12))
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar, dataclass_transform

import msgspec
from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table, Text

from sellingpartner.storage.columns import Instant, metadata
from sellingpartner.storage.unit import UnitOfWork


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is to happen at a later market time: plain values only, as it is stored."""

    ends_batch: ClassVar[bool] = False
    """Whether nothing more happens in its transaction: what it begins is to see the state of its moment."""


DueThing = TypeVar("DueThing", bound=Due)
Action = Callable[[UnitOfWork, Any], None]

schedule = Table(
    "schedule",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("due_id", BigInteger, primary_key=True, autoincrement=False),
    Column("due_at", Instant, nullable=False),
    Column("kind", String(60), nullable=False),
    Column("due", LargeBinary, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("failure", Text),
    Index("schedule_by_time", "due_at", "due_id"),
    sqlite_with_rowid=False,
)

_actions: dict[str, tuple[type[Due], Action]] = {}


def when(
    kind: type[DueThing],
) -> Callable[[Callable[[UnitOfWork, DueThing], None]], Callable[[UnitOfWork, DueThing], None]]:
    """Name the function that carries out a kind of due thing; there is one for each kind."""

    def register(function: Callable[[UnitOfWork, DueThing], None]) -> Callable[[UnitOfWork, DueThing], None]:
        if kind.__name__ in _actions:
            message = f"{kind.__name__} already has an action."
            raise TypeError(message)
        _actions[kind.__name__] = (kind, function)
        return function

    return register


def later(unit: UnitOfWork, due: Due, *, at: datetime) -> None:
    """Have something happen at a market time, for this unit's seller."""
    row = {"due_at": at, "kind": type(due).__name__, "due": msgspec.json.encode(due), "attempts": 0, "failure": None}
    unit.stage(schedule, "due_id", row)


def carry_out(unit: UnitOfWork, kind: str, stored: bytes) -> bool:
    """Do what is due; whether more may happen in its transaction."""
    due_type, action = _actions[kind]
    action(unit, msgspec.json.decode(stored, type=due_type))
    return not due_type.ends_batch
