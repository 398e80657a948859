from __future__ import annotations

import io
from typing import Any

import pytest

from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest


def request(**environ: Any) -> HttpRequest:  # noqa: ANN401 - whatever a server puts there
    return HttpRequest({"REQUEST_METHOD": "GET"} | environ)


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

    def read(self, size: int | None = -1) -> bytes:
        self.asked = getattr(self, "asked", 0) + (size or 0)
        return super().read(size)


def test_what_was_not_read_of_a_body_is_read_to_its_end_once() -> None:
    body = Input(b"x" * 1_000_000)
    found = request(CONTENT_LENGTH="1000000", **{"wsgi.input": body})
    found.drain()
    found.drain()

    assert body.tell() == 1_000_000
    assert body.asked == 1_000_000


@pytest.mark.parametrize("declared", ["", "0", "7"])
def test_nothing_is_asked_of_a_server_behind_the_end_of_a_body(declared: str) -> None:
    body = Input(b"7 bytes" * 1_000)
    found = request(CONTENT_LENGTH=declared, **{"wsgi.input": body})
    found.receive()
    length = int(declared or 0)

    assert found.body() == b"7 bytes"[:length]
    found.drain()
    assert body.tell() == length


def test_what_is_left_of_a_body_after_its_beginning_is_read_to_its_end() -> None:
    body = Input(b"x" * 1_000_000)
    found = request(CONTENT_LENGTH="900000", **{"wsgi.input": body})
    found.receive()
    found.drain()

    assert body.tell() == 900_000


@pytest.mark.parametrize("ended", [{"wsgi.input_terminated": True}, {"HTTP_TRANSFER_ENCODING": "chunked"}])
def test_where_the_server_ends_the_body_it_is_read_to_there(ended: dict[str, Any]) -> None:
    found = request(CONTENT_LENGTH="3", **{"wsgi.input": Input(b"7 bytes")}, **ended)

    assert found.body() == b"7 bytes"


def test_a_request_without_a_body_is_not_waited_for() -> None:
    request(**{"wsgi.input": None}).drain()
    request(CONTENT_LENGTH="0", **{"wsgi.input": None}).drain()


def test_a_body_without_an_end_is_left_at_some_point() -> None:
    class Endless(Input):
        def read(self, size: int | None = -1) -> bytes:
            super().read(size)
            return b" " * (size or 0)

    body = Endless()
    request(HTTP_TRANSFER_ENCODING="chunked", **{"wsgi.input": body}).drain()

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

    assert HttpRequest(environ, "https://market.example").origin == "https://market.example"


def test_an_answer_is_sent_with_its_reason_phrase() -> None:
    sent: list[Any] = []
    body = HttpAnswer(429, b"x", [("A", "b")]).send(lambda status, headers: sent.append((status, headers)))

    assert (body, sent) == ([b"x"], [("429 Too Many Requests", [("A", "b")])])
    assert HttpAnswer(204).send(lambda *_: None) == []
