"""Real sockets: a store that hangs up in the middle, and an upload as it looks on the wire."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2
import pytest

from sellingpartner.client import AsyncSellingPartner, SellingPartner
from sellingpartner.client._shells import asynchronous, sync
from sellingpartner.client._shells.steps import Broken, Fetch, Outcome, Reply, Upload
from sellingpartner.client.documents._landing import Landing

BODY = bytes(range(256)) * 2000


class Store(BaseHTTPRequestHandler):
    """Hangs up half-way unless it is asked for the rest."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        start = int(self.headers.get("Range", "bytes=0-")[6:-1])
        self.send_response(206 if start else 200)
        self.send_header("ETag", '"e1"')
        self.send_header("Content-Length", str(len(BODY) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(BODY) - 1}/{len(BODY)}")
        self.end_headers()
        self.wfile.write(BODY[start:] if start else BODY[: len(BODY) // 2])
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def store() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/one"
    server.shutdown()
    server.server_close()
    thread.join(5)


def carried(kind: type[Any], step: Fetch | Upload) -> Outcome:
    def steps() -> Any:  # noqa: ANN401 - a generator of steps
        return (yield step)

    async def awaited() -> Any:  # noqa: ANN401
        async with httpx2.AsyncClient() as http:
            return await asynchronous.run(steps(), http)

    if kind is SellingPartner:
        with httpx2.Client() as http:
            outcome: Outcome = sync.run(steps(), http)
            return outcome
    assert kind is AsyncSellingPartner
    found: Outcome = asyncio.run(awaited())
    return found


def test_a_store_that_hangs_up_is_gone_on_with(kind: type[Any], store: str, tmp_path: Path) -> None:
    landing = Landing(tmp_path / "x", lambda *_: None)

    broken = carried(kind, Fetch(store, {}, landing, timeout=10))
    came = landing.received
    rest = carried(kind, Fetch(store, landing.range_headers, landing, timeout=10))

    assert isinstance(broken, Broken)
    assert 0 < broken.received == came <= len(BODY) // 2
    assert isinstance(rest, Reply)
    assert (rest.status, landing.is_whole) == (206, True)
    landing.settle()
    assert (tmp_path / "x").read_bytes() == BODY


def test_a_file_is_sent_whole_and_not_in_chunks(kind: type[Any], tmp_path: Path) -> None:
    path = tmp_path / "feed.txt"
    path.write_bytes(b"a\tb\n" * 100_000)
    headers = {"Content-Type": "text/tab-separated-values; charset=UTF-8", "Content-Length": "400000"}
    heard: list[bytes] = []
    sent: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=lambda: heard.append(hear(listening, 400_000)), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/upload?X-Amz-Signature=5"
        outcome = carried(kind, Upload(url, headers, path, timeout=10, sent=sent.append))
        thread.join(10)

    assert isinstance(outcome, Reply)
    head, _, body = heard[0].partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    assert lines[0] == b"put /upload?x-amz-signature=5 http/1.1"
    assert [line for line in lines if line.startswith((b"content-", b"transfer-"))] == [
        b"content-type: text/tab-separated-values; charset=utf-8",
        b"content-length: 400000",
    ]
    assert body == path.read_bytes()
    assert sum(sent) == 400_000


def hear(listening: socket.socket, size: int) -> bytes:
    connection, _ = listening.accept()
    with connection:
        connection.settimeout(10)
        data = b""
        while len(data.partition(b"\r\n\r\n")[2]) < size:
            data += connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    return data
