from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from consent import REDIRECT_URI, back, parameters
from pocket_browser import Browser
from scripted import InProcess, Script, answer
from seller_at_the_page import approve

from sellingpartner.client.authorization import (
    AsyncAuthorizationFlow,
    Authorization,
    AuthorizationFlow,
    asgi,
    new_session,
    wsgi,
)
from sellingpartner.client.grants import SellerGrant
from sellingpartner.client.vault import KeyMissing, Keyring, SQLiteGrants
from sellingpartner.contract.errors import AccessDenied, SellingPartnerError
from sellingpartner.contract.scopes import ORDERS
from sellingpartner.testing import TestMarket

TOKENS = {"access_token": "Atza|1", "refresh_token": "Atzr|1", "expires_in": 3600, "scope": ORDERS}
GIVEN = {"code": "the-code", "selling_partner_id": "A1HARBORGOODS"}


Open = Callable[..., Browser]


@pytest.fixture(params=["wsgi", "asgi"])
def open_app(request: pytest.FixtureRequest) -> Open:
    """A browser in front of the endpoints, over a script or a market; `to` is where hooks send it."""

    def opened(server: Any, to: str | None = None, heard: list[Any] | None = None, **fields: Any) -> Browser:  # noqa: ANN401
        said: dict[str, Any] = {
            "application_id": "amzn1.sp.solution.1",
            "client_id": "amzn1.application-oa2-client.1",
            "client_secret": "s",
            "redirect_uri": REDIRECT_URI,
            "keyring": Keyring.generate(),
            "base_url": "http://market.test",
        } | fields
        told = [] if heard is None else heard

        def hear(what: Authorization | SellingPartnerError, _: Any) -> str | None:  # noqa: ANN401
            told.append(what)
            return to

        async def hear_later(what: Authorization | SellingPartnerError, _: Any) -> str | None:  # noqa: ANN401
            told.append(what)
            return to

        hooks: dict[str, Any] = {} if heard is None else {"on_connected": hear, "on_denied": hear}
        if request.param == "wsgi":
            direct = httpx2.MockTransport(server) if isinstance(server, Script) else httpx2.WSGITransport(server)
            return Browser(wsgi.Endpoints(AuthorizationFlow(**said, http=httpx2.Client(transport=direct)), **hooks))
        later = httpx2.MockTransport(server) if isinstance(server, Script) else InProcess(server)
        hooks = dict.fromkeys(hooks, hear_later)
        flow = AsyncAuthorizationFlow(**said, http=httpx2.AsyncClient(transport=later))
        return Browser(asgi.Endpoints(flow, **hooks))

    return opened


def test_a_seller_goes_and_comes_back(open_app: Open, market: TestMarket, registered: dict[str, Any]) -> None:
    heard: list[Any] = []
    browser = open_app(market.server, "/orders", heard, **registered, scopes=(ORDERS,))

    gone = browser.get("/login")
    assert gone.status == 303
    come = browser.get(approve(market, gone.location))

    assert (come.status, come.location, browser.cookies) == (303, "/orders", {})
    (authorization,) = heard
    assert authorization.granted == (ORDERS,)


def test_the_session_is_kept_in_a_cookie_for_this_alone(open_app: Open, script: Script) -> None:
    browser = open_app(script)

    browser.get("/login")

    name, value = next(iter(browser.cookies.items()))
    assert (name.rpartition("-")[0], len(value)) == ("spapi-connecting", 43)
    assert browser.set_cookie == f"{name}={value}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax"


def test_two_applications_on_one_host_have_a_cookie_each(open_app: Open, script: Script) -> None:
    one, other = open_app(script), open_app(script, application_id="amzn1.sp.solution.another")

    one.get("/login")
    other.get("/login")

    assert one.cookies.keys().isdisjoint(other.cookies)


