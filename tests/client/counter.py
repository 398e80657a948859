"""A counter where reports are fetched and feeds are left, in front of a market that has none: it is done at once."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

REPORT = "sku\tprice\nMUG-BLUE\t14.99\n"
ACCEPTED = {
    "header": {"sellerId": "A1", "version": "2.0", "feedId": "60001"},
    "issues": [],
    "summary": {"errors": 0, "warnings": 0, "messagesProcessed": 1, "messagesAccepted": 1, "messagesInvalid": 0},
}
_DONE = {"createdTime": "2026-11-02T09:00:00Z", "processingStatus": "DONE", "marketplaceIds": ["ATVPDKIKX0DER"]}
_REPORT = {"reportId": "50001", "reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "reportDocumentId": "made"} | _DONE
_FEED = {"feedId": "60001", "feedType": "JSON_LISTINGS_FEED", "resultFeedDocumentId": "result"} | _DONE


class Counter:
    """Answers what begins with `/reports/`, `/feeds/` and `/stored/`, and hands on all else."""

    def __init__(self, market: Callable[..., Any]) -> None:
        self._market = market
        self.left: list[bytes] = []
        """What was uploaded."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:  # noqa: ANN401 - WSGI
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if not path.startswith(("/reports/", "/feeds/", "/stored/")):
            return self._market(environ, start_response)
        if method == "PUT":
            self.left.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        status, kind, body = self._answer(method, path, f"http://{environ['SERVER_NAME']}:{environ['SERVER_PORT']}")
        start_response(status, [("Content-Type", kind)])
        return [body]

    def _answer(self, method: str, path: str, here: str) -> tuple[str, str, bytes]:
        stored = {"/stored/made": REPORT.encode(), "/stored/result": json.dumps(ACCEPTED).encode()}
        if path.startswith("/stored/"):
            return "200 OK", "text/plain; charset=utf-8", gzip.compress(stored[path]) if path in stored else b""
        status, said = {
            "POST /reports/2021-06-30/reports": ("202 Accepted", {"reportId": "50001"}),
            "GET /reports/2021-06-30/reports/50001": ("200 OK", _REPORT),
            "GET /reports/2021-06-30/documents/made": ("200 OK", {"reportDocumentId": "made"} | _link(here, "made")),
            "POST /feeds/2021-06-30/documents": ("201 Created", {"feedDocumentId": "in", "url": f"{here}/stored/in"}),
            "POST /feeds/2021-06-30/feeds": ("202 Accepted", {"feedId": "60001"}),
            "GET /feeds/2021-06-30/feeds/60001": ("200 OK", _FEED),
            "GET /feeds/2021-06-30/documents/result": ("200 OK", {"feedDocumentId": "result"} | _link(here, "result")),
        }[f"{method} {path}"]
        return status, "application/json", json.dumps(said).encode()


def _link(here: str, name: str) -> dict[str, str]:
    return {"url": f"{here}/stored/{name}", "compressionAlgorithm": "GZIP"}
