"""The market's control API, v1: shipments to Amazon's fulfillment centers, and what happens to them by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.market_v1.distribution import Id, Units
from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 409, 415, 500, 503)


class InboundSku(Message, rename="camel"):
    """Units of a SKU in a shipment to Amazon."""

    sku: str
    sent: int
    received: int
    damaged: int
    """How many of those that were received cannot be sold."""


class InboundProblem(OpenEnum):
    """What a center finds wrong with units, or with a shipment."""

    BARCODE_MISSING = "BARCODE_MISSING"
    BARCODE_UNREADABLE = "BARCODE_UNREADABLE"
    UNIT_MISLABELED = "UNIT_MISLABELED"
    TAPING_MISSING = "TAPING_MISSING"
    BAGGING_MISSING = "BAGGING_MISSING"
    BUBBLE_WRAP_MISSING = "BUBBLE_WRAP_MISSING"
    UNITS_MISSING = "UNITS_MISSING"
    UNITS_UNEXPECTED = "UNITS_UNEXPECTED"
    CONTENTS_UNKNOWN = "CONTENTS_UNKNOWN"
    SHIPMENT_ABANDONED = "SHIPMENT_ABANDONED"


class InboundDefect(Message, rename="camel"):
    """A problem that a center had with units of a SKU."""

    problem: InboundProblem
    sku: str
    units: int
    fee: str
    """What was charged for it: 1.20 USD; empty where it cost nothing."""
    found_at: datetime


class InboundShipment(Message, rename="camel"):
    """A shipment to Amazon that has a carrier."""

    confirmation_id: str
    """What stands on its labels: FBA15DJ8K2M4."""
    shipment_id: str
    plan_id: str
    name: str
    status: str
    center: str
    updated_at: datetime
    skus: list[InboundSku]
    defects: list[InboundDefect] = []


class InboundShipments(Message):
    """Shipments to Amazon, the one that changed last first."""

    shipments: list[InboundShipment]


class ListInboundShipments(Request[InboundShipments], rename="camel"):
    """List the latest 100 shipments to Amazon that have a carrier."""

    operation = get("/market/v1/inbound/shipments", "listInboundShipments", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""


class GetInboundShipment(Request[InboundShipment], rename="camel"):
    """Show a shipment to Amazon."""

    operation = get("/market/v1/inbound/shipments/{confirmationId}", "getInboundShipment", statuses=_READS, scope=NONE)

    confirmation_id: Id
    seller_id: str | None = None


class InboundPlanShipment(Message, rename="camel"):
    """What of a plan goes to one fulfillment center, in a placement that is offered or chosen."""

    shipment_id: str
    confirmation_id: str | None
    """What stands on its labels; it has none until its carrier is chosen."""
    status: str
    center: str
    sent: int
    received: int
    updated_at: datetime


class InboundPlan(Message, rename="camel"):
    """A plan of what is sent to Amazon, and how far it is."""

    plan_id: str
    name: str
    status: str
    units: int
    """How many units it is about."""
    at_work: str | None
    """The operation that is at work on it."""
    updated_at: datetime
    shipments: list[InboundPlanShipment]
    """Those of the placement that was chosen; of all that are offered, until one is."""


class InboundPlans(Message):
    """Plans, the newest first."""

    plans: list[InboundPlan]


class ListInboundPlans(Request[InboundPlans], rename="camel"):
    """List the newest 100 plans of what is sent to Amazon."""

    operation = get("/market/v1/inbound/plans", "listInboundPlans", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""


class GetInboundPlan(Request[InboundPlan], rename="camel"):
    """Show a plan of what is sent to Amazon."""

    operation = get("/market/v1/inbound/plans/{planId}", "getInboundPlan", statuses=_READS, scope=NONE)

    plan_id: Id
    """The plan, or one of its shipments by what stands on its labels."""
    seller_id: str | None = None


class InboundDeed(OpenEnum):
    """What is let happen."""

    RECEIVE = "RECEIVE"
    LOSE = "LOSE"


class CarryInboundShipmentSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What happens, and what goes wrong with it."""

    deed: InboundDeed
    sku: str | None = None
    short: Units = 0
    damaged: Units = 0
    over: Units = 0
    problem: InboundProblem | None = None
    """What is wrong with some of the units; one of those that a label or a preparation has."""
    problem_units: Units = 0
    seller_id: str | None = None


class CarryInboundShipment(Request[InboundShipment], rename="camel"):
    """Let a shipment to Amazon be received at once and closed, or be lost by its carrier."""

    operation = post(
        "/market/v1/inbound/shipments/{confirmationId}/deeds",
        "carryInboundShipment",
        statuses=_COMMANDS,
        body=CarryInboundShipmentSpecification,
        scope=NONE,
    )

    confirmation_id: Id
    deed: InboundDeed
    sku: str | None = None
    """Of which SKU units are short, damaged or over; of the first unless said."""
    short: Units = 0
    damaged: Units = 0
    """Broken by Amazon, which pays for them."""
    over: Units = 0
    problem: InboundProblem | None = None
    """What is wrong with some of the units: a label or a preparation that is missing."""
    problem_units: Units = 0
    seller_id: str | None = None
