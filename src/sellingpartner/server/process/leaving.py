"""How an answer that a fault disturbs goes out by granian: late, in part, or not at all."""

from __future__ import annotations

import asyncio
from typing import Protocol

from sellingpartner.server.gateway.http import Headers, HttpAnswer, Leaving
from sellingpartner.server.process.severing import sever

_UNTIL_CLOSED_SECONDS = 0.2
"""How long a connection that was severed is given to end; an answer that comes before would still go out."""


class Transport(Protocol):
    """What takes a body piece by piece."""

    async def send_bytes(self, data: bytes) -> None:
        """Send a piece."""
        ...


class Outgoing(Protocol):
    """What granian takes an answer with."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Send an answer."""
        ...

    def response_stream(self, status: int, headers: Headers) -> Transport:
        """Send the head of an answer; its body follows piece by piece."""
        ...


async def leave(exchange: Outgoing, answer: HttpAnswer, leaving: Leaving, peer: str) -> bool:
    """Do to an answer what disturbs it; whether that was all, so that nothing is left to be sent."""
    if leaving.delay_seconds:
        await asyncio.sleep(leaving.delay_seconds)
    if leaving.reset:
        if sever(peer):
            await asyncio.sleep(_UNTIL_CLOSED_SECONDS)
        else:  # the next worst: a head, and nothing of the body that it announces
            exchange.response_stream(answer.status, [*answer.announced, ("Connection", "close")])
        return True
    if answer.stream is not None or answer.part_sent == answer.body:
        return False
    transport = exchange.response_stream(answer.status, answer.announced)
    await transport.send_bytes(answer.part_sent)
    return True
