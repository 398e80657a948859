"""The tables of jobs: who does them, when they can, and what stands in their time.

What a resource can still do is its schedule, less what is reserved, less the appointments that it has. Whoever takes of
it holds the resource's row first, so that two who book at once do so one after the other.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table

from sellingpartner.market.appointments.hours import Record
from sellingpartner.market.appointments.model import Job, Reservation, Resource
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

service_resources = Table(
    "service_resources",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("resource_id", exact_text(100), primary_key=True),
    Column("marketplace_id", String(20), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("document", Json(Resource), nullable=False),
)

# Records of a schedule, in the order in which they were told: where two overlap, the later one counts.
service_schedules = Table(
    "service_schedules",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("resource_id", exact_text(100), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("document", Json(Record), nullable=False),
    ForeignKeyConstraint(
        ["seller_id", "resource_id"],
        [service_resources.c.seller_id, service_resources.c.resource_id],
        name="service_schedules_of_resource",
    ),
)

service_reservations = Table(
    "service_reservations",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("reservation_id", exact_text(36), primary_key=True),
    Column("resource_id", exact_text(100), nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("document", Json(Reservation), nullable=False),
    Index("service_reservations_by_resource", "seller_id", "resource_id", "last_at"),
)

# The appointments that a store, or a technician, has: those that stand, and those at which something was done.
service_bookings = Table(
    "service_bookings",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("resource_id", exact_text(100), primary_key=True),
    Column("appointment_id", exact_text(100), primary_key=True),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("units", Integer, nullable=False),
    Index("service_bookings_by_time", "seller_id", "resource_id", "ends_at"),
)

service_jobs = Table(
    "service_jobs",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("job_id", exact_text(100), primary_key=True),
    Column("marketplace_id", String(20), nullable=False),
    Column("store_id", exact_text(100), nullable=False),
    Column("order_id", exact_text(19), nullable=False),
    Column("asin", exact_text(10), nullable=False),
    Column("status", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    # Of the appointment that it goes by: the moment, and the day on which that is in the store's zone.
    Column("starts_at", Instant),
    Column("day", String(10)),
    Column("document", Json(Job), nullable=False),
    Index("service_jobs_by_creation", "seller_id", "created_at", "job_id"),
    Index("service_jobs_by_update", "seller_id", "updated_at", "job_id"),
    Index("service_jobs_by_order", "seller_id", "order_id"),
)

# What jobs are found by, of which each may have several: skills, orders of goods, parcels of those.
service_job_links = Table(
    "service_job_links",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("value", exact_text(100), primary_key=True),
    Column("job_id", exact_text(100), primary_key=True),
    ForeignKeyConstraint(
        ["seller_id", "job_id"], [service_jobs.c.seller_id, service_jobs.c.job_id], name="service_job_links_of_job"
    ),
)

service_documents = Table(
    "service_documents",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("upload_destination_id", exact_text(36), primary_key=True),
    Column("content_type", String(4), nullable=False),
    Column("content_length", Integer, nullable=False),
)
