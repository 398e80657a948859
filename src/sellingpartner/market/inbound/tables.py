"""The tables of what is sent to Amazon.

`inbound_plans` holds a plan as a document and its items beside it, which are read only where they are wanted: a plan
may have 2,000. Packages and shipments are rows of their own. `inbound_operations` holds what was asked for until it is
done; the database itself keeps two operations of a plan from being at work at once.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, String, Table, Text, text

from sellingpartner.market.inbound.model import Package, Plan, PlanItem, Shipment, TaxDetails
from sellingpartner.market.inbound.problems import Problem
from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

ID_LENGTH = 38

inbound_plans = Table(
    "inbound_plans",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("plan_id", exact_text(ID_LENGTH), primary_key=True),
    Column("marketplace_id", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("status", String(10), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("document", Json(Plan), nullable=False),
    Column("contents", Json(tuple[PlanItem, ...]), nullable=False),
    Index("inbound_plans_by_creation", "seller_id", "created_at", "plan_id"),
    Index("inbound_plans_by_update", "seller_id", "updated_at", "plan_id"),
)

inbound_operations = Table(
    "inbound_operations",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("operation_id", exact_text(ID_LENGTH), primary_key=True),
    Column("plan_id", exact_text(ID_LENGTH)),  # none of what is about items alone
    Column("kind", String(50), nullable=False),
    Column("status", String(11), nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("payload", LargeBinary),  # what was asked for, until it is done
    Column("problems", Json(tuple[Problem, ...]), nullable=False),
    Index(
        "inbound_operations_at_work",
        "seller_id",
        "plan_id",
        unique=True,
        sqlite_where=text("status = 'IN_PROGRESS'"),
        postgresql_where=text("status = 'IN_PROGRESS'"),
    ),
)

inbound_packages = Table(
    "inbound_packages",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("plan_id", exact_text(ID_LENGTH), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("package_id", exact_text(ID_LENGTH), nullable=False),
    Column("kind", String(6), nullable=False),  # box or pallet
    Column("group_id", exact_text(ID_LENGTH)),
    Column("shipment_id", exact_text(ID_LENGTH)),
    Column("document", Json(Package), nullable=False),
    Index("inbound_packages_by_group", "seller_id", "group_id", "number"),
    Index("inbound_packages_by_shipment", "seller_id", "shipment_id", "number"),
)

inbound_shipments = Table(
    "inbound_shipments",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("shipment_id", exact_text(ID_LENGTH), primary_key=True),
    Column("plan_id", exact_text(ID_LENGTH), nullable=False),
    Column("marketplace_id", String(20), nullable=False),
    Column("confirmation_id", exact_text(20)),
    Column("status", String(13), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("document", Json(Shipment), nullable=False),
    Index("inbound_shipments_by_plan", "seller_id", "plan_id", "shipment_id"),
    Index("inbound_shipments_by_update", "seller_id", "updated_at", "shipment_id"),
    Index(
        "inbound_shipments_by_confirmation",
        "seller_id",
        "confirmation_id",
        unique=True,
        sqlite_where=text("confirmation_id IS NOT NULL"),
        postgresql_where=text("confirmation_id IS NOT NULL"),
    ),
)

inbound_preps = Table(
    "inbound_preps",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("marketplace_id", String(20), primary_key=True),
    Column("category", String(20), nullable=False),
    Column("prep_types", Json(tuple[str, ...]), nullable=False),
    Column("set_at", Instant, nullable=False),
)

inbound_compliance = Table(
    "inbound_compliance",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("marketplace_id", String(20), primary_key=True),
    Column("document", Json(TaxDetails), nullable=False),
)

# Documents that links were given to: what is to be drawn, which is done whenever somebody asks.
inbound_documents = Table(
    "inbound_documents",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("document_id", exact_text(36), primary_key=True),
    Column("kind", String(30), nullable=False),
    Column("said", LargeBinary, nullable=False),
    Column("expires_at", Instant, nullable=False),
)
