"""Products on the pages: what is listed, and one of them, whose price and stock are changed there."""

from __future__ import annotations

from typing import Any

import pytest
from page_browser import Browser

from sellingpartner.contract.aplus_content_2020_11_01 import (
    ContentDocument,
    ContentModule,
    ContentModuleType,
    ContentType,
    ParagraphComponent,
    StandardTextModule,
    TextComponent,
)
from sellingpartner.contract.market_v1 import AddStockIncident, Incident
from sellingpartner.market.content.commands import create, relate, submit
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.listings.commands import close_listing
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.server.console.window import products
from sellingpartner.testing import TestMarket

Town = Any  # tests/server/console/conftest.py
MUG = "/console/product?sku=MUG-BLUE"
SLASHED = "TEA/50 G&B 100%"


@pytest.fixture
def ada(browser: Browser) -> Browser:
    return browser.signs_in()


def price_of(market: TestMarket, sku: str = "MUG-BLUE") -> int:
    with market.market.read(market.seller.seller_id) as unit:
        return listing_of(unit, sku, market.marketplace_id).price.minor


def free(market: TestMarket, sku: str = "MUG-BLUE") -> int:
    with market.market.read(market.seller.seller_id) as unit:
        return stock_of(unit, sku, Place.SELLER).available


def skus(browser: Browser) -> list[str]:
    return [link.partition("sku=")[2].partition("&")[0] for link in browser.page.links if "/product?sku=" in link]


