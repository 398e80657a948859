"""What was read before, and need not be read again as long as nobody has committed anything.

What is remembered belongs to the moment (`moments.py`) that was seen when it was read: a transaction that sees the same
one would read the same. Where moments cannot be told, on PostgreSQL, nothing is remembered, and everything is read
anew.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from sqlalchemy import Connection

from sellingpartner.storage.moments import Moment, moment_of

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
        moment = moment_of(connection)
        if moment is None:
            return None
        kept: tuple[Moment, dict[Key, Value]] | None = connection.info.get(self._place)
        if kept is None or kept[0] != moment or len(kept[1]) >= _MOST:
            kept = connection.info[self._place] = (moment, {})
        return kept[1]
