"""One way from what happened to what is sent: who wants to be told, through which filter, and then a delivery.

It all happens in the unit of what happened. Where nobody has subscribed, that is one look at an index.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sellingpartner.contract.message import Message
from sellingpartner.market.notifications.aggregating import is_held_back
from sellingpartner.market.notifications.deliveries import write
from sellingpartner.market.notifications.envelopes import About, posted
from sellingpartner.market.notifications.filters import Facets, lets_content_through, lets_through
from sellingpartner.market.notifications.lanes import lane_of
from sellingpartner.market.notifications.model import Destination, Queue, Subscription
from sellingpartner.market.notifications.subscriptions import wanting
from sellingpartner.storage.unit import UnitOfWork

NO_FACETS = Facets()

Content = Callable[[Subscription], Message | None]
"""What a subscription is told; None if it is not concerned after all."""


def tell(
    unit: UnitOfWork, notification_type: str, content: Callable[[], Message | None], *, facets: Facets = NO_FACETS
) -> None:
    """Tell whoever wants to know such a thing about this unit's seller. `content` is asked for once, if at all."""
    found = [one for one in wanting(unit, notification_type, unit.seller_id) if lets_through(one, facets)]
    message = content() if found else None
    if message is not None:
        for subscription in found:
            tell_one(unit, subscription, message)


def tell_aggregated(
    unit: UnitOfWork, subscription: Subscription, subject: str, content: Callable[[datetime], Message | None]
) -> None:
    """Tell one of a change to a subject, unless its subscription has it wait for the end of a period."""
    if not is_held_back(unit, subscription, subject):
        message = content(unit.now)
        if message is not None:
            tell_one(unit, subscription, message)


def tell_one(unit: UnitOfWork, subscription: Subscription, content: Message | dict[str, str]) -> None:
    """Have one subscription's destination told something, unless its filter expression says no."""
    if not lets_content_through(subscription, content):
        return
    about = About(
        notification_type=subscription.notification_type,
        payload_version=subscription.payload_version,
        application_id=subscription.application_id,
        subscription_id=subscription.subscription_id,
    )
    lane = lane_of(unit, subscription.destination_id)
    _post(
        unit,
        about,
        content,
        lane=subscription.destination_id,
        seller_id=subscription.seller_id,
        address=lane.address if lane else "",
    )


def tell_of_mock(
    unit: UnitOfWork, destination: Destination, notification_type: str, payload_version: str, content: Message
) -> None:
    """Have a destination told something that never happened, which no subscription asked for."""
    about = About(
        notification_type=notification_type,
        payload_version=payload_version,
        application_id=destination.application_id,
        subscription_id="",
    )
    lane, address = destination.destination_id, destination.address
    _post(unit, about, content, lane=lane, seller_id="", address=address)


def tell_application(unit: UnitOfWork, queue: Queue, notification_type: str, content: dict[str, str]) -> None:
    """Have an application told something about itself, in its own queue."""
    about = About(
        notification_type=notification_type,
        application_id=queue.application_id,
        subscription_id=queue.subscription_id,
    )
    _post(unit, about, content, lane=queue.subscription_id, seller_id="", address=queue.address)


def _post(
    unit: UnitOfWork, about: About, content: Message | dict[str, str], *, lane: str, seller_id: str, address: str
) -> None:
    message = posted(unit, about, content)
    write(
        unit,
        {
            "application_id": about.application_id,
            "seller_id": seller_id,
            "lane": lane,
            "address": address,
            "subscription_id": about.subscription_id,
            "notification_id": message.notification_id,
            "notification_type": about.notification_type,
            "body": message.body,
        },
    )
