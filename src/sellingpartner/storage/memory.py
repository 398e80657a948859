"""What a transaction has read once and need not read again, because only it could have changed that.

    _WANTED: Recollection[str, list[Subscription]] = Recollection()

    found = _WANTED.of(unit.memory)  # a dictionary, to look in and to add to
    _WANTED.forget(unit.memory)      # whoever writes says so

It lasts as long as the transaction. On SQLite nobody else writes meanwhile; on PostgreSQL somebody may, so there only
rows that are held are remembered: whoever remembers others asks `unit.is_alone` first. What is remembered must not be
changed by whoever gets it. Where an attempt is undone, all is forgotten.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memory:
    """What one transaction remembers; the units in it share it."""

    __slots__ = ("places",)

    def __init__(self) -> None:
        self.places: dict[object, dict[Any, Any]] = {}

    def forget_all(self) -> None:
        """Remember nothing: some of what was read was never so."""
        self.places.clear()


class Recollection(Generic[Key, Value]):
    """One kind of thing that transactions remember."""

    def of(self, memory: Memory) -> dict[Key, Value]:
        """What a transaction remembers of it."""
        found = memory.places.get(self)
        if found is None:
            found = memory.places[self] = {}
        return found

    def forget(self, memory: Memory) -> None:
        """Remember none of it: it was written."""
        memory.places.pop(self, None)
