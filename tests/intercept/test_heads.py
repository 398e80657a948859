from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.intercept.heads import LONGEST_HEAD, Asked, Head, Strange
from soak import examples

MOST = {"PUT /doc?a=b HTTP/1.1", "Host: docs.example:8080", "X-One: 1", "Content-Length: 3", "Connection: close"}


def asked(text: str) -> Asked:
    found = Head().take(text.replace("\n", "\r\n").encode())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("target", "host", "port"),
    [
        ("api.amazon.com:443", "api.amazon.com", 443),
        ("API.Amazon.COM.:443", "api.amazon.com", 443),
        ("sellingpartnerapi-na.amazon.com:8443", "sellingpartnerapi-na.amazon.com", 8443),
        ("[::1]:443", "::1", 443),
        ("127.0.0.1:1", "127.0.0.1", 1),
    ],
)
def test_a_tunnel_is_asked_for_by_host_and_port(target: str, host: str, port: int) -> None:
    assert asked(f"CONNECT {target} HTTP/1.1\nHost: {target}\n\n") == Asked(host, port, is_tunnel=True)


def test_what_comes_behind_the_head_is_kept_apart() -> None:
    assert asked("CONNECT a.example:443 HTTP/1.1\nHost: a.example\n\n\x16\x03").rest == b"\x16\x03"


@pytest.mark.parametrize(
    ("address", "host", "port", "line"),
    [
        ("http://docs.example/", "docs.example", 80, b"GET / HTTP/1.1\r\nHost: docs.example\r\n"),
        ("http://docs.example", "docs.example", 80, b"GET / HTTP/1.1\r\nHost: docs.example\r\n"),
        ("http://docs.example?a=/b", "docs.example", 80, b"GET /?a=/b HTTP/1.1\r\nHost: docs.example\r\n"),
        ("http://u:p@docs.example:81/a?b#c", "docs.example", 81, b"GET /a?b#c HTTP/1.1\r\nHost: docs.example:81\r\n"),
        ("HTTPS://Docs.Example/a", "docs.example", 443, b"GET /a HTTP/1.1\r\nHost: Docs.Example\r\n"),
        ("http://[::1]:8000/a", "::1", 8000, b"GET /a HTTP/1.1\r\nHost: [::1]:8000\r\n"),
    ],
)
def test_a_whole_address_is_passed_on_as_its_host_is_asked(address: str, host: str, port: int, line: bytes) -> None:
    found = asked(f"GET {address} HTTP/1.1\nHost: other.example\n\n")

    assert (found.host, found.port, found.is_tunnel) == (host, port, False)
    assert found.is_secure is address.lower().startswith("https:")
    assert found.head == line + b"Connection: close\r\n\r\n"


def test_what_is_between_the_sender_and_the_proxy_is_not_passed_on() -> None:
    found = asked(
        "PUT http://docs.example:8080/doc?a=b HTTP/1.1\nHost: docs.example:8080\nX-One: 1\nContent-Length: 3\n"
        "Proxy-Connection: keep-alive\nProxy-Authorization: Basic eA==\nConnection: keep-alive, Upgrade\n"
        "Upgrade: h2c\n\nabc"
    )

    assert set(found.head.decode().strip().split("\r\n")) == MOST
    assert found.rest == b"abc"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("GET /orders HTTP/1.1\nHost: a\n\n", "ask it for CONNECT HOST:443"),
        ("GET ftp://a/b HTTP/1.1\nHost: a\n\n", "ask it for CONNECT HOST:443"),
        ("CONNECT a.example HTTP/1.1\nHost: a\n\n", "'a.example' names no host and port"),
        ("CONNECT a.example:0 HTTP/1.1\nHost: a\n\n", "names no host and port"),
        ("CONNECT a.example:99999 HTTP/1.1\nHost: a\n\n", "names no host and port"),
        ("CONNECT [::1:443 HTTP/1.1\nHost: a\n\n", "names no host and port"),
        ("GET http:///path HTTP/1.1\nHost: a\n\n", "names no host and port"),
        ("\x16\x03\x01\x02\n\n", "cannot read what was sent"),
        ("GET http://a/ HTTP/1.1\n\n", "Missing mandatory Host"),
        ("x" * (LONGEST_HEAD + 1), "cannot read what was sent"),
    ],
)
def test_what_no_proxy_can_do_is_said(sent: str, said: str) -> None:
    with pytest.raises(Strange, match=said):
        asked(sent)


@settings(max_examples=examples(50))
@given(st.lists(st.binary(max_size=40), max_size=8), st.text(max_size=60))
def test_whatever_bytes_come_they_ask_for_a_host_and_a_port_or_are_strange(pieces: list[bytes], target: str) -> None:
    for sent in ([b"CONNECT ", *pieces], [f"CONNECT {target} HTTP/1.1\r\nHost: a\r\n\r\n".encode("utf-8", "replace")]):
        head = Head()
        with suppress(Strange):
            found = [one for piece in sent if (one := head.take(piece)) is not None]
            assert all(one.host and 0 < one.port < 65_536 for one in found)