def test_over_https_the_cookie_belongs_to_the_host_alone(open_app: Open, script: Script) -> None:
    browser = open_app(script, redirect_uri="https://app.example/callback")

    browser.get("/login")

    assert browser.set_cookie.startswith("__Host-spapi-connecting-")
    assert browser.set_cookie.endswith("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure")


@pytest.mark.parametrize("url", ["/login", "/login?marketplace=XX", "/callback", "/elsewhere"])
def test_no_answer_is_kept_or_tells_where_one_came_from(open_app: Open, script: Script, url: str) -> None:
    said = open_app(script).get(url)

    assert said.headers["cache-control"] == "no-store"
    assert said.headers["referrer-policy"] == "no-referrer"
    assert said.headers["content-security-policy"].startswith("default-src 'none'; frame-ancestors 'none'")
    assert said.headers["content-length"] == str(len(said.body.encode()))


def test_a_seller_who_says_no_is_told_so(open_app: Open, script: Script) -> None:
    heard: list[Any] = []
    browser = open_app(script, None, heard)
    url = browser.get("/login").location

    said = browser.get(back(url, error="access_denied"))

    assert said.status == 403
    assert "<h1>Not connected</h1><p>The seller did not let the application in.</p>" in said.body
    assert '<a href="login">Start again</a>' in said.body
    assert browser.cookies == {}
    assert [type(one) for one in heard] == [AccessDenied]


def test_words_of_an_address_are_shown_as_words(open_app: Open, script: Script) -> None:
    browser = open_app(script)
    said = browser.get(
        back(browser.get("/login").location, error="<b>x", error_description="<script>alert(1)</script>")
    )

    assert (said.status >= 400, "<script" in said.body, "<b>" in said.body) == (True, False, False)
    assert "&lt;script&gt;" in said.body


def test_two_tabs_do_not_get_into_each_others_way(open_app: Open, script: Script) -> None:
    script.logins += [answer(TOKENS)]
    browser = open_app(script)
    first, second = browser.get("/login").location, browser.get("/login").location

    assert parameters(first)["state"] != parameters(second)["state"]
    assert browser.get(back(first, **GIVEN)).status == 200


def test_a_forged_way_back_does_not_end_the_session(open_app: Open, script: Script) -> None:
    script.logins += [answer(TOKENS)]
    browser = open_app(script)
    url = browser.get("/login").location

    for forged in ("/callback", "/callback?state=x&code=y", f"/callback?state={quote(parameters(url)['state'][:-2])}"):
        assert browser.get(forged).status == 400

    assert browser.get(back(url, **GIVEN)).status == 200


def test_a_way_back_in_another_browser_is_refused(open_app: Open, script: Script) -> None:
    browser = open_app(script)
    url = browser.get("/login").location
    browser.cookies = dict.fromkeys(browser.cookies, new_session())

    said = browser.get(back(url, **GIVEN))

    assert (said.status, script.login_requests) == (400, [])
    assert "another browser" in said.body


def test_without_hooks_a_page_says_what_came_of_it(open_app: Open, script: Script) -> None:
    script.logins += [answer(TOKENS), answer({"error": "invalid_client"}, 401), answer({}, 500)]
    browser = open_app(script)

    said = browser.get(back(browser.get("/login").location, code="c", selling_partner_id="<b>A1</b>"))
    assert (said.status, "Seller &lt;b&gt;A1&lt;/b&gt; has let this application in." in said.body) == (200, True)

    assert browser.get(back(browser.get("/login").location, **GIVEN)).status == 502
    assert browser.get(back(browser.get("/login").location, **GIVEN)).status == 502


def test_a_link_may_name_the_seller_and_the_marketplace(open_app: Open, script: Script) -> None:
    browser = open_app(script, base_url=None)

    url = browser.get("/login?seller=A2PINE&marketplace=UK").location

    assert url.startswith("https://sellercentral.amazon.co.uk/")
    said = browser.get(back(url, **GIVEN))
    assert (said.status, "A1HARBORGOODS consented, and A2PINE was asked" in said.body) == (400, True)
    assert browser.get("/login?marketplace=XX").status == 400
    assert browser.get("/login?marketplace=DE&marketplace=FR").status == 400


