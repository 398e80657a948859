"""`spapi status`, for people and for scripts."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest
import structlog
from tests.cli.conftest import Said, Spapi

from sellingpartner.cli.app import run
from sellingpartner.cli.reach.transport import through
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.endpoint import PREFIX, Control
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.testing import TestMarket


def test_a_market_that_is_well_says_so_first(spapi: Spapi) -> None:
    said = spapi("status")

    assert (said.code, said.err) == (0, "")
    assert [line.split() for line in said.out.splitlines()[:3]][1] == ["Health", "ok"]
    assert spapi("status", "--json").json()["health"]["database"] == {"status": "ok"}


def test_without_its_database_it_says_what_is_known_and_scripts_can_tell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    market = TestMarket(f"sqlite:///{tmp_path}/market.db")
    desk = Desk(market=market.market, journal=market.server.journal, health=market.server.health, limits=Limits.OFF)
    market.server.mount(PREFIX, Control(desk))
    (tmp_path / "market.db").rename(tmp_path / "elsewhere.db")
    with through(httpx2.WSGITransport(app=market.server)), structlog.testing.capture_logs():
        told = Said(run(["status"]), *capsys.readouterr())
        as_json = Said(run(["status", "--json"]), *capsys.readouterr())

    assert (told.code, told.err) == (1, "spapi: The market is not well: database.\n")
    assert "Health    failing" in told.out
    assert "Database  failing: The market cannot use its database at the moment" in told.out
    assert (as_json.code, as_json.json()["status"], as_json.json()["database"]["status"]) == (1, "failing", "failing")
    market.close()


def test_where_nobody_answers_scripts_can_tell_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--url", "http://127.0.0.1:1"]) == 2
    assert "No market answers at http://127.0.0.1:1" in capsys.readouterr().err
