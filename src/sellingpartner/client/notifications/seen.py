"""Which notifications were handled already: SQS delivers some more than once, and SNS and Amazon send some again."""

from __future__ import annotations

from threading import Lock
from typing import Protocol


class Seen(Protocol):
    """A memory of notification ids; several consumers of one queue share one, in a database or a cache."""

    def __contains__(self, notification_id: str, /) -> bool:
        """Whether this notification was handled."""
        ...

    def add(self, notification_id: str, /) -> None:
        """Remember that it was."""
        ...


class RecentIds:
    """Remembers the last ids in this process, and forgets the oldest beyond a bound."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._ids: dict[str, None] = {}
        self._lock = Lock()

    def __contains__(self, notification_id: str) -> bool:
        return notification_id in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, notification_id: str) -> None:
        """Remember an id as the latest."""
        with self._lock:
            self._ids.pop(notification_id, None)
            self._ids[notification_id] = None
            if len(self._ids) > self._most:
                del self._ids[next(iter(self._ids))]
