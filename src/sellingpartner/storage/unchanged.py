"""What was read before, and need not be read again as long as nobody has committed anything.

SQLite says cheaply whether anybody has: `PRAGMA data_version` changes with every commit of another connection, whatever
process it is in, and the driver counts the rows that its own connection has changed. Both are asked within the
transaction that wants to know, so what is remembered is what that transaction would have read. PostgreSQL has no such
question: there nothing is remembered, and everything is read anew.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from sqlalchemy import Connection

from sellingpartner.storage.sqlite import driver_of

Key = TypeVar("Key")
Value = TypeVar("Value")

_MOST = 1000
"""How much is remembered; beyond it everything is read anew."""


class Unchanged(Generic[Key, Value]):
    """Values by their keys, for each connection, as long as the database stays as it is."""

    def __init__(self) -> None:
        self._place = object()
        """Where in a connection's own dictionary they lie: they go when the connection goes."""

    def known(self, connection: Connection) -> dict[Key, Value] | None:
        """What is remembered at this moment, to look in and to add to; None where nothing can be.

        Only what this transaction has read itself may be added, and no absence: it is not known whose.
        """
        if connection.dialect.name != "sqlite":
            return None
        driver = driver_of(connection)
        stamp: tuple[int, int] = (driver.execute("PRAGMA data_version").fetchone()[0], driver.total_changes)
        kept: tuple[tuple[int, int], dict[Key, Value]] | None = connection.info.get(self._place)
        if kept is None or kept[0] != stamp or len(kept[1]) >= _MOST:
            kept = connection.info[self._place] = (stamp, {})
        return kept[1]
