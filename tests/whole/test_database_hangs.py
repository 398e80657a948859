"""A PostgreSQL that falls silent holds up nobody, and is found again when it speaks."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple

import pytest
from nursery import forked, status_at
from silent_proxy import SilentProxy, silent_proxy

from sellingpartner.testing import TestMarket

PATIENCE_SECONDS = 40
STATUS = "/market/v1/status"


class Served(NamedTuple):
    """A market behind a proxy that can fall silent."""

    port: int
    proxy: SilentProxy

    def get(self, path: str) -> int:
        return status_at(self.port, path)


def eventually(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def served(postgres_url: str, tmp_path: Path) -> Iterator[Served]:
    TestMarket(postgres_url).close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with silent_proxy(postgres_url) as proxy:
        database = ("--database", proxy.url.replace("+psycopg", ""), "--database-timeout", "0.5")
        command = ("serve", "--port", str(port), "--no-demo", *database)
        process = forked(*command, folder=tmp_path, out=tmp_path / "log.txt")
        made = Served(port, proxy)

        def answers() -> bool:
            try:
                return made.get("/health") == 200
            except (OSError, HTTPException):
                return False

        try:
            eventually(lambda: answers() or process.poll() is not None)
            assert process.poll() is None, (tmp_path / "log.txt").read_text()
            yield made
        finally:
            proxy.speak()
            process.terminate()
            assert process.wait(PATIENCE_SECONDS) == 0, (tmp_path / "log.txt").read_text()


def test_calls_are_503_health_is_told_at_once_and_all_is_well_again_when_it_speaks(served: Served) -> None:
    assert served.get(STATUS) == 200
    served.proxy.fall_silent()

    with ThreadPoolExecutor(12) as callers:
        calls = [callers.submit(served.get, STATUS) for _ in range(12)]
        while not all(call.done() for call in calls):
            assert [served.get(path) for path in ("/health/live", "/openapi/")] == [200, 200]
            time.sleep(0.02)
        assert {call.result() for call in calls} == {503}
    eventually(lambda: served.get("/health/ready") == 503)

    served.proxy.speak()
    eventually(lambda: served.get("/health") == 200)
    assert served.get(STATUS) == 200
