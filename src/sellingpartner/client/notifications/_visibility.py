"""Keeps received messages invisible to other consumers for as long as somebody works on them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from threading import Event, Lock, Thread
from typing import Self

from sellingpartner.client.notifications._sqs import QueueMessage, Sqs

log = logging.getLogger("sellingpartner.notifications")


class Visibility:
    """Extends the visibility timeout of what it holds, at half of it, from a thread of its own."""

    def __init__(self, sqs: Sqs, url: str, seconds: int) -> None:
        self._sqs = sqs
        self._url = url
        self._seconds = seconds
        self._held: dict[str, str] = {}
        self._lock = Lock()
        self._closed = Event()
        self._thread = Thread(target=self._keep, name="sellingpartner-visibility", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._thread.join()

    def hold(self, messages: Iterable[QueueMessage]) -> None:
        """Keep these messages from now on."""
        with self._lock:
            self._held |= {message["MessageId"]: message["ReceiptHandle"] for message in messages}

    def drop(self, message_id: str) -> None:
        """Leave a message to its timeout."""
        with self._lock:
            self._held.pop(message_id, None)

    def release(self, message_id: str, after_seconds: int = 0) -> None:
        """Make a message visible to others, soon."""
        with self._lock:
            handle = self._held.pop(message_id, None)
        if handle is not None:
            self._change({message_id: handle}, after_seconds)

    def release_all(self) -> None:
        """Make everything visible to others at once."""
        with self._lock:
            held, self._held = self._held, {}
        self._change(held, 0)

    def _keep(self) -> None:
        while not self._closed.wait(self._seconds / 2):
            try:
                with self._lock:
                    # The lock is held during the call: what is dropped or released meanwhile must not be kept by it.
                    self._change(self._held, self._seconds)
            except Exception:  # whatever went wrong may go well the next time; who works on the messages goes on
                log.warning("Messages of %s could not be kept invisible.", self._url, exc_info=True)

    def _change(self, held: dict[str, str], seconds: int) -> None:
        if not held:
            return
        entries = [
            {"Id": str(number), "ReceiptHandle": handle, "VisibilityTimeout": seconds}
            for number, handle in enumerate(held.values())
        ]
        answer = self._sqs.change_message_visibility_batch(QueueUrl=self._url, Entries=entries)
        for failure in answer.get("Failed", ()):
            # Its time was up before this call, or twelve hours are over: the queue delivers it again.
            log.warning("%s: a message is visible to others again: %s", self._url, failure.get("Code"))
