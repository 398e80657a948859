"""Calls that take turns: answered in order on one thread, or told that the market is busy."""

from __future__ import annotations

import asyncio

from sellingpartner.server.gateway.http import HttpRequest
from sellingpartner.server.process.turn_thread import TurnThread
from sellingpartner.testing import TestMarket


class Shipment(HttpRequest):
    """A write of somebody who shows no token, so that it is refused when it comes to its turn."""

    def __init__(self) -> None:
        super().__init__("http://market.example")
        self.method, self.path, self.query = "POST", "/orders/v0/orders/902/shipmentConfirmation", ""
        self.peer = "127.0.0.1"

    def header(self, name: str) -> str | None:  # noqa: ARG002 - it has none
        return None


def test_who_waits_behind_a_call_that_does_not_end_is_told_so_and_the_call_itself_is_answered() -> None:
    market = TestMarket()
    turn = TurnThread(market.server)

    async def both() -> list[int]:
        with market.market.write():  # which the call has to wait for
            begun = asyncio.create_task(turn.answer(Shipment()))
            told = (await asyncio.create_task(turn.answer(Shipment()))).status
        return [told, (await begun).status]

    assert asyncio.run(both()) == [503, 403]
    turn.end()
    market.close()


def test_all_that_wait_together_are_answered() -> None:
    market = TestMarket()
    turn = TurnThread(market.server)

    async def many() -> set[int]:
        return {answer.status for answer in await asyncio.gather(*(turn.answer(Shipment()) for _ in range(20)))}

    assert asyncio.run(many()) == {403}
    turn.end()
    market.close()
