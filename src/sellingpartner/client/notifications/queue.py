"""Reads notifications from an SQS queue, each until it was handled: at least once, and hardly ever twice.

- A message is deleted when its handler has returned, or when the loop that got it asks for the next. Where either
  raises, or the loop is left by `break`, the message stays and comes again; `received.done()` deletes it before that.
- While a message is worked on, and while others of its batch wait for their turn, their visibility is extended.
- A copy of what was handled is deleted without being handed out.
- What is no notification stays in the queue: its redrive policy moves it to a dead-letter queue, and a hook is told.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from threading import Event

from sellingpartner.client.notifications._sqs import QueueMessage, Sqs, connect
from sellingpartner.client.notifications._visibility import Visibility, log
from sellingpartner.client.notifications.parsing import NotificationUnreadable, parse
from sellingpartner.client.notifications.received import Fate, Received, Unreadable, attempt_of
from sellingpartner.client.notifications.seen import RecentIds, Seen
from sellingpartner.contract.errors import NotConfigured


def log_unreadable(unreadable: Unreadable) -> None:
    """What is done about a message that is no notification if nobody says otherwise; its text stays out of the log."""
    log.warning(
        "Message %s (attempt %d) is left to the redrive policy: %s",
        unreadable.message_id,
        unreadable.attempt,
        unreadable.reason,
    )


def log_failure(received: Received, failure: Exception) -> None:
    """What is done about a handler's failure if nobody says otherwise."""
    log.error("%r was not handled and will come again.", received, exc_info=failure)


class Queue:
    """An SQS queue of notifications: iterate over it, or let it call a function for each message."""

    def __init__(
        self,
        url: str,
        *,
        client: Sqs | None = None,
        seen: Seen | None = None,
        visibility_seconds: int = 60,
        wait_seconds: int = 20,
        on_unreadable: Callable[[Unreadable], None] = log_unreadable,
    ) -> None:
        if visibility_seconds < 1:
            raise NotConfigured(f"A visibility of {visibility_seconds} s hides nothing; it takes at least 1.")
        self.url = url
        self._sqs = client if client is not None else connect(url, wait_seconds)
        self._seen: Seen = seen if seen is not None else RecentIds()
        self._visibility_seconds = visibility_seconds
        self._wait_seconds = wait_seconds
        self._on_unreadable = on_unreadable
        self._stopped = Event()

    def __iter__(self) -> Iterator[Received]:
        return self.receive()

    def stop(self) -> None:
        """End all loops over this queue after what they are at; a poll that waits is given its time.

        May be called from another thread or a signal handler.
        """
        self._stopped.set()

    def handle(
        self,
        handler: Callable[[Received], object],
        *,
        on_failure: Callable[[Received, Exception], None] = log_failure,
        until_empty: bool = False,
    ) -> None:
        """Call a function for each message until `stop`; where it raises, the message comes again and others go on."""
        with closing(self.receive(until_empty=until_empty)) as messages:
            for received in messages:
                try:
                    handler(received)
                except Exception as failure:  # noqa: BLE001 - one message that fails must not stop the others
                    received.put_back()
                    on_failure(received, failure)

    def receive(self, *, until_empty: bool = False, ended: Event | None = None) -> Generator[Received, None, None]:
        """Every message until `stop`, or until the queue has none to give; going on means that the last was handled.

        Setting `ended` ends this loop alone.
        """
        stops = [self._stopped] if ended is None else [self._stopped, ended]
        with Visibility(self._sqs, self.url, self._visibility_seconds) as visibility:
            while not _is_any_set(stops):
                messages = self._poll(until_empty=until_empty)
                if until_empty and not messages:
                    return
                visibility.hold(messages)
                try:
                    yield from self._handed_out(messages, visibility, stops)
                finally:
                    visibility.release_all()

    def _poll(self, *, until_empty: bool) -> list[QueueMessage]:
        # A poll that does not wait asks some of SQS's servers only; one second is enough for it to ask them all.
        wait_seconds = min(self._wait_seconds, 1) if until_empty else self._wait_seconds
        answer = self._sqs.receive_message(
            QueueUrl=self.url,
            MaxNumberOfMessages=10,
            WaitTimeSeconds=wait_seconds,
            VisibilityTimeout=self._visibility_seconds,
            MessageSystemAttributeNames=["ApproximateReceiveCount"],
        )
        found: list[QueueMessage] = answer.get("Messages", [])
        return found

    def _handed_out(
        self, messages: list[QueueMessage], visibility: Visibility, stops: list[Event]
    ) -> Iterator[Received]:
        for message in messages:
            if _is_any_set(stops):
                return
            received = self._read(message, visibility)
            if received is None:
                continue
            if received.key in self._seen:
                received.done()
                continue
            try:
                yield received
            except GeneratorExit:
                received.put_back()  # left by `break` or an exception: handled or not, nobody said
                raise
            received.done()

    def _read(self, message: QueueMessage, visibility: Visibility) -> Received | None:
        try:
            notification = parse(message["Body"])
        except NotificationUnreadable as reason:
            visibility.drop(message["MessageId"])
            self._on_unreadable(
                Unreadable(
                    body=message["Body"], message_id=message["MessageId"], attempt=attempt_of(message), reason=reason
                )
            )
            return None

        def settle(received: Received, after_seconds: int | None) -> None:
            if received.fate is Fate.DONE:
                self._seen.add(received.key)  # first: if deleting fails, the copy that comes again is known
                visibility.drop(received.message_id)
                self._sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
            elif after_seconds is None:
                visibility.drop(received.message_id)
            else:
                visibility.release(received.message_id, after_seconds)

        return Received(notification, message, settle)


def _is_any_set(events: list[Event]) -> bool:
    return any(event.is_set() for event in events)
