"""The example application beside the market, in a real browser: connect, look at orders, lose them, come back."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sellingpartner.contract.scopes import ORDERS
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.questions import grants_of

Quay = Any  # tests/browser/conftest.py

EXAMPLE = Path(__file__).parents[2] / "examples" / "app"


class _At:
    """The market's clock, for an example that asks the machine's."""

    def __init__(self, quay: Quay) -> None:
        self._quay = quay

    def now(self, _zone: object) -> datetime:
        found: datetime = self._quay.market.now
        return found


@pytest.fixture
def desk_url(
    quay: Quay,
    served: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """Where the example is served; it finds the market where the environment says, over a socket."""
    application = quay.application
    known = {"CLIENT_ID": application.client_id, "CLIENT_SECRET": quay.client_secret, "BASE_URL": quay.url}
    for name, value in (known | {"APPLICATION_ID": application.application_id, "REFRESH_TOKEN": ""}).items():
        monkeypatch.setenv(f"SP_API_{name}", value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(EXAMPLE))
    apps: list[Any] = []

    def example(environ: dict[str, Any], start_response: Any) -> Any:  # noqa: ANN401 - WSGI's own forms
        return apps[0](environ, start_response)  # made once it is known where it is served

    with served(example) as url:
        desk: Any = importlib.import_module("desk")
        desk.FLOW["redirect_uri"] = f"{url}/callback"
        monkeypatch.setattr(desk, "datetime", _At(quay))
        with quay.market.market.write() as unit:
            change_application(unit, application.application_id, redirect_uris=[f"{url}/callback"])
        apps.append(importlib.import_module("wsgi_app").app)
        yield url
    for module in ("desk", "wsgi_app"):
        sys.modules.pop(module, None)


def test_a_seller_connects_sees_orders_takes_them_back_and_connects_again(
    quay: Quay, desk_url: str, page: Page
) -> None:
    order_id = quay.market.buys()
    quay.market.advance(minutes=5)
    page.goto(f"{desk_url}/")
    expect(page.get_by_role("listitem")).to_have_count(0)

    page.get_by_role("link", name="Connect a seller").click()
    quay.signs_in(page)
    expect(page.get_by_role("heading", name="Wharf Desk asks for access to Harbor Goods")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("listitem")).to_have_text(f"{order_id} Unshipped")
    assert page.url == f"{desk_url}/"

    page.goto(f"{quay.url}/console/applications/{quay.application.application_id}/revoke")
    page.get_by_role("button", name="Revoke everything").click()
    expect(page.get_by_role("status")).to_have_text("The application can do nothing more for you.")
    page.goto(f"{desk_url}/")
    expect(page.get_by_role("heading", name=quay.seller_id)).to_be_visible()
    expect(page.get_by_role("listitem")).to_have_count(0)

    page.get_by_role("link", name="Connect again").click()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("listitem")).to_have_text(f"{order_id} Unshipped")
    with quay.market.market.read() as unit:
        found = grants_of(unit, seller_id=quay.seller_id, application_id=quay.application.application_id)
        standing = [grant.scopes for grant in found if grant.stands(unit.now)]
    assert standing == [(ORDERS,)]


def test_a_seller_who_says_no_may_start_again(quay: Quay, desk_url: str, page: Page) -> None:
    page.goto(f"{desk_url}/")
    page.get_by_role("link", name="Connect a seller").click()
    quay.signs_in(page)
    page.get_by_role("button", name="Deny").click()

    expect(page.get_by_role("heading", name="Not connected")).to_be_visible()
    page.get_by_role("link", name="Start again").click()
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
