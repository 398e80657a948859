"""What a real server hands over, and that it comes out right: granian on a loopback port, bytes on a socket."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

APP = """
import json

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.server.gateway.wsgi import WsgiRequest


def app(environ, start_response):
    request = WsgiRequest(environ)
    try:
        request.receive()
        told = {"path": request.path, "query": request.query, "body": len(request.body())}
        told["type"] = request.header("content-type")
        answer = HttpAnswer(200, json.dumps(told).encode())
    except SellingPartnerError as error:
        answer = render(error)
    return answer.send(start_response)
"""


class Served:
    """A server; every request is one connection."""

    def __init__(self, port: int) -> None:
        self.port = port

    def say(self, said: bytes, *, after_a_word: bytes = b"") -> bytes:
        """All that comes until the server closes; what is to be said after a word of its own waits for that."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(said)
            came = connection.recv(65536)
            if after_a_word:
                connection.sendall(after_a_word)
            with suppress(ConnectionResetError):  # how a system closes what was not read to its end
                while more := connection.recv(65536):
                    came += more
        return came

    def send(self, start: bytes, *, headers: bytes = b"", body: bytes = b"") -> tuple[int, Any]:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(start + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + b"\r\n" + body)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        head, _, content = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), json.loads(content) if content else None


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "echo_app.py").write_text(APP)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    granian = str(Path(sys.executable).with_name("granian"))
    command = [
        granian,
        "--interface",
        "wsgi",
        "--http",
        "1",
        "--port",
        str(port),
        "--no-log",
        "--backpressure",
        "8",
        "echo_app:app",
    ]
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)})
    try:
        _wait_for(port)
        yield Served(port)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (b"/a%2Fb%20c", "/a/b c"),
        (b"/caf%C3%A9", "/café"),
        ("/café".encode(), "/café"),
        (b"/%E5%B0%BA%F0%9F%98%80", "/尺😀"),
        (b"/%252F", "/%2F"),
        (b"/a+b%2B", "/a+b+"),
        (b"/a%3Fb%23", "/a?b#"),
        (b"//x//y/", "//x//y/"),
        (b"/x/../y", "/x/../y"),
        (b"/a%zz%", "/a%zz%"),
        (b"/%00", "/\0"),
        (b"/%E9%FF", "/\ufffd\ufffd"),
        (b"/%ED%A0%80", "/\ufffd\ufffd\ufffd"),
    ],
)
def test_a_path_arrives_as_text(served: Served, target: bytes, path: str) -> None:
    status, told = served.send(b"GET " + target)

    assert (status, told["path"]) == (200, path)


def test_a_query_arrives_as_text(served: Served) -> None:
    assert served.send(b"GET /?q=%C3%A9&r=a%2Cb")[1]["query"] == "q=%C3%A9&r=a%2Cb"
    assert served.send("GET /?q=é".encode())[1]["query"] == "q=é"


def test_a_body_arrives_with_a_length_or_in_chunks(served: Served) -> None:
    chunked = b"Transfer-Encoding: chunked\r\n"

    assert served.send(b"POST /", headers=b"Content-Length: 3\r\n", body=b"abc")[1]["body"] == 3
    assert served.send(b"POST /", headers=chunked, body=b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")[1]["body"] == 5
    assert served.send(b"POST /", headers=b"Content-Length: 2\r\n", body=b"abcdef")[1]["body"] == 2


def test_a_body_too_large_is_refused_either_way(served: Served) -> None:
    size = 10 * 1024 * 1024 + 1
    chunk = f"{size:x}\r\n".encode() + b"x" * size + b"\r\n0\r\n\r\n"

    declared, told = served.send(b"POST /", headers=f"Content-Length: {size}\r\n".encode(), body=b"x" * size)
    assert (declared, told["errors"][0]["code"]) == (413, "RequestTooLarge")
    assert served.send(b"POST /", headers=b"Transfer-Encoding: chunked\r\n", body=chunk)[0] == 413


def test_one_content_type_arrives_if_two_are_sent(served: Served) -> None:
    headers = b"Content-Type: application/json\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n"

    assert served.send(b"POST /", headers=headers, body=b"{}")[1]["type"] == "application/json"


def test_what_is_no_http_gets_no_further_than_the_server(served: Served) -> None:
    assert served.send(b"POST /", headers=b"Content-Length: -3\r\n", body=b"abc")[0] == 400
    assert served.send(b"POST /", headers=b"Content-Length: 3\r\nContent-Length: 4\r\n", body=b"abcd")[0] == 400
    assert served.send(b"GET /" + b"a" * 70_000)[0] == 414


HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
LENGTH = b"Content-Length: %d\r\n" % (len(HIDDEN) + 5)
CHUNKED = b"Transfer-Encoding: chunked\r\n"
END = b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (LENGTH + CHUNKED, END + HIDDEN),
        (CHUNKED + LENGTH, END + HIDDEN),
        (CHUNKED + b"Content-Length: 4\r\n", b"2\r\n{}\r\n" + END + HIDDEN),
        (b"Transfer-Encoding: xchunked\r\n" + LENGTH, END + HIDDEN),
        (b"Transfer-Encoding: chunked, identity\r\n" + LENGTH, END + HIDDEN),
        (b"Transfer-Encoding: identity\r\n" + CHUNKED + LENGTH, END + HIDDEN),
        (b"Transfer-Encoding : chunked\r\n" + LENGTH, END + HIDDEN),
        (b" Transfer-Encoding: chunked\r\n" + LENGTH, END + HIDDEN),
        (b"X: y\n" + CHUNKED + LENGTH, END + HIDDEN),
        (b"Content-Length: %d\r\n" % len(HIDDEN), HIDDEN),
    ],
)
def test_no_request_hides_in_the_body_of_another(served: Served, headers: bytes, body: bytes) -> None:
    came = served.say(b"POST /shown HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n" + body + LAST)

    assert came.startswith(b"HTTP/1.1 ")
    assert b"/hidden" not in came


def test_a_request_behind_another_is_answered_if_it_is_one(served: Served) -> None:
    came = served.say(b"POST /shown HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}" + HIDDEN + LAST)

    assert came.count(b"HTTP/1.1 200") == 3
    assert came.index(b"/shown") < came.index(b"/hidden") < came.index(b"/last")


def test_whoever_waits_to_be_told_to_go_on_is_told(served: Served) -> None:
    came = served.say(
        b"POST /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
        after_a_word=b"{}",
    )

    assert came.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
    assert b'"body": 2' in came


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (b"GET /x%2Dy?q=1 HTTP/1.0", "/x-y"),
        (b"GET http://sellingpartnerapi-na.amazon.com/x?q=1 HTTP/1.1", "/x"),
        (b"GET https://x.example:8443/%7ex?q=1 HTTP/1.1", "/~x"),
        (b"GET /x?q=1#there HTTP/1.1", "/x"),
    ],
)
def test_a_path_arrives_in_older_and_longer_forms_of_a_request(served: Served, line: bytes, path: str) -> None:
    _, _, told = served.say(line + b"\r\nHost: x\r\nConnection: close\r\n\r\n").partition(b"\r\n\r\n")

    assert (json.loads(told)["path"], json.loads(told)["query"]) == (path, "q=1")
