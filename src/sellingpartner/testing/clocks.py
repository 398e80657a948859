"""The clock of a test's market: it stands unless it is moved."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.market.market import Market
from sellingpartner.market.time.way import Journey
from sellingpartner.server.control.running.happenings import stop_at
from sellingpartner.storage.events import Event


class ClockHandle:
    """Market time, looked at and moved; whatever is due on the way happens, in order."""

    def __init__(self, market: Market) -> None:
        self._market = market

    @property
    def now(self) -> datetime:
        """The market's present moment, in UTC."""
        return self._market.clock.now()

    def advance(self, **by: float) -> Journey:
        """Let time pass: `advance(days=1)`, `advance(hours=2, minutes=30)`; tells what happened."""
        return self._market.travel(self.now + timedelta(**by))

    def travel(self, to: datetime) -> Journey:
        """Go to a later moment; tells what happened on the way."""
        if to < self.now:
            message = f"Market time never goes back: it is {self.now:%Y-%m-%dT%H:%M:%SZ}."
            raise ValueError(message)
        return self._market.travel(to)

    def until(
        self,
        kind: type[Event] | str,
        *,
        order_id: str | None = None,
        within: timedelta = timedelta(days=30),
    ) -> Journey:
        """Let time pass until something happens: `until(OrderShipped, order_id=order_id)`; it stands at that moment.

        Raises `AssertionError` where it does not happen within that time, which has passed then.
        """
        name = kind if isinstance(kind, str) else kind.__name__
        journey = self._market.travel(self.now + within, until=stop_at(name, order_id))
        if journey.stopped_by is None:
            whose = "" if order_id is None else f" of {order_id}"
            message = f"Until {self.told} there was no {name}{whose}."
            raise AssertionError(message)
        return journey

    def freeze(self, at: datetime | None = None) -> None:
        """Let it stand, here or at a later moment."""
        self._market.freeze(at)

    def live(self, speed: float = 1.0) -> None:
        """Let it run with the machine's, or so many times as fast; what falls due happens when it is next moved."""
        self._market.live(speed)

    @property
    def told(self) -> str:
        """What it shows, and whether it runs."""
        return f"{self.now:%Y-%m-%d %H:%M:%S} UTC, {self._market.clock.mode.value}"

    def __repr__(self) -> str:
        return f"<Clock {self.told}>"
