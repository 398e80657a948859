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

from benchmarks import backstage, contract_import, reads, starting, validation, writes
from benchmarks.clients import comparing, limits
from benchmarks.market import Api, credentials_of, serving_market
from benchmarks.report import Figure, Report
from benchmarks.turns import Contender, Effort, take_turns
from sellingpartner.contract.registry import modules

THOROUGH = Effort(rounds=5, seconds=3, warm_up=3)
QUICK = Effort(rounds=2, seconds=1, warm_up=1)
MANY = 1_000_000
PARTS = ("market", "clients", "limits")
_SAMPLE = 50_000
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
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure: {', '.join(PARTS)}; else all")
    parser.add_argument("--quick", action="store_true", help="within two minutes, and rougher")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured to a file, too")
    options = parser.parse_args()
    if unknown := [part for part in options.parts if part not in PARTS]:
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    options.parts = options.parts or PARTS
    return options


def _market(report: Report, database: Path, effort: Effort, status: Status) -> None:
    """The market under load."""
    status.update("building a demo world, starting and starting again")
    report.figures += starting.measure(database, tries=effort.rounds)
    status.update("validating listings")
    report.figures += validation.measure()
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
        api.close()
    skus = backstage.stock_up(database, api.seller_id, api.marketplace_id)
    with serving_market(database) as server:
        at_rest = server.memory()
        api = Api(server.port, credentials_of(database))
        order_ids = [order["AmazonOrderId"] for order in api.orders(_SAMPLE)]
        reads.measure(report, server, api, order_ids, folder=database.parent, effort=effort)
        writes.measure(report, server, api, skus, database=database, effort=effort)
        after = server.memory()
    report.figures += [
        Figure(name="memory at rest", value=at_rest, unit="MiB"),
        Figure(name="memory after all of this load", value=after, unit="MiB"),
    ]


def _many_orders(report: Report, database: Path, effort: Effort) -> None:
    """The same read again, among a million orders."""
    few = next(row.rate for row in report.rows if (row.request, row.server) == (reads.GET_ORDER, reads.MARKET))
    with serving_market(database) as server:
        api = Api(server.port, credentials_of(database))
        api.close()
    order_ids = Random(1).sample(backstage.grow(database, api.seller_id, MANY), _SAMPLE)
    with serving_market(database) as server:
        api = Api(server.port, credentials_of(database))
        requests = [api.bytes_of("GET", reads.order_path(order_id)) for order_id in order_ids]
        among = f"{reads.GET_ORDER} among {MANY:,} orders"
        contender = Contender(request=among, label=reads.MARKET, server=server, requests=requests)
        (row,) = take_turns([contender], effort)
    report.rows.append(row)
    ratio = row.rate.p50 / few.p50
    report.figures.append(Figure(name=f"p50 of {among}, against a demo world's", value=ratio, unit="x", most=1.5))


def _imports(report: Report) -> None:
    names = list(modules())
    for name, imported in (("import of orders_v0", ["orders_v0"]), (f"import of all {len(names)} APIs", names)):
        taken = contract_import.seconds(imported, "", 3) * 1000
        report.figures.append(Figure(name=name, value=taken, unit="ms"))


def _compare(report: Report) -> None:
    """The goals that are ratios and rates."""
    read = report.rate(reads.GET_ORDER, reads.MARKET)
    for server, least in ((reads.PRISM, 4), (reads.CANNED, 0.25)):
        other = report.rate(reads.GET_ORDER, server)
        if read and other:
            report.figures.append(Figure(name=f"getOrder, against {server}", value=read / other, unit="x", least=least))
    for request in (writes.PLACE, writes.CONFIRM):
        rate = report.rate(request, reads.MARKET)
        if rate:
            report.figures.append(Figure(name=request, value=rate, unit="/s", least=1_500))


if __name__ == "__main__":
    main()
