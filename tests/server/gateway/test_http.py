from __future__ import annotations

import io
from typing import Any

import pytest

from sellingpartner.contract.errors import RequestTooLarge
from sellingpartner.server.gateway.http import BodyIncomplete, HttpAnswer
from sellingpartner.server.gateway.wsgi import WsgiRequest


def request(**environ: Any) -> WsgiRequest:  # noqa: ANN401 - whatever a server puts there
    return WsgiRequest({"REQUEST_METHOD": "GET"} | environ)


@pytest.mark.parametrize(
    ("native", "path"),
    [
        ("/plain", "/plain"),
        ("", "/"),
        ("/gr\xc3\xb6\xc3\x9fe", "/größe"),
        ("/\xf0\x9f\x98\x80", "/😀"),
        ("/\xe9", "/\ufffd"),
        ("/\xc3\xa9\xff", "/é\ufffd"),
        ("/尺", "/尺"),  # against PEP 3333, already decoded
        ("/尺\ud800", "/尺?"),
    ],
)
def test_a_path_is_utf8_in_latin1_as_wsgi_has_it(native: str, path: str) -> None:
    assert request(PATH_INFO=native).path == path
    assert request(PATH_INFO="/", QUERY_STRING=native).query == (path if native else "")


class Input(io.BytesIO):
    """A body that counts what is read of it."""

    asked = 0

    def read(self, size: int | None = -1) -> bytes:
        self.asked += size or 0
        return super().read(size)


def test_a_body_that_is_too_large_is_read_to_its_end_and_not_kept() -> None:
    body = Input(b"x" * 10_500_000)
    found = request(CONTENT_LENGTH="10500000", **{"wsgi.input": body})
    found.receive()

    assert (body.tell(), body.asked) == (10_500_000, 10_500_000)
    with pytest.raises(RequestTooLarge):
        found.body()


@pytest.mark.parametrize(
    ("declared", "length"),
    [(None, 0), ("", 0), ("17", 17), ("0" * 5000 + "1", 10**18), ("9" * 5000, 10**18), ("-1", None), ("+1", None)]
    + [(text, None) for text in ("1.0", "0x1", "1_0", " 1", "\u0663", "x")],
)
def test_a_length_is_a_number_of_bytes_however_large_or_none(declared: str | None, length: int | None) -> None:
    assert request(CONTENT_LENGTH=declared).declared_length == length


@pytest.mark.parametrize("declared", ["", "0", "7"])
def test_nothing_is_asked_of_a_server_behind_the_end_of_a_body(declared: str) -> None:
    body = Input(b"7 bytes" * 1_000)
    found = request(CONTENT_LENGTH=declared, **{"wsgi.input": body})
    found.receive()
    length = int(declared or 0)

    assert found.body() == b"7 bytes"[:length]
    assert body.tell() == length


def test_a_body_that_ends_before_its_end_is_refused() -> None:
    found = request(CONTENT_LENGTH="10", **{"wsgi.input": io.BytesIO(b"12345")})

    with pytest.raises(BodyIncomplete, match="ended after 5 of the 10 bytes"):
        found.receive()


def test_chunks_are_read_to_where_the_server_ends_them() -> None:
    found = request(CONTENT_LENGTH="3", HTTP_TRANSFER_ENCODING="chunked", **{"wsgi.input": Input(b"7 bytes")})

    assert found.body() == b"7 bytes"


def test_chunks_that_hold_nothing_are_refused_since_broken_ones_look_like_that() -> None:
    found = request(HTTP_TRANSFER_ENCODING="chunked", **{"wsgi.input": Input(b"")})

    with pytest.raises(BodyIncomplete):
        found.receive()


def test_a_request_without_a_body_is_not_waited_for() -> None:
    assert not request(**{"wsgi.input": None}).has_body
    assert not request(CONTENT_LENGTH="0", **{"wsgi.input": None}).has_body


def test_a_body_that_is_far_too_large_is_left_at_some_point() -> None:
    class Endless(Input):
        def read(self, size: int | None = -1) -> bytes:
            super().read(size)
            return b" " * (size or 0)

    body = Endless()
    request(CONTENT_LENGTH="9" * 12, **{"wsgi.input": body}).receive()

    assert body.asked == 80 * 1024 * 1024


def test_headers_are_found_by_their_lower_case_names() -> None:
    found = request(HTTP_X_AMZ_ACCESS_TOKEN="t", CONTENT_TYPE="a/b", CONTENT_LENGTH="7")

    assert found.header("x-amz-access-token") == "t"
    assert (found.header("content-type"), found.header("content-length")) == ("a/b", "7")
    assert found.header("user-agent") is None


def test_an_origin_does_not_come_from_the_host_header() -> None:
    found = request(HTTP_HOST="27.0.0.1:80", SERVER_NAME="127.0.0.1", SERVER_PORT="9000", REMOTE_ADDR="127.0.0.2")

    assert found.origin == "http://127.0.0.1:9000"
    assert found.peer == "127.0.0.2"


def test_a_public_address_stands_for_the_one_behind_the_proxy() -> None:
    environ = {"REQUEST_METHOD": "GET", "HTTP_HOST": "evil.example", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "9000"}

    assert WsgiRequest(environ, "https://market.example").origin == "https://market.example"


def test_an_answer_is_sent_with_its_reason_phrase() -> None:
    sent: list[Any] = []
    body = HttpAnswer(429, b"x", [("A", "b")]).send(lambda status, headers: sent.append((status, headers)))

    assert (body, sent) == ([b"x"], [("429 Too Many Requests", [("A", "b")])])
    assert HttpAnswer(204).send(lambda *_: None) == []