def test_a_seller_from_the_appstore_goes_back_to_it(open_app: Open, script: Script) -> None:
    browser = open_app(script, base_url=None, region="NA")
    callback = quote("https://amazon.com/apps/authorize/confirm/amzn1.sp.solution.1", safe="")

    said = browser.get(f"/login?amazon_callback_uri={callback}&amazon_state=s&selling_partner_id=A1HARBORGOODS")
    assert said.location.startswith("https://amazon.com/apps/authorize/confirm/amzn1.sp.solution.1?")

    evil = browser.get("/login?amazon_callback_uri=https%3A%2F%2Fevil.example%2F&amazon_state=s")
    assert (evil.status, "location" in evil.headers) == (400, False)


def test_what_is_not_asked_by_get_or_not_here_is_refused(open_app: Open, script: Script) -> None:
    browser = open_app(script)

    posted = browser.get("/login", "POST")
    assert (posted.status, posted.headers["allow"], browser.cookies) == (405, "GET", {})
    assert browser.get("/").status == 404


def test_the_rest_of_an_application_stands_beside_the_endpoints(script: Script) -> None:
    def rest(environ: Any, start_response: Any) -> list[bytes]:  # noqa: ANN401
        start_response("200 OK", [])
        return [environ["PATH_INFO"].encode()]

    async def later_rest(scope: Any, _: Any, send: Any) -> None:  # noqa: ANN401
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": scope["path"].encode()})

    fields: Any = {
        "application_id": "a",
        "client_id": "i",
        "client_secret": "s",
        "redirect_uri": REDIRECT_URI,
        "keyring": Keyring.generate(),
        "region": "NA",
    }
    for app in (
        wsgi.Endpoints(AuthorizationFlow(**fields), otherwise=rest),
        asgi.Endpoints(AsyncAuthorizationFlow(**fields), otherwise=later_rest),
    ):
        said = Browser(app).get("/orders")
        assert (said.status, said.body) in {(200, "/orders"), (200, "/sp/orders")}


def test_a_server_may_start_and_stop_the_asgi_endpoints() -> None:
    fields: Any = {
        "application_id": "a",
        "client_id": "i",
        "client_secret": "s",
        "redirect_uri": REDIRECT_URI,
        "keyring": Keyring.generate(),
        "region": "NA",
    }
    said: list[Any] = []
    asked = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

    async def receive() -> Any:  # noqa: ANN401
        return asked.pop(0)

    async def send(message: Any) -> None:  # noqa: ANN401
        said.append(message)

    async def run() -> None:
        async with AsyncAuthorizationFlow(**fields) as flow:
            app = asgi.Endpoints(flow)
            await app({"type": "lifespan"}, receive, send)
            await app({"type": "websocket", "path": "/login"}, receive, send)

    asyncio.run(run())

    assert said == [
        {"type": "lifespan.startup.complete"},
        {"type": "lifespan.shutdown.complete"},
        {"type": "websocket.close", "code": 1000},
    ]


def test_a_store_that_cannot_be_read_is_no_matter_for_a_page(open_app: Open, script: Script, tmp_path: Path) -> None:
    ring = Keyring.generate()
    SQLiteGrants(tmp_path / "grants.db", ring.with_new_key()).put(
        SellerGrant(client_id="i", seller_id="A1", refresh_token="r", given_at=datetime(2026, 11, 2, tzinfo=UTC))
    )
    browser = open_app(script, keyring=ring, grants=SQLiteGrants(tmp_path / "grants.db", ring))
    url = browser.get("/login").location

    with pytest.raises(KeyMissing):
        browser.get(back(url, **GIVEN))

    assert script.login_requests == []
