# ruff: noqa: ANN401 - the queue and its messages are of the conftest's making
from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from sellingpartner.client.notifications import AsyncQueue, Queue, Received

Write = Callable[..., dict[str, Any]]


def a_queue(filled: Any) -> AsyncQueue:
    return AsyncQueue(Queue(filled.url, wait_seconds=0))


def test_an_async_loop_deletes_what_it_went_through(filled: Any, order_change: Write) -> None:
    filled.put(*(order_change(f"order-{number}", notification_id=f"n-{number}") for number in range(3)))

    async def collect() -> list[str]:
        return [found.payload.amazon_order_id async for found in a_queue(filled).receive(until_empty=True)]

    assert sorted(asyncio.run(collect())) == ["order-0", "order-1", "order-2"]
    assert filled.counts == (0, 0)


def test_an_async_loop_that_raises_leaves_its_message(filled: Any, order_change: Write) -> None:
    filled.put(*(order_change(notification_id=f"n-{number}") for number in range(3)))

    async def fail() -> None:
        async for received in a_queue(filled):
            raise ZeroDivisionError(received)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(fail())

    assert filled.counts == (2, 1)


def test_where_an_async_handler_fails_the_others_go_on(filled: Any, order_change: Write) -> None:
    filled.put(*(order_change(f"order-{number}", notification_id=f"n-{number}") for number in range(3)))
    failures = []

    async def handler(received: Received) -> None:
        if received.payload.amazon_order_id == "order-1":
            raise LookupError("no such order")

    def note(received: Received, failure: Exception) -> None:
        failures.append((received.payload.amazon_order_id, str(failure)))

    asyncio.run(a_queue(filled).handle(handler, on_failure=note, until_empty=True))

    assert failures == [("order-1", "no such order")]
    assert filled.counts == (0, 1)


def test_an_async_loop_can_be_stopped_from_its_handler(filled: Any, order_change: Write) -> None:
    filled.put(*(order_change(notification_id=f"n-{number}") for number in range(3)))
    queue = a_queue(filled)

    async def handler(_: Received) -> None:
        queue.stop()

    asyncio.run(queue.handle(handler))

    assert filled.counts == (2, 0)


def test_a_wait_that_is_canceled_ends_and_the_queue_can_be_read_again(filled: Any, order_change: Write) -> None:
    queue = a_queue(filled)

    async def wait_in_vain() -> None:
        async for _ in queue:
            pytest.fail("the queue is empty")

    async def cancel() -> list[str]:
        waiting = asyncio.create_task(wait_in_vain())
        await asyncio.sleep(0)  # lets it begin
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        filled.put(order_change("order-1"))
        return [found.payload.amazon_order_id async for found in queue.receive(until_empty=True)]

    assert asyncio.run(cancel()) == ["order-1"]
    assert filled.counts == (0, 0)
