from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import Conflict, InvalidInput
from sellingpartner.market.time.stops import StopAt, Stopped
from sellingpartner.server.control.running.clock import duration
from sellingpartner.testing import Caller, TestMarket

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MONTH_TURNS = datetime(2026, 12, 1, tzinfo=UTC)
"""When the seller's plan is charged next: nothing comes before it where nothing has happened."""


def test_the_clock_is_shown_as_it_stands(operator: Caller) -> None:
    shown = v1.MarketClock(now=START, mode=v1.ClockMode.FROZEN, next_due_at=MONTH_TURNS)

    assert operator.send(v1.GetClock()) == shown


def test_time_advances_by_all_that_is_said_together(operator: Caller) -> None:
    after = operator.send(v1.AdvanceClock(by="P1DT2H", days=1, minutes=30))

    assert (after.now, after.happened) == (START + timedelta(days=2, hours=2, minutes=30), 0)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("P3D", timedelta(days=3)),
        ("P2W", timedelta(weeks=2)),
        ("PT90M", timedelta(minutes=90)),
        ("P1DT1H1M1.5S", timedelta(days=1, hours=1, minutes=1, seconds=1.5)),
        ("pt0,5h", timedelta(minutes=30)),
    ],
)
def test_durations_are_read_as_iso_8601_has_them(text: str, length: timedelta) -> None:
    assert duration(text) == length


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "3 days", "P1Y", "P1M", "-P1D", "P1DT", "PT1H2", "P99999999999D", f"P{'9' * 5000}D"]
)
def test_what_is_no_duration_is_refused(operator: Caller, text: str) -> None:
    with pytest.raises(InvalidInput):
        operator.send(v1.AdvanceClock(by=text))

    assert operator.send(v1.GetClock()).now == START


def test_time_advances_by_ten_years_at_most_and_never_back(operator: Caller) -> None:
    with pytest.raises(InvalidInput, match="at most 3660 days"):
        operator.send(v1.AdvanceClock(days=1e300))
    with pytest.raises(InvalidInput):
        operator.send(v1.AdvanceClock(days=-1))
    with pytest.raises(InvalidInput, match="never goes back"):
        operator.send(v1.FreezeClock(at=START - timedelta(seconds=1)))

    assert operator.send(v1.GetClock()).now == START


def test_the_clock_runs_and_is_frozen_at_a_later_moment(operator: Caller) -> None:
    running = operator.call("POST", "/market/v1/clock/live").json()
    christmas = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)

    frozen = operator.send(v1.FreezeClock(at=christmas))

    assert running["mode"] == "live"
    assert (frozen.now, frozen.mode) == (christmas, v1.ClockMode.FROZEN)
    assert frozen.next_due_at is not None
    assert frozen.next_due_at > christmas


def test_an_empty_body_freezes_the_clock_where_it_is(operator: Caller) -> None:
    reply = operator.call("POST", "/market/v1/clock/freeze")

    shown = {"now": "2026-11-02T09:00:00Z", "mode": "frozen", "nextDueAt": "2026-12-01T00:00:00Z"}
    assert (reply.status, reply.json()) == (200, shown)


@pytest.mark.parametrize("path", ["clock/freeze", "clock/live", "clock/advance", "orders"])
def test_what_needs_no_body_needs_no_type_and_a_body_without_one_is_told_which(operator: Caller, path: str) -> None:
    bare = operator.call("POST", f"/market/v1/{path}")
    empty = operator.call("POST", f"/market/v1/{path}", headers={"Content-Length": "0", "Content-Type": ""})
    untyped = operator.call("POST", "/market/v1/clock/freeze", body=b"{}")

    assert bare.status == empty.status == (201 if path == "orders" else 200)
    assert untyped.status == 415
    assert untyped.json()["errors"][0]["message"] == (
        "The body has no Content-Type; send the header Content-Type: application/json."
    )


def test_what_is_due_on_the_way_happens(market: TestMarket, operator: Caller) -> None:
    order_id = market.buys(paid=False, payment_delay=timedelta(minutes=20))

    before = operator.send(v1.GetClock())
    after = operator.send(v1.AdvanceClock(hours=1))

    assert before.next_due_at == START + timedelta(minutes=20)
    assert after.happened == 1
    assert operator.send(v1.CancelOrder(order_id=order_id, is_request=True)).status == "Unshipped"


