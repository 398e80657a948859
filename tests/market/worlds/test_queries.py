"""Queries of the Data Kiosk in a world that is saved amid them: what waits goes on, what is done is kept or removed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sellingpartner.contract.data_kiosk_2023_11_15 import CreateQuery, GetQuery
from sellingpartner.market.worlds.loading import load
from sellingpartner.market.worlds.saving import save
from sellingpartner.server.gateway.links import keep_a_key
from sellingpartner.testing import TestMarket
from sellingpartner.testing.kiosk import Findings, waited_for_query
from sellingpartner.testing.world import US

QUERY = (
    "{ analytics_salesAndTraffic_2024_04_24 { salesAndTrafficByDate(aggregateBy: DAY, "
    f'startDate: "2026-11-01", endDate: "2026-11-02", marketplaceIds: ["{US}"]) {{ startDate }} }} }}'
)
ROWS = [{"startDate": "2026-11-01"}, {"startDate": "2026-11-02"}]


@pytest.fixture
def asked() -> Iterator[tuple[TestMarket, list[str]]]:
    """A market with a query that is done, one that is at work, and one that waits for it."""
    with TestMarket() as market:
        market.buys()
        market.advance(days=1)
        ids = [market.query(QUERY).query.query_id]
        ids += [market.seller.send(CreateQuery(query=QUERY)).query_id for _ in range(2)]
        market.advance(seconds=7.5)
        found = [market.seller.send(GetQuery(query_id=one)).processing_status.value for one in ids]
        assert found == ["DONE", "IN_PROGRESS", "IN_QUEUE"]
        yield market, ids


def ended(path: Path, ids: list[str]) -> list[Findings]:
    """What becomes of the queries in another market that loads the world."""
    with TestMarket() as other:
        load(path, other.market)
        keep_a_key(other.market)  # as whoever serves it does: a scrubbed world has none
        found = [waited_for_query(other.seller, one, other.market.advance) for one in ids]
        assert other.market.failures() == []
        other.market.advance(timedelta(days=40))
        return found


def test_queries_go_on_in_a_world_that_was_saved_amid_them(asked: tuple[TestMarket, list[str]], tmp_path: Path) -> None:
    market, ids = asked
    save(market.market, tmp_path / "plain.world")

    found = ended(tmp_path / "plain.world", ids)

    assert [(one.status, one.rows) for one in found] == [("DONE", ROWS)] * 3


def test_of_a_scrubbed_world_what_was_told_is_removed_and_what_waits_is_told(
    asked: tuple[TestMarket, list[str]], tmp_path: Path
) -> None:
    market, ids = asked
    save(market.market, tmp_path / "clean.world", is_scrubbed=True)

    done, at_work, waiting = ended(tmp_path / "clean.world", ids)

    removed = b"What stood here was removed when the world was scrubbed.\n"
    assert [one.status for one in (done, at_work, waiting)] == ["DONE"] * 3
    assert (done.content, at_work.content, waiting.rows) == (removed, removed, ROWS)  # what is at work has its document
    assert done.query.query == QUERY
