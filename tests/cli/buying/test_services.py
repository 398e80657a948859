"""`spapi service`."""

from __future__ import annotations

from tests.cli.conftest import Spapi

from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket


def test_a_service_is_offered_ordered_booked_moved_and_missed(market: TestMarket, spapi: Spapi) -> None:
    market.lists("MOUNTING", 9900, stock=0)
    assert "There is no job." in spapi("service", "list").out + spapi("service", "list").err
    hours = ("--opens", "09:00", "--closes", "17:00", "--day", "monday", "--day", "tuesday")
    made = spapi("service", "store", "BOSTON", "--zone", "America/New_York", "--state", "MA", *hours)
    person = spapi("service", "technician", "TECHANN", "--store", "BOSTON", "--name", "Ann Reed", "--skill", "tv")
    offered = spapi("service", "offer", "MOUNTING", "--store", "BOSTON", "--minutes", "90", "--skill", "tv")
    assert (made.code, person.code, offered.code) == (0, 0, 0)
    assert "a service of 90 minutes" in offered.out

    job = spapi("service", "order", "MOUNTING", "--wish", "2026-11-03T14:00:00", "--json").json()
    booked = spapi("service", "book", job["jobId"], "--json").json()
    moved = spapi("service", "move", job["jobId"], "2026-11-03T15:30:00Z", "--json").json()
    early = spapi("service", "miss", job["jobId"])
    market.advance(days=1, hours=8)
    missed = spapi("service", "miss", job["jobId"], "--json").json()
    shown = spapi("service", "show", job["jobId"])

    assert booked["appointments"][0]["localTime"] == "2026-11-02 09:00"
    assert [one["localTime"] for one in moved["appointments"]] == ["2026-11-02 09:00", "2026-11-03 10:30"]
    assert (early.code, "nobody can have missed it" in early.err) == (1, True)
    assert (missed["status"], [one["status"] for one in missed["appointments"]]) == (
        "PENDING_SCHEDULE",
        ["CANCELLED", "CANCELLED"],
    )
    assert (shown.code, "2026-11-03 10:30" in shown.out) == (0, True)
    assert "TECHANN" in spapi("service", "resources").out
    assert "MOUNTING" in spapi("service", "offers").out


def test_who_orders_a_service_by_hand_lives_where_its_store_serves(market: TestMarket, spapi: Spapi) -> None:
    market.lists("MOUNTING", 9900, stock=0)
    spapi("service", "store", "BOSTON", "--state", "MA")
    spapi("service", "offer", "MOUNTING", "--store", "BOSTON")
    goods = market.buys("LAMP-OAK")  # by somebody in Oregon

    orders = [spapi("service", "order", "MOUNTING", "--json").json()["orderId"] for _ in range(3)]
    orders += [spapi("order", "place", "--sku", "MOUNTING", "--json").json()["orderId"] for _ in range(3)]
    refused = spapi("service", "order", "MOUNTING", "--goods", goods)
    spapi("service", "store", "BOSTON", "--state", "VT")
    nobody = spapi("service", "order", "MOUNTING")

    with market.market.read(market.seller.seller_id) as unit:
        assert {order_of(unit, one).address.state_or_region for one in orders} == {"MA"}
    assert (refused.code, "at buyers' homes in MA; this buyer lives in OR." in refused.err) == (1, True)
    assert (nobody.code, "nobody who is invented lives there; buyers come from AK, AZ" in nobody.err) == (1, True)


def test_a_job_ends_as_the_buyer_or_the_market_says(market: TestMarket, spapi: Spapi) -> None:
    market.lists("MOUNTING", 9900, stock=0)
    spapi("service", "store", "BOSTON", "--opens", "09:00", "--closes", "17:00")
    spapi("service", "offer", "MOUNTING", "--store", "BOSTON")
    ends = {}
    for deed, words in (("cancel", ("--reason", "moved house")), ("decline", ()), ("give-up", ())):
        goods = market.buys("LAMP-OAK")
        job = spapi("service", "order", "MOUNTING", "--goods", goods, "--json").json()
        assert job["productOrderIds"] == [goods]
        ends[deed] = spapi("service", deed, job["jobId"], *words, "--json").json()

    assert [one["status"] for one in ends.values()] == ["CANCELLED", "PAYMENT_DECLINED", "NOT_FULFILLABLE"]
    assert [one["endedBecause"] for one in ends.values()] == ["moved house", "PaymentDeclined", "Nobody can do it."]
    again = spapi("service", "cancel", ends["cancel"]["jobId"])
    assert (again.code, "cannot be cancelled" in again.err) == (1, True)


def test_a_job_without_an_appointment_is_not_moved(market: TestMarket, spapi: Spapi) -> None:
    market.lists("MOUNTING", 9900, stock=0)
    spapi("service", "store", "BOSTON", "--opens", "09:00", "--closes", "17:00")
    spapi("service", "offer", "MOUNTING", "--store", "BOSTON")
    job = spapi("service", "order", "MOUNTING", "--json").json()

    moved = spapi("service", "move", job["jobId"])

    assert (moved.code, "to move; `spapi service book` makes one." in moved.err) == (1, True)


def test_what_cannot_be_is_refused(spapi: Spapi) -> None:
    for words, code, why in (
        (("order", "LAMP-OAK"), 1, "is no service; `spapi service offer` makes it one."),
        (("show", "nobody"), 1, "spapi service list"),
        (("book", "nobody"), 1, "Job not found for jobId nobody. `spapi service list`"),
        (("technician", "TECHANN", "--store", "NOWHERE"), 1, "spapi service resources"),
        (("store", "BOSTON", "--zone", "America/Boston"), 2, "no time zone"),
        (("store", "boston"), 2, "resourceId"),
    ):
        refused = spapi("service", *words)
        assert (refused.code, refused.out) == (code, "")
        assert why in refused.err
