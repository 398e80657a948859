from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest
from scripted import InProcess, credentials_in

from sellingpartner.testing import TestMarket

TOUR = Path(__file__).parents[2] / "docs" / "client.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", TOUR.read_text(), re.MULTILINE | re.DOTALL)


@pytest.fixture
def served(market: TestMarket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestMarket:
    """The market where `spapi serve` would have put it, with twelve orders in it."""
    for _ in range(12):
        market.buys()
    market.advance(minutes=5)
    here, there = httpx2.WSGITransport(market.server), InProcess(market.server)
    monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", lambda _, request: here.handle_request(request))
    monkeypatch.setattr(
        httpx2.AsyncHTTPTransport, "handle_async_request", lambda _, request: there.handle_async_request(request)
    )
    credentials = credentials_in(market)
    for name in ("client_id", "client_secret", "refresh_token", "base_url"):
        monkeypatch.setenv(f"SP_API_{name.upper()}", getattr(credentials, name))
    monkeypatch.chdir(tmp_path)
    return market


def test_every_example_of_the_tour_runs(served: TestMarket, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}

    for example in EXAMPLES:
        exec(compile(example, str(TOUR), "exec"), names)

    said = capsys.readouterr().out
    assert len(EXAMPLES) == 14
    assert said.count("Unshipped") == 12
    assert "orders 2026-01-01 has no operation get_orders; client.orders_v0 has it." in said
    assert "client_secret = '****" in said
    assert "\n10\n1\nAda Finch\n" in said
    assert "getOrder: 404 NotFound - There is no order 902-0000000-0000000." in said
    assert "Every answer was as the contract says." in said
    assert "acme 1\nharbor 1\n" in said
    assert re.search(r"getOrder: 200 after 0\.\d{3} s", said)
