"""Each destination is a lane of its own: what one does holds up no other, and nothing is lost on it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread

import pytest
from post_office import ByHand

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.events.listings import MerchantQuantityChanged
from sellingpartner.market.notifications.commands import (
    Disturbance,
    Wanted,
    create_webhook,
    disturb,
    retry,
    subscribe,
)
from sellingpartner.market.notifications.deliveries import GIVEN_UP_AFTER, KEPT
from sellingpartner.market.notifications.model import Delivery, Lane, State
from sellingpartner.market.notifications.questions import all_deliveries, lane_of, lanes_with_work
from sellingpartner.server.process.carriers.outcome import NotSent
from sellingpartner.server.process.carriers.post import post_to
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import TestMarket

PATIENCE_SECONDS = 30


def webhook(market: TestMarket, url: str, notification_type: str) -> str:
    """A webhook that is told one type of thing; returns its lane."""
    with market.market.write(market.seller.seller_id) as unit:
        made, _ = create_webhook(unit, market.application.application_id, "hook", url)
        wanted = Wanted(notification_type=notification_type, payload_version="1.0", destination_id=made.destination_id)
        subscribe(unit, market.application.application_id, wanted)
    return made.destination_id


def deliveries(market: TestMarket) -> list[Delivery]:
    """The oldest first."""
    with market.market.read() as unit:
        return list(reversed(all_deliveries(unit, limit=10_000)))


class _Takes(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
        self.server.came.set()  # type: ignore[attr-defined]

    def log_message(self, *_: object) -> None: ...


@contextmanager
def taking() -> Iterator[tuple[str, Event]]:
    """Who takes everything: the URL, and what is set when something came."""
    server = HTTPServer(("127.0.0.1", 0), _Takes)
    server.came = Event()  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", server.came  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_destination_that_hangs_holds_nobody_up(market: TestMarket) -> None:
    """It takes the connection, reads what comes, and never answers; the other one is told meanwhile."""
    hanging = socket.create_server(("127.0.0.1", 0))
    reached, let_go = Event(), Event()

    def hang() -> None:
        connection, _ = hanging.accept()
        connection.recv(65536)
        reached.set()
        let_go.wait(PATIENCE_SECONDS)
        connection.close()

    Thread(target=hang, daemon=True).start()
    courier = Courier(market.market, post_to(may_reach_own_network=True))
    with taking() as (url, came):
        slow = webhook(market, f"http://127.0.0.1:{hanging.getsockname()[1]}/", "FBA_INVENTORY_AVAILABILITY_CHANGES")
        courier.start()
        market.buys("LAMP-OAK")
        assert reached.wait(PATIENCE_SECONDS)

        webhook(market, url, "LISTINGS_ITEM_MFN_QUANTITY_CHANGE")
        with market.market.write(market.seller.seller_id) as unit:
            unit.emit(MerchantQuantityChanged(sku="MUG-BLUE", fulfillment_channel_code="DEFAULT", quantity=3))
        assert came.wait(PATIENCE_SECONDS)

        assert [one.state for one in deliveries(market) if one.lane == slow] == [State.WAITING]
        let_go.set()
        courier.stop()
    hanging.close()
    waiting = next(one for one in deliveries(market) if one.lane == slow)
    assert (waiting.state, waiting.failure[:28]) == (State.WAITING, "The webhook was not reached:")


class Door:
    """A destination that can be shut."""

    def __init__(self, market: TestMarket) -> None:
        self.is_shut = False
        self.came: list[str] = []
        self.tried = 0
        self.courier = Courier(market.market, ByHand(self._take))

    def _take(self, _address: str, body: str) -> None:
        self.tried += 1
        if self.is_shut:
            raise NotSent("The door is shut.")
        self.came.append(body)


@pytest.fixture
def door(market: TestMarket) -> Door:
    market.subscribe("FBA_INVENTORY_AVAILABILITY_CHANGES")
    return Door(market)


def test_what_waits_at_a_shut_door_waits_together_and_nothing_is_lost(market: TestMarket, door: Door) -> None:
    door.is_shut = True
    for _ in range(25):
        market.buys("LAMP-OAK")
    for _ in range(3 * 24):
        door.courier.deliver()
        market.advance(hours=1)
    assert door.tried < 3 * 24 + 12  # one attempt at a time, whatever waits

    door.is_shut = False
    door.courier.deliver()

    told = deliveries(market)
    assert {one.state for one in told} == {State.SENT}
    assert len(door.came) == len(set(door.came)) == len(told) >= 25


def test_what_could_not_be_sent_for_two_weeks_is_dead_until_somebody_has_it_tried_again(
    market: TestMarket, door: Door
) -> None:
    door.is_shut = True
    market.buys("LAMP-OAK", paid=False)
    door.courier.deliver()
    market.advance(hours=GIVEN_UP_AFTER.total_seconds() / 3600)
    door.courier.deliver()
    dead = deliveries(market)[0]
    assert (dead.state, dead.next_at, dead.failure) == (State.DEAD, None, "The door is shut.")
    market.advance(days=30)
    door.is_shut = False
    door.courier.deliver()
    assert door.came.count(dead.body) == 0

    with market.market.write() as unit:
        assert retry(unit, dead.delivery_id).state is State.WAITING
        with pytest.raises(NotFound):
            retry(unit, 4711)
    door.courier.deliver()

    assert door.came.count(dead.body) == 1
    assert deliveries(market)[0].state is State.SENT


def test_only_the_latest_of_what_arrived_are_kept(
    market: TestMarket, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sellingpartner.market.notifications.deliveries.KEPT", 5)
    assert KEPT >= 1000
    for _ in range(9):
        market.buys("LAMP-OAK", paid=False)
    door.courier.deliver()

    kept = deliveries(market)

    assert len(kept) == 5
    assert [one.body for one in kept] == door.came[-5:]


def test_messages_come_twice_and_in_disorder_on_demand(market: TestMarket, door: Door) -> None:
    with market.market.write() as unit:
        disturb(unit, Disturbance(duplicate_percent=100, is_shuffled=True))
    for _ in range(4):
        market.buys("LAMP-OAK", paid=False)
    written = [one.body for one in deliveries(market)]
    assert door.courier.deliver() == 4
    assert sorted(door.came) == sorted(written * 2)
    assert door.came != [body for body in written for _ in range(2)]

    with market.market.write() as unit:
        disturb(unit, Disturbance())
    door.came.clear()
    market.buys("LAMP-OAK", paid=False)
    door.courier.deliver()
    assert len(door.came) == 1


def test_a_market_that_sends_nothing_keeps_what_it_would_have_sent(market: TestMarket) -> None:
    market.subscribe("ORDER_CHANGE")
    order_id = market.buys()

    assert Courier(market.market, post_to("none")).deliver() == 0

    assert {one.state for one in deliveries(market)} == {State.KEPT}
    assert {one.payload.amazon_order_id for one in market.notifications("ORDER_CHANGE")} == {order_id}
    with market.market.read() as unit:
        assert lanes_with_work(unit) == []


def test_a_queue_whose_policy_refuses_is_reported_as_such(market: TestMarket) -> None:
    subscription = market.subscribe("ORDER_CHANGE")

    class Refusing(ByHand):
        def look(self, lane: Lane) -> None:
            assert lane.lane == subscription.destination_id
            raise NotSent("SQS did not take it: AccessDenied (403)")

    assert Courier(market.market, Refusing(lambda *_: None)).deliver() == 0

    with market.market.read() as unit:
        lane = lane_of(unit, subscription.destination_id)
    assert lane is not None
    assert (lane.failure, lane.checked_at) == ("SQS did not take it: AccessDenied (403)", market.now)
    market.buys()
    assert Courier(market.market, Refusing(lambda *_: None)).deliver() == 2  # what is sent is tried all the same
    with market.market.read() as unit:
        lane = lane_of(unit, subscription.destination_id)
    assert lane is not None
    assert (lane.failure, lane.arrived_at) == ("", market.now)


@pytest.mark.parametrize(
    ("fault", "came", "struck"),
    [
        ("notification lost", [], 4),
        ("notification lost nth=2,3", [0, 3], 2),
        ("notification duplicated", [0, 0, 1, 1, 2, 2, 3, 3], 4),
        ("notification duplicated every=4", [0, 1, 2, 3, 3], 1),
        ("notification delayed nth=1", [1, 2, 3], 1),
        ("notification lost notification_type=ANY_OFFER_CHANGED", [0, 1, 2, 3], 0),
        ("notification lost times=1", [1, 2, 3], 1),
    ],
)
def test_messages_meet_faults_when_they_leave(
    market: TestMarket, door: Door, fault: str, came: list[int], struck: int
) -> None:
    rule = market.faults.add(fault)
    for _ in range(4):
        market.buys("LAMP-OAK", paid=False)
    written = [one.body for one in deliveries(market)]

    door.courier.deliver()

    assert door.came == [written[place] for place in came]
    assert market.faults.counts()[rule.rule_id].struck == struck


def test_messages_leave_in_another_order_by_a_fault(market: TestMarket, door: Door) -> None:
    market.faults.add("notification reordered")
    for _ in range(4):
        market.buys("LAMP-OAK", paid=False)
    written = [one.body for one in deliveries(market)]

    door.courier.deliver()

    assert sorted(door.came) == sorted(written)
    assert door.came != written


def test_a_message_that_was_delayed_arrives_later_and_one_that_was_lost_never(market: TestMarket, door: Door) -> None:
    market.faults.add_all(("notification delayed seconds=600 nth=1", "notification lost nth=1"))
    for _ in range(2):
        market.buys("LAMP-OAK", paid=False)

    door.courier.deliver()
    assert door.came == []
    late, gone = deliveries(market)
    assert (late.state, late.failure) == (State.WAITING, "delayed by a fault: 1 notification")
    assert (gone.state, gone.failure) == (State.SENT, "lost by a fault: 2 notification")

    market.advance(minutes=10)
    door.courier.deliver()
    assert door.came == [late.body]
