"""Parcels on the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shipper import buys_label, items_of, parcel
from sqlalchemy import select

from sellingpartner.contract.orders_2026_01_01 import GetOrder, IncludedData
from sellingpartner.market.events.orders import PackageDelivered
from sellingpartner.market.events.shipping import LabelBought, ParcelLost, ParcelMoved, ParcelReturned
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import PARCEL, ParcelStatus
from sellingpartner.market.shipping.parcels.tracking import ParcelArrives
from sellingpartner.market.shipping.questions import parcels_of_order
from sellingpartner.market.shipping.refusals import CannotMove
from sellingpartner.market.time.schedule import later, schedule
from sellingpartner.testing import TestMarket


@pytest.fixture
def parcel_id(market: TestMarket) -> str:
    """A parcel whose label was just made."""
    order_id = market.buys()
    market.advance(minutes=1)
    return buys_label(market, parcel(order_id, items_of(market.seller, order_id))).shipment_id


def moved(market: TestMarket, parcel_id: str, status: ParcelStatus) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        move(unit, parcel_id, status)


def statuses(market: TestMarket) -> list[str]:
    return [fact.status for fact in market.facts(ParcelMoved)]


def test_what_amazon_ships_is_a_parcel_that_arrives_by_one_mechanism(market: TestMarket) -> None:
    order_id = market.buys("LAMP-OAK")
    market.advance(days=20)

    with market.market.read(market.seller_account.seller_id) as unit:
        (found,) = parcels_of_order(unit, order_id)
    assert found.status is ParcelStatus.DELIVERED
    assert found.tracking_id is not None
    assert found.tracking_id.startswith("TBA")
    assert len(market.facts(PackageDelivered)) == 1
    with market.market.read() as unit:
        kinds = {row.kind for row in unit.execute(select(schedule.c.kind))}
    # What recurs and the settlement's reports; nothing of the parcel is left.
    assert kinds == {"PeriodEnds", "SubscriptionIsCharged", "DocumentsExpire", "ReportIsForgotten"}


@pytest.mark.parametrize("start", [ParcelStatus.LABEL_CREATED, ParcelStatus.IN_TRANSIT])
def test_a_parcel_can_be_delivered_by_hand_and_then_stays_delivered(
    market: TestMarket, parcel_id: str, start: ParcelStatus
) -> None:
    if start is not ParcelStatus.LABEL_CREATED:
        moved(market, parcel_id, start)

    moved(market, parcel_id, ParcelStatus.DELIVERED)
    market.advance(days=30)

    assert statuses(market)[-1] == "Delivered"
    assert len(market.facts(PackageDelivered)) == 1


def test_a_lost_parcel_never_arrives(market: TestMarket, parcel_id: str) -> None:
    moved(market, parcel_id, ParcelStatus.LOST)
    market.advance(days=30)

    assert statuses(market) == ["Accepted", "Lost"]
    assert len(market.facts(ParcelLost)) == 1
    assert market.facts(PackageDelivered) == []


def test_a_parcel_that_comes_back_turns_round_first(market: TestMarket, parcel_id: str) -> None:
    moved(market, parcel_id, ParcelStatus.RETURNED)
    market.advance(days=30)

    assert statuses(market) == ["Accepted", "Returning", "Returned"]
    assert len(market.facts(ParcelReturned)) == 1
    assert market.facts(PackageDelivered) == []


def test_a_parcel_moved_by_hand_goes_on_by_itself(market: TestMarket, parcel_id: str) -> None:
    moved(market, parcel_id, ParcelStatus.OUT_FOR_DELIVERY)
    market.advance(days=30)

    assert statuses(market) == ["Accepted", "OutForDelivery", "Delivered"]


def test_a_parcel_at_its_end_goes_nowhere(market: TestMarket, parcel_id: str) -> None:
    moved(market, parcel_id, ParcelStatus.DELIVERED)

    with pytest.raises(CannotMove, match="that is where it stays"):
        moved(market, parcel_id, ParcelStatus.LOST)

    assert market.facts(ParcelLost) == []


def test_an_orders_package_is_where_its_parcel_is(market: TestMarket, parcel_id: str) -> None:
    def told() -> tuple[str, str | None]:
        order_id = market.facts(LabelBought)[0].order_id or ""
        asked = GetOrder(order_id=order_id, included_data=[IncludedData.PACKAGES])
        package = (market.seller.send(asked).order.packages or [])[0]
        assert package.package_status is not None
        return package.package_status.status, package.package_status.detailed_status

    assert told() == ("PENDING", "LabelCreated")
    moved(market, parcel_id, ParcelStatus.OUT_FOR_DELIVERY)
    assert told() == ("IN_TRANSIT", "OutForDelivery")
    moved(market, parcel_id, ParcelStatus.LOST)
    assert told() == ("UNDELIVERABLE", "Lost")


def test_every_way_through_the_table_ends(market: TestMarket) -> None:
    ends = {status for status, possible in PARCEL.items() if not possible}

    assert ends == {ParcelStatus.DELIVERED, ParcelStatus.LOST, ParcelStatus.RETURNED, ParcelStatus.CANCELED}
    for status in ParcelStatus:
        seen, ahead = {status}, {status}
        while ahead:
            ahead = {one for here in ahead for one in PARCEL[here]} - seen
            seen |= ahead
        assert seen & ends, status


def test_few_parcels_are_lost_and_few_come_back(market: TestMarket) -> None:
    for _ in range(100):
        market.buys("LAMP-OAK")
    market.advance(days=60)

    ends = statuses(market)
    assert ends.count("Delivered") >= 95
    assert ends.count("Delivered") + len(market.facts(ParcelLost)) + len(market.facts(ParcelReturned)) == 100


def test_a_package_that_was_under_way_before_parcels_were_tracked_arrives(market: TestMarket) -> None:
    order_id = market.buys("LAMP-OAK")
    market.advance(days=1)
    with market.market.write(market.seller_account.seller_id) as unit:
        later(unit, ParcelArrives(order_id=order_id, package_reference="1"), at=unit.now + timedelta(minutes=5))
    market.advance(minutes=10)

    assert len(market.facts(PackageDelivered)) == 1
    market.advance(days=20)
    assert len(market.facts(PackageDelivered)) == 1
