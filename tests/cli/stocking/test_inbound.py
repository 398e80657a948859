"""`spapi inbound`."""

from __future__ import annotations

from functools import partial

import pytest
from forwarder import units
from receiver import Receiver, shown
from sender import Sender
from tests.cli.conftest import Spapi

from sellingpartner.contract.fulfillment_inbound_2024_03_20 import CancelInboundPlan
from sellingpartner.testing import TestMarket


def test_a_shipment_is_listed_shown_and_received_by_hand(market: TestMarket, spapi: Spapi) -> None:
    harbor = Receiver(market)
    confirmed = harbor.confirmed()

    received = spapi("inbound", "receive", confirmed, "--short", "2", "--damaged", "1", "--sku", "GUIDE")

    assert (received.code, "CLOSED" in received.out) == (0, True)
    rows = spapi("inbound", "show", confirmed, "--json").json()["skus"]
    counted = [(one["sku"], one["sent"], one["received"], one["damaged"]) for one in rows]
    assert counted == [("ATLAS", 40, 40, 0), ("GUIDE", 10, 8, 1)]
    told = spapi("inbound", "show", confirmed, "--csv").out.splitlines()
    assert [line.split(",")[:4] for line in told] == [
        ["SKU", "Sent", "Received", "Damaged"],
        ["ATLAS", "40", "40", "0"],
        ["GUIDE", "10", "8", "1"],
    ]
    (listed,) = spapi("inbound", "list", "--json").json()["shipments"]
    assert (listed["confirmationId"], listed["status"]) == (confirmed, "CLOSED")
    assert shown(harbor.details("GUIDE")) == {"fulfillable": 7, "damaged": 1, "researched": 2}
    again = spapi("inbound", "receive", confirmed)
    assert (again.code, again.out, "is CLOSED" in again.err) == (1, "", True)


def test_more_can_come_than_was_sent(market: TestMarket, spapi: Spapi) -> None:
    harbor = Receiver(market)

    assert spapi("inbound", "receive", harbor.confirmed(), "--over", "3").code == 0

    assert harbor.counted_in_v0() == {"ATLAS": (40, 43), "GUIDE": (10, 10)}


def test_a_shipment_is_lost_on_its_way(market: TestMarket, spapi: Spapi) -> None:
    harbor = Receiver(market)
    early = spapi("inbound", "lose", harbor.confirmed())
    harbor.waits_for("IN_TRANSIT", harbor.plan_id, harbor.shipment_id)

    lost = spapi("inbound", "lose", harbor.confirmed())

    assert (early.code, "is READY_TO_SHIP; to be lost" in early.err) == (1, True)
    assert (lost.code, "CLOSED" in lost.out) == (0, True)
    assert harbor.counted_in_v0() == {"ATLAS": (40, 0), "GUIDE": (10, 0)}
    assert shown(harbor.details("ATLAS")) == {"researched": 40}
    assert harbor.faults() == []


def test_what_is_not_there_or_too_much_is_refused(market: TestMarket, spapi: Spapi) -> None:
    harbor = Receiver(market)

    for words in (("show", "FBA15NONE"), ("receive", "FBA15NONE"), ("lose", "FBA15NONE")):
        refused = spapi("inbound", *words)
        assert (refused.code, refused.out, "FBA15NONE" in refused.err) == (1, "", True)
    for wrong, code in (("--short 41", 1), ("--sku MAP", 1), ("--short 1 --over 1", 1), ("--short 9999999", 2)):
        assert spapi("inbound", "receive", harbor.confirmed(), *wrong.split()).code == code
    assert harbor.counted_in_v0() == {"ATLAS": (40, 0), "GUIDE": (10, 0)}
    assert spapi("inbound", "list", "--csv").out.count("READY_TO_SHIP") == 1


def test_a_plan_is_followed_until_its_shipments_are_closed(
    market: TestMarket, spapi: Spapi, monkeypatch: pytest.MonkeyPatch
) -> None:
    harbor = Receiver(market, shipments=2)
    monkeypatch.setattr("sellingpartner.cli.stocking.inbound.pause", lambda: market.advance(hours=6))
    listed = spapi("inbound", "plans")

    followed = spapi("inbound", "follow", harbor.plan_id)

    confirmed = [harbor.confirmed(one) for one in harbor.shipment_ids]
    assert (listed.code, all(one in listed.out for one in (harbor.plan_id, *confirmed))) == (0, True)
    assert (followed.code, followed.err) == (0, "")
    lines = followed.out.splitlines()
    assert lines[0] == f"Plan {harbor.plan_id} is ACTIVE"
    assert f"Plan {harbor.plan_id} is SHIPPED" in lines
    for one in confirmed:
        own = [line.partition(" is ")[2] for line in lines if line.startswith(one)]
        assert own[0] == "READY_TO_SHIP"
        assert own[-1].startswith("CLOSED, ")
        assert len(own) == len({*own}) > 4
    again = spapi("inbound", "follow", confirmed[0], "--json").json()
    assert [one["status"] for one in again["shipments"]] == ["CLOSED", "CLOSED"]


def test_a_plan_that_is_given_up_is_followed_to_its_end(
    market: TestMarket, spapi: Spapi, monkeypatch: pytest.MonkeyPatch
) -> None:
    harbor = Sender(market)
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS", 40))
    cancels = CancelInboundPlan(inbound_plan_id=plan_id)
    meanwhile = iter([partial(harbor.asks, cancels), partial(market.advance, minutes=1)])

    def pause() -> None:
        next(meanwhile)()

    monkeypatch.setattr("sellingpartner.cli.stocking.inbound.pause", pause)

    followed = spapi("inbound", "follow", plan_id)

    assert followed.out.splitlines() == [
        f"Plan {plan_id} is ACTIVE",
        "cancelInboundPlan is at work",
        f"Plan {plan_id} is VOIDED",
    ]
    refused = spapi("inbound", "follow", "wf00")
    assert (refused.code, "wf00" in refused.err) == (1, True)
