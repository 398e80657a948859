"""Whoever comes second to a port or to a file, however close behind, is told so in one line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from stat import S_IMODE

import pytest

from sellingpartner.server.process.only_one import the_file, the_port
from sellingpartner.server.process.settings import CannotServe

linux = pytest.mark.skipif(sys.platform != "linux", reason="holds a port by a name that only Linux has")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellingpartner.server.process.only_one._PATIENCE_SECONDS", 0)


@linux
def test_a_port_that_another_is_about_to_listen_on_is_taken() -> None:
    with the_port("127.0.0.1", 65_001):
        with the_port("127.0.0.1", 65_002), pytest.raises(CannotServe) as refusal, the_port("127.0.0.1", 65_001):
            pass
        assert str(refusal.value) == (
            "Port 65001 is taken on 127.0.0.1; stop what listens there, "
            "or choose another --port (make run: PORT=65002)."
        )

    with the_port("127.0.0.1", 65_001):
        pass


def test_a_file_that_another_serves_is_refused_with_who_it_is(tmp_path: Path) -> None:
    file = str(tmp_path / "market.db")
    with the_file(file, "sqlite:///market.db"):
        with pytest.raises(CannotServe) as refusal, the_file(file, "sqlite:///market.db"):
            pass
        assert S_IMODE((tmp_path / "market.db.lock").stat().st_mode) == 0o600
    assert str(refusal.value) == (
        f"The market in sqlite:///market.db is being served already by process {os.getpid()}; "
        "stop that server, or choose another --database."
    )

    with the_file(file, "sqlite:///market.db"):
        pass


def test_a_market_that_is_no_file_is_held_by_nobody() -> None:
    with the_file(None, "sqlite://"), the_file(None, "sqlite://"):
        pass


def test_a_folder_that_cannot_be_written_is_said_in_one_line() -> None:
    with pytest.raises(CannotServe, match=r"/proc/market.db.lock cannot be written"), the_file("/proc/market.db", "it"):
        pass
