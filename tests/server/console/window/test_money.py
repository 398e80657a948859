"""Money and documents on the pages, for whom they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from page_browser import Browser

from sellingpartner.testing import TestMarket

Town = Any  # tests/server/console/conftest.py
QUERY = (
    'query { analytics_economics_2024_03_15 { economics(startDate: "2026-11-02", endDate: "2026-11-04", '
    'marketplaceIds: ["ATVPDKIKX0DER"]) { msku sales { unitsOrdered } } } }'
)
ORDERS = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"


@pytest.fixture
def ada(browser: Browser) -> Browser:
    return browser.signs_in()


def ships(browser: Browser, order_id: str) -> None:
    browser.open(f"/console/orders/{order_id}").send(f"{order_id}/ship", tracking="1Z999AA10123456784")


def test_money_is_held_released_and_paid_out(market: TestMarket, browser: Browser) -> None:
    browser.opens_market()
    ships(browser, market.buys(quantity=2))
    text = browser.open("/console/money").text
    assert "Available0.00 USD" in text
    assert "Held25.48 USD" in text
    assert "Nothing was paid out yet." in text

    market.advance(days=40)
    text = browser.open("/console/money").text
    assert "Held0.00 USD" in text
    assert "Payouts in USD, the latest 1225.48 USD in 1 payout." in text


def test_a_settlement_period_is_told_part_by_part(market: TestMarket, browser: Browser) -> None:
    browser.opens_market()
    ships(browser, market.buys(quantity=2))
    market.advance(days=25)
    links = [link for link in browser.open("/console/money").page.links if "period=" in link]

    text = " ".join(browser.open(link).text for link in links)

    for told in ("Sale", "Principal", "29.98 USD", "Commission", "-4.50 USD", "25.48 USD"):
        assert told in text, told


def test_a_shop_without_money_has_a_page_too(ada: Browser) -> None:
    assert "Nothing was posted yet." in ada.open("/console/money").text
    assert "0.00 USD" in ada.text


@pytest.mark.parametrize(
    ("query", "status"),
    [("currency=XXX", 400), ("period=x", 400), ("period=7", 404), ("period=0", 400), ("period=%00", 400)],
)
def test_what_is_not_there_is_refused(ada: Browser, query: str, status: int) -> None:
    assert ada.open(f"/console/money?{query}").reply.status == status


def test_another_shops_period_is_not_there(town: Town, browser: Browser) -> None:
    operator = town.browser().opens_market()
    ships(operator, town.market.buys())
    town.market.advance(days=25)
    other = town.market.join("Second Shop")
    town.user("eve@second.example", "Eve Lund", seller_id=other.seller_id)

    assert browser.signs_in("eve@second.example").open("/console/money?period=1").reply.status == 404


def test_reports_are_listed_and_read(town: Town) -> None:
    order_id = town.market.buys()
    town.market.advance(hours=1)
    town.market.report(ORDERS, start=town.market.now - timedelta(days=1))
    ada = town.browser().signs_in()  # who signed in before the hour that went by has to again

    text = ada.open("/console/documents").text
    assert ORDERS in text
    assert "Done" in text

    link = next(link for link in ada.page.links if "/documents/reports/" in link)
    text = ada.open(link).text
    assert "amazon-order-id" in text
    assert order_id in text

    assert "None was asked for." in ada.open("/console/documents?status=FATAL").text
    assert ORDERS in ada.open(f"/console/documents?type={ORDERS.lower()}").text


def test_another_shops_report_is_not_there(town: Town, browser: Browser) -> None:
    town.market.buys()
    town.market.advance(hours=1)
    town.market.report(ORDERS, start=town.market.now - timedelta(days=1))
    link = next(
        link
        for link in town.browser().opens_market().open("/console/documents").page.links
        if "/documents/reports/" in link
    )
    other = town.market.join("Second Shop")
    town.user("eve@second.example", "Eve Lund", seller_id=other.seller_id)
    browser.signs_in("eve@second.example")

    assert browser.open(link).reply.status == 404
    assert ORDERS not in browser.open("/console/documents").text
    for other_kind in ("feeds/1", "feeds/%00", "letters/1"):
        assert browser.open(f"/console/documents/{other_kind}").reply.status == 404


def test_feeds_are_listed_and_what_became_of_them_is_read(town: Town) -> None:
    told = town.market.feed(
        "JSON_LISTINGS_FEED", {"header": {"sellerId": town.seller_id, "version": "2.0"}, "messages": []}
    )
    browser = town.browser().opens_market()

    text = browser.open("/console/documents?kind=feeds").text
    assert "JSON_LISTINGS_FEED" in text

    link = next(link for link in browser.page.links if "/documents/feeds/" in link)
    assert "Worked off" in browser.open(link).text
    assert told is not None


def test_queries_of_the_data_kiosk_are_listed(town: Town) -> None:
    town.market.buys()
    town.market.query(QUERY)
    browser = town.browser().opens_market()

    link = next(
        link for link in browser.open("/console/documents?kind=queries").page.links if "/documents/queries/" in link
    )

    assert "analytics_economics_2024_03_15" in browser.open(link).text
    assert "None was asked for." in browser.open("/console/documents?kind=queries&type=OTHER").text
