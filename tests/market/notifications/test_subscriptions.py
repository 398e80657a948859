"""Who is told what: filters, periods, grants that end, and sellers who have nothing to do with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellingpartner.client.notifications import Notification
from sellingpartner.contract.notifications_v1 import (
    AggregationSettings,
    AggregationTimePeriod,
    EventFilter,
    ProcessingDirective,
    TrackingIdentifier,
)
from sellingpartner.contract.notifications_v1 import EventFilterType as Kind
from sellingpartner.contract.notifications_v1 import OrderChangeTypeEnum as Change
from sellingpartner.contract.notifications_v1 import TrackingIdentifierCarrierTracking as CarrierTracking
from sellingpartner.contract.scopes import NOTIFICATIONS, SCOPES
from sellingpartner.market.accounts.grants import give_grant, narrow_application, revoke_application
from sellingpartner.market.amounts import Money
from sellingpartner.market.notifications.filters import Facets, lets_through
from sellingpartner.market.notifications.model import State, Subscription
from sellingpartner.market.notifications.questions import all_deliveries, all_subscriptions
from sellingpartner.market.notifications.subscriptions import Wanted, subscribe, unsubscribe, wanting
from sellingpartner.market.notifications.tables import aggregates
from sellingpartner.market.offers.commands import reprice
from sellingpartner.market.orders.commands import request_cancellation
from sellingpartner.testing import TestMarket
from sellingpartner.testing.mailbox import subscribe_to
from sellingpartner.testing.world import START, US

MINUTE = timedelta(minutes=1)


def ask_to_cancel(market: TestMarket) -> None:
    order_id = market.buys()
    with market.market.write(market.seller.seller_id) as unit:
        request_cancellation(unit, order_id, reason="Too late")


def kinds(found: list[Notification[object]]) -> set[str]:
    return {one.payload.order_change_type.value for one in found}  # type: ignore[attr-defined]


def test_without_a_subscription_nothing_is_written(market: TestMarket) -> None:
    market.buys("LAMP-OAK")
    market.competes(1400)

    assert market.notifications() == []


def test_order_changes_are_told_of_by_their_kind(market: TestMarket) -> None:
    wanted = EventFilter(event_filter_type=Kind.ORDER_CHANGE, order_change_types=[Change.BUYER_REQUESTED_CHANGE])
    market.subscribe("ORDER_CHANGE", event_filter=wanted)

    ask_to_cancel(market)

    assert kinds(market.notifications()) == {"BuyerRequestedChange"}


def test_an_empty_list_lets_everything_through(market: TestMarket) -> None:
    wanted = EventFilter(event_filter_type=Kind.ORDER_CHANGE, order_change_types=[])
    market.subscribe("ORDER_CHANGE", event_filter=wanted)

    ask_to_cancel(market)

    assert kinds(market.notifications()) == {"BuyerRequestedChange", "OrderStatusChange"}


def test_offers_are_told_of_by_their_marketplace(market: TestMarket) -> None:
    wanted = EventFilter(event_filter_type=Kind.ANY_OFFER_CHANGED, marketplace_ids=["A1AM78C64UM0Y8"])
    market.subscribe("ANY_OFFER_CHANGED", event_filter=wanted)

    market.competes(1400)

    assert market.notifications() == []


@pytest.mark.parametrize(
    ("wanted", "is_told"),
    [
        (None, True),
        (TrackingIdentifier(carrier_tracking=CarrierTracking(tracking_number="1Z9")), True),
        (TrackingIdentifier(carrier_tracking=CarrierTracking(tracking_number="1Z9", carrier_code="UPS")), True),
        (TrackingIdentifier(carrier_tracking=CarrierTracking(tracking_number="1Z9", carrier_code="USPS")), False),
        (TrackingIdentifier(carrier_tracking=CarrierTracking(tracking_number="1Z8")), False),
        (TrackingIdentifier(aftn="1Z9"), False),
    ],
)
def test_a_parcel_is_told_of_to_who_tracks_it(wanted: TrackingIdentifier | None, *, is_told: bool) -> None:
    name = Kind.SHIPMENT_TRACKING_MILESTONE_CHANGED
    subscription = Subscription(
        subscription_id="",
        application_id="",
        seller_id="",
        notification_type=name.value,
        payload_version="2026-01-30",
        destination_id="",
        directive=ProcessingDirective(event_filter=EventFilter(event_filter_type=name, tracking_identifier=wanted)),
        is_active=True,
        created_at=START,
    )

    assert lets_through(subscription, Facets(tracking_number="1Z9", carrier="UPS")) is is_told


def test_who_does_not_offer_an_item_is_not_told_of_its_offers(market: TestMarket) -> None:
    market.subscribe("ANY_OFFER_CHANGED")
    other = market.join("Elsewhere")
    market.caller(seller=other)
    with market.market.write(other.seller_id) as unit:
        subscribe_to(unit, market.application.application_id, "ANY_OFFER_CHANGED")

    market.competes(1400)

    assert {one.payload.seller_id for one in market.notifications()} == {market.seller.seller_id}


def test_in_a_period_the_first_change_is_told_and_the_last_state(market: TestMarket) -> None:
    period = AggregationSettings(aggregation_time_period=AggregationTimePeriod.FIVE_MINUTES)
    wanted = EventFilter(event_filter_type=Kind.ANY_OFFER_CHANGED, aggregation_settings=period)
    rival = market.competes(1450)
    market.subscribe("ANY_OFFER_CHANGED", event_filter=wanted)

    for cents in (1440, 1430, 1420):
        with market.market.write() as unit:
            reprice(unit, rival, Money(cents, "USD"))
        market.advance(minutes=1)
    assert [cheapest(one) for one in market.notifications()] == [1440]

    market.advance(minutes=2)
    assert [cheapest(one) for one in market.notifications()] == [1440, 1420]
    second = market.notifications()[1]
    assert second.event_time == START + 5 * MINUTE
    assert second.payload.offer_change_trigger.time_of_offer_change == START + 2 * MINUTE

    market.advance(minutes=5)
    assert len(market.notifications()) == 2
    with market.market.read() as unit:
        assert unit.count(aggregates) == 0
    with market.market.write() as unit:
        reprice(unit, rival, Money(1400, "USD"))
    assert cheapest(market.notifications()[-1]) == 1400


def cheapest(one: Notification[object]) -> int:
    return int(one.payload.offers[0].listing_price.amount * 100)  # type: ignore[attr-defined]


def the_subscription(market: TestMarket) -> Subscription:
    with market.market.read() as unit:
        [found] = all_subscriptions(unit)
    return found


def test_a_revoked_grant_ends_what_is_told_and_a_new_one_brings_it_back(market: TestMarket) -> None:
    market.subscribe("ORDER_CHANGE")
    market.buys()
    before = len(market.notifications())
    assert before > 0
    seller_id, application_id = market.seller.seller_id, market.application.application_id

    with market.market.write(seller_id) as unit:
        revoke_application(unit, seller_id, application_id)
    market.buys()

    assert len(market.notifications()) == before
    assert not the_subscription(market).is_active
    with market.market.read() as unit:
        assert {one.state for one in all_deliveries(unit)} == {State.DEAD}  # what was not sent yet stays here, too
    with market.market.write(seller_id) as unit:
        give_grant(unit, seller_id, application_id)
    market.buys()
    assert the_subscription(market).is_active
    assert len(market.notifications()) > before


def test_a_grant_without_the_scope_is_none(market: TestMarket) -> None:
    market.subscribe("ORDER_CHANGE")
    seller_id, application_id = market.seller.seller_id, market.application.application_id

    with market.market.write(seller_id) as unit:
        narrow_application(unit, seller_id, application_id, withdraw=[NOTIFICATIONS])
    market.buys()
    assert market.notifications() == []

    with market.market.write(seller_id) as unit:
        give_grant(unit, seller_id, application_id, scopes=[one for one in SCOPES if one != NOTIFICATIONS])
    assert not the_subscription(market).is_active


def test_what_a_refused_operation_did_is_told_to_nobody(market: TestMarket) -> None:
    market.subscribe("ORDER_CHANGE")

    reply = market.seller.call("POST", "/orders/v0/orders/902-1234567-1234567/shipmentConfirmation", body=b"{}")

    assert reply.status == 400
    assert market.notifications() == []


def test_the_market_writes_in_one_unit_what_happens_and_what_is_told_of_it(market: TestMarket) -> None:
    market.subscribe("FBA_INVENTORY_AVAILABILITY_CHANGES")

    order_id = market.buys("LAMP-OAK")

    [told] = market.notifications()
    assert order_id
    [held] = told.payload.fulfillment_inventory_by_marketplace
    assert (held.marketplace_id, held.fulfillment_inventory.fulfillable) == (US, 99)


def test_who_subscribes_in_a_unit_that_has_looked_already_is_found_in_it(market: TestMarket) -> None:
    market.subscribe("ORDER_CHANGE")
    seller_id, application_id = market.seller.seller_id, market.application.application_id

    with market.market.write(seller_id) as unit:
        (found,) = wanting(unit, "ORDER_CHANGE", seller_id)
        unsubscribe(unit, application_id, "ORDER_CHANGE", found.subscription_id)
        assert wanting(unit, "ORDER_CHANGE", seller_id) == []
        wanted = Wanted(
            notification_type=found.notification_type,
            payload_version=found.payload_version,
            destination_id=found.destination_id,
            directive=found.directive,
        )
        subscribe(unit, application_id, wanted)
        assert [one.destination_id for one in wanting(unit, "ORDER_CHANGE", seller_id)] == [found.destination_id]
