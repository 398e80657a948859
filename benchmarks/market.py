"""The market as its users have it: served by `spapi serve`, called over HTTP with the credentials that it writes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec

from benchmarks.load import LoadFailed, request_bytes
from benchmarks.processes import Server, free_port, serving

_SPAPI = Path(sys.executable).with_name("spapi")
_LONG_AGO = "2000-01-01T00:00:00Z"
_PAGE = 100

Json = dict[str, Any]


class Api:
    """A seller's calls, one after another on one connection."""

    def __init__(self, port: int, credentials: Path) -> None:
        lines = (line.strip().partition("=") for line in credentials.read_text().splitlines() if "=" in line)
        known = {name: value.strip("'\"") for name, _, value in lines}
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.seller_id = known["SP_API_SELLER_ID"]
        self.marketplace_id = known["SP_API_MARKETPLACE_ID"]
        form = {
            "grant_type": "refresh_token",
            "refresh_token": known["SP_API_REFRESH_TOKEN"],
            "client_id": known["SP_API_CLIENT_ID"],
            "client_secret": known["SP_API_CLIENT_SECRET"],
        }
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = self._send("POST", "/auth/o2/token", urlencode(form).encode(), headers)
        self.token: str = msgspec.json.decode(answer)["access_token"]

    def bytes_of(self, method: str, target: str, body: object = None) -> bytes:
        """A call as it goes over the wire, for the load."""
        encoded = None if body is None else msgspec.json.encode(body)
        return request_bytes(method, target, headers={"x-amz-access-token": self.token}, body=encoded)

    def get(self, target: str) -> Json:
        """The payload of an answer."""
        answer = self._send("GET", target, None, {"x-amz-access-token": self.token})
        payload: Json = msgspec.json.decode(answer)["payload"]
        return payload

    def body_of(self, target: str) -> bytes:
        """An answer as it came."""
        return self._send("GET", target, None, {"x-amz-access-token": self.token})

    def orders(self, most: int) -> list[Json]:
        """So many of the seller's orders, read page by page."""
        query = {"MarketplaceIds": self.marketplace_id, "CreatedAfter": _LONG_AGO, "MaxResultsPerPage": _PAGE}
        found: list[Json] = []
        while len(found) < most:
            page = self.get(f"/orders/v0/orders?{urlencode(query)}")
            found += page["Orders"]
            if "NextToken" not in page:
                break
            query["NextToken"] = page["NextToken"]
        return found[:most]

    def page_target(self, size: int, **more: str) -> str:
        """Where a page of the seller's orders is read."""
        query = {"MarketplaceIds": self.marketplace_id, "CreatedAfter": _LONG_AGO, "MaxResultsPerPage": size}
        return f"/orders/v0/orders?{urlencode(query | more)}"

    def page_targets(self, size: int, most: int) -> list[str]:
        """Where so many pages are read that follow one another."""
        targets = [self.page_target(size)]
        while len(targets) < most and (token := self.get(targets[-1]).get("NextToken")):
            targets.append(self.page_target(size, NextToken=token))
        return targets

    def metrics_target(self) -> str:
        """Where the sales of each day of a year are read, by the clock of the marketplace in the United States."""
        zone = ZoneInfo("America/Los_Angeles")
        today = datetime.now(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        year_ago = today - timedelta(days=365)
        query = {
            "marketplaceIds": self.marketplace_id,
            "interval": f"{year_ago.isoformat()}--{today.isoformat()}",
            "granularity": "Day",
            "granularityTimeZone": zone.key,
        }
        return f"/sales/v1/orderMetrics?{urlencode(query)}"

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _send(self, method: str, target: str, body: bytes | None, headers: dict[str, str]) -> bytes:
        try:
            self._connection.request(method, target, body, headers)
            answer = self._connection.getresponse()
        except RemoteDisconnected:  # it had been idle for long
            self._connection.close()
            self._connection.request(method, target, body, headers)
            answer = self._connection.getresponse()
        received = answer.read()
        if answer.status >= 300:  # noqa: PLR2004 - all that is not a success
            message = f"{method} {target} was answered {answer.status}: {received[:500].decode(errors='replace')}"
            raise LoadFailed(message)
        return received


@contextmanager
def serving_market(database: Path, *arguments: str) -> Iterator[Server]:
    """Serve the market in a database file, without usage plans and without buyers of its own."""
    port = free_port()
    command: list[object] = [
        _SPAPI,
        "serve",
        "--port",
        str(port),
        "--database",
        f"sqlite:///{database}",
        "--limits",
        "off",
    ]
    command += ["--quiet-market", "--credentials", credentials_of(database), *arguments]
    # Compiled files are kept, as where a package is installed, even on a machine that is set not to keep any.
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(database.parent / "compiled")}
    compiled["XDG_CACHE_HOME"] = str(database.parent / "cache")  # else a demo world that is measured may be a kept one
    with serving(command, port, folder=database.parent, environment=compiled) as server:
        yield server


def credentials_of(database: Path) -> Path:
    """Where the credentials for a database's market are written."""
    return database.with_suffix(".env")
