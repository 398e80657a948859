"""The first demo world of a market file is whole, or it is not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sellingpartner.market import demo
from sellingpartner.market.market import Market
from sellingpartner.server.process.demo_world import has_demo_world
from sellingpartner.server.process.drafting import build_in_a_draft
from sellingpartner.server.process.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(demo, "build_demo_world", small)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Settings(database=f"sqlite:///{tmp_path}/market.db", seed=5)


def small(market: Market, progress: demo.Progress) -> None:
    progress(1.0, "")
    market.remember("demo world", demo.VERSION)


def broken_off(market: Market, progress: demo.Progress) -> None:
    small(market, progress)
    raise KeyboardInterrupt


def test_a_demo_world_takes_its_files_name_once_it_is_whole(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "market.db.draft").write_bytes(b"what a process left that was killed")
    (tmp_path / "market.db-wal").write_bytes(b"what is left of a market whose file was deleted")

    build_in_a_draft(settings)

    assert sorted(each.name for each in tmp_path.iterdir()) == ["cache", "market.db"]
    assert (tmp_path / "market.db").stat().st_mode & 0o077 == 0
    market = Market.open(settings.database)
    assert (market.seed, has_demo_world(market)) == (5, True)
    market.close()


def test_nothing_is_left_of_a_demo_world_whose_building_is_broken_off(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "build_demo_world", broken_off)

    with pytest.raises(KeyboardInterrupt):
        build_in_a_draft(settings)

    assert list(tmp_path.rglob("*.db*")) == []


@pytest.mark.parametrize(
    "of",
    [
        lambda _: Settings(database="sqlite://"),
        lambda folder: Settings(database=f"sqlite:///{folder}/m.db", has_demo=False),
    ],
    ids=["memory", "unwanted"],
)
def test_no_draft_is_made_where_none_is_wanted(of: Callable[[Path], Settings], tmp_path: Path) -> None:
    build_in_a_draft(of(tmp_path))

    assert list(tmp_path.iterdir()) == []


def test_a_market_that_is_there_stays_as_it_is(settings: Settings, tmp_path: Path) -> None:
    Market.open(settings.database).close()

    build_in_a_draft(settings)

    market = Market.open(f"sqlite:///{tmp_path}/market.db")
    assert not has_demo_world(market)
    market.close()


def test_a_second_market_gets_a_copy_of_the_world_that_was_built(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_in_a_draft(settings)
    monkeypatch.setattr(demo, "build_demo_world", broken_off)  # to build another one would end here

    build_in_a_draft(msgspec.structs.replace(settings, database=f"sqlite:///{tmp_path}/second.db"))

    assert (tmp_path / "second.db").stat().st_mode & 0o077 == 0
    market = Market.open(f"sqlite:///{tmp_path}/second.db")
    assert (market.seed, has_demo_world(market)) == (5, True)
    market.close()


@pytest.mark.parametrize("change", [{"seed": 6}, {"is_fresh": True}], ids=["another seed", "fresh"])
def test_another_world_is_built(settings: Settings, tmp_path: Path, change: dict[str, Any]) -> None:
    build_in_a_draft(settings)
    built = (tmp_path / "cache").rglob("*.db")
    first = {path.name for path in built}

    another = msgspec.structs.replace(settings, database=f"sqlite:///{tmp_path}/second.db", **change)
    build_in_a_draft(another)

    market = Market.open(another.database)
    assert market.seed == another.seed
    market.close()
    assert len({path.name for path in (tmp_path / "cache").rglob("*.db")} - first) == ("seed" in change)


def test_where_nothing_can_be_kept_it_is_built_each_time(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    build_in_a_draft(settings)

    assert (tmp_path / "market.db").exists()
