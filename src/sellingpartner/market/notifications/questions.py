"""What others may ask of notifications."""

from __future__ import annotations

from sellingpartner.market.notifications.browsing import Browsed, BrowsedPage, newest_deliveries
from sellingpartner.market.notifications.deliveries import (
    all_deliveries,
    deliveries_of,
    delivery_of,
    written_at,
    written_between,
)
from sellingpartner.market.notifications.destinations import destination_of, destinations_of
from sellingpartner.market.notifications.disturbing import disturbance_of
from sellingpartner.market.notifications.lanes import lane_of, lanes_of, lanes_with_work
from sellingpartner.market.notifications.queues import queue_of
from sellingpartner.market.notifications.subscriptions import (
    all_subscriptions,
    subscription_by_type,
    subscription_of,
    subscriptions_by_type,
)
from sellingpartner.market.notifications.types import subscribable_types

__all__ = [
    "Browsed",
    "BrowsedPage",
    "all_deliveries",
    "all_subscriptions",
    "deliveries_of",
    "delivery_of",
    "destination_of",
    "destinations_of",
    "disturbance_of",
    "lane_of",
    "lanes_of",
    "lanes_with_work",
    "newest_deliveries",
    "queue_of",
    "subscribable_types",
    "subscription_by_type",
    "subscription_of",
    "subscriptions_by_type",
    "written_at",
    "written_between",
]
