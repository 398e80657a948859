"""Where requests come in from granian (RSGI) and answers go out: on one thread, which never waits for anybody.

A body is taken in here, while nobody waits for it but its sender, and only for so long. Then whatever can be answered
at once is answered on this very thread: reads on SQLite, which is most of what a market is asked, are spared the way to
another thread and back. Writes on SQLite are answered one after the other on a thread of their own. What may take its
time besides (PostgreSQL, a password's hash, a year that is advanced) is given to a pool of threads, in which a seat
bounds how many are at work.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.server.app import Server
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.process.bodies import Files, Room, Share, receive, receive_file
from sellingpartner.server.process.heads import check_head
from sellingpartner.server.process.leaving import Outgoing, leave
from sellingpartner.server.process.turn_thread import TurnThread

_WAITING_FOR_A_SEAT = 32
"""How many threads may wait beside those at work, each for no longer than a seat lets it."""


class _Headers(Protocol):
    def get(self, key: str) -> str | None:
        """A header's value."""
        ...

    def get_all(self, key: str) -> list[str]:
        """Its values, if it came more than once."""
        ...


class Scope(Protocol):
    """What granian says of a request."""

    http_version: str
    method: str
    path: str
    query_string: str
    client: str
    server: str
    scheme: str
    proto: str

    @property
    def headers(self) -> _Headers:
        """Its headers, by lower-case names."""
        ...


class Exchange(Outgoing, Protocol):
    """What granian takes an answer with, and gives a body by."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Its pieces."""
        ...


class RsgiRequest(HttpRequest):
    """A request as granian brings it: its path is decoded already."""

    __slots__ = ("_header", "_scope")

    def __init__(self, scope: Scope, public_url: str | None) -> None:
        super().__init__(public_url)
        self._scope = scope
        self._header: Callable[[str], str | None] = scope.headers.get
        self.method = scope.method
        self.path = scope.path
        self.query = scope.query_string
        self.peer = scope.client.rpartition(":")[0].strip("[]")

    def header(self, name: str) -> str | None:
        """A header's value, by its lower-case name."""
        return self._header(name)

    def _own_origin(self) -> str:
        return f"{self._scope.scheme}://{self._scope.server}"


class Reception:
    """The RSGI application of one market."""

    def __init__(self, server: Server, *, seats: int, patience_seconds: float) -> None:
        self._server = server
        self._patience_seconds = patience_seconds
        self._room = Room()
        self._files = Files()
        self._pool = ThreadPoolExecutor(seats + _WAITING_FOR_A_SEAT, thread_name_prefix="call")
        self._turn = TurnThread(server)

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        """Answer one request."""
        request = RsgiRequest(scope, self._server.public_url)
        try:
            check_head(scope.http_version, scope.headers.get_all("host"), request)
        except SellingPartnerError as error:
            answer = self._server.refuse(request, error)
        else:
            answer = await self._answer(request, exchange)
        if answer.leaving is not None and await leave(exchange, answer, answer.leaving, scope.client):
            return
        if answer.stream is None:
            exchange.response_bytes(answer.status, answer.headers, answer.body)
        else:
            await self._send(exchange, answer, answer.stream)

    async def _send(self, exchange: Exchange, answer: HttpAnswer, pieces: Iterator[bytes]) -> None:
        """Send an answer piece by piece; each is fetched on another thread, and the next when it has gone."""
        transport = exchange.response_stream(answer.status, answer.headers)
        loop = asyncio.get_running_loop()
        while (piece := await loop.run_in_executor(self._pool, next, pieces, None)) is not None:
            await transport.send_bytes(piece)

    async def _answer(self, request: RsgiRequest, exchange: Exchange) -> HttpAnswer:
        if not request.has_body:
            at_once = self._server.respond_at_once(request)
            return await self._answer_elsewhere(request) if at_once is None else at_once
        if request.is_upload:
            return await self._answer_upload(request, exchange)
        with Share(self._room) as share:
            try:
                await receive(request, exchange, share, self._patience_seconds)
            except SellingPartnerError as error:
                return self._server.refuse(request, error)
            return await self._answer_elsewhere(request)

    async def _answer_upload(self, request: RsgiRequest, exchange: Exchange) -> HttpAnswer:
        """Answer an upload, whose body is received into a file: it may be larger than there is room for."""
        try:
            await receive_file(request, exchange, self._files, self._patience_seconds)
        except SellingPartnerError as error:
            return self._server.refuse(request, error)
        return await self._answer_elsewhere(request)

    async def _answer_elsewhere(self, request: RsgiRequest) -> HttpAnswer:
        """Answer on another thread, while this one takes in what comes next."""
        if self._server.takes_a_turn(request):
            return await self._turn.answer(request)
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._server.respond, request)

    def __rsgi_del__(self, _loop: object) -> None:
        """Take nothing more: granian is at its end."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._turn.end()
