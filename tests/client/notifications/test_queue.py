# ruff: noqa: ANN401 - the queue and its messages are of the conftest's making
from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from sellingpartner.client.notifications import Queue, Received, RecentIds, Unreadable
from sellingpartner.client.notifications._sqs import Sqs, connect
from sellingpartner.contract.errors import NotConfigured
from sellingpartner.contract.notifications.order_change import OrderChangeNotification

Write = Callable[..., dict[str, Any]]


def a_queue(filled: Any, **options: Any) -> Queue:
    return Queue(filled.url, **{"wait_seconds": 0} | options)


def orders(received: list[Received]) -> list[str]:
    return sorted(one.payload.amazon_order_id for one in received)


def test_what_a_loop_went_through_is_typed_and_gone_from_the_queue(filled: Any, order_change: Write) -> None:
    filled.put(*(order_change(f"order-{number}", notification_id=f"n-{number}") for number in range(12)))

    received = list(a_queue(filled).receive(until_empty=True))

    assert orders(received) == sorted(f"order-{number}" for number in range(12))
    assert all(isinstance(one.payload, OrderChangeNotification) for one in received)
    assert {one.attempt for one in received} == {1}
    assert filled.counts == (0, 0)


def test_a_loop_that_raises_leaves_its_message_and_gives_the_rest_to_others(filled: Any, order_change: Write) -> None:
    filled.put(*(order_change(notification_id=f"n-{number}") for number in range(3)))

    with pytest.raises(ZeroDivisionError):
        for received in a_queue(filled):
            raise ZeroDivisionError(received)

    assert filled.counts == (2, 1)


def test_a_loop_that_is_left_keeps_what_was_not_said_to_be_done(filled: Any, order_change: Write) -> None:
    filled.put(order_change(notification_id="n-1"))

    for _ in a_queue(filled):
        break

    assert filled.counts == (0, 1)


