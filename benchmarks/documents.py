"""How much memory a report takes that is fetched, unpacked and read row by row, and how long.

    python -m benchmarks.documents --mebibytes 1024

A server in this process hands out a packed report of that size, unpacked; a process of its own fetches it with either
kind of client, reads every row of it, and says what its memory rose to above what a report of one row took.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any, NamedTuple

from benchmarks.memory import peak_mebibytes
from sellingpartner import AsyncSellingPartner, SellingPartner
from sellingpartner.client import Credentials
from sellingpartner.client.documents import Document

TYPE = "GET_FLAT_FILE_OPEN_LISTINGS_DATA"
HEADER = b"sku\tasin\tprice\tquantity\ttitle\n"
WORDS = b"blue mug large steel lamp oak shelf garden hose wool blanket set of four with handle".split()
MEBIBYTE = 1 << 20


class Measured(NamedTuple):
    """One report, fetched and read."""

    kind: str
    mebibytes: float
    rows: int
    risen_mebibytes: float
    """How far the peak of resident memory rose above the peak after a report of one row."""
    peak_mebibytes: float
    fetch_seconds: float
    read_seconds: float


def measure(mebibytes: int, kind: str) -> Measured:
    """Fetch and read a report of this size in a process of its own."""
    with _served(mebibytes) as url:
        command = [sys.executable, "-m", "benchmarks.documents", "--fetch", url, "--kind", kind]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return Measured(kind, **json.loads(ran.stdout))


@contextmanager
def _served(mebibytes: int) -> Iterator[str]:
    """A server whose report 1 has one row, and report 2 so many mebibytes."""
    random = Random(1)
    rows = b""
    while len(rows) < MEBIBYTE:
        sku, asin, price, quantity = (random.randrange(10**digits) for digits in (8, 9, 2, 3))
        title = b" ".join(random.choices(WORDS, k=30))
        rows += b"SKU-%08d\tB%09d\t%d.99\t%d\t%s\n" % (sku, asin, price, quantity, title)
    documents = {"1": [gzip.compress(HEADER + rows.partition(b"\n")[0])]}
    documents["2"] = [gzip.compress(HEADER), *[gzip.compress(rows)] * mebibytes]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self._json({"access_token": "Atza|1", "expires_in": 3600})

        def do_GET(self) -> None:
            name = self.path.rpartition("/")[2]
            if self.path.startswith("/file/"):
                pieces = documents[name]
                self._begin("text/plain; charset=UTF-8", sum(map(len, pieces)))
                for piece in pieces:
                    self.wfile.write(piece)
            elif "/documents/" in self.path:
                link = f"http://{self.headers['Host']}/file/{name}"
                self._json({"reportDocumentId": name, "url": link, "compressionAlgorithm": "GZIP"})
            else:
                named = {"reportId": name, "reportType": TYPE, "createdTime": "2026-11-02T09:00:00Z"}
                self._json({**named, "processingStatus": "DONE", "reportDocumentId": name})

        def _json(self, body: dict[str, Any]) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            raw = json.dumps(body).encode()
            self._begin("application/json", len(raw))
            self.wfile.write(raw)

        def _begin(self, kind: str, size: int) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(size))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _fetch(url: str, kind: str) -> dict[str, Any]:
    """In the process that is measured."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        _rows(_document(url, kind, "1", path))
        before = peak_mebibytes()
        began = time.perf_counter()
        document = _document(url, kind, "2", path)
        fetched = time.perf_counter()
        rows = _rows(document)
        read = time.perf_counter()
        return {
            "mebibytes": document.size / MEBIBYTE,
            "rows": rows,
            "risen_mebibytes": peak_mebibytes() - before,
            "peak_mebibytes": peak_mebibytes(),
            "fetch_seconds": fetched - began,
            "read_seconds": read - fetched,
        }


def _document(url: str, kind: str, report_id: str, path: Path) -> Document[Any]:
    said = Credentials(client_id="a", client_secret="b", refresh_token="c", base_url=url)
    if kind == "sync":
        with SellingPartner(said) as client:
            return client.reports.download(report_id=report_id, to=path)

    async def awaited() -> Document[Any]:
        async with AsyncSellingPartner(said) as client:
            return await client.reports.download(report_id=report_id, to=path)

    return asyncio.run(awaited())


def _rows(document: Document[Any]) -> int:
    return sum(1 for _ in document.rows())


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mebibytes", type=int, default=1024, help="the report's size, unpacked")
    parser.add_argument("--fetch", help=argparse.SUPPRESS)
    parser.add_argument("--kind", default="sync", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.fetch:
        print(json.dumps(_fetch(arguments.fetch, arguments.kind)))
        return
    print("| client | report | rows | peak | risen by | fetched in | read in |\n|---|--:|--:|--:|--:|--:|--:|")
    for kind in ("sync", "async"):
        one = measure(arguments.mebibytes, kind)
        print(
            f"| {kind} | {one.mebibytes:,.0f} MiB | {one.rows:,} | {one.peak_mebibytes:.0f} MiB"
            f" | {one.risen_mebibytes:.1f} MiB | {one.fetch_seconds:.1f} s | {one.read_seconds:.1f} s |"
        )


if __name__ == "__main__":
    main()
