"""`spapi service`."""

from __future__ import annotations

from tests.cli.conftest import Spapi

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
    for words, why in (
        (("order", "LAMP-OAK"), "is no service; `spapi service offer` makes it one."),
        (("show", "nobody"), "spapi service list"),
        (("book", "nobody"), "Job not found for jobId nobody. `spapi service list`"),
        (("technician", "TECHANN", "--store", "NOWHERE"), "spapi service resources"),
        (("store", "BOSTON", "--zone", "America/Boston"), "no time zone"),
        (("store", "boston"), "resourceId"),
    ):
        refused = spapi("service", *words)
        assert (refused.code, refused.out) == (1, "")
        assert why in refused.err
