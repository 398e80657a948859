"""All orders with their items, under Amazon's usage plans: `python -m benchmarks.clients.plans CLIENT DATABASE`.

It would take hours, so time is the market's: the market stands in this process, on a frozen clock, and `time.sleep`
moves that clock. The client is told the same time by `time.time` and `time.monotonic`, which are in place before it is
imported; whatever it makes of them is its own. A call goes over a socket of this machine, and takes `CALL_SECONDS`,
half of them on the way there. The market's own threads and sockets were imported with the real clock.

It prints how many orders and items were read, how long that took, and how many calls were refused with 429.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from importlib import import_module
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, NoReturn, SupportsIndex
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import msgspec
import structlog

from benchmarks.clients.access import from_environment
from benchmarks.clients.forms import Blocking
from benchmarks.clients.world import url_of
from sellingpartner.market.market import Market
from sellingpartner.server.app import Server
from sellingpartner.server.gateway.throttle import Limits

CALL_SECONDS = 0.2


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it."""

    orders: int
    items: int
    seconds: float
    """Of market time."""
    calls: int
    refused: int
    """With 429."""


class Service:
    """The market as its callers see it: each call takes its time, and is counted by its status."""

    def __init__(self, market: Market) -> None:
        self._server = Server(market, limits=Limits.REAL)
        self._market = market
        self.statuses: Counter[str] = Counter()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request, as WSGI has it."""

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            self.statuses[status[:3]] += 1
            start_response(status, headers)

        # The market asks its server for the end of a body; this one would wait for the client to hang up.
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        self.pass_time(CALL_SECONDS / 2)
        answer = self._server(environ, start)
        self.pass_time(CALL_SECONDS / 2)
        return answer

    def pass_time(self, seconds: float | SupportsIndex) -> None:
        """Let market time go by, as `time.sleep` lets it; nothing else happens in it."""
        clock = self._market.clock
        clock.move_to(clock.now() + timedelta(seconds=float(seconds)))

    def time(self) -> float:
        """The market's time, in seconds since 1970."""
        return self._market.clock.now().timestamp()


def _say_nothing(*_: object) -> NoReturn:
    raise structlog.DropEvent


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - as it is overridden
        """Say nothing of each call."""


def main() -> None:
    """Read, and print what came of it."""
    name, database = sys.argv[1], Path(sys.argv[2])
    structlog.configure(processors=[_say_nothing])
    market = Market.open(url_of(database))
    service = Service(market)
    with WSGIServer(("127.0.0.1", 0), _Silent) as http:
        http.set_app(service)
        Thread(target=http.serve_forever, daemon=True).start()
        reading = _read(name, service, f"http://127.0.0.1:{http.server_port}")
        http.shutdown()
    market.close()
    print(msgspec.json.encode(reading).decode())


def _read(name: str, service: Service, url: str) -> Reading:
    access = from_environment()
    access.url = url
    time.sleep, time.time, time.monotonic = service.pass_time, service.time, service.time
    module = import_module(f"benchmarks.clients.blocking.{name}")
    began = service.time()
    client: Blocking = module.connect(access, throttled=True)
    orders, items = client.everything()
    return Reading(
        orders=orders,
        items=items,
        seconds=service.time() - began,
        calls=service.statuses.total(),
        refused=service.statuses["429"],
    )


if __name__ == "__main__":
    main()
