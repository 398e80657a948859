"""Whole: what is sent through the proxy and through the port for TLS arrives as it was sent, on real sockets."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread

import httpx2
import pytest
import trustme

from sellingpartner.intercept.authority import Authority
from sellingpartner.intercept.failures import CannotIntercept
from sellingpartner.intercept.outward import Address, Outward
from sellingpartner.intercept.serving import Addresses, Interception

NA = "sellingpartnerapi-na.amazon.com"
PATIENCE_SECONDS = 20
LARGE = b"x" * (5 * 1024 * 1024)


class _Echo(BaseRequestHandler):
    """Sends back what comes, and a farewell at the end; `reset` and `close` end it otherwise."""

    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(PATIENCE_SECONDS)
        while data := self.request.recv(65_536):
            if data == b"reset":
                self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.request.close()
                return
            self.request.sendall(data)
            if data == b"close":
                return
        self.request.sendall(b"farewell")


@pytest.fixture(scope="module")
def echo() -> Iterator[str]:
    """A server of bytes, in the market's place: nothing on the way there looks into HTTP."""
    with ThreadingTCPServer(("127.0.0.1", 0), _Echo) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.at(tmp_path_factory.mktemp("home") / "tls")


@contextmanager
def intercepting(interception: Interception) -> Iterator[Addresses]:
    addresses = interception.start()
    try:
        yield addresses
    finally:
        interception.stop()


@pytest.fixture(scope="module")
def addresses(echo: str, authority: Authority) -> Iterator[Addresses]:
    with intercepting(Interception(echo, authority)) as found:
        yield found


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)


def asked(port: int, place: str) -> tuple[socket.socket, str]:
    """A connection through the proxy, and what the proxy said."""
    connection = connect(port)
    connection.sendall(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode())
    said = b""
    while b"\r\n\r\n" not in said:
        said += connection.recv(1) or b"\r\n\r\n"
    return connection, said.partition(b"\r\n")[0].decode()


def encrypted(connection: socket.socket, authority: Authority, host: str = NA) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=str(authority.certificate))
    return context.wrap_socket(connection, server_hostname=host)


def led(way: str, addresses: Addresses, authority: Authority, echo: str) -> socket.socket:
    """A connection to the echo by one of the three ways."""
    if way == "past":
        return asked(addresses.proxy, echo.removeprefix("http://"))[0]
    return encrypted(connect(addresses.tls) if way == "tls" else asked(addresses.proxy, f"{NA}:443")[0], authority)


def read(connection: socket.socket, length: int) -> bytes:
    found = bytearray()
    while len(found) < length and (data := connection.recv(65_536)):
        found += data
    return bytes(found)


@pytest.mark.parametrize("way", ["proxy", "tls", "past"])
def test_a_connection_serves_many_times(way: str, addresses: Addresses, authority: Authority, echo: str) -> None:
    with led(way, addresses, authority, echo) as connection:
        for said in (b"one", b"two", b"three"):
            connection.sendall(said)
            assert read(connection, len(said)) == said


@pytest.mark.parametrize("way", ["proxy", "tls", "past"])
def test_what_is_large_arrives_both_ways_at_once(
    way: str, addresses: Addresses, authority: Authority, echo: str
) -> None:
    async def exchange() -> bytes:
        connection = connect(addresses.tls) if way == "tls" else asked(addresses.proxy, place)[0]
        connection.setblocking(False)  # noqa: FBT003 - the socket's own word
        context = None if way == "past" else ssl.create_default_context(cafile=str(authority.certificate))
        name = None if way == "past" else NA
        reader, writer = await asyncio.open_connection(sock=connection, ssl=context, server_hostname=name)
        writer.write(LARGE)
        found = await asyncio.wait_for(reader.readexactly(len(LARGE)), PATIENCE_SECONDS)
        writer.close()
        await writer.wait_closed()
        return found

    place = echo.removeprefix("http://") if way == "past" else f"{NA}:443"

    assert asyncio.run(exchange()) == LARGE


