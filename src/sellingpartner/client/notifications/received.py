"""A message as it came from a queue, and what is to become of it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

import msgspec

from sellingpartner.client.notifications._sqs import QueueMessage
from sellingpartner.client.notifications.notification import Notification
from sellingpartner.client.notifications.parsing import NotificationUnreadable


class Unreadable(msgspec.Struct, frozen=True, kw_only=True):
    """A message that is no notification; it stays in the queue, whose redrive policy moves it away in the end."""

    body: str
    message_id: str
    attempt: int
    reason: NotificationUnreadable


class Fate(Enum):
    """What becomes of a message."""

    OPEN = "open"
    DONE = "done"
    PUT_BACK = "put back"


class Received:
    """A notification from a queue; it stays in the queue until it is `done`."""

    def __init__(self, notification: Notification[Any], message: QueueMessage, settle: Settle) -> None:
        self.notification = notification
        self.body: str = message["Body"]
        self.message_id: str = message["MessageId"]
        """The queue's name for this copy."""
        self.attempt = attempt_of(message)
        """How often the queue has handed out this copy, this time included."""
        self.fate = Fate.OPEN
        self._settle = settle

    @property
    def payload(self) -> Any:  # noqa: ANN401 - of any type's class
        """The notification's payload."""
        return self.notification.payload

    @property
    def key(self) -> str:
        """What copies of one notification have in common; of one without an id, the queue's own id."""
        return self.notification.metadata.notification_id or self.message_id

    def done(self) -> None:
        """Remember that it was handled and delete it from the queue. A second call does nothing."""
        if self.fate is Fate.OPEN:
            self.fate = Fate.DONE
            self._settle(self, None)

    def put_back(self, after_seconds: int | None = None) -> None:
        """Leave it to be delivered again, after so many seconds or once its visibility timeout ends."""
        if self.fate is Fate.OPEN:
            self.fate = Fate.PUT_BACK
            self._settle(self, after_seconds)

    def __repr__(self) -> str:
        return f"<Received {self.notification.notification_type} {self.key}, attempt {self.attempt}, {self.fate.value}>"


Settle = Callable[[Received, int | None], None]
"""Tells the queue what became of a message; with the seconds after which one that was put back may come again."""


def attempt_of(message: QueueMessage) -> int:
    """How often a message has been received."""
    return int(message.get("Attributes", {}).get("ApproximateReceiveCount", 1))
