"""What a seller lists is one thing for whoever asks: operations, buyers, stock, facts; nobody ever sees half of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from shopkeeper import US, Shop, mug, offer, stock

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.events.listings import ListingChanged, ListingStatusChanged, PriceChanged
from sellingpartner.market.listings.enforcing import add_restriction, suppress
from sellingpartner.market.listings.restrictions import NewRestriction, RestrictionKind
from sellingpartner.testing import TestMarket

AtOnce = Callable[..., list[Any]]
WRITES = 6


def test_what_is_listed_is_ordered_shipped_and_keeps_its_history(market: TestMarket) -> None:
    shop = Shop(market)
    asin = shop.listed("A/B C", mug(purchasable_offer=offer(19.99), fulfillment_availability=stock(3)))
    order_id = market.buys("A/B C", quantity=2)
    title = mug()["item_name"][0]["value"]
    path = f"/orders/v0/orders/{order_id}/orderItems"

    shop.patch("A/B C", ("replace", "purchasable_offer", offer(17.49)))
    second = market.buys("A/B C")
    shop.delete("A/B C")

    (line,) = market.seller.call("GET", path).json()["payload"]["OrderItems"]
    assert (line["SellerSKU"], line["ASIN"], line["Title"], line["ItemPrice"]["Amount"]) == (
        "A/B C",
        asin,
        title,
        "39.98",
    )
    (other,) = market.seller.call("GET", path.replace(order_id, second)).json()["payload"]["OrderItems"]
    assert other["ItemPrice"]["Amount"] == "17.49"
    with pytest.raises(NotFound):
        market.buys("A/B C")
    changes = [fact.change for fact in market.facts(ListingChanged) if fact.sku == "A/B C"]
    assert changes == ["LISTED", "LISTED", "PRICED", "DELETED"]
    assert [fact.after_minor for fact in market.facts(PriceChanged) if fact.sku == "A/B C"] == [1999, 1749]
    told = [fact.status for fact in market.facts(ListingStatusChanged) if fact.sku == "A/B C"]
    assert told == [("BUYABLE", "DISCOVERABLE"), ("DISCOVERABLE",), ("DELETED",)]


def test_of_writers_at_once_the_last_one_wins_whole(market: TestMarket, at_once: AtOnce) -> None:
    shop = Shop(market)
    kinds = [
        mug(
            item_name=[{"value": f"Mug {number}"}],
            purchasable_offer=offer(10 + number),
            fulfillment_availability=stock(number),
        )
        for number in range(1, WRITES + 1)
    ]

    for sku in ("FIRST", "FIRST", "SECOND"):
        done = at_once(*(partial(shop.put, sku, said) for said in kinds))
        assert [one.status for one in done] == ["ACCEPTED"] * WRITES
        kept = shop.get(sku)
        assert kept.attributes in [
            dict(said) | {"fulfillment_availability": said["fulfillment_availability"]} for said in kinds
        ]
        market.advance(seconds=31)
        (summary,) = shop.get(sku).summaries or []
        assert [summary.item_name] == [one["value"] for one in (kept.attributes or {})["item_name"]]


def test_of_patches_at_once_none_is_lost(market: TestMarket, at_once: AtOnce) -> None:
    shop = Shop(market)
    changes = [
        ("replace", "purchasable_offer", offer(21)),
        ("merge", "fulfillment_availability", stock(4)),
        ("add", "max_order_quantity", [{"value": 3}]),
        ("add", "item_name", [{"value": "Tasse", "language_tag": "es_US"}]),
    ]
    for sku in ("MINE", "FRESH"):
        if sku == "MINE":
            shop.listed(sku)

        done = at_once(*(partial(shop.patch, sku, change) for change in changes))

        assert [one.status for one in done] == ["ACCEPTED"] * len(changes)
        attributes = shop.get(sku).attributes or {}
        assert [attributes["max_order_quantity"], attributes["purchasable_offer"]] == [[{"value": 3}], offer(21)]
        assert attributes["fulfillment_availability"][0]["quantity"] == 4
        assert "Tasse" in [one["value"] for one in attributes["item_name"]]


def test_what_amazon_decides_shows_in_the_listing_and_at_the_till(market: TestMarket) -> None:
    shop = Shop(market)
    shop.listed("MINE")
    with market.market.write() as unit:
        add_restriction(unit, NewRestriction(kind=RestrictionKind.PRODUCT_TYPE, subject="TEA"))
    with market.market.write(shop.seller.seller_id) as unit:
        suppress(unit, "MINE", US, "restricted_product")

    assert (shop.issues("TEA/50 G&B 100%"), shop.issues("MINE")) == (["8026"], ["18742"])
    for sku, why in (("MINE", "may not be sold here.*18742"), ("TEA/50 G&B 100%", "ask for approval.*8026")):
        assert "BUYABLE" not in shop.status(sku)
        with pytest.raises(Exception, match=f"is not for sale.*{why}"):
            market.buys(sku)
