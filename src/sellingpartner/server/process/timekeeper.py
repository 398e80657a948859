"""The thread that has things happen when market time has come to them."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.market.market import Market
from sellingpartner.server.loop import Loop

_LATEST_SECONDS = 0.5
"""How late a due thing is at most, if the market keeps up."""

_STEP = timedelta(hours=1)
"""How much market time is caught up with at once: between two steps the thread can be stopped."""


class Timekeeper:
    """Runs due things, in order, for as long as a market is served."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self.loop = Loop("timekeeper", self._turn, retry_seconds=_LATEST_SECONDS)

    def start(self) -> None:
        """Begin."""
        self.loop.start()

    def stop(self) -> None:
        """End, after what is being done is done."""
        self.loop.stop()

    def wake(self) -> None:
        """Look at once, because the clock was moved or let run."""
        self.loop.wake()

    def _turn(self) -> float:
        """Run what is due, a step of market time; returns how long to wait for more, in real seconds."""
        next_due = self._market.next_due()
        if next_due is None:
            return _LATEST_SECONDS
        now = self._market.clock.now()
        if next_due <= now:
            # Whoever advances the clock runs due things meanwhile, for as long as it takes; this thread need not wait.
            ran = self._market.run_due(until=min(now, next_due + _STEP), wait=False, with_works=False)
            return _LATEST_SECONDS if ran is None else 0.0
        # Requests schedule things too, and need not say so: a look is cheap.
        return min(self._market.clock.seconds_until(next_due) or _LATEST_SECONDS, _LATEST_SECONDS)
