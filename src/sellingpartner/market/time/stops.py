"""Where time is to stop on its way: at a thing that happens, whenever that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec


class StopAt(msgspec.Struct, frozen=True):
    """What time is to stop at: a fact of a kind, of one order if that is said."""

    kind: str
    """The name of the fact: "OrderShipped"."""
    order_id: str | None = None


class Stopped(msgspec.Struct, frozen=True):
    """The fact that time stopped at."""

    kind: str
    at: datetime
    order_id: str | None = None


class _OfAnOrder(msgspec.Struct):
    order_id: str | None = None


_read = msgspec.json.Decoder(_OfAnOrder).decode


def stopped_by(wanted: StopAt, facts: Iterable[Mapping[str, Any]]) -> Stopped | None:
    """The first of some facts that is the one that time is to stop at; they are as they are stored."""
    for row in facts:
        if row["kind"] == wanted.kind:
            order_id = _order_of(row["fact"])
            if wanted.order_id in {None, order_id}:
                return Stopped(wanted.kind, row["happened_at"], order_id)
    return None


def _order_of(fact: bytes) -> str | None:
    try:
        return _read(fact).order_id
    except msgspec.ValidationError:  # an id of another form is of no order
        return None
