"""Reads of orders, beside the same server with a canned answer and beside Prism with Amazon's own example."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import prism
from benchmarks.load import request_bytes
from benchmarks.market import Api
from benchmarks.processes import Server, free_port, serving
from benchmarks.report import Report
from benchmarks.turns import Contender, Effort, take_turns

GET_ORDER = "getOrder"
MARKET = "the market"
CANNED = "a canned answer, same server"
PRISM = f"Prism {prism.VERSION}"

_PAGE = 100
_EXAMPLE = "/orders/v0/orders/902-3159896-1390916"


def measure(report: Report, server: Server, api: Api, order_ids: list[str], *, folder: Path, effort: Effort) -> None:
    """Measure `getOrder` on three servers, and a page of orders on the market."""
    orders = [order_path(order_id) for order_id in order_ids]
    contenders = [
        Contender(
            request=GET_ORDER, label=MARKET, server=server, requests=[api.bytes_of("GET", order) for order in orders]
        ),
        Contender(
            request=f"getOrders, {_PAGE} a page",
            label=MARKET,
            server=server,
            requests=[api.bytes_of("GET", _page(api))],
        ),
    ]
    with ExitStack() as servers:
        canned = servers.enter_context(_canned(api.body_of(orders[0]), folder))
        contenders.append(Contender(request=GET_ORDER, label=CANNED, server=canned, requests=contenders[0].requests))
        try:
            mocked = servers.enter_context(_mocked(folder))
        except prism.NoPrism as reason:
            report.left_out.append(f"Prism: {reason}.")
        else:
            requests = [request_bytes("GET", _EXAMPLE, headers={"x-amz-access-token": "Atza|any"})]
            contenders.append(Contender(request=GET_ORDER, label=PRISM, server=mocked, requests=requests))
        report.rows += take_turns(contenders, effort)


def order_path(order_id: str) -> str:
    """Where an order is read."""
    return f"/orders/v0/orders/{order_id}"


def _page(api: Api) -> str:
    query = {"MarketplaceIds": api.marketplace_id, "CreatedAfter": "2000-01-01T00:00:00Z", "MaxResultsPerPage": _PAGE}
    return f"/orders/v0/orders?{urlencode(query)}"


@contextmanager
def _canned(body: bytes, folder: Path) -> Iterator[Server]:
    """The server of the market with nothing behind it, on one thread, which is how it is fastest."""
    port, file = free_port(), folder / "canned.json"
    file.write_bytes(body)
    command: list[object] = [
        Path(sys.executable).with_name("granian"),
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--no-ws",
    ]
    command += ["--blocking-threads", "1", "--log-level", "warning", "benchmarks.canned:answer"]
    with serving(command, port, folder=folder, environment={"CANNED_BODY": str(file)}) as server:
        yield server


@contextmanager
def _mocked(folder: Path) -> Iterator[Server]:
    """Prism, answering the model's own example."""
    port = free_port()
    with serving(prism.command(port), port, folder=folder, path=_EXAMPLE) as server:
        yield server
