"""The market in a browser: a whole story without JavaScript, what JavaScript adds, and that everybody can use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from everybody import can_use
from playwright.sync_api import Browser, Page, expect

from sellingpartner.testing import TestMarket

Quay = Any  # tests/browser/conftest.py
ORDERS = "/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-11-01"
REPORT = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
TRACKING = "1Z999AA10123456784"


def enters(quay: Quay, page: Page, path: str = "/console") -> None:
    """Come as the operator."""
    page.goto(f"{quay.url}{path}")
    page.get_by_role("button", name="Open the market").click()


def ships(page: Page) -> None:
    page.get_by_label("Tracking number").fill(TRACKING)
    page.get_by_role("button", name="Confirm the shipment").click()


def goes(page: Page, name: str) -> None:
    """Follow a link of the bar."""
    page.get_by_role("navigation", name="Console").get_by_role("link", name=name, exact=True).click()


def test_an_order_is_placed_shipped_and_earns_its_money(quay: Quay, page: Page) -> None:
    enters(quay, page)
    expect(page.get_by_role("heading", name="Harbor Goods")).to_be_visible()

    goes(page, "Products")
    row = page.get_by_role("row", name="MUG-BLUE")
    expect(row.get_by_role("cell", name="100").first).to_be_visible()

    goes(page, "Orders")
    page.get_by_role("link", name="Place an order").click()
    page.get_by_label("SKU").fill("MUG-BLUE")
    page.get_by_label("Quantity").fill("2")
    page.get_by_role("button", name="Place the order").click()
    expect(page.get_by_role("status")).to_have_text("The order was placed.")
    order = page.url.partition("?")[0]

    goes(page, "Products")
    expect(page.get_by_role("row", name="MUG-BLUE").get_by_role("cell", name="98")).to_be_visible()

    page.goto(order)
    ships(page)
    expect(page.get_by_role("status")).to_have_text("The package has left.")
    expect(page.get_by_text("Shipped", exact=True).first).to_be_visible()
    expect(page.get_by_role("row", name="Principal 29.98 USD")).to_be_visible()

    goes(page, "Money")
    expect(page.locator("dl.facts").first).to_contain_text("Held25.48 USD")

    goes(page, "Clock")
    for _ in range(3):
        page.get_by_role("button", name="Advance: a week").click()
    expect(page.get_by_role("status")).to_contain_text("It is Nov 23, 2026")

    page.goto(order)
    life = page.locator(".timeline")
    expect(life).to_contain_text("Package delivered")
    expect(life).to_contain_text("Release 25.48 USD")
    goes(page, "Money")
    expect(page.get_by_role("row", name="Transfer Nov")).to_contain_text("-25.48 USD")
    assert quay.market.now == quay.market.market.clock.now()
    assert [fact.order_id for fact in quay.market.facts("OrderShipped")] == [order.rpartition("/")[2]]


def test_a_seller_sees_the_own_shop_and_changes_a_price(quay: Quay, page: Page) -> None:
    quay.market.competes(1299)
    page.goto(f"{quay.url}/console/products")
    quay.signs_in(page)

    page.get_by_role("link", name="MUG-BLUE").click()
    page.get_by_label("A unit costs, in USD").fill("11.50")
    page.get_by_role("button", name="Change the price").click()

    expect(page.get_by_role("status")).to_have_text("The price was changed.")
    expect(page.get_by_role("row", name="Harbor Goods")).to_contain_text("11.50 USD")
    expect(page.get_by_role("navigation", name="Console").get_by_role("link", name="Clock")).to_have_count(0)


@pytest.fixture
def scripted(chromium: Browser) -> Iterator[Page]:
    """A page whose script runs; what it complains of fails the test."""
    context = chromium.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    yield page
    context.close()
    assert complaints == []


def test_requests_appear_as_they_come(quay: Quay, scripted: Page) -> None:
    enters(quay, scripted, "/console/requests")
    expect(scripted.get_by_text("No such call is in the log.")).to_be_visible()

    quay.market.seller.call("GET", ORDERS)

    expect(scripted.get_by_role("link", name="getOrders")).to_be_visible()


def test_who_stands_on_a_row_by_keyboard_stays_there_when_the_list_renews_itself(quay: Quay, scripted: Page) -> None:
    quay.market.seller.call("GET", ORDERS)
    enters(quay, scripted, "/console/requests")
    link = scripted.get_by_role("link", name="getOrders")
    link.focus()

    quay.market.seller.call("GET", "/orders/v0/orders/902-0000000-0000000")

    expect(scripted.get_by_role("link", name="getOrder", exact=True)).to_be_visible()
    expect(link).to_be_focused()


def test_a_running_clock_is_seen_running(quay: Quay, scripted: Page) -> None:
    enters(quay, scripted, "/console/clock")
    expect(scripted.locator("#live time").first).to_have_text("Nov 2, 2026, 09:00 UTC")

    quay.market.advance(hours=5)

    expect(scripted.locator("#live time").first).to_have_text("Nov 2, 2026, 14:00 UTC")


def test_whoever_is_signed_out_meanwhile_is_led_to_the_sign_in_page(quay: Quay, scripted: Page) -> None:
    scripted.goto(f"{quay.url}/console/requests")
    quay.signs_in(scripted)
    expect(scripted.get_by_role("heading", name="Requests")).to_be_visible()

    quay.market.advance(days=1)

    expect(scripted.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_first_page_is_walked_by_keyboard(quay: Quay, page: Page) -> None:
    quay.market.buys()
    enters(quay, page)
    page.wait_for_url(
        "**/console/market"
    )  # a key that is pressed while the page is on its way is pressed on the one before
    reached = []
    for _ in range(16):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 40)"))

    assert reached[0] == "Skip to the content"
    for name in ("Sign out", "Market", "Orders", "Faults", "As a table", "All orders"):
        assert name in reached, (name, reached)


def busy(market: TestMarket) -> str:
    """A market in which everything has something to show; returns an order with a whole life."""
    market.subscribe("ORDER_CHANGE")
    market.competes(1899)
    order_id = market.buys(quantity=2)
    market.buys("LAMP-OAK")
    market.seller.call("GET", ORDERS)
    market.seller.call("GET", "/orders/v0/orders/902-0000000-0000000")
    market.faults.add("refuse 503 operation=getOrder times=2")
    return order_id


def shown(page: Page, path: str, quay: Quay) -> None:
    page.goto(f"{quay.url}{path}")


def shipped(quay: Quay, page: Page, order_id: str) -> None:
    shown(page, f"/console/orders/{order_id}", quay)
    ships(page)
    quay.market.market.advance(timedelta(days=40))
    shown(page, f"/console/orders/{order_id}", quay)


def statement(quay: Quay, page: Page, order_id: str) -> None:
    shipped(quay, page, order_id)
    page.get_by_role("link", name="Period 1").click()


def call(quay: Quay, page: Page, _order_id: str) -> None:
    shown(page, "/console/requests?status=404", quay)
    page.get_by_role("link", name="getOrder", exact=True).click()


def report(quay: Quay, page: Page, _order_id: str) -> None:
    quay.market.report(REPORT, start=quay.market.now - timedelta(days=1))
    shown(page, "/console/documents", quay)
    page.get_by_role("link", name=REPORT).click()


def seller(quay: Quay, page: Page, order_id: str) -> None:
    page.get_by_role("button", name="Sign out").click()
    shown(page, f"/console/orders/{order_id}", quay)
    quay.signs_in(page)


def refused(quay: Quay, page: Page, _order_id: str) -> None:
    shown(page, "/console/orders?since=yesterday", quay)


def _at(path: str) -> Callable[[Quay, Page, str], None]:
    def visit(quay: Quay, page: Page, order_id: str) -> None:
        shown(page, path.format(order_id=order_id), quay)

    visit.__name__ = path.partition("?")[0].rpartition("/")[2]
    return visit


PAGES: tuple[Callable[[Quay, Page, str], None], ...] = (
    _at("/console/market"),
    _at("/console/orders"),
    _at("/console/place-order"),
    _at("/console/orders/{order_id}"),
    shipped,
    _at("/console/products"),
    _at("/console/product?sku=MUG-BLUE"),
    _at("/console/money"),
    statement,
    _at("/console/documents"),
    report,
    _at("/console/notifications"),
    _at("/console/requests"),
    call,
    _at("/console/clock"),
    _at("/console/faults"),
    seller,
    refused,
)


@pytest.mark.parametrize("visit", PAGES, ids=lambda visit: visit.__name__)
def test_everybody_can_use_it(quay: Quay, chromium: Browser, visit: Callable[[Quay, Page, str], None]) -> None:
    context = chromium.new_context()  # axe is a script
    page = context.new_page()
    order_id = busy(quay.market)
    enters(quay, page)

    visit(quay, page, order_id)

    can_use(page)
    context.close()
