"""`spapi outbound`: orders of other shops by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from outside_shop import at_amazon, status

from sellingpartner.market.events.orders import RefundIssued
from sellingpartner.market.events.shipping import ParcelLost
from sellingpartner.market.inventory.model import Stock
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


def test_an_order_is_created_shipped_and_lost(market: TestMarket, spapi: Spapi) -> None:
    created = spapi("outbound", "create", "LAMP-OAK", "2", "--number", "SHOP-1", "--hold", "--json").json()
    assert (created["status"], created["action"]) == ("Received", "Hold")
    assert at_amazon(market) == Stock(on_hand=100, reserved=2)
    assert "SHOP-1" in spapi("outbound", "list").out
    assert spapi("outbound", "lose", "SHOP-1").code == 2

    shipped = spapi("outbound", "ship", "SHOP-1")

    assert shipped.code == 0, shipped.err
    assert "SHIPPED" in shipped.out
    assert at_amazon(market) == Stock(on_hand=98)
    lost = spapi("outbound", "lose", "SHOP-1", "--json").json()
    assert [one["parcelStatus"] for one in lost["shipments"]] == ["Lost"]
    assert len(market.facts(ParcelLost)) == 1
    followed = spapi("outbound", "show", "SHOP-1", "--follow")
    assert (followed.code, "Complete" in followed.out) == (0, True)


def test_an_order_is_taken_back_until_it_is_picked(market: TestMarket, spapi: Spapi) -> None:
    spapi("outbound", "create", "LAMP-OAK", "--number", "SHOP-1")
    spapi("outbound", "create", "LAMP-OAK", "--number", "SHOP-2")
    spapi("outbound", "ship", "SHOP-2")

    assert spapi("outbound", "cancel", "SHOP-1", "--json").json()["status"] == "Cancelled"
    refused = spapi("outbound", "cancel", "SHOP-2")

    assert (refused.code, "to be cancelled it must be Received or Planning" in refused.err) == (1, True)
    assert spapi("outbound", "ship", "SHOP-2").code == 1
    assert status(market.seller, "SHOP-2") == "Complete"


def test_units_are_missed(market: TestMarket, spapi: Spapi) -> None:
    spapi("outbound", "create", "LAMP-OAK", "3", "--number", "SHOP-1", "--policy", "fillallavailable")

    missed = spapi("outbound", "miss", "SHOP-1", "2", "--json").json()

    assert [(line["unfulfillable"], line["quantity"]) for line in missed["lines"]] == [(2, 3)]
    assert at_amazon(market) == Stock(on_hand=98, reserved=1)
    assert spapi("outbound", "miss", "SHOP-1", "2").code == 1


def test_what_another_shop_was_paid_for_is_not_refunded(market: TestMarket, spapi: Spapi) -> None:
    created = spapi("outbound", "create", "LAMP-OAK", "--number", "SHOP-1", "--json").json()
    market.advance(days=10)

    refused = [
        spapi("order", "refund", created["orderId"]),
        spapi("order", "refund", created["orderId"], "--sku", "LAMP-OAK", "--amount", "1.00"),
    ]

    for one in refused:
        assert (one.code, "its buyer paid another shop, not Amazon" in one.err) == (1, True), one.err
    assert market.facts(RefundIssued) == []


def test_why_an_order_is_invalid_is_told(spapi: Spapi) -> None:
    for words, why in (
        (("--postal-code", "00000"), "InvalidDestinationAddress. The postal code 00000 is not in the state 'OR'."),
        (
            ("--speed", "priority", "--state", "HI", "--postal-code", "96801"),
            "DeliverySLAUnavailable. Priority does not reach the address.",
        ),
        (("101",), "NotEnoughInventory. It asks for 101 units, which are not all at Amazon, and FillOrKill ships"),
    ):
        created = spapi("outbound", "create", "LAMP-OAK", *words, "--number", why[:9])
        assert (created.code, f"It is Invalid: {why}" in created.out, "Not there" in created.out) == (0, True, False)
        assert f"It is Invalid: {why}" in spapi("outbound", "show", why[:9]).out


def test_what_is_no_order_is_refused(market: TestMarket, spapi: Spapi) -> None:
    assert "the SellerSKU for Item Id: 1 is invalid." in spapi("outbound", "create", "MUG-BLUE").err
    assert spapi("outbound", "show", "NONE").code == 1
    assert spapi("outbound", "create", "LAMP-OAK", "--country", "FR", "--state", "none").code == 1
    assert at_amazon(market) == Stock(on_hand=100)
