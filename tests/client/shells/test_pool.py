"""Connections over TLS: the system's certificates hold, though they are read late."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import httpx2
import pytest
import trustme

from sellingpartner.client._shells.pool import pool


class _Greeter(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def url(authority: trustme.CA) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Greeter)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


@pytest.mark.usefixtures("trusted")
def test_a_server_whose_authority_is_trusted_is_called(url: str) -> None:
    with pool(httpx2.Client) as http:
        assert http.get(url).text == "hello"


async def _greeted(url: str) -> str:
    async with pool(httpx2.AsyncClient) as http:
        return (await http.get(url)).text


@pytest.mark.usefixtures("trusted")
def test_a_server_whose_authority_is_trusted_is_called_in_async_code(url: str) -> None:
    assert asyncio.run(_greeted(url)) == "hello"


def test_a_server_whose_authority_is_unknown_is_not_called(url: str) -> None:
    with pool(httpx2.Client) as http, pytest.raises(httpx2.ConnectError, match="certificate verify failed"):
        http.get(url)


def test_certificates_are_read_once_for_all_clients_and_not_before_a_connection_needs_them(
    trusted: None, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, reads = httpx2.create_ssl_context, []

    def counted() -> ssl.SSLContext:
        reads.append(url)
        return make()

    monkeypatch.setattr(httpx2, "create_ssl_context", counted)

    with pool(httpx2.Client) as one, pool(httpx2.Client) as other:
        before = len(reads)
        one.get(url)
        other.get(url)

    assert (before, len(reads)) == (0, 1)
