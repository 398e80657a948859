"""What lies at Amazon: pages of `getInventorySummaries` among few SKUs and among many, in the process, on SQLite.

    python -m benchmarks.stock

Some SKUs are listed and stocked, in two conditions and by three movements; the others are copies of their rows under
other names, written by the database, so they are good for being read alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sqlalchemy import Table, func, literal, select

from benchmarks.report import Figure
from sellingpartner.contract.fba_inventory_v1 import GetInventorySummaries, GranularityType
from sellingpartner.market.inventory.commands import Load, move_all
from sellingpartner.market.inventory.model import Condition, Reason, Spot
from sellingpartner.market.inventory.tables import center_stocks, movements, stocks
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.listings.tables import listings
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket

FEW, MANY = 1_000, 100_000
_LISTED, _PAGE, _PAGES = 100, 50, 60
_GOAL = 50.0
_LYING = ((Condition.SELLABLE, "PHX6"), (Condition.SELLABLE, "BFI4"), (Condition.INBOUND_SHIPPED, "PHX6"))


def measure(folder: Path, *, is_quick: bool) -> list[Figure]:
    """How long a page of 50 takes."""
    return [figure for count in ((FEW,) if is_quick else (FEW, MANY)) for figure in _measured(folder, count)]


def _measured(folder: Path, count: int) -> Iterator[Figure]:
    with TestMarket(f"sqlite:///{folder / f'stock-{count}.db'}", limits="off") as market:
        skus = _stocked(market, count)
        named = Random(1)
        some = [sorted(named.sample(skus, _PAGE)) for _ in range(_PAGES)]
        asked = [("one after another", _walk(market)), ("named", (_named(market, one) for one in some))]
        for how, times in asked:
            waited, worked = zip(*times, strict=True)
            name = f"getInventorySummaries, {_PAGE} of {count:,} SKUs, {how}"
            yield Figure(name=f"{name}, p50", value=median(waited) * 1000, unit="ms")
            yield Figure(name=f"{name}, of the processor", value=median(worked) * 1000, unit="ms", most=_GOAL)


def _walk(market: TestMarket) -> Iterator[tuple[float, float]]:
    """Page after page, each read for the first time."""
    token: str | None = None
    for _ in range(_PAGES):
        request = _summaries(market, next_token=token)
        began, worked = perf_counter(), process_time()
        answer = market.seller.send(request)
        yield perf_counter() - began, process_time() - worked
        assert answer.payload is not None
        assert answer.payload.inventory_summaries
        token = None if answer.pagination is None else answer.pagination.next_token
        if token is None:
            return


def _named(market: TestMarket, skus: list[str]) -> tuple[float, float]:
    request = _summaries(market, seller_skus=skus)
    began, worked = perf_counter(), process_time()
    answer = market.seller.send(request)
    taken = perf_counter() - began, process_time() - worked
    assert answer.payload is not None
    assert len(answer.payload.inventory_summaries) == _PAGE
    return taken


def _summaries(
    market: TestMarket, *, next_token: str | None = None, seller_skus: list[str] | None = None
) -> GetInventorySummaries:
    return GetInventorySummaries(
        granularity_type=GranularityType.MARKETPLACE,
        granularity_id=market.marketplace_id,
        marketplace_ids=[market.marketplace_id],
        details=True,
        next_token=next_token,
        seller_skus=seller_skus,
    )


def _stocked(market: TestMarket, count: int) -> list[str]:
    """So many SKUs with units at Amazon."""
    for number in range(_LISTED):
        market.lists(_sku(number), stock=0, fulfillment_channel=FulfillmentChannel.AFN)
    skus = [_sku(number) for number in range(count)]
    with market.market.write(market.seller.seller_id) as unit:
        loads = [
            Load(sku, 7, None, Spot(condition, center), Reason.RECEIVED, "opening stock")
            for sku in skus[:_LISTED]
            for condition, center in _LYING
        ]
        move_all(unit, loads)
    for table in (stocks, center_stocks, movements, listings):
        with market.market.write(market.seller.seller_id) as unit:
            _copy(unit, table, count // _LISTED)
    return skus


def _copy(unit: UnitOfWork, table: Table, times: int) -> None:
    """Copy the rows of the SKUs that are listed, so often, under the names that follow."""
    for time in range(1, times):
        changed = {
            "sku": func.replace(table.c.sku, "SKU-0000", f"SKU-{time:04}"),
            "movement_id": table.c.get("movement_id", literal(0)) + 10_000_000 + time * _LISTED * len(_LYING),
        }
        columns = [changed[name].label(name) if name in changed else column for name, column in table.c.items()]
        first = select(*columns).where(
            table.c.seller_id == unit.seller_id, table.c.sku.between(_sku(0), _sku(_LISTED - 1))
        )
        unit.execute(table.insert().from_select(list(table.c.keys()), first))


def _sku(number: int) -> str:
    return f"SKU-{number:06}"


def main() -> None:
    """Measure, and print what was found."""
    with TemporaryDirectory(prefix="sellingpartner-stock-") as folder:
        for figure in measure(Path(folder), is_quick=False):
            print(f"{figure.name}: {figure.value:.1f} {figure.unit}")


if __name__ == "__main__":
    main()
