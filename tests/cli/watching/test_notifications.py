from __future__ import annotations

from collections.abc import Callable
from typing import Any

from post_office import ByHand

from sellingpartner.contract.notifications_v1 import (
    AggregationSettings,
    AggregationTimePeriod,
    EventFilter,
    EventFilterType,
)
from sellingpartner.server.process.carriers.outcome import NotSent
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


def refuse(_address: str, _body: str) -> None:
    raise NotSent("SQS did not take it: AccessDenied")


def test_what_was_delivered_where_is_listed_shown_and_tried_again(market: TestMarket, spapi: Spapi) -> None:
    market.subscribe("ORDER_CHANGE")
    order_id = market.buys(paid=False)
    Courier(market.market, ByHand(refuse)).deliver()

    listed = spapi("notifications", "list", "--state", "waiting")
    shown = spapi("notifications", "show", "1")
    again = spapi("notifications", "retry", "1", "--json").json()

    assert (listed.code, listed.err) == (0, "")
    assert "ORDER_CHANGE" in listed.out
    assert "AccessDenied" in listed.out
    assert order_id in shown.out
    assert '"NotificationType": "ORDER_CHANGE"' in shown.out
    assert again["state"] == "WAITING"
    assert "Nothing of this was written yet." in spapi("notifications", "list", "--state", "dead").out
    assert spapi("notifications", "list", "--csv").out.startswith("No.,Created,Type,To,State")
    missing = spapi("notifications", "show", "99")
    assert (missing.code, missing.err) == (
        1,
        "spapi: There is no delivery 99. `spapi notifications list` lists them.\n",
    )


def test_who_is_told_and_where_is_listed(market: TestMarket, spapi: Spapi) -> None:
    assert "Nobody has subscribed." in spapi("notifications", "subscriptions").out
    assert "There is no destination." in spapi("notifications", "destinations").out
    made = market.subscribe("ORDER_CHANGE")

    period = AggregationSettings(aggregation_time_period=AggregationTimePeriod.FIVE_MINUTES)
    aggregated = EventFilter(event_filter_type=EventFilterType.ANY_OFFER_CHANGED, aggregation_settings=period)
    market.subscribe("ANY_OFFER_CHANGED", event_filter=aggregated)
    market.subscribe("PRICING_HEALTH", filter_expression="merchantOffer.condition == 'new'")

    listed = spapi("notifications", "subscriptions", "--csv").out

    assert made.subscription_id in listed
    assert "FiveMinutes" in listed
    assert "merchantOffer.condition == 'new'" in listed
    assert made.destination_id in spapi("notifications", "destinations", "--csv").out


def test_a_webhook_is_made(market: TestMarket, spapi: Spapi) -> None:
    made = spapi("notifications", "webhook", market.application.application_id, "https://hooks.example.com/a")

    assert made.code == 0
    assert "whsec_" in made.out


def test_messages_are_disturbed_and_left_alone(market: TestMarket, spapi: Spapi) -> None:
    calm = "0 of 100 messages are sent twice; they leave in order.\n"
    assert spapi("notifications", "disturb").out == calm

    said = spapi("notifications", "disturb", "--duplicates", "30", "--shuffle")
    assert said.out == "30 of 100 messages are sent twice; they leave in another order.\n"
    assert spapi("notifications", "disturb", "--no-shuffle", "--json").json() == {
        "duplicatePercent": 30,
        "isShuffled": False,
    }
    assert spapi("notifications", "disturb", "--duplicates", "0").out == calm
