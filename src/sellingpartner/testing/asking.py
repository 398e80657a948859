"""What a test asks of its market afterwards: what happened, what was told, what was called and why it was refused."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from sqlalchemy import select

from sellingpartner.contract.market_v1 import Call, ListRequests
from sellingpartner.market.market import Market
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.running.happenings import kinds, stop_at
from sellingpartner.server.control.watching.requests import list_requests
from sellingpartner.storage.events import Event, events

Fact = TypeVar("Fact", bound=Event)

_MOST = 1_000
"""Calls that are looked at: more than a test makes."""


def facts_of(market: Market, kind: type[Fact], fields: dict[str, object]) -> list[Fact]:
    """What happened, of one kind and with these values, in order."""
    unknown = fields.keys() - set(kind.__struct_fields__)
    if unknown:
        has = ", ".join(kind.__struct_fields__)
        message = f"{kind.__name__} has no {', '.join(sorted(unknown))}; it has {has}."
        raise TypeError(message)
    with market.read() as unit:
        rows = unit.execute(
            select(events.c.fact)
            .where(events.c.kind == kind.__name__)
            .order_by(events.c.happened_at, events.c.event_id)
        )
        found = [msgspec.json.decode(fact, type=kind) for (fact,) in rows]
    return [one for one in found if all(getattr(one, name) == value for name, value in fields.items())]


def requests_of(
    desk: Desk, *, refused: bool | None = None, operation: str | None = None, seller_id: str | None = None
) -> list[Call]:
    """The calls that were made, the oldest first: refused ones, those that were not, or all."""
    asked = ListRequests(limit=_MOST, refused=refused or None, operation_name=operation, seller_id=seller_id)
    return [call for call in reversed(list_requests(desk, asked).requests) if refused in {None, call.code is not None}]


def kind_named(said: str) -> type[Event]:
    """A kind of fact by its name; raises `InvalidInput` with the nearest names where there is none."""
    name = stop_at(said, None).kind
    return next(kind for kind in kinds() if kind.__name__ == name)
