"""What holds for every page of the market."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from page_browser import Browser

from sellingpartner.server.console.window.addresses import WINDOW

Town = Any  # tests/server/console/conftest.py

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
UNWANTED = ("style=", " onclick", " onload", "javascript:", 'href="http', 'action="http', "hx-on")


def pages(town: Town, browser: Browser) -> list[str]:
    """Every page that the operator can open, as it was sent."""
    order_id = town.market.buys()
    town.market.seller.call("GET", "/orders/v0/orders/902-0000000-0000000")
    report = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
    town.market.report(report, start=town.market.now.replace(hour=1))
    links = browser.opens_market().open("/console/requests").page.links
    links += browser.open("/console/documents").page.links
    call = next(link for link in links if link.startswith("/console/requests/"))
    job = next(link for link in links if link.startswith("/console/documents/reports/"))
    found = []
    for method, template, _ in WINDOW:
        if method == "GET":
            path = template.replace("{order}", order_id)
            path = call if "{call}" in path else job if "{job}" in path else path
            browser.open(f"{path}?sku=MUG-BLUE" if path == "/console/product" else path)
            assert browser.reply.status == 200, path
            assert browser.reply.headers["content-security-policy"] == POLICY
            assert browser.reply.headers["cache-control"] == "no-store"
            found.append(browser.reply.body.decode())
    return found


def test_they_load_one_script_of_the_markets_own_and_forbid_all_else(town: Town, browser: Browser) -> None:
    bodies = pages(town, browser)

    assert len(bodies) == sum(method == "GET" for method, _, _ in WINDOW)
    for body in bodies:
        assert body.count("<script") == body.count('<script src="/console/htmx.js" defer></script>') == 1
        assert [unwanted for unwanted in UNWANTED if unwanted in body] == []


def test_the_script_may_be_kept_and_lies_in_the_package_with_its_licence(town: Town) -> None:
    reply = town.market.anybody().call("GET", "/console/htmx.js")

    assert (reply.status, reply.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert reply.headers["cache-control"] == "public, max-age=3600"
    assert b'version:"2.0.10"' in reply.body
    licence = files("sellingpartner.server.console").joinpath("static/htmx-2.0.10.LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("Zero-Clause BSD")


def test_a_refused_page_loads_no_script(browser: Browser) -> None:
    browser.opens_market().open("/console/orders?since=x")

    assert b"<script" not in browser.reply.body
    assert "script-src" not in browser.reply.headers["content-security-policy"]