def ours(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """The log without the server's."""
    return [record for record in caplog.records if record.name == "sellingpartner.notifications"]


def test_what_was_said_to_be_done_is_gone_even_if_the_loop_is_left(filled: Any, order_change: Write) -> None:
    filled.put(order_change(notification_id="n-1"))

    for received in a_queue(filled):
        received.done()
        received.done()
        break

    assert filled.counts == (0, 0)


def test_what_is_put_back_comes_again(filled: Any, order_change: Write) -> None:
    filled.put(order_change(notification_id="n-1"))
    attempts = []

    for received in a_queue(filled).receive(until_empty=True):
        attempts.append(received.attempt)
        if received.attempt < 3:
            received.put_back(after_seconds=0)

    assert attempts == [1, 2, 3]
    assert filled.counts == (0, 0)


def test_a_copy_is_deleted_without_being_handed_out(filled: Any, order_change: Write) -> None:
    filled.put(order_change("order-1"), order_change("order-1"), order_change("order-2", notification_id="n-2"))

    received = list(a_queue(filled).receive(until_empty=True))

    assert orders(received) == ["order-1", "order-2"]
    assert filled.counts == (0, 0)


def test_a_copy_is_known_to_all_who_share_a_memory(filled: Any, order_change: Write) -> None:
    seen = RecentIds()
    filled.put(order_change())
    assert len(list(a_queue(filled, seen=seen).receive(until_empty=True))) == 1
    filled.put(order_change())

    received = list(a_queue(filled, seen=seen).receive(until_empty=True))

    assert received == []
    assert filled.counts == (0, 0)


def test_what_failed_is_not_taken_for_a_copy(filled: Any, order_change: Write) -> None:
    filled.put(order_change())
    queue = a_queue(filled)

    for received in queue:
        received.put_back(after_seconds=0)
        break

    assert [received.attempt for received in queue.receive(until_empty=True)] == [2]


def test_notifications_without_an_id_are_no_copies_of_each_other(filled: Any, order_change: Write) -> None:
    filled.put(order_change("order-1", notification_id=""), order_change("order-2", notification_id=""))

    received = list(a_queue(filled).receive(until_empty=True))

    assert orders(received) == ["order-1", "order-2"]


def test_what_cannot_be_read_is_reported_and_left_to_the_redrive_policy(filled: Any, order_change: Write) -> None:
    filled.put("no notification", order_change("order-1"))
    reported: list[Unreadable] = []

    received = list(a_queue(filled, on_unreadable=reported.append).receive(until_empty=True))

    assert orders(received) == ["order-1"]
    assert [(one.body, one.attempt) for one in reported] == [("no notification", 1)]
    assert filled.counts == (0, 1)


def test_what_cannot_be_read_is_logged_without_its_text(filled: Any, caplog: pytest.LogCaptureFixture) -> None:
    filled.put('{"buyer": "Mary Poppins"}')

    assert list(a_queue(filled).receive(until_empty=True)) == []

    (record,) = ours(caplog)
    assert "redrive policy" in record.getMessage()
    assert "Poppins" not in record.getMessage()


def test_where_a_handler_fails_the_others_go_on(filled: Any, order_change: Write) -> None:
    filled.put(*(order_change(f"order-{number}", notification_id=f"n-{number}") for number in range(3)))
    failures: list[tuple[str, str]] = []
    handled = []

    def handler(received: Received) -> None:
        if received.payload.amazon_order_id == "order-1":
            raise LookupError("no such order")
        handled.append(received)

    def note(received: Received, failure: Exception) -> None:
        failures.append((received.payload.amazon_order_id, str(failure)))

    a_queue(filled).handle(handler, on_failure=note, until_empty=True)

    assert orders(handled) == ["order-0", "order-2"]
    assert failures == [("order-1", "no such order")]
    assert filled.counts == (0, 1)


def test_a_failure_is_logged_if_nobody_asks_for_it(
    filled: Any,
    order_change: Write,
    caplog: pytest.LogCaptureFixture,
) -> None:
    filled.put(order_change())

    def handler(_: Received) -> None:
        raise LookupError("no such order")

    a_queue(filled).handle(handler, until_empty=True)

    (record,) = ours(caplog)
    assert (
        record.getMessage() == "<Received ORDER_CHANGE n-1, attempt 1, put back> was not handled and will come again."
    )


def test_stopping_ends_the_loop_after_its_message_and_frees_the_others(filled: Any, order_change: Write) -> None:
    filled.put(*(order_change(notification_id=f"n-{number}") for number in range(3)))
    queue = a_queue(filled)
    handled = []

    def handler(received: Received) -> None:
        handled.append(received)
        queue.stop()

    queue.handle(handler)

    assert len(handled) == 1
    assert filled.counts == (2, 0)
    assert list(queue) == []


class Watched:
    """An SQS client that tells when somebody extends the visibility of messages."""

    def __init__(self, sqs: Sqs) -> None:
        self._sqs = sqs
        self.extended = Event()
        self.seconds: list[int] = []
        """Of the last extension, for each message."""

    def receive_message(self, **arguments: Any) -> Any:
        return self._sqs.receive_message(**arguments)

    def delete_message(self, **arguments: Any) -> Any:
        return self._sqs.delete_message(**arguments)

    def change_message_visibility_batch(self, **arguments: Any) -> Any:
        self.seconds = [entry["VisibilityTimeout"] for entry in arguments["Entries"]]
        self.extended.set()
        return self._sqs.change_message_visibility_batch(**arguments)


def test_while_somebody_works_all_that_was_received_stays_out_of_sight(filled: Any, order_change: Write) -> None:
    filled.put(*(order_change(notification_id=f"n-{number}") for number in range(2)))
    watched = Watched(filled.sqs)
    extended = []

    for _ in a_queue(filled, client=watched, visibility_seconds=2).receive(until_empty=True):
        watched.extended.clear()
        assert watched.extended.wait(30)
        extended.append(watched.seconds)

    assert extended == [[2, 2], [2]]
    assert filled.counts == (0, 0)


class Failing(Watched):
    """An SQS client that cannot extend anything, the first time."""

    def change_message_visibility_batch(self, **arguments: Any) -> Any:
        if not self.seconds:
            self.seconds = [0]
            raise ConnectionError("the network is away")
        return super().change_message_visibility_batch(**arguments)


def test_an_extension_that_fails_is_tried_again(
    filled: Any, order_change: Write, caplog: pytest.LogCaptureFixture
) -> None:
    filled.put(order_change())
    failing = Failing(filled.sqs)

    for _ in a_queue(filled, client=failing, visibility_seconds=1).receive(until_empty=True):
        assert failing.extended.wait(30)

    assert "could not be kept invisible" in ours(caplog)[0].getMessage()
    assert filled.counts == (0, 0)


def test_a_visibility_that_hides_nothing_is_refused() -> None:
    with pytest.raises(NotConfigured, match="at least 1"):
        Queue("http://localhost/q", visibility_seconds=0)


def test_without_boto3_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)

    with pytest.raises(NotConfigured, match=r"pip install 'sellingpartner\[aws\]'"):
        Queue("https://sqs.us-east-1.amazonaws.com/123456789012/orders")


@pytest.mark.parametrize(
    ("url", "region", "endpoint"),
    [
        ("https://sqs.eu-west-1.amazonaws.com/1/q", "eu-west-1", "https://sqs.eu-west-1.amazonaws.com"),
        ("https://us-west-2.queue.amazonaws.com/1/q", "us-west-2", "https://sqs.us-west-2.amazonaws.com"),
        ("http://localhost:4566/1/q", "us-east-1", "http://localhost:4566"),
    ],
)
def test_a_queues_url_says_where_it_is(url: str, region: str, endpoint: str, filled: Any) -> None:
    client: Any = connect(url, wait_seconds=20)

    assert client.meta.region_name == region
    assert client.meta.endpoint_url == endpoint


def test_only_the_last_ids_are_remembered() -> None:
    seen = RecentIds(most=2)

    for notification_id in ("n-1", "n-2", "n-1", "n-3"):
        seen.add(notification_id)

    assert len(seen) == 2
    assert [one in seen for one in ("n-1", "n-2", "n-3")] == [True, False, True]


def test_importing_notifications_does_not_import_boto3() -> None:
    code = "import sys, sellingpartner.client.notifications; sys.exit('boto3' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
