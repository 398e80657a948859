"""Both kinds of client on a clock that moves when they wait, so that nobody waits."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from office import Office, Waits, on_clock
from scripted import Caller, Connect
from shelf import Shelf


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Waits:
    made = Waits()
    monkeypatch.setattr(
        "sellingpartner.client._shells.sync.time", SimpleNamespace(sleep=made.sleep, monotonic=time.monotonic)
    )
    monkeypatch.setattr("anyio.sleep", made.sleep_async)
    return made


@pytest.fixture
def caller(connect: Connect, office: Office, waits: Waits) -> Caller:
    """A client of either kind, which sells in the United States."""
    return on_clock(connect, office, waits)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)
