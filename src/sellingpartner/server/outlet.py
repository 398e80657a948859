"""Where what a process says goes out: a stream that may be full, closed, or read by nobody.

A disk fills up, a pipe's reader goes, a terminal is held with Ctrl-S. Whoever writes here is never held up and never
fails for it: lines wait in a bounded queue, a thread of its own writes them, and what cannot be written is dropped and
counted.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from threading import Event, Lock, Thread
from typing import TextIO

_MOST_WAITING = 10_000
_PATIENCE_SECONDS = 1.0


class Outlet:
    """A text stream to write to, whatever becomes of the one behind it."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._waiting: deque[str] = deque()
        self._something = Event()
        self._written = Event()
        self._starting = Lock()
        self._thread: Thread | None = None
        self.lost = 0
        """How many pieces of text could not be written since the last that could."""
        self.failure = ""
        """Why the last one could not."""

    @property
    def encoding(self) -> str:
        """What the stream writes in."""
        return getattr(self._stream, "encoding", None) or "utf-8"

    def isatty(self) -> bool:
        """Whether a person looks on."""
        try:
            return self._stream is not None and self._stream.isatty()
        except ValueError:  # it is closed
            return False

    def write(self, text: str) -> int:
        """Have a text written soon."""
        if len(self._waiting) >= _MOST_WAITING:
            self.lost, self.failure = self.lost + 1, "it is not read"
            return len(text)
        self._written.clear()
        self._waiting.append(text)
        self._something.set()
        if self._thread is None or not self._thread.is_alive():  # nor does it live on in a forked process
            self._start()
        return len(text)

    def flush(self) -> None:
        """Nothing: what waits is written as soon as it can be."""

    def finish(self) -> None:
        """Wait until all is written, for as long as a reader may reasonably take."""
        if self._thread is not None:
            self._written.wait(_PATIENCE_SECONDS)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="outlet", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._something.wait()
            self._something.clear()
            while self._waiting:
                self._write(self._waiting.popleft())
            self._written.set()

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except Exception as reason:  # noqa: BLE001 - a stream may be anything, and whoever logs must not pay for it
            self.lost, self.failure = self.lost + 1, str(reason) or type(reason).__name__
        else:
            self.lost, self.failure = 0, ""


def open_standard_streams() -> None:
    """Let the process have all three: what is opened next would else take their numbers, and get what is printed."""
    for number, mode in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as the process lives
