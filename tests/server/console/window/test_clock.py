"""The clock on its page: what is due, and buttons that move time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from page_browser import Browser

from sellingpartner.market.time.clock import Mode
from sellingpartner.testing import TestMarket


@pytest.fixture
def operator(browser: Browser) -> Browser:
    return browser.opens_market().open("/console/clock")


def moves(browser: Browser, name: str, **fields: str) -> Browser:
    csrf = dict(browser.form("/console/sign-out").fields)["csrf"]
    return browser.post(f"/console/clock/{name}", [("csrf", csrf), *fields.items()])


def test_what_is_due_next_is_shown(market: TestMarket, operator: Browser) -> None:
    assert "Frozen" in operator.text

    market.buys()

    operator.open("/console/clock")
    assert "Shipment falls due Nov 5, 2026, 07:59 UTC" in operator.text
    assert "Harbor Goods" in operator.text


def test_a_button_advances_time_and_says_what_happened(market: TestMarket, operator: Browser) -> None:
    market.buys("LAMP-OAK")
    started = market.now

    moves(operator, "advance", by="P1W")

    assert market.now == started + timedelta(weeks=1)
    assert "It is Nov 9, 2026, 09:00 UTC; " in operator.text
    assert market.facts("OrderShipped") != []


def test_time_goes_on_until_something_happens(market: TestMarket, operator: Browser) -> None:
    market.buys("LAMP-OAK")

    moves(operator, "advance", until="OrderShipped", by="P30D")

    assert len(market.facts("OrderShipped")) == 1
    assert market.facts("PackageDelivered") == []


def test_it_travels_stands_and_runs(market: TestMarket, operator: Browser) -> None:
    moves(operator, "travel", to="2026-12-24T18:00")
    assert f"{market.now:%Y-%m-%d %H:%M}" == "2026-12-24 18:00"

    moves(operator, "live", speed="1440")
    assert (market.market.clock.mode, market.market.clock.speed) == (Mode.LIVE, 1440.0)
    assert "1440 times as fast" in operator.text

    moves(operator, "freeze")
    assert market.market.clock.mode is Mode.FROZEN
    assert "The clock stands." in operator.text


def test_how_far_time_is_on_a_long_way_is_shown_and_it_is_stopped(market: TestMarket, operator: Browser) -> None:
    way = market.market.way
    way.begin(market.now + timedelta(days=28))

    operator.open("/console/clock")
    assert "On its way to Nov 30, 2026, 09:00 UTC: 0 things happened so far." in operator.text

    operator.send("/clock/stop")
    assert way.is_to_stop
    assert "Time was told to stop where it is." in operator.text


@pytest.mark.parametrize(
    ("name", "fields", "status"),
    [
        ("advance", {}, 400),
        ("advance", {"by": "tomorrow"}, 400),
        ("advance", {"by": "P99999D"}, 400),
        ("advance", {"until": "OrderEaten"}, 400),
        ("travel", {"to": ""}, 400),
        ("travel", {"to": "2025-01-01T00:00"}, 409),
        ("travel", {"to": "9999-12-31T00:00"}, 400),
        ("travel", {"to": "0001-01-01T00:00+14:00"}, 400),
        ("live", {"speed": "7"}, 400),
        ("stop", {}, 409),
        ("rewind", {}, 404),
    ],
)
def test_what_it_cannot_do_is_refused_and_time_stands(
    market: TestMarket, operator: Browser, name: str, fields: dict[str, str], status: int
) -> None:
    started = market.now

    moves(operator, name, **fields)

    assert operator.reply.status == status
    assert (market.now, market.market.clock.mode) == (started, Mode.FROZEN)


def test_an_odd_count_in_its_address_breaks_nothing(operator: Browser) -> None:
    assert operator.open("/console/clock?done=advance&happened=x").reply.status == 400
    assert operator.open("/console/clock?done=%00").reply.status == 200
