"""Requests that do not come whole, on real sockets: refused, and nothing carried out."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from nursery import opened

from sellingpartner.server.gateway.http import LARGEST_BODY
from sellingpartner.testing import TestMarket

PATIENCE_SECONDS = 20
CHUNKED = b"Transfer-Encoding: chunked\r\n"
ORDERS = b"/market/v1/orders"
ENDPOINTS = [ORDERS, b"/auth/o2/token", b"/orders/v0/orders/902/shipmentConfirmation", b"/console/sign-in", b"/nowhere"]


class Market(NamedTuple):
    """A market that waits half a second for whatever comes in."""

    port: int

    def connect(self, *pieces: bytes) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)
        for piece in pieces:
            connection.sendall(piece)
        return connection

    def begin(self, path: bytes, headers: bytes, body: bytes = b"") -> socket.socket:
        return self.connect(b"POST " + path + b" HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n" + body)

    def ask(self, path: bytes, headers: bytes, body: bytes = b"") -> tuple[int, Any]:
        with self.begin(path, headers + b"Connection: close\r\n", body) as connection:
            return answer_on(connection)

    @property
    def orders(self) -> dict[str, int]:
        with self.connect(b"GET /market/v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") as asked:
            counts: dict[str, int] = answer_on(asked)[1]["counts"]["orders"]
            return counts


def answer_on(connection: socket.socket) -> tuple[int, Any]:
    """What comes until the server ends the connection; status 0 if that is nothing."""
    answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, content = answer.partition(b"\r\n\r\n")
    return (int(head.split()[1]), json.loads(content) if content else None) if head else (0, None)


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    folder = tmp_path_factory.mktemp("served")
    (folder / ".spapi").mkdir()
    TestMarket(f"sqlite:///{folder}/.spapi/market.db").close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        served = Market(free.getsockname()[1])
    with opened("--port", str(served.port), "--no-demo", "--patience", "0.5", folder=folder):
        wait_for(served.port)
        yield served


def wait_for(port: int) -> None:
    end = time.monotonic() + 2 * PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.05)
        else:
            return


@pytest.mark.parametrize("path", ENDPOINTS)
@pytest.mark.parametrize("came", [b"", b"{"])
def test_a_body_that_is_cut_is_refused_whatever_it_was_for(market: Market, path: bytes, came: bytes) -> None:
    before = market.orders
    with market.begin(path, b"Content-Length: 100\r\n", came) as connection:
        connection.shutdown(socket.SHUT_WR)
        status, told = answer_on(connection)

    assert (status, told["errors"][0]["code"]) == (400, "InvalidInput")
    assert f"ended after {len(came)} of the 100 bytes" in told["errors"][0]["message"]
    assert market.orders == before


@pytest.mark.parametrize("end", [b"", b"zz\r\n", b"0\r\n", b"-1\r\n\r\n", b"5\r\nab", b"0\r\nno trailer"])
def test_chunks_that_do_not_end_as_chunks_do_are_refused(market: Market, end: bytes) -> None:
    before = market.orders
    with market.begin(ORDERS, CHUNKED + b"Content-Type: application/json\r\n", b"2\r\n{}\r\n" + end) as connection:
        connection.shutdown(socket.SHUT_WR)
        status, told = answer_on(connection)

    assert (status, told["errors"][0]["code"]) == (400, "InvalidInput")
    assert market.orders == before


def test_chunks_that_end_well_are_taken_and_trailers_are_not(market: Market) -> None:
    before = market.orders
    headers = CHUNKED + b"Content-Type: application/json\r\n"

    assert market.ask(ORDERS, headers, b"2\r\n{}\r\n0\r\nX-Sum: 1\r\n\r\n")[0] == 400
    assert market.orders == before
    assert market.ask(ORDERS, headers, b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n")[0] == 201


@pytest.mark.parametrize("path", ENDPOINTS)
def test_chunks_of_more_than_a_body_may_have_are_told_so_whatever_they_were_for(market: Market, path: bytes) -> None:
    chunk = b"%x\r\n" % LARGEST_BODY + b" " * LARGEST_BODY + b"\r\n"

    status, told = market.ask(path, CHUNKED, chunk + b"1\r\n \r\n0\r\n\r\n")

    assert (status, told["errors"][0]["code"]) == (413, "RequestTooLarge")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
        (b"GET /%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % (b"a" * 20_000), 414),
    ],
)
def test_a_head_that_only_this_market_refuses_is_told_why(market: Market, head: bytes, status: int) -> None:
    with market.connect(head) as connection:
        answered, told = answer_on(connection)

    assert (answered, bool(told["errors"][0]["message"])) == (status, True)


@pytest.mark.parametrize("path", ENDPOINTS)
@pytest.mark.parametrize(
    "begun", [(b"Content-Length: 100\r\n", b""), (b"Content-Length: 9\r\n", b"{"), (CHUNKED, b"2\r\n{}\r\n")]
)
def test_a_body_that_stays_away_is_told_so_and_its_connection_ends(
    market: Market, path: bytes, begun: tuple[bytes, bytes]
) -> None:
    before = market.orders
    with market.begin(path, *begun) as connection:
        status, told = answer_on(connection)  # to the end of the connection, which the server brings about

    assert (status, told["errors"][0]["code"]) == (408, "RequestTimeout")
    assert market.orders == before


def test_a_body_that_drips_has_no_more_time_than_any_other(market: Market) -> None:
    with market.begin(ORDERS, b"Content-Length: 1000\r\n") as connection:
        connection.settimeout(0.1)
        answered = b""
        while not answered:
            try:
                connection.sendall(b" ")
                answered = connection.recv(100)
            except TimeoutError:
                continue

    assert answered.startswith(b"HTTP/1.1 408 ")


def test_fifty_senders_who_never_end_keep_nobody_waiting(market: Market) -> None:
    held = [market.begin(ORDERS, b"Content-Length: 100\r\n", b"{") for _ in range(50)]
    try:
        answered = [market.ask(ORDERS, b"Content-Length: 2\r\nContent-Type: text/csv\r\n", b"{}")[0] for _ in range(5)]
        assert market.orders is not None
        assert answered == [415] * 5
        assert [answer_on(one)[0] for one in held] == [408] * 50
    finally:
        for one in held:
            one.close()


def test_a_body_that_comes_in_pieces_is_whole_at_its_end(market: Market) -> None:
    body = b'{"paid": false}'
    with market.begin(ORDERS, b"Content-Type: application/json\r\nContent-Length: 15\r\nConnection: close\r\n") as slow:
        for piece in (body[:1], body[1:9], body[9:]):
            slow.sendall(piece)
        status, told = answer_on(slow)

    assert (status, told["status"]) == (201, "Pending")


@pytest.mark.parametrize("head", [b"", b"POST /market/v1/orders HTTP/1.1\r\nHos", b"PRI * HTTP/2.0\r\n"])
def test_a_head_that_does_not_end_is_let_go(market: Market, head: bytes) -> None:
    with market.connect(head) as connection:
        assert answer_on(connection)[0] in {0, 400, 408}


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: -1\r\n",
        b"Content-Length: x\r\n",
        b"Content-Length: +2\r\n",
        b"Content-Length: 99999999999999999999999999\r\n",
        b"Content-Length: 2\r\nContent-Length: 3\r\n",
        b"Content-Length: 2, 2\r\n",
        b"Transfer-Encoding: gzip\r\n",
    ],
)
def test_a_length_that_is_none_is_refused(market: Market, headers: bytes) -> None:
    before = market.orders

    assert market.ask(ORDERS, headers, b"{}")[0] == 400
    assert market.orders == before
