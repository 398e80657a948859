"""How many calls may be at work at once, so that whoever asks how the market stands always finds a thread.

Where all seats are taken and no call has ended well for a while (a database that hangs, a clock that is advanced by a
year), more callers are told so at once instead of waiting behind those for as long as that takes.
"""

from __future__ import annotations

from queue import Empty, SimpleQueue
from time import monotonic

from sellingpartner.contract.errors import ServiceUnavailable
from sellingpartner.counted import counted

PATIENCE_SECONDS = 1.0
_FORGOTTEN_SECONDS = 30.0
"""How long what hung is held against those who come after."""


class Seats:
    """So many places: whoever took one leaves it, and says whether its call ended well."""

    def __init__(self, count: int, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._count = count
        self._patience_seconds = patience_seconds
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(count):
            self._free.put(None)
        self._hopeful_at = monotonic()
        """When a seat was last seen to come free soon."""
        self._hangs = False

    def take(self) -> None:
        """Take a seat, waiting for it while others come and go; raises `ServiceUnavailable`."""
        try:
            self._free.get_nowait()
        except Empty:
            self._wait()
        if self._free.empty() and not self._is_hanging():
            self._hopeful_at = monotonic()

    def leave(self, *, is_well: bool) -> None:
        """Give the seat back."""
        if is_well:
            self._hopeful_at = monotonic()
            self._hangs = False
        self._free.put(None)

    def _is_hanging(self) -> bool:
        return self._hangs and monotonic() - self._hopeful_at < _FORGOTTEN_SECONDS

    def _wait(self) -> None:
        while (left := self._hopeful_at + self._patience_seconds - monotonic()) > 0:
            try:
                return self._free.get(timeout=left)
            except Empty:
                continue
        self._hangs = True
        message = (
            f"The market is busy: it is at work on {counted(self._count, 'call')}, and none has ended well for "
            f"{self._patience_seconds:g} seconds; try again."
        )
        raise ServiceUnavailable(message)
