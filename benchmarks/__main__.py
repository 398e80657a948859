"""`python -m benchmarks`: everything, or the parts named, in one run and in folders that are gone afterwards."""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.status import Status

from benchmarks import (
    advancing,
    backstage,
    catalog,
    contract_import,
    feeds,
    fixtures,
    inbound,
    intercept,
    labels,
    ledger,
    offers,
    pages,
    products,
    reads,
    reports,
    services,
    shipping,
    soak,
    starting,
    stock,
    telling,
    validation,
    worlds,
    writes,
)
from benchmarks.clients import comparing, limits
from benchmarks.market import Api, credentials_of, serving_market
from benchmarks.report import Figure, Report
from benchmarks.turns import Effort
from sellingpartner.contract.registry import modules

THOROUGH = Effort(rounds=5, seconds=3, warm_up=3)
QUICK = Effort(rounds=2, seconds=1, warm_up=1)
MANY = 1_000_000
PARTS = (
    "market",
    "catalog",
    "advancing",
    "telling",
    "ledger",
    "pages",
    "reports",
    "feeds",
    "inbound",
    "shipping",
    "stock",
    "services",
    "led",
    "testing",
    "worlds",
    "clients",
    "limits",
)
ON_REQUEST = ("soak",)
_BESIDES = {
    "advancing": ("advancing a month in which buyers come", advancing.measure),
    "telling": ("telling applications what happens", telling.measure),
    "ledger": ("posting, settling and reading money", ledger.measure),
    "reports": ("making reports of all orders", reports.measure),
    "feeds": ("carrying out a feed of many listings", feeds.measure),
    "shipping": (f"buying labels, and following one of {MANY:,} parcels", shipping.measure),
    "inbound": ("planning what is sent to Amazon, from the plan to labels", inbound.measure),
    "stock": ("reading what lies at Amazon", stock.measure),
    "services": ("asking for the slots of a year", services.measure),
    "pages": (f"opening the console's pages among {MANY:,} orders", pages.measure),
    "led": ("calling through spapi run", intercept.measure),
    "testing": ("opening markets as tests do", fixtures.measure),
    "worlds": ("saving and loading worlds", worlds.measure),
}
"""Parts that need a folder and nothing else: what is shown while each is measured, and what measures it."""
_SAMPLE = 50_000
_NONE_TWICE = 250_000
_MINUTES = 10
_ORDERS_UNDER_LIMITS = 5_000
_FEW_UNDER_LIMITS = 500
_ROUNDS_OF_CLIENTS = 5
"""For each round of servers."""


def main() -> None:
    """Measure, and print what was found."""
    options = _options()
    effort = QUICK if options.quick else THOROUGH
    console = Console(width=None if os.isatty(1) else 130)
    report = Report(machine=_machine(), load=str(effort))
    with TemporaryDirectory(prefix="sellingpartner-benchmarks-") as name, console.status("") as status:
        folder = Path(name)
        if "market" in options.parts:
            _market(report, folder / "market.db", effort, status)
        if "catalog" in options.parts:
            status.update("searching catalogs")
            report.figures += catalog.measure(folder, most=catalog.FEW if options.quick else catalog.MANY)
        for part, (doing, measure) in _BESIDES.items():
            if part in options.parts:
                status.update(doing)
                report.figures += measure(folder, is_quick=options.quick)
        if "soak" in options.parts:
            status.update("pressing for minutes and weighing the market")
            report.figures += soak.measure(folder / "soak.db", minutes=1 if options.quick else _MINUTES)
        if "clients" in options.parts:
            status.update("calling with one client after the other")
            report.clients = comparing.compare(folder, rounds=effort.rounds * _ROUNDS_OF_CLIENTS)
        if "limits" in options.parts:
            status.update("reading all orders with their items under Amazon's limits")
            report.limits = limits.measure(folder, _FEW_UNDER_LIMITS if options.quick else _ORDERS_UNDER_LIMITS)
    report.print(console)
    if options.json:
        report.save(options.json)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure the market and the client on this machine."
    )
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"what to measure: {', '.join(PARTS)}; else all of these; or soak"
    )
    parser.add_argument("--quick", action="store_true", help="within two minutes, and rougher")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured to a file, too")
    options = parser.parse_args()
    if unknown := [part for part in options.parts if part not in PARTS + ON_REQUEST]:
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS + ON_REQUEST)}")
    options.parts = options.parts or PARTS
    return options


