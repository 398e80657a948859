"""The shops of a test's market, and the ways to call for them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import httpx2
import pytest

from sellingpartner import SellingPartner
from sellingpartner.contract.errors import InvalidInput, NotFound, ScopeMissing
from sellingpartner.contract.orders_v0 import GetOrder, GetOrderItems
from sellingpartner.market import events as market_events
from sellingpartner.storage.events import Event
from sellingpartner.testing import InProcess, Market, TestMarket, facts
from sellingpartner.testing.facts import OrderPlaced


def test_a_shop_is_founded_in_one_line_and_its_sku_is_bought_of_it(market: TestMarket) -> None:
    shop = market.seller(skus={"MUG": (19.99, 10)})

    order_id = market.buys("MUG", 2)

    order = shop.send(GetOrder(order_id=order_id)).payload
    assert order.order_total is not None
    assert (order.order_status, order.order_total.amount) == ("Unshipped", "39.98")
    assert (shop.stock("MUG"), market.facts(OrderPlaced, order_id=order_id) != []) == (8, True)
    with pytest.raises(NotFound):
        market.seller.send(GetOrder(order_id=order_id))


def test_shops_sell_in_the_coin_and_to_the_buyers_of_their_marketplace(market: TestMarket) -> None:
    shop = market.seller("Kanda Goods", skus=["CUP"], marketplaces=("JP",))

    order = shop.send(GetOrder(order_id=market.buys("CUP"))).payload

    assert order.order_total is not None
    assert (order.order_total.currency_code, order.order_total.amount) == ("JPY", "20")
    assert order.shipping_address is None or order.shipping_address.country_code == "JP"


def test_what_two_shops_sell_is_bought_of_neither_until_it_is_said_of_whom(market: TestMarket) -> None:
    first, second = market.seller("First", skus=["CUP"]), market.seller("Second", skus=["CUP"])

    with pytest.raises(LookupError, match="2 sellers have the SKU 'CUP'"):
        market.buys("CUP")

    assert first.send(GetOrderItems(order_id=first.buys("CUP"))).payload.order_items[0].seller_sku == "CUP"
    assert (first.stock("CUP"), second.stock("CUP")) == (9, 10)


def test_a_buyer_who_names_nothing_takes_what_is_for_sale(market: TestMarket) -> None:
    assert market.facts(OrderPlaced, order_id=market.buys())[0].lines[0].sku == "MUG-BLUE"
    shop = market.seller("Kanda Goods", skus={"BOWL": (5, 3), "CUP": (7, 10)}, marketplaces=("JP",))

    few, many = shop.buys(quantity=3), shop.buys(quantity=4)

    assert [market.facts(OrderPlaced, order_id=one)[0].lines[0].sku for one in (few, many)] == ["BOWL", "CUP"]
    with pytest.raises(LookupError, match="could order 7 units; list something first"):
        shop.buys(quantity=7)


@pytest.mark.parametrize("scenario", ["new-seller", "pan-eu"])
def test_what_is_bought_in_a_scenario_needs_no_name(scenario: str) -> None:
    with Market(scenario=scenario) as market:
        order_id = market.buys()

        assert market.facts(OrderPlaced, order_id=order_id) != []


@pytest.mark.parametrize(("skus", "why"), [({"MUG": 19.99}, "price and a stock"), ({"MUG": (1.999, 5)}, "fraction")])
def test_a_shelf_that_makes_no_sense_is_refused_in_words(market: TestMarket, skus: object, why: str) -> None:
    with pytest.raises((TypeError, ValueError), match=why):
        market.seller(skus=skus)  # type: ignore[arg-type]


def test_both_clients_call_in_process_and_outlive_the_hour_of_a_token(market: TestMarket) -> None:
    order_id = market.buys()
    with market.seller.client() as client:
        first = client.orders_v0.get_order(order_id=order_id).payload.order_status
        market.clock.advance(hours=2)
        later = client.orders_v0.get_order(order_id=order_id).payload.order_status

    async def ask() -> str:
        async with market.seller.async_client() as client:
            return (await client.orders_v0.get_order(order_id=order_id)).payload.order_status

    assert {first, later, asyncio.run(ask())} == {"Unshipped"}


def test_a_client_that_knows_amazons_addresses_alone_finds_the_market(market: TestMarket) -> None:
    access = market.seller.access
    http = httpx2.Client(transport=InProcess(market.server))
    client = SellingPartner(
        http=http,
        client_id=access.client_id,
        client_secret=access.client_secret,
        refresh_token=access.refresh_token,
        region="NA",
    )

    assert client.sellers.get_marketplace_participations().payload
    with pytest.raises(httpx2.ConnectError, match=r"never reaches the network, and example\.com"):
        http.get("https://example.com/")


def test_an_access_of_some_scopes_is_held_to_them_and_shows_no_secret(market: TestMarket) -> None:
    access = market.access(scopes=("sellingpartnerapi::orders",))
    with SellingPartner(access.credentials(), http=httpx2.Client(transport=InProcess(market.server))) as client:
        client.orders_v0.get_order(order_id=market.buys())
        with pytest.raises(ScopeMissing):
            client.catalog_items.get_catalog_item(asin="B000000001", marketplace_ids=[market.marketplace_id])

    assert access.refresh_token not in repr(access)
    assert access.client_secret not in repr(access)


def test_refused_calls_are_found_with_their_reason(market: TestMarket) -> None:
    market.seller.send(GetOrder(order_id=market.buys()))
    market.seller.call("GET", "/orders/v0/orders")

    (refused,) = market.requests(refused=True)

    assert (refused.operation, refused.status) == ("getOrders", 400)
    assert refused.reason is not None
    assert "MarketplaceIds" in refused.reason
    assert [call.operation for call in market.requests(seller=market.seller)] == ["getOrder", "getOrders"]


def test_facts_are_asked_for_by_class_or_by_name_and_a_wrong_word_is_put_right(market: TestMarket) -> None:
    order_id = market.buys()

    assert market.facts("OrderPlaced", order_id=order_id) == market.facts(OrderPlaced)
    assert market.facts(OrderPlaced, order_id="none") == []
    with pytest.raises(TypeError, match=r"OrderPlaced has no ordre_id; it has .*order_id"):
        market.facts(OrderPlaced, ordre_id="1")
    with pytest.raises(InvalidInput, match="Did you mean OrderPlaced"):
        market.facts("OrderPlacd")


@pytest.mark.parametrize(
    "said", [{"marketplaces": ("USA",)}, {"marketplaces": ()}, {"limits": "none"}, {"at": "tomorrow"}]
)
def test_a_market_that_cannot_be_says_why(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"write an id such as|'none' is not a valid Limits|Invalid isoformat"):
        Market(**said)


def test_a_market_is_a_context_manager_with_a_clock_and_a_control_api() -> None:
    with Market() as market:
        began = market.clock.now
        assert market.clock.travel(began + timedelta(days=1)).reached == began + timedelta(days=1)
        with pytest.raises(ValueError, match="never goes back"):
            market.clock.travel(began)
        order_id = market.buys("LAMP-OAK")
        assert market.clock.until(facts.OrderShipped, order_id=order_id).reached == market.clock.now
        assert market.facts(facts.OrderShipped) != []
        with pytest.raises(AssertionError, match=r"Until 2026-11-0.* there was no OrderShipped of 1"):
            market.clock.until("OrderShipped", order_id="1", within=timedelta(hours=1))
        clock = market.anybody().call("GET", "/market/v1/clock").json()

    assert clock["mode"] == "frozen"


def test_every_fact_of_the_market_may_be_asked_for() -> None:
    contexts = [
        import_module(found.name) for found in iter_modules(market_events.__path__, "sellingpartner.market.events.")
    ]
    kinds = {name for module in contexts for name, value in vars(module).items() if _is_fact(value) and name[0] != "_"}

    assert len(contexts) > 10
    assert kinds == {name for name, value in vars(facts).items() if _is_fact(value)}


def _is_fact(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Event) and value is not Event
