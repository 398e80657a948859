"""The thread that carries out what takes long (`market/time/works.py`), beside the one that keeps time."""

from __future__ import annotations

from sellingpartner.market.market import Market
from sellingpartner.server.loop import Loop

_PAUSE_SECONDS = 0.5
"""How late a work is begun at most, if none is before it."""


class Workshop:
    """Makes reports, runs feeds and queries, for as long as a market is served."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self.loop = Loop("workshop", self._turn, retry_seconds=_PAUSE_SECONDS)

    def start(self) -> None:
        """Begin."""
        self.loop.start()

    def stop(self) -> None:
        """End, after the work that is being carried out."""
        self.loop.stop()

    def _turn(self) -> float:
        while not self.loop.is_stopped and self._market.run_works(most=1):
            self.loop.progress()
        return _PAUSE_SECONDS