def _market(report: Report, database: Path, effort: Effort, status: Status) -> None:
    """The market under load."""
    status.update("building a demo world, starting and starting again")
    report.figures += starting.measure(database, tries=effort.rounds)
    status.update("validating listings")
    report.figures += validation.measure()
    status.update("drawing labels")
    report.figures += labels.measure()
    status.update("reading and writing orders")
    _orders(report, database, effort)
    if effort is QUICK:
        report.left_out.append(f"{MANY:,} orders and the times of imports: run it without --quick.")
    else:
        status.update(f"building {MANY:,} orders and reading among them")
        _many_orders(report, database, effort)
        status.update("importing")
        _imports(report)
    _compare(report)


def _machine() -> dict[str, str]:
    return {
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
    }


def _orders(report: Report, database: Path, effort: Effort) -> None:
    with serving_market(database) as server:
        api = Api(server.port, credentials_of(database))
        pages = api.page_targets(reads.PAGE_SIZE, reads.COLD_PAGES)
        order_ids = [order["AmazonOrderId"] for order in api.orders(_SAMPLE)]
        api.close()
    # What one server has read, the next one does not remember.
    with serving_market(database) as server:
        reads.measure_cold_pages(report, server, Api(server.port, credentials_of(database)), pages)
    skus = backstage.stock_up(database, api.seller_id, api.marketplace_id)
    at_amazon = backstage.stock_up_at_amazon(database, api.seller_id, api.marketplace_id)
    with serving_market(database) as server:
        at_rest = server.memory()
        api = Api(server.port, credentials_of(database))
        reads.measure(report, server, api, order_ids, folder=database.parent, effort=effort)
        offers.measure(report, server, api, skus, effort=effort)
        writes.measure(report, server, api, skus, database=database, effort=effort)
        writes.measure_for_other_shops(report, server, api, at_amazon, effort=effort)
        products.measure(report, server, api, effort)
        after = server.memory()
    report.figures += [
        Figure(name="memory at rest", value=at_rest, unit="MiB"),
        Figure(name="memory after all of this load", value=after, unit="MiB"),
    ]


def _many_orders(report: Report, database: Path, effort: Effort) -> None:
    """Reads again, among a million orders."""
    with serving_market(database) as server:
        api = Api(server.port, credentials_of(database))
        api.close()
    order_ids = Random(1).sample(backstage.grow(database, api.seller_id, MANY), _NONE_TWICE)
    with serving_market(database) as server:
        api = Api(server.port, credentials_of(database))
        reads.measure_among_many(report, server, api, order_ids, folder=database.parent, effort=effort)
    few, many = (report.row(request, reads.MARKET) for request in (reads.NONE_TWICE_AMONG_FEW, reads.NONE_TWICE))
    if few and many:
        ratio = many.rate.p50 / few.rate.p50
        name = f"p50 of {reads.NONE_TWICE}, among {MANY:,} orders against a demo world's"
        report.figures.append(Figure(name=name, value=ratio, unit="x", most=1.5))
    metrics = report.row(reads.METRICS, reads.MARKET)
    if metrics:
        name = f"p50 of {reads.METRICS}, among {MANY:,} orders, alone"
        report.figures.append(Figure(name=name, value=metrics.alone.p50, unit="ms", most=50))


def _imports(report: Report) -> None:
    names = list(modules())
    for name, imported in (("import of orders_v0", ["orders_v0"]), (f"import of all {len(names)} APIs", names)):
        taken = contract_import.seconds(imported, "", 3) * 1000
        report.figures.append(Figure(name=name, value=taken, unit="ms"))


def _compare(report: Report) -> None:
    """The goals that are ratios, and what a page costs."""
    market, mock = reads.MARKET, reads.PRISM
    report.compare(reads.GET_ORDER, market, reads.GET_ORDER, mock, least=4)
    report.compare(reads.GET_ORDER, market, reads.GET_ORDER, reads.CANNED, least=0.25)
    report.compare(reads.NONE_TWICE, market, reads.NONE_TWICE, mock, least=3)
    report.compare(reads.NONE_TWICE_AMONG_FEW, market, reads.GET_ORDER, mock, least=3)
    report.compare(writes.CONFIRM, market, reads.GET_ORDER, mock, least=1)
    report.compare(writes.PLACE, market, reads.GET_ORDER, mock, least=0.65)
    report.compare(writes.CREATE, market, writes.PLACE, market, least=0.7)
    for request, most in ((reads.PAGE, 2), (reads.PAGES, 3)):
        row = report.row(request, market)
        if row and row.work is not None:
            name = f"{request}, processor time"
            report.figures.append(Figure(name=name, value=row.work / 1000, unit="ms", most=most))


if __name__ == "__main__":
    main()
