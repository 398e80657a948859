"""What a process does by itself, again and again, on a thread of its own: it outlives its failures, and can be asked.

Whatever a turn fails by (a full disk, a database that restarts, a defect), the next one is tried. How a loop stands is
told by `standing`, from outside: whether its thread lives, whether its turns fail and why, whether one does not end.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Event, Thread

import msgspec
import structlog

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.time.clock import real_now

log = structlog.get_logger(__name__)

_LONGEST = timedelta(seconds=60)
"""How long a turn may take without a sign of progress until it counts as stuck."""

_AGAIN = timedelta(seconds=60)
"""How often the same failure is logged."""


class State(StrEnum):
    """How something stands."""

    OK = "ok"
    FAILING = "failing"
    STUCK = "stuck"
    ENDED = "ended"


class Standing(msgspec.Struct, frozen=True):
    """How something stands, since when, and why; without what strangers should not read."""

    state: State
    since: datetime | None = None
    reason: str | None = None


FINE = Standing(State.OK)


class Loop:
    """Takes turns until it is stopped; `turn` returns how many seconds to wait for the next."""

    def __init__(
        self, name: str, turn: Callable[[], float], *, retry_seconds: float, longest: timedelta = _LONGEST
    ) -> None:
        self.name = name
        self._longest = longest
        self._turn = turn
        self._retry_seconds = retry_seconds
        self._woken = Event()
        self._stopped = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._failing: Standing | None = None
        self._logged_at: datetime | None = None
        self._progress_at: datetime | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the turn that is being taken; nothing, if it never began."""
        self._stopped.set()
        self._woken.set()
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def is_stopped(self) -> bool:
        """Whether it is to end: a turn of many steps looks between them."""
        return self._stopped.is_set()

    def wake(self) -> None:
        """Take the next turn at once."""
        self._woken.set()

    def progress(self) -> None:
        """Say, within a long turn, that it comes along."""
        self._progress_at = real_now()

    def standing(self) -> Standing:
        """How it stands at this moment."""
        progress_at = self._progress_at
        if self._thread.ident is not None and not self._thread.is_alive() and not self._stopped.is_set():
            return Standing(State.ENDED, reason="Its thread has ended; restart the server.")
        if progress_at is not None and real_now() - progress_at > self._longest:
            return Standing(State.STUCK, progress_at, "What it is doing does not end.")
        return self._failing or FINE

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            self.progress()
            try:
                pause = self._turn()
            except BaseException as reason:  # noqa: BLE001 - nothing that a turn meets may end the thread
                self._failed(reason)
                pause = self._retry_seconds
            else:
                self._failing = self._logged_at = None
            self._progress_at = None
            self._woken.wait(pause)

    def _failed(self, reason: BaseException) -> None:
        """Take down that a turn failed, and log it: at once, and then not each time."""
        # An error of the contract's tree has words for strangers; others may quote what is nobody's business.
        why = reason.message if isinstance(reason, SellingPartnerError) else f"It fails by {type(reason).__name__}."
        now = real_now()
        before = self._failing
        self._failing = Standing(State.FAILING, now if before is None else before.since, why)
        if before is not None and before.reason == why and self._logged_at and now - self._logged_at < _AGAIN:
            return
        self._logged_at = now
        with suppress(Exception):  # a log that cannot be written must not end it either
            self._log(reason)

    def _log(self, reason: BaseException) -> None:
        if isinstance(reason, SellingPartnerError):
            log.warning("a turn could not be taken; it is tried again", loop=self.name, reason=reason.reason)
        else:
            log.error("a turn failed by a defect; it is tried again", loop=self.name, exc_info=reason)