def test_a_side_that_has_said_all_still_hears_the_answer(addresses: Addresses, authority: Authority, echo: str) -> None:
    with led("past", addresses, authority, echo) as connection:
        connection.sendall(b"all")
        connection.shutdown(socket.SHUT_WR)

        assert read(connection, 100) == b"allfarewell"


@pytest.mark.parametrize("way", ["proxy", "tls", "past"])
def test_what_the_other_side_closes_is_closed(way: str, addresses: Addresses, authority: Authority, echo: str) -> None:
    with led(way, addresses, authority, echo) as connection:
        connection.sendall(b"close")

        assert read(connection, 100) == b"close"


@pytest.mark.parametrize("way", ["proxy", "tls", "past"])
def test_what_the_other_side_breaks_off_is_broken_off(
    way: str, addresses: Addresses, authority: Authority, echo: str
) -> None:
    with led(way, addresses, authority, echo) as connection:
        connection.sendall(b"reset")
        below = socket.socket(fileno=connection.detach())  # Python's ssl makes an end of it, as of any other
        below.settimeout(PATIENCE_SECONDS)

        with below, pytest.raises(ConnectionResetError):
            read(below, 100_000)


def test_amazons_names_are_led_to_the_market_on_whatever_port(addresses: Addresses, authority: Authority) -> None:
    connection, said = asked(addresses.proxy, f"{NA.upper()}.:8443")
    with encrypted(connection, authority) as inner:
        inner.sendall(b"here")
        assert (said, read(inner, 4)) == ("HTTP/1.1 200 Connection established", b"here")


def test_a_whole_address_of_https_is_led_to_the_market_too(addresses: Addresses) -> None:
    with connect(addresses.proxy) as connection:
        connection.sendall(f"GET https://{NA}/orders HTTP/1.1\r\nHost: {NA}\r\n\r\n".encode())

        assert read(connection, 40).startswith(f"GET /orders HTTP/1.1\r\nHost: {NA}".encode())


def test_who_speaks_before_being_answered_is_refused(addresses: Addresses) -> None:
    with connect(addresses.proxy) as connection:
        connection.sendall(f"CONNECT {NA}:443 HTTP/1.1\r\nHost: {NA}\r\n\r\n\x16\x03".encode())

        assert read(connection, 4096).startswith(b"HTTP/1.1 400 Nothing may be sent behind CONNECT")


def test_offline_nothing_but_amazons_hosts_is_led_anywhere(echo: str, authority: Authority) -> None:
    with intercepting(Interception(echo, authority, offline=True)) as offline:
        refused, said = asked(offline.proxy, echo.removeprefix("http://"))
        refused.close()
        with encrypted(asked(offline.proxy, f"{NA}:443")[0], authority) as connection:
            connection.sendall(b"here")
            assert read(connection, 4) == b"here"

    assert said == "HTTP/1.1 403 spapi lets nothing through but Amazon's hosts, which lead to the market (--offline)."


def test_a_market_that_is_away_is_said_to_be_in_words_that_programs_can_read(authority: Authority) -> None:
    with intercepting(Interception("http://127.0.0.1:1", authority)) as away:
        refused, said = asked(away.proxy, f"{NA}:443")
        refused.close()
        context = ssl.create_default_context(cafile=str(authority.certificate))
        context.check_hostname = False
        with httpx2.Client(verify=context, trust_env=False) as client:
            answer = client.get(f"https://127.0.0.1:{away.tls}/orders/v0/orders", headers={"Host": NA})

    words = "No market answers at http://127.0.0.1:1; start one with `spapi serve`, or name it with --url."
    assert said == f"HTTP/1.1 502 {words}"
    assert (answer.status_code, answer.json()["errors"]) == (
        502,
        [{"code": "BadGateway", "message": words, "details": ""}],
    )


def test_a_host_that_is_not_there_is_said_not_to_be(addresses: Addresses) -> None:
    refused, said = asked(addresses.proxy, "127.0.0.1:1")
    refused.close()

    assert said.startswith("HTTP/1.1 502 127.0.0.1:1 cannot be reached: ")


