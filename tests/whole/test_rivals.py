"""Several processes on one database, as nodes of one market are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from shopkeeper import Shop
from sqlalchemy import select

from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.codes import issue_code
from sellingpartner.market.events.accounts import GrantGiven, GrantRevoked
from sellingpartner.market.events.orders import OrderPaid, OrderPlaced, OrderShipped
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.model import Place, Stock
from sellingpartner.market.inventory.questions import movements_of, stock_of
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.market import Market
from sellingpartner.market.time.worker import BATCH, next_due
from sellingpartner.storage.events import events
from sellingpartner.testing import TestMarket

Rivals = Callable[..., list[Any]]


def stock(market: TestMarket, sku: str) -> Stock:
    with market.market.read(market.seller_account.seller_id) as unit:
        found, ledger = stock_of(unit, sku, Place.SELLER), movements_of(unit, sku)
    assert found.on_hand == sum(movement.on_hand_change for movement in ledger)
    assert found.reserved == sum(movement.reserved_change for movement in ledger)
    return found


def test_two_processes_that_open_a_new_market_at_once_open_the_same_one(
    blank_database_url: str, rivals: Rivals
) -> None:
    assert rivals(blank_database_url, ("open",), ("open",)) == [1, 1]

    market = Market.open(blank_database_url)
    assert market.waiting() == 0
    market.close()


def test_two_workers_do_each_due_thing_exactly_once(database_url: str, rivals: Rivals) -> None:
    market = TestMarket(database_url)
    placed = [market.buys(paid=False, payment_delay=timedelta(minutes=1 + number)) for number in range(90)]
    market.market.clock.freeze(market.now + timedelta(hours=4))  # all of them are due, and nobody did them yet
    with market.market.database.write() as connection:
        market.market.clock.save(connection)

    happened = rivals(database_url, ("work",), ("work",), ("work",))

    assert sum(happened) == 90
    assert Counter(fact.order_id for fact in market.facts(OrderPaid)) == Counter(placed)
    with market.market.database.read() as connection:
        assert (next_due(connection) or market.now) > market.now  # what waits is what comes of orders later
    assert market.market.failures() == []
    market.close()


def test_order_numbers_are_unique_across_processes(database_url: str, rivals: Rivals) -> None:
    market = TestMarket(database_url)

    one, other = rivals(database_url, ("buy", "MUG-RED", "30"), ("buy", "MUG-RED", "30"))

    sold = one + other
    assert None not in sold
    assert len(set(sold)) == 60
    assert sorted(fact.order_id for fact in market.facts(OrderPlaced)) == sorted(sold)
    assert stock(market, "MUG-RED") == Stock(on_hand=100, reserved=60)
    market.close()


def test_of_two_processes_that_put_one_sku_the_last_wins_whole(database_url: str, rivals: Rivals) -> None:
    market = TestMarket(database_url)

    put = rivals(database_url, ("put", "11", "15"), ("put", "22", "15"))

    assert put == [["ACCEPTED"] * 15] * 2
    market.advance(minutes=1)
    item = Shop(market).get("RACE")
    assert item.attributes is not None
    name, (offer,), (stated,) = (
        item.attributes[one] for one in ("item_name", "purchasable_offer", "fulfillment_availability")
    )
    last = stated["quantity"]
    assert (name[0]["value"], offer["our_price"][0]["schedule"][0]["value_with_tax"]) == (f"Mug {last}", last)
    assert [one.status for one in item.summaries or []] == [["BUYABLE", "DISCOVERABLE"]]
    assert [one.price.amount for one in item.offers or []] == [f"{last}.00"]
    assert stock(market, "RACE") == Stock(on_hand=last, reserved=0)
    assert market.market.failures() == []
    market.close()


def test_the_last_ones_are_sold_once_across_processes(database_url: str, rivals: Rivals) -> None:
    market = TestMarket(database_url)
    with market.market.write(market.seller_account.seller_id) as unit:
        adjust(unit, "MUG-BLUE", Place.SELLER, on_hand=7, reference="count")

    one, other = rivals(database_url, ("buy", "MUG-BLUE", "20"), ("buy", "MUG-BLUE", "20"))

    sold = [answer for answer in one + other if answer is not None]
    assert len(set(sold)) == len(sold) == 7
    assert stock(market, "MUG-BLUE") == Stock(on_hand=7, reserved=7)
    market.close()


def test_buyers_and_workers_of_several_processes_do_not_fail_for_each_other(database_url: str, rivals: Rivals) -> None:
    market = TestMarket(database_url)
    placed = [market.buys("LAMP-OAK", paid=False, payment_delay=timedelta(0)) for _ in range(40)]

    one, other, _ = rivals(database_url, ("shop", "20"), ("shop", "20"), ("work",))

    sold = one + other
    assert len(set(sold)) == 40
    assert stock(market, "MUG-BLUE") == stock(market, "MUG-RED") == Stock(on_hand=100, reserved=40)
    assert len(market.facts(OrderPaid)) == 80
    assert {fact.order_id for fact in market.facts(OrderPaid)} == {*placed, *sold}
    assert market.market.failures() == []
    market.close()


def test_workers_of_several_processes_keep_the_order_of_time_and_do_not_block_each_other(
    database_url: str, rivals: Rivals
) -> None:
    market = TestMarket(database_url)
    seller_id = market.seller_account.seller_id
    for number in range(8):
        market.lists(f"LAMP-{number}", 5900, 100, product_type="LAMP", fulfillment_channel=FulfillmentChannel.AFN)
    placed = [market.buys(f"LAMP-{number * 5 % 8}") for number in range(2 * BATCH + 50)]
    market.market.clock.freeze(market.now + timedelta(days=1))
    with market.market.database.write() as connection:
        market.market.clock.save(connection)

    happened = rivals(database_url, ("work",), ("work",), ("work",))

    assert sum(happened) == len(placed)
    assert Counter(fact.order_id for fact in market.facts(OrderShipped)) == Counter(placed)
    with market.market.read(seller_id) as unit:
        moments = unit.execute(select(events.c.happened_at).order_by(events.c.event_id)).scalars().all()
    assert list(moments) == sorted(moments)
    market.close()


def test_a_code_that_several_processes_show_gives_one_token_pair_and_takes_it_back(
    database_url: str, rivals: Rivals
) -> None:
    market = TestMarket(database_url)
    with market.market.write() as unit:
        change_application(unit, market.application.application_id, redirect_uris=["https://desk.example/callback"])
    seller_id, application_id = market.seller_account.seller_id, market.application.application_id
    forms = []
    for _ in range(12):
        with market.market.write(seller_id) as unit:
            code = issue_code(unit, application_id, seller_id, "https://desk.example/callback")
        forms.append(
            {
                "grant_type": "authorization_code",
                "code": code,
                "client_id": market.application.client_id,
                "client_secret": market.client_secret,
            }
        )
    before = len(market.facts(GrantGiven))

    shown = rivals(database_url, *[("exchange", json.dumps(forms))] * 3)

    for errors in zip(*shown, strict=True):
        assert Counter(errors) == {None: 1, "invalid_grant": 2}
    assert len(market.facts(GrantGiven)) - before == len(forms)
    assert len(market.facts(GrantRevoked)) == len(forms)
    market.close()
