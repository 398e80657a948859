"""Reads of orders, beside the same server with a canned answer and beside Prism with Amazon's own example."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks import prism
from benchmarks.load import press, request_bytes
from benchmarks.market import Api
from benchmarks.processes import Server, free_port, serving
from benchmarks.report import Figure, Report
from benchmarks.turns import Contender, Effort, take_turns

GET_ORDER = "getOrder, the same 500"
NONE_TWICE = "getOrder, none twice"
NONE_TWICE_AMONG_FEW = "getOrder, none twice, few"
PAGE = "getOrders, 100, the same page"
PAGES = "getOrders, 100, page after page"
METRICS = "getOrderMetrics, a year by day"
MARKET = "the market"
CANNED = "a canned answer, same server"
PRISM = f"Prism {prism.VERSION}"

_SAME = 500
_LONG = 60
PAGE_SIZE = 100
COLD_PAGES = 40
_PAGES = 300
"""Their orders take several times the memory that the market keeps views in (`server/gateway/views.py`)."""

_EXAMPLE = "/orders/v0/orders/902-3159896-1390916"


def measure(report: Report, server: Server, api: Api, order_ids: list[str], *, folder: Path, effort: Effort) -> None:
    """Measure reads of what was read before, beside other servers; and, for its latency, of what was not."""
    orders = [api.bytes_of("GET", order_path(order_id)) for order_id in order_ids]
    contenders = [
        Contender(
            request=NONE_TWICE_AMONG_FEW, label=MARKET, server=server, requests=orders[_SAME:], once=True, is_cold=True
        ),
        Contender(request=GET_ORDER, label=MARKET, server=server, requests=orders[:_SAME]),
        Contender(
            request=PAGE, label=MARKET, server=server, requests=[api.bytes_of("GET", api.page_target(PAGE_SIZE))]
        ),
    ]
    with _others(report, GET_ORDER, api.body_of(order_path(order_ids[0])), orders[:_SAME], folder) as others:
        report.rows += take_turns([*contenders, *others], effort)


def measure_cold_pages(report: Report, server: Server, api: Api, targets: list[str]) -> None:
    """Measure the processor time of pages that a server is asked for for the first time, once each."""
    first, *others = (api.bytes_of("GET", target) for target in targets)
    press(server.port, iter([first]), seconds=_LONG)  # what the first call of all brings along is not the page's
    server.rest()
    before = server.work()
    press(server.port, iter(others), seconds=_LONG)
    after = server.work()
    if before is not None and after is not None:
        taken = (after - before) / len(others) * 1000
        name = "getOrders, 100, pages read for the first time, processor time"
        report.figures.append(Figure(name=name, value=taken, unit="ms", most=3))


def measure_among_many(
    report: Report, server: Server, api: Api, order_ids: list[str], *, folder: Path, effort: Effort
) -> None:
    """Measure reads of orders of which none was read before, beside other servers, and pages that nobody remembers."""
    orders = [api.bytes_of("GET", order_path(order_id)) for order_id in order_ids]
    pages = [api.bytes_of("GET", target) for target in api.page_targets(PAGE_SIZE, _PAGES)]
    contenders = [
        Contender(request=NONE_TWICE, label=MARKET, server=server, requests=orders, once=True),
        Contender(request=PAGES, label=MARKET, server=server, requests=pages),
        Contender(request=METRICS, label=MARKET, server=server, requests=[api.bytes_of("GET", api.metrics_target())]),
    ]
    body = api.body_of(order_path(order_ids[0]))
    with _others(report, NONE_TWICE, body, orders[:_SAME], folder) as others:
        report.rows += take_turns([*contenders, *others], effort)


@contextmanager
def _others(report: Report, request: str, body: bytes, orders: list[bytes], folder: Path) -> Iterator[list[Contender]]:
    """The servers to be measured beside: the canned answer, and Prism where it can run."""
    with ExitStack() as servers:
        canned = servers.enter_context(_canned(body, folder))
        others = [Contender(request=request, label=CANNED, server=canned, requests=orders)]
        try:
            mocked = servers.enter_context(_mocked(folder))
        except prism.NoPrism as reason:
            report.left_out.append(f"Prism: {reason}.")
        else:
            example = [request_bytes("GET", _EXAMPLE, headers={"x-amz-access-token": "Atza|any"})]
            others.append(Contender(request=request, label=PRISM, server=mocked, requests=example))
        yield others


def order_path(order_id: str) -> str:
    """Where an order is read."""
    return f"/orders/v0/orders/{order_id}"


@contextmanager
def _canned(body: bytes, folder: Path) -> Iterator[Server]:
    """The server of the market with nothing behind it: the same interface, HTTP/1 alone, one loop on one thread."""
    port, file = free_port(), folder / "canned.json"
    file.write_bytes(body)
    command: list[object] = [
        Path(sys.executable).with_name("granian"),
        "--interface",
        "rsgi",
        "--http",
        "1",
        "--port",
        str(port),
        "--no-ws",
    ]
    command += ["--log-level", "warning", "benchmarks.canned:answer"]
    with serving(command, port, folder=folder, environment={"CANNED_BODY": str(file)}) as server:
        yield server


@contextmanager
def _mocked(folder: Path) -> Iterator[Server]:
    """Prism, answering the model's own example."""
    port = free_port()
    with serving(prism.command(port), port, folder=folder, path=_EXAMPLE) as server:
        yield server
