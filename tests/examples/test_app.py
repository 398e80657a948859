from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "client"))

from pocket_browser import Browser
from scripted import InProcess
from seller_at_the_page import approve, revoke

from sellingpartner.contract.orders_v0 import GetOrders
from sellingpartner.testing import TestMarket

EXAMPLE = Path(__file__).parents[2] / "examples" / "app"
MODULES = ("desk", "wsgi_app", "asgi_app")


@pytest.fixture(params=["wsgi_app", "asgi_app"])
def browser(
    request: pytest.FixtureRequest, market: TestMarket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Browser]:
    """Somebody in front of the example, which finds the market where the environment says."""
    here, there = httpx2.WSGITransport(market.server), InProcess(market.server)
    monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", lambda _, sent: here.handle_request(sent))
    monkeypatch.setattr(
        httpx2.AsyncHTTPTransport, "handle_async_request", lambda _, sent: there.handle_async_request(sent)
    )
    application, secret = market.application, market.client_secret
    known = {"CLIENT_ID": application.client_id, "CLIENT_SECRET": secret, "BASE_URL": "http://market.test"}
    for name, value in (known | {"APPLICATION_ID": application.application_id}).items():
        monkeypatch.setenv(f"SP_API_{name}", value)
    monkeypatch.setenv("SP_API_REFRESH_TOKEN", "")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(EXAMPLE))
    app: Any = importlib.import_module(request.param).app
    yield Browser(app)
    for name in MODULES:
        sys.modules.pop(name, None)


def test_a_seller_connects_leaves_and_comes_back(
    browser: Browser, market: TestMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller_id = market.seller_account.seller_id
    order_id = market.buys()
    market.advance(minutes=5)
    monkeypatch.setattr("desk.datetime", _At(market))
    assert seller_id not in browser.get("/").body

    said = browser.get(approve(market, browser.get("/login").location))
    assert (said.status, said.location) == (303, "/")
    assert f"<h2>{seller_id}</h2><ul><li>{order_id} Unshipped</li></ul>" in browser.get("/").body

    revoke(market)
    again = f'<a href="/login?seller={seller_id}">Connect again</a>'
    assert again in browser.get("/").body
    assert again in browser.get("/").body

    browser.get(approve(market, browser.get(f"/login?seller={seller_id}").location))
    assert order_id in browser.get("/").body
    assert again not in browser.get("/").body


def test_a_refusal_for_another_reason_is_shown_and_does_not_ask_to_connect(
    browser: Browser, market: TestMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.datetime", _At(market))
    browser.get(approve(market, browser.get("/login").location))
    monkeypatch.setattr("desk.question", lambda: GetOrders(marketplace_ids=["nowhere"], created_after="2026-01-01"))

    said = browser.get("/")

    assert said.status == 200
    assert f"<h2>{market.seller_account.seller_id}</h2><p>getOrders: 400 InvalidInput - " in said.body
    assert "Connect again" not in said.body


class _At:
    """The market's clock, for an example that asks the machine's."""

    def __init__(self, market: TestMarket) -> None:
        self._market = market

    def now(self, _zone: object) -> Any:  # noqa: ANN401 - a datetime
        return self._market.now


def test_another_port_is_where_browsers_come_back(
    market: TestMarket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"CLIENT_ID": market.application.client_id, "CLIENT_SECRET": market.client_secret}
    for name, value in (known | {"BASE_URL": "http://market.test", "REFRESH_TOKEN": ""}).items():
        monkeypatch.setenv(f"SP_API_{name}", value)
    monkeypatch.setenv("DESK_PORT", "8090")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(EXAMPLE))
    try:
        desk: Any = importlib.import_module("desk")
        assert (desk.PORT, desk.FLOW["redirect_uri"]) == (8090, "http://127.0.0.1:8090/callback")
    finally:
        sys.modules.pop("desk", None)
