"""`spapi subscription`."""

from __future__ import annotations

from tests.cli.conftest import Spapi

from sellingpartner.testing import TestMarket

LAMP = "LAMP-OAK"


def test_a_buyer_subscribes_and_cancels(market: TestMarket, spapi: Spapi) -> None:
    assert "Nobody subscribes." in spapi("subscription", "list").out + spapi("subscription", "list").err
    enrolled = spapi("subscription", "enroll", LAMP, "--percent", "10")
    assert (enrolled.code, "10 percent off" in enrolled.out) == (0, True)

    added = spapi("subscription", "add", LAMP, "--quantity", "2", "--every", "14", "--json").json()
    market.advance(days=15)
    (listed,) = spapi("subscription", "list", "--json").json()["subscriptions"]
    canceled = spapi("subscription", "cancel", added["subscriptionId"])
    again = spapi("subscription", "cancel", added["subscriptionId"])

    assert (listed["subscriptionId"], listed["status"], listed["ordered"]) == (added["subscriptionId"], "ACTIVE", 2)
    assert (canceled.code, "CANCELED" in canceled.out) == (0, True)
    assert (again.code, "to be canceled it must be ACTIVE" in again.err) == (1, True)


def test_what_cannot_be_is_refused(spapi: Spapi) -> None:
    for words, code, why in (
        (("add", LAMP), 1, "Nobody can subscribe"),
        (("enroll", "NONE"), 1, "NONE"),
        (("enroll", LAMP, "--percent", "7"), 2, "0, 5, 10 percent"),
        (("cancel", "none"), 1, "none"),
    ):
        refused = spapi("subscription", *words)
        assert (refused.code, refused.out) == (code, "")
        assert why in refused.err
