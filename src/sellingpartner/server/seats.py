"""How many calls may be at work at once, so that whoever asks how the market stands always finds a thread.

Where all seats are taken and nobody has come or gone for a while (a database that hangs, a clock that is advanced by a
year), more callers are told so at once instead of waiting behind those for as long as that takes.
"""

from __future__ import annotations

from queue import Empty, SimpleQueue
from time import monotonic

from sellingpartner.contract.errors import ServiceUnavailable

PATIENCE_SECONDS = 2.0


class Seats:
    """So many places; `with` takes one, or raises `ServiceUnavailable`."""

    def __init__(self, count: int, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._count = count
        self._patience_seconds = patience_seconds
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(count):
            self._free.put(None)
        self._moved_at = monotonic()

    def __enter__(self) -> None:
        try:
            self._free.get_nowait()
        except Empty:
            self._wait()
        self._moved_at = monotonic()

    def __exit__(self, *_: object) -> None:
        self._moved_at = monotonic()
        self._free.put(None)

    def _wait(self) -> None:
        while (left := self._moved_at + self._patience_seconds - monotonic()) > 0:
            try:
                return self._free.get(timeout=left)
            except Empty:
                continue
        message = (
            f"The market is busy: it is at work on {self._count} calls, and none of them has ended for "
            f"{self._patience_seconds:g} seconds; try again."
        )
        raise ServiceUnavailable(message)
