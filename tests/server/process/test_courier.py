from __future__ import annotations

from threading import Event

import pytest
from post_office import ByHand
from set_back import SetBack
from structlog.testing import capture_logs

from sellingpartner.market.notifications import commands
from sellingpartner.market.notifications.commands import register_queue, rotate_secret_by_queue
from sellingpartner.market.notifications.questions import deliveries_of
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import TestMarket

QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/harbor-secrets"
OTHER = "https://sqs.us-east-1.amazonaws.com/123456789012/others"
PATIENCE_SECONDS = 30


def rotate(market: TestMarket, queue: str = QUEUE) -> None:
    with market.market.write() as unit:
        register_queue(unit, market.application.application_id, queue)
        rotate_secret_by_queue(unit, market.application.application_id)


def test_what_is_written_while_the_market_is_served_is_sent(market: TestMarket) -> None:
    arrived: list[str] = []
    first, second = Event(), Event()

    def take(_address: str, body: str) -> None:
        arrived.append(body)
        (first if len(arrived) == 1 else second).set()

    courier = Courier(market.market, ByHand(take))
    rotate(market)
    courier.start()
    assert first.wait(PATIENCE_SECONDS)
    rotate(market)
    assert second.wait(PATIENCE_SECONDS)
    courier.stop()

    assert len(set(arrived)) == 2


def test_a_defect_in_one_message_holds_up_no_other_and_is_logged_without_the_secret(market: TestMarket) -> None:
    arrived: list[str] = []

    def take(address: str, body: str) -> None:
        if address == QUEUE:
            raise RuntimeError(body)
        arrived.append(address)

    rotate(market)
    rotate(market, OTHER)
    with capture_logs() as logs:
        assert Courier(market.market, ByHand(take)).deliver() == 1

    assert arrived == [OTHER]
    with market.market.read() as unit:
        failures = [each.failure for each in deliveries_of(unit, market.application.application_id)]
    assert failures == ["", "The market failed on it: RuntimeError; its log has the reason."]
    assert "notifications could not be sent by a defect" in [line["event"] for line in logs]
    assert "oa2-cs" not in repr(logs)


def test_a_database_that_is_gone_for_a_moment_ends_no_courier(market: TestMarket) -> None:
    looked = Event()
    courier = Courier(market.market, ByHand(lambda _address, _body: looked.set()))
    with market.market.write() as unit:
        unit.connection.exec_driver_sql("ALTER TABLE deliveries RENAME TO hidden")
    courier.start()
    with market.market.write() as unit:
        unit.connection.exec_driver_sql("ALTER TABLE hidden RENAME TO deliveries")
    rotate(market)

    assert looked.wait(PATIENCE_SECONDS)
    courier.stop()


@pytest.mark.parametrize("note", ["claim", "sent", "forget_old", "lane_checked"])
def test_what_the_database_set_back_is_noted_again_and_nothing_is_sent_twice(
    market: TestMarket, monkeypatch: pytest.MonkeyPatch, note: str
) -> None:
    arrived: list[str] = []
    noting = SetBack(getattr(commands, note))
    monkeypatch.setattr(commands, note, noting)
    rotate(market)

    courier = Courier(market.market, ByHand(lambda _address, body: arrived.append(body)))

    assert courier.deliver() == 1
    assert courier.deliver() == 0
    assert noting.tries >= 2
    assert len(arrived) == 1
