"""A real browser at a market that is served over a socket, in this process and on a frozen clock.

The browser is the system's Chromium, driven by Playwright; where there is none, these tests are skipped. Beside the
market stands the application's site, which does nothing but keep what browsers bring it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS
from sellingpartner.market.accounts.applications import register_application, register_developer
from sellingpartner.market.accounts.model import ApplicationStatus
from sellingpartner.market.accounts.passwords import COST_NAME
from sellingpartner.market.accounts.users import create_user
from sellingpartner.testing import TestMarket, on_a_socket
from sellingpartner.testing.founding import CHEAP
from sellingpartner.testing.world import PASSWORD

EMAIL = "ada@harbor.example"
DEVELOPER_EMAIL = "ben@wharf.example"

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE_MS = 10_000


@pytest.fixture
def served() -> Callable[[Callable[..., Any]], AbstractContextManager[str]]:
    """Serves an application on a free port; gives where it is reached."""
    return on_a_socket


class Site:
    """The application's site; it does as `serves` says if that is set."""

    def __init__(self) -> None:
        self.serves: Callable[..., Any] | None = None
        self.visits: list[dict[str, str]] = []
        self.referrers: list[str] = []
        self.logins: list[dict[str, str]] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:  # noqa: ANN401 - a WSGI answer
        if self.serves:
            return self.serves(environ, start_response)
        said = {name: values[0] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        if environ["PATH_INFO"] == "/callback" and said:
            self.visits.append(said)
            self.referrers.append(environ.get("HTTP_REFERER", ""))
        elif environ["PATH_INFO"] == "/login":
            self.logins.append(said)
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [b"<!doctype html><html lang=en><title>Wharf Desk</title><h1>Back at Wharf Desk</h1>"]


class Quay:
    """The market, the application's site, and the people who come there."""

    def __init__(self, market: TestMarket, url: str, site: Site, site_url: str) -> None:
        self.market = market
        self.url = url
        self.site = site
        self.callback = f"{site_url}/callback"
        self.seller_id = market.seller_account.seller_id
        market.market.remember(COST_NAME, CHEAP.told())
        with market.market.write() as unit:
            developer_id = register_developer(unit, "Wharf Software")
            self.application, self.client_secret = register_application(
                unit,
                "Wharf Desk",
                developer_id,
                scopes=(ORDERS, INVENTORY, FINANCE),
                optional_scopes=(FINANCE,),
                redirect_uris=(self.callback,),
                login_uri=f"{site_url}/login",
                status=ApplicationStatus.PUBLISHED,
            )
            create_user(unit, EMAIL, "Ada Finch", PASSWORD, seller_id=self.seller_id)
            create_user(unit, DEVELOPER_EMAIL, "Ben Holm", PASSWORD, developer_id=developer_id)

    def address(self, **changed: str) -> str:
        """The address that the application sends sellers to."""
        said = {
            "application_id": self.application.application_id,
            "state": "st4te",
            "redirect_uri": self.callback,
            "scope": f"{ORDERS} {INVENTORY} {FINANCE}",
        }
        return f"{self.url}/apps/authorize/consent?{urlencode(said | changed)}"

    def exchange(self, code: str) -> dict[str, Any]:
        """The application exchanges a code."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback,
            "client_id": self.application.client_id,
            "client_secret": self.client_secret,
        }
        sent = {"Content-Type": "application/x-www-form-urlencoded"}
        reply = self.market.anybody().call("POST", "/auth/o2/token", headers=sent, body=urlencode(form).encode())
        said: dict[str, Any] = reply.json()
        return said

    def signs_in(self, page: Page, email: str = EMAIL, password: str = PASSWORD) -> None:
        """Fill in the sign-in page that is shown."""
        page.get_by_label("Email address").fill(email)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()


@pytest.fixture(scope="module")  # while Playwright runs, its loop is the thread's, and `asyncio.run` has no place
def chromium() -> Iterator[Browser]:
    named = os.environ.get("SPAPI_TEST_CHROMIUM")
    found = shutil.which(named) if named else shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("Chromium is not installed; install it, or name one in SPAPI_TEST_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, headless=True, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def quay() -> Iterator[Quay]:
    market, site = TestMarket(), Site()
    with on_a_socket(market.server) as url, on_a_socket(site) as site_url:
        yield Quay(market, url, site, site_url)
    market.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(java_script_enabled=False)
    made.set_default_timeout(_PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