def test_the_market_s_time_ends_before_the_calendar_s(market: TestMarket, operator: Caller) -> None:
    market.market.clock.move_to(datetime(8993, 1, 1, tzinfo=UTC))

    with pytest.raises(InvalidInput, match="ends with the year 8999"):
        operator.send(v1.AdvanceClock(by="P3650D"))
    with pytest.raises(InvalidInput, match="ends with the year 8999"):
        operator.send(v1.FreezeClock(at=datetime(9999, 12, 31, tzinfo=UTC)))


def test_an_advance_says_what_happened_and_one_that_is_not_there_cannot_be_stopped(
    market: TestMarket, operator: Caller
) -> None:
    market.buys(paid=False, payment_delay=timedelta(minutes=20))

    after = operator.send(v1.AdvanceClock(hours=1))

    assert [(one.kind, one.count) for one in after.kinds or ()] == [("PaymentClears", 1)]
    assert not after.is_stopped
    assert operator.send(v1.GetClock()).advancing_to is None
    with pytest.raises(Conflict, match="Nobody advances the clock"):
        operator.send(v1.StopClock())


def test_time_stops_at_what_it_is_to_stop_at_and_goes_on_from_there(market: TestMarket, operator: Caller) -> None:
    first = market.buys(paid=False, payment_delay=timedelta(minutes=20))
    second = market.buys(paid=False, payment_delay=timedelta(minutes=50))
    third = market.buys(paid=False, payment_delay=timedelta(minutes=50))

    stops = [
        operator.send(v1.AdvanceClock(until="order paid")),
        operator.send(v1.AdvanceClock(until="OrderPaid", order_id=second)),
        operator.send(v1.AdvanceClock(until="OrderPaid", by="P1D")),
    ]

    assert [one.stopped_by and (one.stopped_by.at - START, one.stopped_by.order_id) for one in stops] == [
        (timedelta(minutes=20), first),
        (timedelta(minutes=50), second),
        None,
    ]
    assert [(one.now - START, one.happened) for one in stops] == [
        (timedelta(minutes=20), 1),
        (timedelta(minutes=50), 2),  # what is due at that moment belongs to it
        (timedelta(days=1, minutes=50), 0),
    ]
    assert operator.send(v1.CancelOrder(order_id=third, is_request=True)).status == "Unshipped"


def test_what_a_call_does_meanwhile_stops_time_too(market: TestMarket) -> None:
    market.buys(paid=False, payment_delay=timedelta(minutes=20))
    market.market.way.begin(START, StopAt("OrderPlaced"))

    market.join("Second Shop")
    before = market.market.way.has_come
    order_id = market.buys()

    assert (before, market.market.way.has_come) == (False, True)
    assert market.market.way.end(market.now).stopped_by == Stopped("OrderPlaced", market.now, order_id)


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("OrderShiped", "Did you mean OrderShipped"),
        ("xyzzy", "past tense"),
        ("", "past tense"),
        ("x" * 999, "tense"),
        # What facts of one kind share has a name in the code, and never happens.
        ("PackageFact", "Did you mean"),
        ("inbound", "is called 'inbound'"),
    ],
)
def test_what_never_happens_cannot_be_waited_for(operator: Caller, said: str, hint: str) -> None:
    with pytest.raises(InvalidInput, match=hint):
        operator.send(v1.AdvanceClock(until=said))
    with pytest.raises(InvalidInput, match="say until"):
        operator.send(v1.AdvanceClock(order_id="902-1234567-1234567", days=1))

    assert operator.send(v1.GetClock()).now == START


def test_time_travels_to_a_moment_and_never_back(market: TestMarket, operator: Caller) -> None:
    market.buys(paid=False, payment_delay=timedelta(minutes=20))

    there = operator.send(v1.TravelClock(to=START + timedelta(hours=1)))

    assert (there.now, there.happened, there.mode) == (START + timedelta(hours=1), 1, v1.ClockMode.FROZEN)
    with pytest.raises(Conflict, match="never goes back"):
        operator.send(v1.TravelClock(to=START))
    with pytest.raises(InvalidInput, match="at most 3660 days"):
        operator.send(v1.TravelClock(to=START + timedelta(days=3661)))


def test_time_runs_as_fast_as_it_is_told_to(operator: Caller) -> None:
    fast = operator.send(v1.RunClock(speed=100_000))
    plain = operator.send(v1.RunClock())

    assert (fast.mode, fast.speed) == (v1.ClockMode.LIVE, 100_000)
    assert (plain.mode, plain.speed) == (v1.ClockMode.LIVE, None)
    for wrong in (0, -1, 100_001):
        with pytest.raises(InvalidInput, match="speed"):
            operator.send(v1.RunClock(speed=wrong))
