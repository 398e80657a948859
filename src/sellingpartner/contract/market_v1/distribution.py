"""The market's control API, v1: what is on its way to AWD, lies there and leaves it, and what happens to it by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, post, put
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 409, 415, 500, 503)
Id = Annotated[str, Meta(min_length=1, max_length=40)]
Units = Annotated[int, Meta(ge=0, le=10**6)]


class DistributedSku(Message, rename="camel"):
    """Units of a SKU in an order or a shipment."""

    sku: str
    expected: int
    """What was announced, or asked for."""
    received: int = 0
    """What came to its destination."""
    damaged: int = 0
    """What of it came broken."""


class DistributionOrder(Message, rename="camel"):
    """An order that brings units into AWD, or takes units out of it into FBA."""

    order_id: str
    kind: str
    """INBOUND, OUTBOUND or REPLENISHMENT."""
    status: str
    shipments: list[str] = []
    """The shipments with their states: `STAR-... IN_TRANSIT`."""
    region: str = ""
    center: str = ""
    is_automatic: bool = False
    """Whether AWD made it, as FBA ran low."""
    updated_at: datetime
    skus: list[DistributedSku]


class DistributionOrders(Message):
    """Orders, the one that changed last first."""

    orders: list[DistributionOrder]


class ListDistributionOrders(Request[DistributionOrders], rename="camel"):
    """List the latest 100 orders of each kind: into AWD, and out of it."""

    operation = get("/market/v1/awd/orders", "listDistributionOrders", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""


class GetDistributionOrder(Request[DistributionOrder], rename="camel"):
    """Show an order into AWD or out of it."""

    operation = get("/market/v1/awd/orders/{orderId}", "getDistributionOrder", statuses=_READS, scope=NONE)

    order_id: Id
    seller_id: str | None = None


class DistributionDeed(OpenEnum):
    """What is let happen."""

    SHIP = "SHIP"
    RECEIVE = "RECEIVE"
    LOSE = "LOSE"


class CarryDistributionOrderSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What happens, and what goes wrong with it."""

    deed: DistributionDeed
    sku: str | None = None
    short: Units = 0
    damaged: Units = 0
    seller_id: str | None = None


class CarryDistributionOrder(Request[DistributionOrder], rename="camel"):
    """Let a shipment to AWD be picked up, or received at once and closed; or let one on its way to FBA be lost."""

    operation = post(
        "/market/v1/awd/orders/{orderId}/deeds",
        "carryDistributionOrder",
        statuses=_COMMANDS,
        body=CarryDistributionOrderSpecification,
        scope=NONE,
    )

    order_id: Id
    deed: DistributionDeed
    sku: str | None = None
    """Of which SKU units are short or damaged; of the first unless said."""
    short: Units = 0
    damaged: Units = 0
    seller_id: str | None = None


class StoreDistributionUnitsSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What comes to lie in AWD."""

    sku: str
    quantity: Annotated[int, Meta(ge=1, le=10**6)]
    units_of_case: Annotated[int, Meta(ge=1, le=10_000)] = 10
    region: str | None = None
    seller_id: str | None = None


class DistributionLevel(Message, rename="camel"):
    """What AWD has of a SKU."""

    sku: str
    coming: int
    available: int
    reserved: int
    going: int
    """On its way to FBA."""


class StoreDistributionUnits(Request[DistributionLevel], rename="camel"):
    """Let units lie in AWD without a shipment, in cases of a cubic foot."""

    operation = post(
        "/market/v1/awd/units",
        "storeDistributionUnits",
        statuses=_COMMANDS,
        body=StoreDistributionUnitsSpecification,
        scope=NONE,
    )

    sku: str
    quantity: Annotated[int, Meta(ge=1, le=10**6)]
    units_of_case: Annotated[int, Meta(ge=1, le=10_000)] = 10
    region: str | None = None
    """us-west unless said."""
    seller_id: str | None = None


class ReplenishmentPolicy(Message, rename="camel"):
    """Whether AWD keeps FBA filled with a SKU by itself, and between which bounds."""

    sku: str
    is_automatic: bool
    minimum: int | None = None
    maximum: int | None = None


class ReplenishmentPolicies(Message):
    """What sellers have said of their SKUs; of others AWD decides by itself."""

    policies: list[ReplenishmentPolicy]


class ListReplenishmentPolicies(Request[ReplenishmentPolicies], rename="camel"):
    """List what a seller has said of the replenishment of its SKUs."""

    operation = get("/market/v1/awd/policies", "listReplenishmentPolicies", statuses=_READS, scope=NONE)

    seller_id: str | None = None


class SetReplenishmentPolicySpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What holds for a SKU."""

    sku: str
    is_automatic: bool = True
    minimum: Units | None = None
    maximum: Units | None = None
    seller_id: str | None = None


class SetReplenishmentPolicy(Request[ReplenishmentPolicies], rename="camel"):
    """Say whether AWD keeps FBA filled with a SKU by itself, and between which bounds."""

    operation = put(
        "/market/v1/awd/policies",
        "setReplenishmentPolicy",
        statuses=_COMMANDS,
        body=SetReplenishmentPolicySpecification,
        scope=NONE,
    )

    sku: str
    is_automatic: bool = True
    minimum: Units | None = None
    """Where FBA has less than this, more is sent; AWD decides unless said."""
    maximum: Units | None = None
    """Up to how many units are sent."""
    seller_id: str | None = None
