"""Real sockets and a server that behaves badly on them."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event, Thread
from typing import Any

import pytest
from scripted import CREDENTIALS

from sellingpartner.client import AsyncSellingPartner, SellingPartner
from sellingpartner.contract.errors import CallFailed, ConnectionFailed
from sellingpartner.contract.feeds_2021_06_30 import CreateFeed
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations

CALL = GetMarketplaceParticipations()
FEED = CreateFeed(feed_type="X", marketplace_ids=["x"], input_feed_document_id="d")
TOKEN = b'HTTP/1.1 200 OK\r\nContent-Length: 46\r\n\r\n{"access_token": "Atza|1", "expires_in": 3600}'
GOOD = b'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{"payload": []}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"

Behavior = Callable[[socket.socket], None]


class BadServer:
    """Gives a token to whoever logs in, and then behaves as it is told, once for each call."""

    def __init__(self) -> None:
        self.behaviors: list[Behavior] = []
        self.calls = 0
        self.over = Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._threads = [Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        self.over.set()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                thread = Thread(target=self._serve, args=(connection,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(20)
            while request := self._read(connection):
                if b"/auth/o2/token" in request:
                    connection.sendall(TOKEN)
                    continue
                self.calls += 1
                behavior = self.behaviors.pop(0)
                behavior(connection)
                if behavior is not answers:
                    return

    @staticmethod
    def _read(connection: socket.socket) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65536)
            if not piece:
                return b""
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), 0)
        while len(body) < length:
            body += connection.recv(65536)
        return data


def answers(connection: socket.socket) -> None:
    connection.sendall(GOOD)


def hangs_up(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def breaks_off(connection: socket.socket) -> None:
    connection.sendall(HEAD + b'{"payload": [')


def talks_nonsense(connection: socket.socket) -> None:
    connection.sendall(b"Hello?\r\n\r\n")


@pytest.fixture
def server() -> Iterator[BadServer]:
    made = BadServer()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellingpartner.client._exchange.retries.pause", lambda *_: 0.0)


def call(kind: type[Any], url: str, request: Any, **options: Any) -> Any:  # noqa: ANN401 - either client, any call
    if kind is SellingPartner:
        with SellingPartner(CREDENTIALS, base_url=url, **options) as client:
            return client.send(request)

    async def awaited() -> Any:  # noqa: ANN401
        async with AsyncSellingPartner(CREDENTIALS, base_url=url, **options) as client:
            return await client.send(request)

    return asyncio.run(awaited())


@pytest.mark.parametrize("behavior", [hangs_up, breaks_off, talks_nonsense])
def test_a_question_is_asked_again(kind: type[Any], server: BadServer, behavior: Behavior) -> None:
    server.behaviors += [behavior, answers]

    assert call(kind, server.url, CALL).payload == []
    assert server.calls == 2


@pytest.mark.parametrize("behavior", [hangs_up, breaks_off, talks_nonsense])
def test_a_feed_is_not_sent_again(kind: type[Any], server: BadServer, behavior: Behavior) -> None:
    server.behaviors += [behavior]

    said = f"createFeed: ConnectionFailed - No answer from {server.url}: "
    with pytest.raises(ConnectionFailed, match=re.escape(said)) as raised:
        call(kind, server.url, FEED)

    assert raised.value.may_have_arrived
    assert server.calls == 1


def test_a_server_that_says_nothing_is_given_up(kind: type[Any], server: BadServer) -> None:
    def says_nothing(_connection: socket.socket) -> None:
        server.over.wait(20)

    server.behaviors += [says_nothing]

    with pytest.raises(ConnectionFailed, match="ReadTimeout"):
        call(kind, server.url, CALL, timeout=0.2, retries=0)


def test_an_answer_that_trickles_in_ends_with_the_deadline(kind: type[Any], server: BadServer) -> None:
    def trickles(connection: socket.socket) -> None:
        connection.sendall(HEAD)
        while not server.over.wait(0.05):
            connection.sendall(b" ")

    server.behaviors += [trickles]

    with pytest.raises(CallFailed, match="time"):
        call(kind, server.url, FEED, deadline=0.5)

    assert server.calls == 1


def test_nobody_there_is_a_call_that_did_not_arrive(kind: type[Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]

    with pytest.raises(ConnectionFailed, match="ConnectError") as raised:
        call(kind, f"http://127.0.0.1:{port}", FEED)

    assert not raised.value.may_have_arrived
