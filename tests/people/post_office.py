"""A carrier for tests: it hands each message to a function, which may refuse by `NotSent`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sellingpartner.market.notifications.model import Delivery, Lane
from sellingpartner.server.process.carriers.outcome import ARRIVED, UNTRIED, Fate, NotSent, Outcome


class ByHand:
    """Gives messages to a function, one by one, as (address, body)."""

    def __init__(self, take: Callable[[str, str], None]) -> None:
        self._take = take

    def carry(self, lane: Lane, leaving: Sequence[Delivery]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for delivery in leaving:
            try:
                self._take(lane.address, delivery.body)
            except NotSent as reason:
                failed = Outcome(Fate.FAILED, str(reason))
                return [*outcomes, failed, *[UNTRIED] * (len(leaving) - len(outcomes) - 1)]
            outcomes.append(ARRIVED)
        return outcomes

    def look(self, lane: Lane) -> None:
        """There is nothing to see."""
