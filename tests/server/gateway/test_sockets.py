"""What a real server hands over, and that it comes out right: granian on a loopback port, bytes on a socket."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

APP = """
import json

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest


def app(environ, start_response):
    request = HttpRequest(environ)
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
    command = [granian, "--interface", "wsgi", "--port", str(port), "--no-log", "--backpressure", "8", "echo_app:app"]
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
