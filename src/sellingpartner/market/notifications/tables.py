"""The tables of notifications. They belong to applications, which belong to no seller; a subscription is about one.

A lane is a way out: one destination, or one registration of an application's own queue. What is sent is sent along its
lane, and each lane waits for itself alone.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from sellingpartner.contract.notifications_v1 import ProcessingDirective
from sellingpartner.storage.columns import Instant, Json, metadata

queues = Table(
    "application_queues",
    metadata,
    Column("application_id", ForeignKey("applications.application_id"), primary_key=True),
    Column("address", Text, nullable=False),
    Column("subscription_id", String(36), nullable=False),  # its lane, too
    Column("registered_at", Instant, nullable=False),
)

destinations = Table(
    "destinations",
    metadata,
    Column("destination_id", String(36), primary_key=True),
    Column("application_id", ForeignKey("applications.application_id"), nullable=False),
    Column("name", String(256), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("address", String(1000), nullable=False),
    Column("region", String(40), nullable=False),  # of an event bus; empty for others
    Column("created_at", Instant, nullable=False),
    # One of a kind: Amazon has one destination for each queue and, for event buses, for each AWS account.
    UniqueConstraint("application_id", "kind", "address", name="uq_destinations_address"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("subscription_id", String(36), primary_key=True),
    Column("application_id", ForeignKey("applications.application_id"), nullable=False),
    Column("seller_id", ForeignKey("sellers.seller_id"), nullable=False),
    Column("notification_type", String(80), nullable=False),
    Column("payload_version", String(20), nullable=False),
    Column("destination_id", ForeignKey("destinations.destination_id"), nullable=False),
    Column("directive", Json(ProcessingDirective)),
    Column("created_at", Instant, nullable=False),
    Column("is_active", Boolean, nullable=False),  # not while the seller does not let the application in
    UniqueConstraint(
        "application_id", "seller_id", "notification_type", "payload_version", name="uq_subscriptions_key"
    ),
    # Every write looks here; which columns it finds there is all that it needs to know where nobody subscribed.
    Index("subscriptions_by_type", "notification_type", "seller_id"),
    Index("subscriptions_by_destination", "destination_id"),
)

lanes = Table(
    "notification_lanes",
    metadata,
    Column("lane", String(36), primary_key=True),
    Column("application_id", ForeignKey("applications.application_id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("address", String(1000), nullable=False),
    Column("region", String(40), nullable=False),
    Column("secret", Text, nullable=False),  # what a webhook's messages are signed with; empty for others
    Column("failures", Integer, nullable=False),  # one after another, since something last arrived
    Column("failure", Text, nullable=False),
    Column("not_before", Instant),  # when it is tried next, after a failure
    Column("checked_at", Instant),
    Column("arrived_at", Instant),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery_id", BigInteger, primary_key=True, autoincrement=False),
    Column("application_id", ForeignKey("applications.application_id"), nullable=False),
    Column("seller_id", String(20), nullable=False),  # empty for what an application is told about itself
    Column("lane", String(36), nullable=False),
    Column("address", Text, nullable=False),
    Column("subscription_id", String(36), nullable=False),
    Column("notification_id", String(36), nullable=False),
    Column("notification_type", String(80), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant),  # none unless it waits
    Column("give_up_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("failure", Text, nullable=False),
    Index("deliveries_by_lane", "lane", "next_at", "delivery_id"),
    Index("deliveries_by_state", "lane", "state", "delivery_id"),
    Index("deliveries_by_application", "application_id", "delivery_id"),
    Index("deliveries_by_subscription", "subscription_id", "next_at"),
)

aggregates = Table(
    "notification_aggregates",
    metadata,
    Column("subscription_id", String(36), primary_key=True),
    Column("subject", String(120), primary_key=True),  # marketplace, item and condition
    Column("ends_at", Instant, nullable=False),
    Column("changed_at", Instant),  # the latest change that was not told; none if all was
)

disturbances = Table(
    "notification_disturbances",
    metadata,
    Column("lane", String(36), primary_key=True),  # empty: it holds for all
    Column("duplicate_percent", Integer, nullable=False),
    Column("is_shuffled", Boolean, nullable=False),
)
