"""What slots take, in the processor's time: a year of them, window by window, in an empty store and in a busy one.

    python -m benchmarks.services                     # on SQLite
    python -m benchmarks.services --appointments 20000 --database postgresql+psycopg://USER@HOST/NAME     # an empty one

A window is of 90 days, the most that one call may ask for; the busy store has appointments on every day of the year,
and as many before it. All in one process, so that a busy machine disturbs it least.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from benchmarks.report import Figure
from sellingpartner.contract import services_v1 as v1
from sellingpartner.market.appointments import commands
from sellingpartner.market.appointments.hours import Record, Recurrence
from sellingpartner.market.appointments.model import Resource, ResourceKind
from sellingpartner.market.appointments.tables import service_bookings
from sellingpartner.market.services.model import Offering
from sellingpartner.testing import TestMarket

APPOINTMENTS, FEW = 20_000, 2_000
_TIMES, _FEW_TIMES = 20, 5
_SKU, _STORE, _US = "MOUNTING", "BENCH", "ATVPDKIKX0DER"
_CHUNK, _CAPACITY, _HOURS = 5_000, 20, 8
_WINDOW, _YEAR = timedelta(days=90), timedelta(days=365)
_MOST_MS = 150


def measure(folder: Path, *, is_quick: bool) -> list[Figure]:
    """The figures of `measured`, fewer appointments if it must be quick."""
    url = f"sqlite:///{folder / 'services.db'}"
    return measured(url, FEW if is_quick else APPOINTMENTS, _FEW_TIMES if is_quick else _TIMES)


def measured(url: str, appointments: int, times: int) -> list[Figure]:
    """Milliseconds for all slots of a year, of a store without appointments and of one with so many."""
    market = TestMarket(url)
    try:
        asin = _founded(market)
        empty, slots = _time(lambda: _year(market, asin), times)
        rows = list(_bookings(market, appointments))
        for chunk in _chunks(rows):
            with market.market.write(market.seller.seller_id) as unit:
                unit.execute(service_bookings.insert(), chunk)
        busy, again = _time(lambda: _year(market, asin), times)
    finally:
        market.close()
    if slots != again:
        message = f"a busy store shows {again} slots and an empty one {slots}; full ones are shown as well"
        raise AssertionError(message)
    return [
        Figure(name=f"{slots:,} slots of a year, empty store", value=empty, unit="ms", most=_MOST_MS),
        Figure(
            name=f"the same, {appointments:,} appointments before and after", value=busy, unit="ms", most=2 * _MOST_MS
        ),
    ]


def _founded(market: TestMarket) -> str:
    """A store that works eight hours a day, and has reservations; returns the ASIN of its service."""
    market.lists(_SKU, 9900, stock=0)
    store = Resource(
        resource_id=_STORE,
        kind=ResourceKind.STORE,
        marketplace_id=_US,
        name="Bench",
        store_id=_STORE,
        time_zone="America/New_York",
    )
    with market.market.write(market.seller.seller_id) as unit:
        commands.register(unit, store)
        opens = unit.now.replace(hour=14, minute=0, second=0, microsecond=0)
        again = Recurrence(ends_at=unit.now + 2 * _YEAR)
        record = Record(
            starts_at=opens, ends_at=opens + timedelta(hours=_HOURS), recurrence=again, capacity=2 * _CAPACITY
        )
        commands.update_schedule(unit, _STORE, [record])
        return commands.offer_service(unit, Offering(marketplace_id=_US, sku=_SKU, asin="", store_ids=(_STORE,))).asin


def _bookings(market: TestMarket, count: int) -> Iterator[dict[str, Any]]:
    """Half of them in the year that is asked for, and half in the one before."""
    begin = market.now.replace(hour=14, minute=0, second=0, microsecond=0) - _YEAR
    for number in range(count):
        starts_at = begin + timedelta(days=number * 2 * 365 // count, hours=number % _HOURS)
        yield {
            "seller_id": market.seller.seller_id,
            "resource_id": _STORE,
            "appointment_id": f"bench-{number}",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=1),
            "units": 1,
        }


def _chunks(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        yield chunk


def _year(market: TestMarket, asin: str) -> int:
    begin: datetime = market.now
    end, found = begin + _YEAR, 0
    while begin < end:
        until = min(begin + _WINDOW, end)
        asked = v1.GetAppointmentSlots(
            asin=asin,
            store_id=_STORE,
            marketplace_ids=[_US],
            start_time=f"{begin:%Y-%m-%dT%H:%M:%SZ}",
            end_time=f"{until:%Y-%m-%dT%H:%M:%SZ}",
        )
        found += len(market.seller.send(asked).payload.appointment_slots or [])
        begin = until
    return found


def _time(work: Callable[[], int], times: int) -> tuple[float, int]:
    """Milliseconds of the processor for one, in the middle of so many, and what it returned."""
    took, found = [], work()
    for _ in range(times):
        started = process_time()
        work()
        took.append((process_time() - started) * 1000)
    return median(took), found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--appointments", type=int, default=APPOINTMENTS)
    parser.add_argument("--database", help="an empty database; a file of SQLite unless said")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'services.db'}"
        for figure in measured(url, options.appointments, _TIMES):
            print(f"{figure.name}: {figure.value:.2f} {figure.unit} {figure.goal}")


if __name__ == "__main__":
    main()
