"""Units on their way into Amazon's network, through it and out of it, while the server is killed again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

import pytest
from busy_distributor import BusyDistributor
from forwarder import Forwarder
from killed_servers import PATIENCE_SECONDS, Served
from outside_shop import leave
from sqlalchemy import select
from stock_taker import faults_of_shipments, faults_of_stock
from travelers import KINDS, SENT, Traveler

from sellingpartner.contract.operation import Request
from sellingpartner.market.events.distribution import AwdInboundConfirmed, AwdShipmentClosed, ReplenishmentArrived
from sellingpartner.market.events.inbound import (
    InboundClosed,
    InboundShipped,
    InboundTransportConfirmed,
    PlacementConfirmed,
)
from sellingpartner.market.events.outbound import FulfillmentOrderReceived, FulfillmentShipped
from sellingpartner.market.events.removals import RemovalCanceled, RemovalCompleted, RemovalRequested
from sellingpartner.market.inbound.lifecycle import OperationStatus
from sellingpartner.market.inbound.tables import inbound_operations
from sellingpartner.market.market import Market
from sellingpartner.market.outbound.lifecycle import OPEN
from sellingpartner.market.outbound.questions import page_of_fulfillments
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket

_ONCE = "confirm"


@pytest.mark.parametrize("kills", [3, pytest.param(50, marks=pytest.mark.soak)])
def test_units_are_where_they_were_said_to_be_and_nothing_is_done_twice(
    database_url: str, tmp_path: Path, kills: int
) -> None:
    luck = Random(13)
    market = TestMarket(database_url)
    for sku in SENT:
        Forwarder(market).sells(sku)
    leave(market, 100_000)
    answered: dict[type[Traveler], list[str]] = {}
    unanswered: dict[int, Request[Any] | None] = {}

    for round_ in range(kills):
        server = Served(tmp_path, database_url)
        travelers = [
            kind(server.port, tmp_path, round_ * 10 + place, unanswered.get(place)) for place, kind in enumerate(KINDS)
        ]
        for traveler in travelers:
            traveler.start()
        Event().wait(luck.uniform(0.5, 3))
        server.kill()
        for place, traveler in enumerate(travelers):
            traveler.join(PATIENCE_SECONDS)
            assert traveler.refused == []
            answered.setdefault(type(traveler), []).extend(traveler.answered)
            unanswered[place] = traveler.unanswered

    check(market)
    later = Market.open(
        database_url
    )  # whose time is that of the servers, not of the market that was opened before them
    later.advance(timedelta(days=120))
    assert later.failures() == []
    later.close()
    check(market)
    operations, orders, stored = answered.values()
    with market.market.read(market.seller.seller_id) as unit:
        check_operations(unit, operations)
        found = {one.fulfillment_order_id: one for one in page_of_fulfillments(unit, None, None, 100_000).orders}
    assert set(orders) <= found.keys()
    assert not [one.status for one in found.values() if one.status in OPEN]
    assert Counter(fact.fulfillment_order_id for fact in market.facts(FulfillmentOrderReceived)) == Counter([*found])
    assert set(stored) <= {fact.order_id for fact in market.facts(AwdInboundConfirmed)}
    ended = [fact.removal_id for fact in market.facts(RemovalCompleted)]
    ended += [fact.removal_id for fact in market.facts(RemovalCanceled)]
    assert Counter(ended) == Counter(fact.removal_id for fact in market.facts(RemovalRequested))
    assert BusyDistributor(market, 0).faults() == []
    market.close()


def check(market: TestMarket) -> None:
    """Nothing is there by half or twice."""
    with market.market.read(market.seller.seller_id) as unit:
        assert faults_of_stock(unit) == []
        assert faults_of_shipments(unit) == []
    happened: list[Iterable[str]] = [
        (fact.plan_id for fact in market.facts(PlacementConfirmed)),
        (fact.shipment_id for fact in market.facts(InboundTransportConfirmed)),
        (fact.shipment_id for fact in market.facts(InboundShipped)),
        (fact.shipment_id for fact in market.facts(InboundClosed)),
        (fact.shipment_id for fact in market.facts(FulfillmentShipped)),
        (fact.shipment_id for fact in market.facts(AwdShipmentClosed)),
        (fact.shipment_id for fact in market.facts(ReplenishmentArrived)),
    ]
    for ids in happened:
        assert max(Counter(ids).values(), default=1) == 1


def check_operations(unit: UnitOfWork, answered: list[str]) -> None:
    """What was answered is there, has ended, and of what a plan can do once there is one that went well."""
    at = inbound_operations.c
    rows = unit.execute(select(at.operation_id, at.plan_id, at.kind, at.status)).all()
    assert set(answered) <= {row.operation_id for row in rows}
    assert {row.status for row in rows} <= {OperationStatus.SUCCESS, OperationStatus.FAILED}
    once = Counter(
        (row.plan_id, row.kind) for row in rows if row.status == OperationStatus.SUCCESS and row.kind.startswith(_ONCE)
    )
    assert max(once.values()) == 1
