"""Large documents over real sockets: granian's own requests, files received piece by piece and given out so."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from time import monotonic, sleep

import pytest

APP = """
import json
from datetime import timedelta

from sellingpartner.market.documents.documents import await_document
from sellingpartner.server.documents_out import download_link, upload_link
from sellingpartner.server.process.reception import Reception
from sellingpartner.testing import TestMarket

market = TestMarket()
with market.market.write(market.seller.seller_id) as unit:
    document = await_document(unit, "text/plain")
    links = [link(unit, document, grant_id=None) for link in (upload_link,)]
    links.append(download_link(unit, document, grant_id=None, tells_encoding=False))
with open("links.json", "w") as file:
    json.dump(links, file)
reception = Reception(market.server, seats=4, patience_seconds=20)
"""
MIB = 1024 * 1024


class Place:
    """Where the document is, and how to talk to it."""

    def __init__(self, port: int, folder: Path) -> None:
        self._port = port
        self.upload, self.download = json.loads((folder / "links.json").read_text())

    def ask(self, method: str, target: str, body: object = None, **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        is_chunked = not isinstance(body, bytes | None)
        connection.request(method, target, body, headers, encode_chunked=is_chunked)  # type: ignore[arg-type] # pieces
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "documents_app.py").write_text(APP)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    granian = str(Path(sys.executable).with_name("granian"))
    command = [
        granian,
        "--interface",
        "rsgi",
        "--http",
        "1",
        "--port",
        str(port),
        "--no-log",
        "documents_app:reception",
    ]
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)})
    try:
        _wait_for(port)
        yield Place(port, folder)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int) -> None:
    end = monotonic() + 40
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert monotonic() < end
            sleep(0.05)
        else:
            return


@pytest.mark.parametrize("is_chunked", [False, True])
def test_what_is_uploaded_is_downloaded_again_whole_and_in_parts(place: Place, is_chunked: bool) -> None:  # noqa: FBT001 - a case
    pieces = [bytes([number]) * MIB for number in range(30)]
    whole = b"".join(pieces)
    headers = {"Content-Type": "text/plain"} | ({"Transfer-Encoding": "chunked"} if is_chunked else {})

    taken, said = place.ask("PUT", place.upload, iter(pieces) if is_chunked else whole, **headers)
    given, content = place.ask("GET", place.download)
    part, middle = place.ask("GET", place.download, Range=f"bytes={29 * MIB - 1}-{29 * MIB}")

    assert (taken.status, said) == (200, b"")
    assert (given.status, given.headers["content-length"], len(content)) == (200, str(30 * MIB), 30 * MIB)
    assert content == whole
    assert (part.status, middle) == (206, bytes([28, 29]))


def test_what_is_too_large_or_ends_too_soon_is_refused_and_what_was_there_stays(place: Place) -> None:
    headers = {"Content-Type": "text/plain"}
    assert place.ask("PUT", place.upload, b"kept", **headers)[0].status == 200

    large, said = place.ask("PUT", place.upload, **headers, **{"Content-Length": str(101 * MIB)})
    forged, _ = place.ask("PUT", place.upload + "0", b"forged", **headers)

    assert (large.status, b"<Code>EntityTooLarge</Code>" in said) == (400, True)
    assert forged.status == 403
    assert place.ask("GET", place.download)[1] == b"kept"
