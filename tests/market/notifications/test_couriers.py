"""Several couriers on one database: each message arrives once."""

from __future__ import annotations

from collections import Counter
from threading import Barrier, Lock, Thread

from post_office import ByHand

from sellingpartner.market.market import Market
from sellingpartner.market.notifications.commands import register_queue, rotate_secret_by_queue
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import TestMarket

QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/harbor-secrets"
COURIERS = 4
MESSAGES = 30


def test_two_couriers_never_carry_the_same_message(database_url: str) -> None:
    market = TestMarket(database_url)
    for _ in range(MESSAGES):
        with market.market.write() as unit:
            register_queue(unit, market.application.application_id, QUEUE)
            rotate_secret_by_queue(unit, market.application.application_id)
    arrived: Counter[str] = Counter()
    lock, together = Lock(), Barrier(COURIERS)

    def take(_address: str, body: str) -> None:
        with lock:
            arrived[body] += 1

    def carry() -> None:
        mine = Market.open(database_url)
        together.wait(timeout=30)
        Courier(mine, ByHand(take)).deliver()
        mine.close()

    threads = [Thread(target=carry) for _ in range(COURIERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert len(arrived) == MESSAGES
    assert set(arrived.values()) == {1}
    market.close()
