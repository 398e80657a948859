"""Orders on the pages: the newest first, narrowed down, each page after the other."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from outside_shop import ADDRESS, asks
from page_browser import Browser
from shipper import buys_label, items_of, parcel

from sellingpartner.market.orders.reading import browsing
from sellingpartner.server.console.window import orders
from sellingpartner.testing import TestMarket

Town = Any  # tests/server/console/conftest.py
ORDER = re.compile(r"\b[0-9]{3}-[0-9]{7}-[0-9]{7}\b")


@pytest.fixture
def operator(browser: Browser) -> Browser:
    return browser.opens_market()


def shown(browser: Browser) -> list[str]:
    """The order ids of a page, as they stand."""
    return ORDER.findall(browser.text)


def next_of(browser: Browser) -> str:
    """Where the list goes on, or nothing."""
    return next((link for link in browser.page.links if "below=" in link), "")


def placed(market: TestMarket, count: int) -> list[str]:
    """Orders, an hour apart; returns them the newest first."""
    ids = []
    for _ in range(count):
        ids.append(market.buys())
        market.advance(hours=1)
    return ids[::-1]


def test_the_newest_come_first_and_each_comes_once(
    market: TestMarket, operator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "_AT_ONCE", 3)
    ids = placed(market, 8)

    pages = [shown(operator.open("/console/orders"))]
    while link := next_of(operator):
        pages.append(shown(operator.open(link)))

    assert [len(page) for page in pages] == [3, 3, 2]
    assert [order_id for page in pages for order_id in page] == ids
    assert "From the beginning" in operator.text


def test_orders_of_one_moment_are_not_lost_between_pages(
    market: TestMarket, operator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "_AT_ONCE", 2)
    ids = {market.buys() for _ in range(5)}

    found = shown(operator.open("/console/orders"))
    while link := next_of(operator):
        found += shown(operator.open(link))

    assert (len(found), set(found)) == (5, ids)


def test_they_are_narrowed_down(market: TestMarket, operator: Browser) -> None:
    pending = market.buys(paid=False)
    by_amazon = market.buys("LAMP-OAK")
    red = market.buys("MUG-RED")
    market.advance(days=2)
    late = market.buys()

    assert shown(operator.open("/console/orders?status=Pending")) == [pending]
    assert by_amazon in shown(operator.open("/console/orders?channel=AFN"))
    assert red not in shown(operator.open("/console/orders?channel=AFN"))
    assert shown(operator.open("/console/orders?sku=MUG-RED")) == [red]
    assert shown(operator.open("/console/orders?sku=MUG-RED&status=Shipped")) == []
    assert shown(operator.open("/console/orders?since=2026-11-04")) == [late]
    assert late not in shown(operator.open("/console/orders?until=2026-11-03"))
    assert "There is no such order." in operator.open("/console/orders?since=2027-01-01").text


def test_a_page_says_how_far_it_looked_where_few_are_wanted(
    market: TestMarket, operator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "LOOKED_AT", 3)
    first = market.buys("LAMP-OAK")
    market.advance(hours=1)
    placed(market, 4)

    operator.open("/console/orders?channel=AFN")
    assert (shown(operator), "Look further back" in operator.text) == ([], True)
    assert "Looked at orders down to November 2, 2026, 11:00 UTC." in operator.text

    operator.open(next_of(operator))
    assert (shown(operator), next_of(operator)) == ([first], "")


def test_an_order_is_found_by_its_id(market: TestMarket, operator: Browser) -> None:
    order_id = market.buys()

    operator.open(f"/console/orders?order={order_id}")

    assert operator.target.startswith(f"/console/orders/{order_id}")


def test_a_tracking_number_leads_to_its_order(market: TestMarket, operator: Browser) -> None:
    order_id = market.buys()
    market.advance(minutes=1)
    bought = buys_label(market, parcel(order_id, items_of(market.seller, order_id)))

    operator.open(f"/console/orders?order={bought.tracking_id}")

    assert operator.target.startswith(f"/console/orders/{order_id}")


def test_the_number_of_a_multi_channel_order_leads_to_the_order_that_ships_for_it(
    market: TestMarket, operator: Browser
) -> None:
    asks(market)
    (fact,) = market.facts("OrderPlaced")

    for place in ("/console/orders?order=SHOP-1", "/console/orders/SHOP-1"):
        operator.open(place)
        assert operator.target.startswith(f"/console/orders/{fact.order_id}")  # type: ignore[attr-defined]
        assert operator.reply.status == 200


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        ("SHOP-1", 400, "is no order id, which is written as 111-0000000-0000000, the number of no multi-channel"),
        ("902-0000000-0000000", 404, "There is no order 902-0000000-0000000."),
    ],
)
@pytest.mark.parametrize("place", ["/console/orders?order=", "/console/orders/"])
def test_an_order_that_is_not_there_leaves_the_list_and_what_was_asked_for(
    market: TestMarket, operator: Browser, place: str, said: str, status: int, why: str
) -> None:
    order_id = market.buys()

    operator.open(f"{place}{said}")

    assert (operator.reply.status, shown(operator)[-1]) == (status, order_id)
    assert why in operator.text
    (form,) = [one for one in operator.page.forms if one.action == "/console/orders"]
    assert dict(form.fields)["order"] == said


def test_a_multi_channel_order_that_amazon_does_not_ship_says_so(market: TestMarket, operator: Browser) -> None:
    asks(market, destination_address=msgspec.structs.replace(ADDRESS, postal_code="ABCDE"))

    assert "is Invalid, and no order of Amazon" in operator.open("/console/orders?order=SHOP-1").text


@pytest.mark.parametrize(
    "query",
    [
        "status=Lost",
        "channel=x",
        "marketplace=A1PA6795UKMFR9",
        "since=yesterday",
        "until=9999-12-31",
        "sku=%00",
        "below=x",
        "below=1.x",
        f"below={10**18}.111-0000000-0000000",
        "below=-1.111-0000000-0000000",
        "order=111",
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_would_be_right(operator: Browser, query: str) -> None:
    operator.open(f"/console/orders?{query}")

    assert operator.reply.status == 400


def test_a_shop_that_is_none_is_not_there(operator: Browser) -> None:
    assert operator.open("/console/orders?seller=A0000000000000").reply.status == 404


def test_the_operator_chooses_the_shop_and_a_seller_cannot(town: Town, browser: Browser) -> None:
    own = town.market.buys()
    other = town.market.seller  # the shop of Harbor Goods
    second = town.market.join("Second Shop")
    operator = town.browser().opens_market()

    assert "Second Shop" in operator.open("/console/orders").text
    assert shown(operator.open(f"/console/orders?seller={other.seller_id}")) == [own]
    assert shown(operator.open(f"/console/orders?seller={second.seller_id}")) == []

    town.user("eve@second.example", "Eve Lund", seller_id=second.seller_id)
    browser.signs_in("eve@second.example")
    assert shown(browser.open(f"/console/orders?seller={other.seller_id}")) == []
    assert "Harbor Goods" not in browser.text


def test_the_operator_finds_an_order_by_its_id_whosever_it_is(town: Town) -> None:
    second = town.market.seller("Second Shop", skus={"BOWL": (24.5, 5)})
    order_id = second.buys("BOWL")
    operator = town.browser().opens_market()

    assert "BOWL" in operator.open(f"/console/orders?order={order_id}").text
    assert "BOWL" in operator.open(f"/console/orders/{order_id}").text
    assert operator.open(f"/console/orders/{order_id}?seller={town.seller_id}").reply.status == 404


def test_a_buyer_orders_from_the_page(market: TestMarket, operator: Browser) -> None:
    operator.open("/console/place-order").send("/console/place-order", sku="MUG-RED", quantity="3", name="Ada Finch")

    (order_id,) = set(shown(operator))
    (fact,) = market.facts("OrderPlaced", order_id=order_id)
    assert [(line.sku, line.quantity) for line in fact.lines] == [("MUG-RED", 3)]  # type: ignore[attr-defined]
    assert "The order was placed." in operator.text
    assert "Ada Finch" in operator.text


def test_a_buyer_who_has_not_paid_waits(market: TestMarket, operator: Browser) -> None:
    operator.open("/console/place-order").send("/console/place-order", paid="later")

    assert "Pending" in operator.text
    assert market.facts("OrderPaid") == []


def test_an_order_of_what_is_unknown_shows_the_form_again_as_it_was_filled_in(
    market: TestMarket, operator: Browser
) -> None:
    said = {"sku": "NO-SUCH", "quantity": "3", "name": "Ada Finch", "paid": "later"}
    operator.open("/console/place-order").fills("/console/place-order", said)

    again = dict(operator.form("/console/place-order").fields)
    assert operator.reply.status == 404
    assert "NO-SUCH" in operator.text
    assert {name: again[name] for name in said} == said
    assert market.facts("OrderPlaced") == []

    operator.send("/console/place-order", sku="MUG-RED")
    (fact,) = market.facts("OrderPlaced")
    assert [(line.sku, line.quantity) for line in fact.lines] == [("MUG-RED", 3)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [("sku", "NO-SUCH", 404), ("quantity", "0", 400), ("quantity", "1000", 400), ("paid", "x", 400)],
)
def test_an_order_that_cannot_be_placed_is_not(
    market: TestMarket, operator: Browser, field: str, value: str, status: int
) -> None:
    operator.open("/console/place-order").fills("/console/place-order", {field: value, "name": "Ada Finch"})

    assert operator.reply.status == status
    assert dict(operator.form("/console/place-order").fields)["name"] == "Ada Finch"
    assert market.facts("OrderPlaced") == []
