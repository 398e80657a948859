"""The seller's day, killed anywhere: the market, the program that ships, or both."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event
from typing import Any, Self, TextIO

import boto3
import pytest
from killed_servers import ON_HAND, PATIENCE_SECONDS, SKUS, Served, check_whole, orders_in
from nursery import own_environ, python

from sellingpartner.client.notifications import Queue
from sellingpartner.contract import notifications_v1 as v1
from sellingpartner.contract.notifications.order_change import OrderChangeNotification
from sellingpartner.market.events.messaging import MessageSent
from sellingpartner.market.events.orders import PackageShipped
from sellingpartner.market.events.shipping import LabelBought
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.market import Market
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.server.process.carriers.post import post_to
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import TestMarket

EVERY_CHANGE = v1.ProcessingDirective(event_filter=v1.EventFilter(event_filter_type=v1.EventFilterType.ORDER_CHANGE))
PACKER = "import runpy; runpy.run_module('packer', run_name='__main__')"


@pytest.fixture
def sqs(moto_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - boto3 has no types
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    return boto3.client("sqs", endpoint_url=moto_url, region_name="us-east-1")


def subscribed(market: TestMarket, sqs: Any) -> str:  # noqa: ANN401
    url: str = sqs.create_queue(QueueName="killed")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    resource = v1.DestinationResourceSpecification(sqs=v1.SqsResource(arn=arn))
    made = market.seller.send(v1.CreateDestination(resource_specification=resource, name="Harbor"))
    market.seller.send(
        v1.CreateSubscription(
            notification_type="ORDER_CHANGE",
            payload_version="1.0",
            destination_id=made.payload.destination_id,
            processing_directive=EVERY_CHANGE,
        )
    )
    return url


class Seller:
    """The seller's program in a process of its own, and what it says."""

    def __init__(self, folder: Path, *more: str) -> None:
        said, self._complained = folder / "seller.said", folder / "seller.complained"
        said.unlink(missing_ok=True)
        os.mkfifo(said)
        self.process = python(PACKER, str(folder), *more, out=said, err=self._complained, environ=own_environ())
        self.says: TextIO = said.open()

    def last_words(self) -> str:
        """What it complained of, when it has ended."""
        with suppress(ValueError):  # it was closed before
            self.says.read()
        self.says.close()
        self.process.wait(4 * PATIENCE_SECONDS)
        return self._complained.read_text() if self._complained.exists() else ""


class Everything:
    """A market and a seller's program beside it, in processes of their own, of which any may die."""

    def __init__(self, folder: Path, *serve: str) -> None:
        self._folder = folder
        self._serve = serve
        self._server: Served | None = None
        self._sellers: list[Seller] = []

    def server(self) -> Served:
        """The market's server: the one that runs, or another."""
        if self._server is None or self._server.process.poll() is not None:
            self._server = Served(self._folder, *self._serve)
        return self._server

    def seller(self, *more: str) -> Seller:
        """The seller's program, at work."""
        url = f"http://127.0.0.1:{self.server().port}"
        self._sellers.append(Seller(self._folder, url, *more))
        return self._sellers[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for seller in self._sellers:
            seller.process.kill()
            seller.last_words()
        if self._server is not None:
            self._server.kill()


@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=pytest.mark.soak)])
def test_of_a_day_that_is_killed_anywhere_nothing_is_lost_and_nothing_ships_twice(
    tmp_path: Path,
    moto_url: str,
    sqs: Any,  # noqa: ANN401
    kills: int,
) -> None:
    luck, database_url = Random(29), f"sqlite:///{tmp_path / 'market.db'}"
    market = TestMarket(database_url)
    with market.market.write(market.seller_account.seller_id) as unit:
        for sku in SKUS:
            adjust(unit, sku, Place.SELLER, on_hand=ON_HAND, reference="count")
    queue_url = subscribed(market, sqs)
    with Everything(tmp_path, database_url, "--queues", moto_url) as day:
        for _ in range(kills):
            server, seller = day.server(), day.seller()
            for _ in range(luck.randint(1, 24)):  # words that it says; then it is in the middle of what comes next
                assert seller.says.readline(), seller.last_words()
            Event().wait(luck.uniform(0, 0.03))
            server.kill() if luck.random() < 0.6 else seller.process.kill()
            said = seller.last_words()
            assert seller.process.wait() <= 0, said
        day.server()
        last = day.seller("end")
        said = last.last_words()

    assert last.process.wait() == 0, said
    orders = orders_in(market)
    placed = (tmp_path / "placed.txt").read_text().split()
    assert len(placed) >= kills
    assert set(placed) <= orders.keys()
    assert {order.status for order in orders.values()} == {OrderStatus.SHIPPED}
    assert Counter(fact.order_id for fact in market.facts(PackageShipped)) == Counter(orders.keys())
    assert Counter(fact.order_id for fact in market.facts(LabelBought)) == Counter(orders.keys())
    assert max(Counter(fact.order_id for fact in market.facts(MessageSent)).values()) == 1
    check_whole(market)
    later = Market.open(database_url)
    later.advance(timedelta(hours=1))  # what failed before is tried again by then
    Courier(later, post_to(moto_url)).deliver()
    later.close()
    told: dict[str, set[str]] = {order_id: set() for order_id in orders}
    Queue(queue_url, client=sqs, wait_seconds=0).handle(lambda one: _note(told, one.payload), until_empty=True)
    assert all({"Unshipped", "Shipped"} <= statuses for statuses in told.values()), told
    market.close()


def _note(told: dict[str, set[str]], payload: object) -> None:
    assert isinstance(payload, OrderChangeNotification)
    told[payload.amazon_order_id].add(payload.summary.order_status)
