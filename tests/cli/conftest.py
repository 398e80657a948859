"""The command, run in this process against the market that every story starts from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import msgspec
import pytest

from sellingpartner.cli.app import run
from sellingpartner.cli.reach.transport import through
from sellingpartner.client.credentials.sources import NAMES
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.endpoint import PREFIX, Control
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.server.process.credentials import Credentials, ready_credentials
from sellingpartner.testing import TestMarket


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    def json(self) -> Any:  # noqa: ANN401 - whatever the market said
        """What it printed for programs."""
        return msgspec.json.decode(self.out)


Spapi = Callable[..., Said]


@pytest.fixture
def spapi(
    market: TestMarket, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Spapi]:
    """Run a command; it talks to the market of the story."""
    for name in ("SP_API_AWS_SECRET_ID", "AWS_ENV", *chain.from_iterable(NAMES.values())):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("SPAPI_CONTROL_KEY", "the-key")
    monkeypatch.chdir(tmp_path)
    desk = Desk(
        market=market.market,
        journal=market.server.journal,
        health=market.server.health,
        limits=Limits.OFF,
        sandbox=market.door,
    )
    market.server.mount(PREFIX, Control(desk, "the-key"))

    def command(*arguments: str) -> Said:
        code = run(arguments)
        return Said(code, *capsys.readouterr())

    with through(httpx2.WSGITransport(app=market.server)):
        yield command


@pytest.fixture
def ready(market: TestMarket, spapi: Spapi) -> Credentials:
    """Credentials for the market, where `spapi serve` would have left them."""
    return ready_credentials(market.market, Path(".spapi/credentials.env"), "http://127.0.0.1:8000")
