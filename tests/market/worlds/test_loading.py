"""Loading a world is whole: whatever fails, and whoever is killed, each document that a row tells of can be read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from sellingpartner.contract.errors import ServiceUnavailable
from sellingpartner.market.documents.tables import documents
from sellingpartner.market.market import Market
from sellingpartner.market.worlds.loading import load
from sellingpartner.market.worlds.papers import LEFT, forget_left_behind
from sellingpartner.market.worlds.saving import save
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.document_store import DocumentStore
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

ORDERS = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
ALL = datetime.max.replace(tzinfo=UTC)


class Failing(DocumentStore):
    """A store that is away from a step on: each document that is put or forgotten is a step."""

    steps_left = 0
    kill = False

    def _step(self) -> None:
        self.steps_left -= 1
        if self.steps_left < 0:
            if self.kill:
                os.kill(os.getpid(), signal.SIGKILL)
            message = "the store is away"
            raise OSError(message)

    def put(self, key: str, pieces: Iterator[bytes]) -> int:
        self._step()
        return super().put(key, pieces)

    def delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            self._step()
            super().delete([key])


KILLED = """
import sys
from pathlib import Path
from sellingpartner.market.market import Market
from sellingpartner.market.worlds.loading import load
from test_loading import Failing

store = Failing(sys.argv[2])
store.steps_left, store.kill = int(sys.argv[4]), True
load(Path(sys.argv[3]), Market.open(sys.argv[1], documents=store))
"""


def with_reports(url: str, folder: Path, skus: tuple[str, ...]) -> TestMarket:
    """A market with a report of each SKU's first order."""
    market = TestMarket(url)
    market.market.documents = DocumentStore(str(folder))
    for sku in skus:
        market.buys(sku)
        market.report(ORDERS, start=START - timedelta(days=1))
    return market


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A saved world with three documents."""
    market = with_reports("sqlite://", tmp_path / "of-the-world", ("MUG-RED", "MUG-RED", "MUG-BLUE"))
    save(market.market, tmp_path / "three.world")
    market.close()
    return tmp_path / "three.world"


def papers(market: Market) -> list[bytes]:
    """What is in each document that a row tells of."""
    with market.read() as unit:
        keys = unit.execute(select(documents.c.store_key).order_by(documents.c.created_at)).scalars().all()
    return [b"".join(market.documents.get(key)) for key in keys]


def kept(market: Market) -> int:
    """How many documents lie in the store."""
    return len(list(market.documents.kept_before(ALL)))


@pytest.mark.parametrize("steps", range(6))
def test_a_store_that_fails_on_the_way_leaves_one_world_or_the_other(
    world: Path, database_url: str, steps: int, tmp_path: Path
) -> None:
    with with_reports(database_url, tmp_path / "docs", ("MUG-BLUE", "MUG-BLUE")) as market:
        before = papers(market.market)
        failing = Failing(str(tmp_path / "docs"))
        failing.steps_left = steps
        market.market.documents = failing

        if steps < 3:  # two documents of the market stand against three of the world
            with pytest.raises(ServiceUnavailable, match="stays as it is: the store is away"):
                load(world, market.market)
        else:
            load(world, market.market)

        market.market.documents = DocumentStore(str(tmp_path / "docs"))
        found = papers(market.market)
        assert len(found) == (2 if steps < 3 else 3)
        assert (found == before) == (steps < 3)
        assert (market.market.known(LEFT) is None) == (steps == 5)
        if market.market.database.is_sqlite:
            forget_left_behind(market.market)
            assert (market.market.known(LEFT), kept(market.market)) == (None, len(found))


@pytest.mark.parametrize("steps", [1, 3])  # amid what comes, and amid what goes
def test_a_process_that_is_killed_on_the_way_leaves_one_world_or_the_other(
    world: Path, database_url: str, steps: int, tmp_path: Path
) -> None:
    with with_reports(database_url, tmp_path / "docs", ("MUG-BLUE", "MUG-BLUE")) as market:
        before = papers(market.market)

    died = subprocess.run(
        [sys.executable, "-c", KILLED, database_url, str(tmp_path / "docs"), str(world), str(steps)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        check=False,
    )

    assert died.returncode == -signal.SIGKILL
    market_again = Market.open(database_url, documents=DocumentStore(str(tmp_path / "docs")))
    found = papers(market_again)
    assert len(found) == (2 if steps < 3 else 3)
    assert (found == before) == (steps < 3)
    if market_again.database.is_sqlite:
        forget_left_behind(market_again)
        assert kept(market_again) == len(found)
    market_again.close()


def test_a_database_that_fails_leaves_no_document_of_the_world(world: Path, tmp_path: Path) -> None:
    with with_reports(f"sqlite:///{tmp_path}/m.db", tmp_path / "docs", ("MUG-BLUE",)) as market:
        before = papers(market.market)
        (tmp_path / "m.db").rename(tmp_path / "elsewhere.db")

        with pytest.raises(DatabaseAway):
            load(world, market.market)

        (tmp_path / "elsewhere.db").rename(tmp_path / "m.db")
        assert (papers(market.market), kept(market.market)) == (before, 1)


def test_a_world_loaded_into_the_market_that_it_was_saved_from_takes_nothing_of_it(tmp_path: Path) -> None:
    with with_reports(f"sqlite:///{tmp_path}/m.db", tmp_path / "docs", ("MUG-BLUE",)) as market:
        before = papers(market.market)
        save(market.market, tmp_path / "same.world", is_scrubbed=True)

        failing = Failing(str(tmp_path / "docs"))
        market.market.documents = failing
        with pytest.raises(ServiceUnavailable):
            load(tmp_path / "same.world", market.market)
        assert papers(market.market) == before

        failing.steps_left = 9
        load(tmp_path / "same.world", market.market)
        assert (len(papers(market.market)), papers(market.market) == before, kept(market.market)) == (1, False, 1)
