"""The thread that has things happen when market time has come to them."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import structlog

from sellingpartner.market.market import Market

log = structlog.get_logger(__name__)

_LATEST_SECONDS = 0.5
"""How late a due thing is at most, if the market keeps up."""

_STEP = timedelta(hours=1)
"""How much market time is caught up with at once: between two steps the thread can be stopped."""


class Timekeeper:
    """Runs due things, in order, for as long as a market is served."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._woken = Event()
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="timekeeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is being done is done."""
        self._stopped.set()
        self._woken.set()
        self._thread.join()

    def wake(self) -> None:
        """Look at once, because the clock was moved or let run."""
        self._woken.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            try:
                pause = self._turn()
            except Exception:
                # Whatever it was (a full disk, a database that restarts), the market must go on when it is over.
                log.exception("due things could not be run; they are tried again")
                pause = _LATEST_SECONDS
            self._woken.wait(pause)

    def _turn(self) -> float:
        """Run what is due, a step of market time; returns how long to wait for more, in real seconds."""
        next_due = self._market.next_due()
        if next_due is None:
            return _LATEST_SECONDS
        now = self._market.clock.now()
        if next_due <= now:
            self._market.run_due(until=min(now, next_due + _STEP))
            return 0.0
        # Requests schedule things too, and need not say so: a look is cheap.
        return min(self._market.clock.seconds_until(next_due) or _LATEST_SECONDS, _LATEST_SECONDS)
