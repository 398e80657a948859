"""Notifications: what was delivered where, who is told what, and how messages are disturbed."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.notifications import commands, questions
from sellingpartner.market.notifications.model import Delivery, Lane, State, Subscription
from sellingpartner.server.control.desk import Desk

_AT_ONCE = 100


def list_deliveries(desk: Desk, request: v1.ListDeliveries) -> v1.Deliveries:
    """The latest messages, without what they hold."""
    limit = request.limit or _AT_ONCE
    with desk.market.read() as unit:
        found = questions.all_deliveries(
            unit,
            application_id=request.application_id,
            notification_type=request.notification_type,
            state=None if request.state is None else State(request.state.value),
            before=request.before,
            after=request.after,
            limit=limit,
        )
    before = found[-1].delivery_id if len(found) == limit and request.after is None else None
    return v1.Deliveries(deliveries=[shown(one) for one in found], before=before)


def get_delivery(desk: Desk, request: v1.GetDelivery) -> v1.Delivery:
    """One message, with what it holds, unless that is a secret."""
    with desk.market.read() as unit:
        return shown(questions.delivery_of(unit, request.delivery_id), with_body=True)


def retry_delivery(desk: Desk, request: v1.RetryDelivery) -> v1.Delivery:
    """Have a message sent again."""
    with desk.market.write() as unit:
        return shown(commands.retry(unit, request.delivery_id), with_body=True)


def list_subscriptions(desk: Desk, request: v1.ListSubscriptions) -> v1.NotificationSubscriptions:
    """Who is told what about whom."""
    with desk.market.read() as unit:
        found = questions.all_subscriptions(unit, request.application_id)
    return v1.NotificationSubscriptions(subscriptions=[shown_subscription(one) for one in found])


def shown_subscription(one: Subscription) -> v1.NotificationSubscription:
    """A subscription as the control API shows it."""
    return v1.NotificationSubscription(
        subscription_id=one.subscription_id,
        application_id=one.application_id,
        seller_id=one.seller_id,
        notification_type=one.notification_type,
        payload_version=one.payload_version,
        destination_id=one.destination_id,
        processing_directive=one.directive,
        created_at=one.created_at,
        is_active=one.is_active,
    )


def list_destinations(desk: Desk, request: v1.ListDestinations) -> v1.NotificationDestinations:
    """Where messages go."""
    with desk.market.read() as unit:
        names = {one.destination_id: one.name for one in questions.destinations_of(unit, request.application_id)}
        found = questions.lanes_of(unit, request.application_id)
    return v1.NotificationDestinations(destinations=[_destination(one, names.get(one.lane)) for one in found])


def create_webhook(desk: Desk, request: v1.CreateWebhook) -> v1.CreatedWebhook:
    """Let an application be told at a URL."""
    name = request.name or request.url[:256]
    with desk.market.write() as unit:
        made, secret = commands.create_webhook(unit, request.application_id, name, request.url, by=desk.by)
    return v1.CreatedWebhook(destination_id=made.destination_id, url=made.address, secret=secret)


def get_disturbance(desk: Desk, _request: v1.GetDisturbance) -> v1.Disturbance:
    """How messages are disturbed."""
    with desk.market.read() as unit:
        found = questions.disturbance_of(unit)
    return v1.Disturbance(duplicate_percent=found.duplicate_percent, is_shuffled=found.is_shuffled)


def set_disturbance(desk: Desk, request: v1.SetDisturbance) -> v1.Disturbance:
    """Have messages disturbed."""
    wanted = commands.Disturbance(
        duplicate_percent=request.duplicate_percent or 0, is_shuffled=bool(request.is_shuffled)
    )
    with desk.market.write() as unit:
        commands.disturb(unit, wanted)
    return v1.Disturbance(duplicate_percent=wanted.duplicate_percent, is_shuffled=wanted.is_shuffled)


def shown(one: Delivery, *, with_body: bool = False) -> v1.Delivery:
    """A message as the control API shows it."""
    return v1.Delivery(
        delivery_id=one.delivery_id,
        state=v1.DeliveryState(one.state.value),
        notification_type=one.notification_type,
        notification_id=one.notification_id,
        application_id=one.application_id,
        seller_id=one.seller_id or None,
        destination_id=one.lane,
        to=one.address,
        subscription_id=one.subscription_id,
        created_at=one.created_at,
        attempts=one.attempts,
        next_at=one.next_at,
        sent_at=one.sent_at,
        failure=one.failure or None,
        body=one.body if with_body and not one.holds_a_secret else None,
    )


def _destination(lane: Lane, name: str | None) -> v1.NotificationDestination:
    return v1.NotificationDestination(
        destination_id=lane.lane,
        application_id=lane.application_id,
        name=name,
        kind=v1.DestinationKind(lane.kind.value),
        to=lane.address,
        failures=lane.failures,
        failure=lane.failure or None,
        next_at=lane.not_before,
        checked_at=lane.checked_at,
        arrived_at=lane.arrived_at,
    )
