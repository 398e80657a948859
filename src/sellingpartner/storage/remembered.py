"""What a market knows of itself: its seed, which demo world it was built with, what a password's hash may cost."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Column, Connection, String, Table, Text, bindparam, select

from sellingpartner.storage.columns import metadata
from sellingpartner.storage.prepared import Question

facts_of_market = Table(
    "market",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)


class _Value(NamedTuple):
    value: str


_known = Question(select(facts_of_market.c.value).where(facts_of_market.c.name == bindparam("of_name")), _Value)


def known(connection: Connection, name: str) -> str | None:
    """A fact that was kept with `remember`."""
    found = _known.first(connection, {"of_name": name})
    return None if found is None else found.value


def replace(connection: Connection, name: str, value: str) -> None:
    """Keep another value of a fact that is known."""
    connection.execute(facts_of_market.update().where(facts_of_market.c.name == name).values(value=value))


def remember(connection: Connection, name: str, value: str) -> str:
    """Keep a fact, unless it is known already; returns what is known."""
    before = known(connection, name)
    if before is None:
        connection.execute(facts_of_market.insert().values(name=name, value=value))
        return value
    return before


def forget(connection: Connection, name: str) -> None:
    """Keep a fact no longer."""
    connection.execute(facts_of_market.delete().where(facts_of_market.c.name == name))
