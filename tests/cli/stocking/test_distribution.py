"""`spapi awd`."""

from __future__ import annotations

from distributor import MUG, Distributor, cases
from tests.cli.conftest import Spapi

from sellingpartner.testing import TestMarket


def test_an_order_is_followed_shipped_and_received_by_hand(market: TestMarket, spapi: Spapi) -> None:
    seller = Distributor(market)
    order_id = seller.confirms(cases(4, (MUG, 10)))

    shipped = spapi("awd", "ship", order_id)
    received = spapi("awd", "receive", order_id, "--short", "2", "--damaged", "1")

    assert (shipped.code, "SHIPPED" in shipped.out) == (0, True)
    assert (received.code, "CLOSED" in received.out) == (0, True)
    assert seller.levels() == (0, 37, 0, 0)
    shown = spapi("awd", "show", order_id, "--json").json()
    counted = [(one["sku"], one["expected"], one["received"], one["damaged"]) for one in shown["skus"]]
    assert counted == [(MUG, 40, 38, 1)]
    assert spapi("awd", "show", order_id, "--csv").out.splitlines()[1].startswith(f"{MUG},40,38,1,")
    (listed,) = spapi("awd", "list", "--json").json()["orders"]
    assert (listed["orderId"], listed["kind"], listed["status"]) == (order_id, "INBOUND", "CLOSED")
    again = spapi("awd", "receive", order_id)
    assert (again.code, again.out) == (1, "")
    assert "is CLOSED; to be received it must be DELIVERED or RECEIVING" in again.err


def test_what_is_on_its_way_to_fba_is_lost_by_hand(market: TestMarket, spapi: Spapi) -> None:
    seller = Distributor(market)
    seller.stores()
    order_id = seller.replenishes(30)
    early = spapi("awd", "lose", order_id)
    while seller.levels()[3] != 30:
        market.advance(hours=1)

    lost = spapi("awd", "lose", order_id)

    assert (early.code, "no shipment on its way" in early.err) == (1, True)
    assert (lost.code, "FAILURE" in lost.out) == (0, True)
    assert seller.levels() == (0, 70, 0, 0)


def test_a_policy_is_set_and_listed(spapi: Spapi) -> None:
    assert "AWD decides by itself" in spapi("awd", "policy").out + spapi("awd", "policy").err
    assert spapi("awd", "policy", MUG, "--minimum", "5", "--maximum", "9").code == 0
    assert spapi("awd", "policy", "MUG-RED", "--by-hand").code == 0

    said = spapi("awd", "policy", "--json").json()["policies"]

    assert [(one["sku"], one["isAutomatic"], one.get("minimum")) for one in said] == [
        (MUG, True, 5),
        ("MUG-RED", False, None),
    ]
    wrong = spapi("awd", "policy", MUG, "--minimum", "9", "--maximum", "5")
    assert (wrong.code, "more than the maximum" in wrong.err) == (2, True)


def test_units_are_put_there_by_hand_and_leave_as_any_others(market: TestMarket, spapi: Spapi) -> None:
    seller = Distributor(market)
    market.advance(days=1)

    added = spapi("awd", "add", MUG, "60", "--case", "6", "--region", "us-east", "--json").json()

    assert (added["sku"], added["available"], seller.levels()) == (MUG, 60, (0, 60, 0, 0))
    order_id = seller.replenishes(10)
    market.advance(days=20)
    assert (seller.replenishment(order_id).status, seller.fba()) == ("SUCCESS", (0, 0, 0, 10))
    for words, code in (((MUG, "5", "--region", "mars"), 2), (("NOBODY-HAS-IT", "5"), 1)):
        assert spapi("awd", "add", *words).code == code


def test_what_is_not_there_is_named_with_where_to_look(spapi: Spapi) -> None:
    for words in (("show", "STAR-NONE"), ("ship", "STAR-NONE"), ("lose", "STAR-NONE")):
        refused = spapi("awd", *words)
        assert (refused.code, refused.out) == (1, "")
        assert "STAR-NONE" in refused.err
    assert "`spapi awd list`" in spapi("awd", "show", "STAR-NONE").err


def test_harm_is_for_what_is_received(market: TestMarket, spapi: Spapi) -> None:
    order_id = Distributor(market).confirms()

    refused = spapi("awd", "receive", order_id, "--short", "101")

    assert (refused.code, "not so many are still to be received" in refused.err) == (1, True)
