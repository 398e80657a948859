"""The thread that carries what the market has to say to the queues of applications."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from sellingpartner.market.market import Market
from sellingpartner.market.notifications import commands, questions
from sellingpartner.market.notifications.model import Delivery
from sellingpartner.server.loop import Loop
from sellingpartner.server.process.queues import NotSent, Queues

log = structlog.get_logger(__name__)

_PAUSE_SECONDS = 0.5
"""How late a message leaves at most, if the queues keep up."""


class Courier:
    """Sends what is due, for as long as a market is served; never inside a transaction."""

    def __init__(self, market: Market, send: Callable[[str, str], None] | None = None) -> None:
        self._market = market
        self._send = Queues().send if send is None else send
        self.loop = Loop("courier", self._turn, retry_seconds=_PAUSE_SECONDS)

    def start(self) -> None:
        """Begin."""
        self.loop.start()

    def stop(self) -> None:
        """End, after the message that is being sent."""
        self.loop.stop()

    def deliver(self) -> int:
        """Send what is due at this moment; returns how many messages arrived."""
        arrived = 0
        while not self.loop.is_stopped and self._is_anything_due():
            with self._market.write() as unit:
                claimed = commands.claim(unit)
            arrived += sum(self._carry(delivery) for delivery in claimed)
        return arrived

    def _is_anything_due(self) -> bool:
        with self._market.read() as unit:
            return questions.are_due(unit)

    def _carry(self, delivery: Delivery) -> bool:
        self.loop.progress()
        if self.loop.is_stopped:
            with self._market.write() as unit:
                commands.put_back(unit, delivery)
            return False
        try:
            self._send(delivery.address, delivery.body)
        except NotSent as reason:
            self._put_off(delivery, str(reason))
            return False
        except Exception as defect:  # one message that cannot be sent must not hold up the others
            log.exception("a notification could not be sent by a defect", delivery=delivery.delivery_id)
            self._put_off(delivery, f"The market failed on it: {type(defect).__name__}; its log has the reason.")
            return False
        with self._market.write() as unit:
            commands.sent(unit, delivery)
        return True

    def _put_off(self, delivery: Delivery, reason: str) -> None:
        log.warning("a notification waits", delivery=delivery.delivery_id, reason=reason)
        with self._market.write() as unit:
            commands.failed(unit, delivery, reason)

    def _turn(self) -> float:
        self.deliver()
        return _PAUSE_SECONDS
