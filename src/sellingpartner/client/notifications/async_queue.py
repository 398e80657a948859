"""The queue for who lives on an event loop: the same loop, its waiting done in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing
from threading import Event

from sellingpartner.client.notifications.queue import Queue, log_failure
from sellingpartner.client.notifications.received import Received


class AsyncQueue:
    """A `Queue`, iterated with `async for`; everything else is said to the `Queue` itself."""

    def __init__(self, queue: Queue | str) -> None:
        self.queue = Queue(queue) if isinstance(queue, str) else queue

    def __aiter__(self) -> AsyncIterator[Received]:
        return self.receive()

    def stop(self) -> None:
        """End all loops over this queue after what they are at."""
        self.queue.stop()

    async def handle(
        self,
        handler: Callable[[Received], Awaitable[object]],
        *,
        on_failure: Callable[[Received, Exception], None] = log_failure,
        until_empty: bool = False,
    ) -> None:
        """Await a function for each message until `stop`; where it raises, the message comes again and others go on."""
        async with aclosing(self.receive(until_empty=until_empty)) as messages:
            async for received in messages:
                try:
                    await handler(received)
                except Exception as failure:  # noqa: BLE001 - one message that fails must not stop the others
                    received.put_back()
                    on_failure(received, failure)

    async def receive(self, *, until_empty: bool = False) -> AsyncGenerator[Received, None]:
        """Every message until `stop`, or until the queue has none to give; going on means that the last was handled."""
        ended = Event()
        messages = self.queue.receive(until_empty=until_empty, ended=ended)
        try:
            while (received := await _next(messages, ended)) is not None:
                yield received
        finally:
            await asyncio.to_thread(messages.close)


async def _next(messages: Iterator[Received], ended: Event) -> Received | None:
    """The next message. Where the wait for it is canceled, the poll that is under way is the last."""
    step = asyncio.ensure_future(asyncio.to_thread(next, messages, None))
    try:
        return await asyncio.shield(step)
    except asyncio.CancelledError:
        ended.set()
        await asyncio.wait({step})
        if step.exception() is None and (received := step.result()) is not None:
            await asyncio.to_thread(received.put_back, 0)
        raise