def test_the_proxy_that_was_there_before_is_gone_through(addresses: Addresses, echo: str, authority: Authority) -> None:
    place = echo.removeprefix("http://")
    before = Address.of(f"http://me:word@127.0.0.1:{addresses.proxy}", "a proxy")
    with intercepting(Interception(echo, authority, outward=Outward(before))) as chained:
        connection, said = asked(chained.proxy, place)
        with connection:
            connection.sendall(b"here")
            assert (said[:12], read(connection, 4)) == ("HTTP/1.1 200", b"here")
        refused, why = asked(chained.proxy, "127.0.0.1:1")
        refused.close()

    assert why.startswith(
        f"HTTP/1.1 502 The proxy 127.0.0.1:{addresses.proxy} does not lead to 127.0.0.1:1: HTTP/1.1 502"
    )


def test_hosts_that_were_reached_past_that_proxy_still_are(echo: str, authority: Authority) -> None:
    nowhere = Address.of("http://127.0.0.1:1", "a proxy")
    with intercepting(Interception(echo, authority, outward=Outward(nowhere, ["127.0.0.1"]))) as past:
        connection, said = asked(past.proxy, echo.removeprefix("http://"))
        connection.close()

    assert said == "HTTP/1.1 200 Connection established"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254"]
)
def test_where_others_reach_the_proxy_it_does_not_lead_them_to_this_machine(
    host: str, echo: str, authority: Authority
) -> None:
    port = echo.rpartition(":")[2]
    with intercepting(Interception(echo, authority, outward=Outward(spares_this_machine=True))) as sparing:
        refused, said = asked(sparing.proxy, f"{host}:{port}")
        refused.close()

    assert said.startswith("HTTP/1.1 502 ")
    assert "is the machine of this proxy" in said


def test_who_does_not_trust_the_certificate_is_spoken_of_once(echo: str, authority: Authority) -> None:
    said, heard = [], Event()

    def tell(line: str) -> None:
        said.append(line)
        heard.set()

    with intercepting(Interception(echo, authority, tell=tell)) as untrusted:
        for _ in range(2):
            connection, _status = asked(untrusted.proxy, f"{NA}:443")
            with connection, pytest.raises(ssl.SSLCertVerificationError):
                ssl.create_default_context().wrap_socket(connection, server_hostname=NA)
            assert heard.wait(PATIENCE_SECONDS)

    (line,) = said
    assert line.startswith(f"A program did not trust the certificate that it was shown for {NA}: ")


def test_a_market_that_speaks_tls_itself_is_reached_by_it(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = trustme.CA()
    own.cert_pem.write_to_path(str(tmp_path / "own.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.issue_cert("localhost").configure_cert(context)

    def answer_once() -> None:
        connection, _ = listening.accept()
        with context.wrap_socket(connection, server_side=True) as inner:
            inner.sendall(inner.recv(100).upper())

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Thread(target=answer_once, daemon=True)
        server.start()
        market = f"https://localhost:{listening.getsockname()[1]}"
        with intercepting(Interception(market, authority)) as found, connect(found.tls) as outer:
            connection = encrypted(outer, authority)
            connection.sendall(b"here")
            assert read(connection, 4) == b"HERE"
            connection.close()
        server.join()


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/sandbox", "127.0.0.1:x", "http://", "unix:///socket"])
def test_what_is_no_address_of_a_market_is_refused(url: str, authority: Authority) -> None:
    with pytest.raises(CannotIntercept, match="is no address of a market that a program can be led to"):
        Interception(url, authority)


def test_a_port_that_is_taken_is_said_to_be(addresses: Addresses, echo: str, authority: Authority) -> None:
    interception = Interception(echo, authority)

    with pytest.raises(CannotIntercept, match=r"cannot listen on 127\.0\.0\.1: .*; choose another port"):
        interception.start(port=addresses.proxy)


def test_a_folder_of_keys_is_all_that_it_leaves_behind(authority: Authority) -> None:
    assert sorted(path.name for path in Path(authority.folder).iterdir()) == ["ca.key", "ca.pem", "leaf.pem"]
