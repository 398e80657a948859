"""How near each client comes to what the usage plans allow, when it reads all orders with their items."""

from __future__ import annotations

import shutil
import subprocess
import sys
from math import ceil
from pathlib import Path

import msgspec

from benchmarks.clients import world
from benchmarks.clients.access import PAGE
from benchmarks.clients.comparing import CLIENTS, ClientFailed, environment_of
from benchmarks.clients.plans import Reading
from benchmarks.comparison import table
from sellingpartner.contract.operation import Operation
from sellingpartner.contract.orders_v0 import GetOrderItems, GetOrders

_WAITING = {
    "httpx2": "sleeps 1/rate after a 429",
    "sellingpartner": "its throttle, as it is by default",
    "python_amazon_sp_api": "its `throttle_retry` and `load_all_pages`",
    "amzn_sp_api": "has nothing; sleeps 1/rate after a 429",
    "amzn_selling_partner": "its throttle, as it is by default",
}
_ERRORS_SHOWN = 3000


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What all clients made of the same plans."""

    orders: int
    least: float
    """Seconds that the buckets ask for, whoever reads."""
    readings: dict[str, Reading]

    def markdown(self) -> str:
        """The table as it stands in the documentation."""
        head = [f"{self.orders:,} orders with their items", "waits by", "market time", "of what is allowed", "429s"]
        rows = [
            [
                CLIENTS[name],
                _WAITING[name],
                f"{reading.seconds:,.0f} s",
                f"{self.least / reading.seconds:.2%}",
                f"{reading.refused:,}",
            ]
            for name, reading in self.readings.items()
        ]
        return table(head, [["the buckets themselves", "", f"{self.least:,.0f} s", "100%", "0"], *rows])


def measure(folder: Path, orders: int) -> Limits:
    """Let every client read all orders of a world of its own."""
    database = folder / "many.db"
    access = world.build(database, orders)
    environment = environment_of(access, folder)
    readings = {}
    for name in CLIENTS:
        own = folder / f"{name}.db"
        shutil.copy(database, own)
        command = [sys.executable, "-m", "benchmarks.clients.plans", name, str(own)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode:
            raise ClientFailed(f"{name}: {done.stderr[-_ERRORS_SHOWN:]}")
        readings[name] = msgspec.json.decode(done.stdout, type=Reading)
        own.unlink()
    read = readings["sellingpartner"].orders
    pages = _least(GetOrders.operation, ceil(read / PAGE))
    items = _least(GetOrderItems.operation, read)
    return Limits(orders=read, least=max(pages, items), readings=readings)


def _least(operation: Operation, calls: int) -> float:
    """The seconds until the last of so many calls has its token, if none is ever left to overflow."""
    rate = operation.rate
    if rate is None:
        raise ClientFailed(f"{operation.name} has no published rate.")
    return max(0.0, (calls - rate.burst) / rate.per_second)