def test_they_are_listed_in_the_order_of_sku_page_by_page(ada: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    every = skus(ada.open("/console/products"))
    monkeypatch.setattr(products, "_AT_ONCE", 2)

    found = skus(ada.open("/console/products"))
    while link := next((link for link in ada.page.links if "after=" in link), ""):
        found += skus(ada.open(link))

    assert found == every == sorted(every)
    assert len(found) > 3


def test_they_are_narrowed_down(market: TestMarket, ada: Browser) -> None:
    assert skus(ada.open("/console/products?sku=MUG-")) == ["MUG-BLUE", "MUG-RED"]
    assert "Nothing is listed there." in ada.open("/console/products?sku=NO").text

    market.anybody().call("POST", "/market/v1/nothing")
    assert "MUG-RED" in skus(ada.open("/console/products?status=BUYABLE"))


def test_a_price_is_changed_and_stands_in_the_chart(market: TestMarket, ada: Browser) -> None:
    market.advance(minutes=20)
    ada.open(MUG).send("/product/price", price="21.50")

    assert price_of(market) == 2150
    assert "The price was changed." in ada.text
    assert "2 prices, from 14.99 USD to 21.50 USD." in ada.text
    assert [fact.after_minor for fact in market.facts("PriceChanged", sku="MUG-BLUE")][-1] == 2150  # type: ignore[attr-defined]


def test_what_lies_at_amazon_is_told_and_that_nobody_can_buy_it(market: TestMarket, ada: Browser) -> None:
    market.buys("LAMP-OAK", 3)
    for incident, units in ((Incident.LOST, 5), (Incident.DAMAGED, 2)):
        market.anybody().send(AddStockIncident(sku="LAMP-OAK", incident=incident, quantity=units))
    before = ada.open("/console/product?sku=LAMP-OAK").text
    with market.market.write(market.seller.seller_id) as unit:
        close_listing(unit, "LAMP-OAK", market.marketplace_id)

    after = ada.open("/console/product?sku=LAMP-OAK").text

    assert "90 to be sold, 3 promised, 2 not to be sold, 5 looked for" in before
    assert "Stranded" not in before
    assert "Listing closed" in after
    assert "at Amazon, stranded" in ada.open("/console/products").text


def test_stock_is_changed_and_sold(market: TestMarket, ada: Browser) -> None:
    ada.open(MUG).send("/product/stock", quantity="7")
    assert (free(market), "7 units" in ada.text) == (7, True)

    market.buys(quantity=3)

    assert "4 units" in ada.open(MUG).text
    assert "Reserved" in ada.text
    assert "3 units in 1 order." in ada.text


def test_a_sku_may_hold_what_an_address_cannot(market: TestMarket, ada: Browser) -> None:
    ada.open("/console/products?sku=TEA")
    (link,) = [link for link in ada.page.links if "sku=TEA" in link]

    ada.open(link).send("/product/price", price="9.95")

    assert price_of(market, SLASHED) == 995
    assert ada.reply.status == 200


def test_who_else_offers_it_is_shown(market: TestMarket, ada: Browser) -> None:
    market.competes(1299)

    text = ada.open(MUG).text

    assert text.index("Rival & Co") < text.index("this shop")
    assert "12.99 USD" in text


def test_the_operator_lets_a_competitor_join_and_a_seller_cannot(town: Town, market: TestMarket, ada: Browser) -> None:
    operator = town.browser().opens_market()

    operator.open(MUG).send("/product/compete", name="Cup & Co", price="13.50", strategy="UNDERCUT")

    assert "A competitor offers it, too." in operator.text
    assert "13.50 USD" in operator.text[operator.text.index("Cup & Co") :]
    csrf = dict(ada.open(MUG).form("/product/price").fields)["csrf"]
    assert (
        ada.post("/console/product/compete", [("csrf", csrf), ("sku", "MUG-BLUE"), ("price", "1")]).reply.status == 403
    )
    assert operator.open(MUG).send("/product/compete", price="").reply.status == 400
    assert operator.open(MUG).text.count("a competitor") == 1


def test_what_is_wrong_with_it_is_said(market: TestMarket, ada: Browser) -> None:
    market.lists("MUG-NEW", stock=0)

    assert "0 units" in ada.open("/console/product?sku=MUG-NEW").text


@pytest.mark.parametrize(
    ("form", "fields", "status"),
    [
        ("price", {"price": "0"}, 400),
        ("price", {"price": "-1"}, 400),
        ("price", {"price": "NaN"}, 400),
        ("price", {"price": "1e400"}, 400),
        ("price", {"price": "1.005"}, 400),
        ("price", {"price": "x"}, 400),
        ("stock", {"quantity": "-1"}, 400),
        ("stock", {"quantity": "²"}, 400),
        ("stock", {"quantity": "9" * 20}, 400),
        ("stock", {"quantity": "1", "sku": "NO-SUCH"}, 404),
        ("stock", {"quantity": "1", "marketplace": "A1PA6795UKMFR9"}, 400),
        ("price", {"price": "1", "sku": ""}, 400),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    market: TestMarket, ada: Browser, form: str, fields: dict[str, str], status: int
) -> None:
    before = price_of(market), free(market)

    ada.open(MUG).fills(f"/product/{form}", fields)

    assert ada.reply.status == status, ada.text
    assert (price_of(market), free(market)) == before
    if not fields.keys() & {"sku", "marketplace"}:
        again = dict(ada.form(f"/product/{form}").fields)
        assert {name: again[name] for name in fields} == fields


def test_another_sellers_product_is_not_there(town: Town, browser: Browser) -> None:
    other = town.market.join("Second Shop")
    town.user("eve@second.example", "Eve Lund", seller_id=other.seller_id)

    assert browser.signs_in("eve@second.example").open(MUG).reply.status == 404
    assert skus(browser.open("/console/products")) == []


def test_a_product_names_the_content_that_buyers_see_with_it(market: TestMarket, ada: Browser) -> None:
    with market.market.read(market.seller.seller_id) as unit:
        asin = listing_of(unit, "MUG-BLUE", market.marketplace_id).asin or ""
    words = ContentModule(
        content_module_type=ContentModuleType.STANDARD_TEXT,
        standard_text=StandardTextModule(body=ParagraphComponent(text_list=[TextComponent(value="Glazed by hand.")])),
    )
    written = ContentDocument(
        name="All about mugs", content_type=ContentType.EBC, locale="en-US", content_module_list=[words]
    )
    with market.market.write(market.seller.seller_id) as unit:
        begun = create(unit, market.marketplace_id, written)
        relate(unit, begun, [asin])
        submit(unit, begun)
    assert "A+ content" not in ada.open(MUG).text

    market.advance(days=7)

    assert "All about mugs (en-US)" in ada.signs_in().open(MUG).text


def test_a_product_tells_in_which_centers_it_lies(ada: Browser) -> None:
    assert "PHX6 100" in ada.open("/console/product?sku=LAMP-OAK").text
    assert "In centers" not in ada.open(MUG).text
