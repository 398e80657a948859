"""Databases as older versions of the market left them: walked to once, and from then on by the words that were said."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from alembic import command
from sqlalchemy import Connection, event

from sellingpartner.storage.migrations import configuration

_told: defaultdict[str, list[tuple[str, Any, bool]]] = defaultdict(list)
"""What Alembic told an empty database of a kind on its way: the statement, its parameters, whether they are many."""

_ends: defaultdict[str, dict[str, int]] = defaultdict(dict)
"""After how many of them it stood at a revision, for a kind of database."""


def upgrade_to(connection: Connection, revision: str) -> None:
    """Bring an empty database to a revision.

    Alembic thinks for a third of a second about what it then says; to an empty database it always says the same.
    """
    told, ends = _told[connection.dialect.name], _ends[connection.dialect.name]
    if revision in ends:
        cursor = connection.connection.cursor()
        for statement, parameters, are_many in told[: ends[revision]]:
            (cursor.executemany if are_many else cursor.execute)(statement, parameters)
        cursor.close()
        return
    heard: list[tuple[str, Any, bool]] = []

    def hear(
        _connection: Connection, _cursor: object, statement: str, parameters: object, _context: object, are_many: object
    ) -> None:
        heard.append((statement, parameters, bool(are_many)))

    event.listen(connection, "before_cursor_execute", hear)
    command.upgrade(configuration(connection), revision)
    event.remove(connection, "before_cursor_execute", hear)
    if len(heard) > len(told):
        told[:] = heard
        ends.update({_revision_in(one): number for number, one in enumerate(heard, 1) if _revision_in(one)})


def _revision_in(heard: tuple[str, Any, bool]) -> str:
    """The revision that a statement notes; empty if it is another statement."""
    statement = heard[0]
    return statement.split("'")[1] if statement.startswith(("INSERT INTO alembic_v", "UPDATE alembic_v")) else ""
