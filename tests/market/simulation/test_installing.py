"""Buyers of a simulated shop who want things put together at home."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellingpartner.market.appointments.lifecycle import JobStatus
from sellingpartner.market.appointments.questions import JobFilter, page_of_jobs
from sellingpartner.market.events.appointments import AppointmentSet, JobOffered
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.simulation import installing
from sellingpartner.market.simulation.installing import SKU, bring_services, may_want_service
from sellingpartner.market.simulation.shops import Shop
from sellingpartner.testing import TestMarket
from sellingpartner.testing.saying import US


@pytest.fixture
def shop(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A shop of which every buyer wants the service, and books without being asked."""
    monkeypatch.setattr(installing, "_ONE_OF", 1)
    monkeypatch.setattr(installing, "_BOOKS", 1)
    seller_id = market.seller.seller_id
    made = Shop(seller_id=seller_id, size=1, marketplaces={US: 1.0}, orders_per_day=1, goods="")
    with market.market.write(seller_id) as unit:
        bring_services(unit, made, "Harbor")
    return made


def wants(market: TestMarket, *, staffed: bool) -> str:
    order_id = market.buys("LAMP-OAK")
    with market.market.write(market.seller.seller_id) as unit:
        until = unit.now + timedelta(days=90) if staffed else None
        may_want_service(unit, order_of(unit, order_id), until=until)
    return order_id


def statuses(market: TestMarket) -> list[JobStatus]:
    with market.market.read(market.seller.seller_id) as unit:
        return [one.status for one in page_of_jobs(unit, JobFilter(marketplace_id=US), 100).jobs]


def test_the_staff_of_the_past_sees_to_jobs_until_they_are_done(market: TestMarket, shop: Shop) -> None:
    goods = wants(market, staffed=True)
    assert statuses(market) == [JobStatus.PENDING_SCHEDULE]
    market.advance(days=2)
    assert statuses(market) == [JobStatus.NOT_SERVICED]
    market.advance(days=14)

    assert (statuses(market), shop.seller_id) == ([JobStatus.COMPLETED], market.seller.seller_id)
    with market.market.read(market.seller.seller_id) as unit:
        (job,) = page_of_jobs(unit, JobFilter(marketplace_id=US), 100).jobs
        sold = order_of(unit, job.order_id)
    assert (job.product_order_ids, sold.items[0].sku, sold.quantity_unshipped) == ((goods,), SKU, 0)
    assert market.market.failures() == []


def test_buyers_who_wait_book_move_and_call_off(
    market: TestMarket, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "_CHANGES", 1)
    for _ in range(8):
        wants(market, staffed=False)
    market.advance(days=3)

    assert len(market.facts(JobOffered)) == 8
    assert [one.said_by for one in market.facts(AppointmentSet)] == ["BUYER"] * 8
    assert set(statuses(market)) == {JobStatus.NOT_SERVICED, JobStatus.CANCELED}
    assert market.market.failures() == []
    assert shop.seller_id == market.seller.seller_id
