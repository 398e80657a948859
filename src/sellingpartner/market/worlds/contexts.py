"""The tables of a world, put in order: by context, and which of their rows people know by a name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from sellingpartner.storage.columns import metadata

REST = "the rest"
"""What is in no context: counters, what was called, what the market remembers."""


class Thing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rows that people know by a name."""

    table: str
    word: str
    named: tuple[str, ...]
    """What names a row among its seller's."""
    shows: tuple[str, ...]
    """What a line tells of it."""


class Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the market."""

    name: str
    tables: tuple[str, ...]
    things: tuple[Thing, ...] = ()


class _Told(msgspec.Struct):
    context: tuple[Context, ...]


@cache
def contexts() -> tuple[Context, ...]:
    """All of them, and last the rest."""
    told = msgspec.toml.decode(Path(__file__).with_name("contexts.toml").read_bytes(), type=_Told).context
    known = {table for context in told for table in context.tables}
    rest = tuple(table.name for table in metadata.sorted_tables if table.name not in known)
    return (*told, Context(name=REST, tables=rest))
