"""Which moment of the database a connection sees, told by a value that is another one after every commit.

On SQLite that costs next to nothing, and it holds for commits of other processes too. A transaction asks `PRAGMA
data_version`, which changes with every commit of another connection, and the driver, which counts the rows that its
own connection has changed; a glance (`glance.py`) has read the write-ahead log's index before it began. What was undone
is counted besides: it leaves the count of rows as if it had been done. PostgreSQL has nothing that says it as cheaply.
"""

from __future__ import annotations

from sqlalchemy import Connection

from sellingpartner.storage.sqlite import SEEN, UNDONE, driver_of

Moment = tuple[object, int, int]


def moment_of(connection: Connection) -> Moment | None:
    """The moment that a transaction sees; None where that cannot be told."""
    if connection.dialect.name != "sqlite":
        return None
    driver, notes = driver_of(connection), connection.info
    seen = notes.get(SEEN)
    if seen is None:
        seen = notes[SEEN] = driver.execute("PRAGMA data_version").fetchone()[0]
    return seen, driver.total_changes, notes.get(UNDONE, 0)
