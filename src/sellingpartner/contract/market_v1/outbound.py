"""The market's control API, v1: multi-channel orders by hand, and what goes wrong with them in a warehouse."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, get, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 409, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 409, 415, 500, 503)

Units = Annotated[int, Meta(ge=1, le=250)]


class OutboundAddress(Message, rename="camel", forbid_unknown_fields=True):
    """Where a multi-channel order goes."""

    name: str
    line_1: str
    city: str
    postal_code: str
    country_code: Annotated[str, Meta(pattern="^[A-Z]{2}$")]
    state_or_region: str | None = None


class OutboundLine(Message, rename="camel"):
    """A line of a multi-channel order, and what became of its units."""

    line_id: str
    sku: str
    quantity: int
    shipped: int
    awaited: int
    canceled: int
    unfulfillable: int


class OutboundShipment(Message, rename="camel"):
    """What leaves, or left, one center together."""

    shipment_id: str
    center: str
    status: str
    ships_at: datetime
    arrives_at: datetime
    units: int
    package_number: int | None = None
    carrier: str | None = None
    tracking_id: str | None = None
    parcel_id: str | None = None
    parcel_status: str | None = None
    """Where its parcel is, once it has left."""


class OutboundOrder(Message, rename="camel"):
    """A multi-channel order."""

    fulfillment_order_id: str
    seller_id: str
    order_id: str | None = None
    """What Amazon ships it as."""
    status: str
    action: str
    policy: str
    speed: str
    marketplace_id: str
    received_at: datetime
    updated_at: datetime
    is_open: bool
    """Whether more is to happen to it, or to one of its parcels."""
    invalid_because: str | None = None
    """Amazon's code for what kept it from being accepted."""
    why_invalid: str | None = None
    """The same in a sentence."""
    lines: list[OutboundLine]
    shipments: list[OutboundShipment] = []


class OutboundOrders(Message, rename="camel"):
    """Multi-channel orders, those first whose status changed last."""

    orders: list[OutboundOrder]


class ListOutboundOrders(Request[OutboundOrders], rename="camel"):
    """List a seller's multi-channel orders."""

    operation = get("/market/v1/outbound", "listOutboundOrders", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""
    limit: Annotated[int, Meta(ge=1, le=1000)] = 50


class GetOutboundOrder(Request[OutboundOrder], rename="camel"):
    """Show a multi-channel order."""

    operation = get("/market/v1/outbound/{fulfillmentOrderId}", "getOutboundOrder", statuses=_READS, scope=NONE)

    fulfillment_order_id: str
    seller_id: str | None = None


class CreateOutboundOrderSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """A multi-channel order."""

    sku: str
    address: OutboundAddress
    quantity: Units = 1
    fulfillment_order_id: str | None = None
    speed: str = "Standard"
    policy: str = "FillOrKill"
    hold: bool = False
    seller_id: str | None = None
    marketplace_id: str | None = None


class CreateOutboundOrder(Request[OutboundOrder], rename="camel"):
    """Have Amazon ship something for another shop of a seller's."""

    operation = post(
        "/market/v1/outbound",
        "createOutboundOrder",
        status=201,
        statuses=_CREATES,
        body=CreateOutboundOrderSpecification,
        scope=NONE,
    )

    sku: str
    address: OutboundAddress
    quantity: Units = 1
    fulfillment_order_id: str | None = None
    """The seller's own number of it; one is made up unless said."""
    speed: str = "Standard"
    policy: str = "FillOrKill"
    hold: bool = False
    seller_id: str | None = None
    """The market's first seller unless said."""
    marketplace_id: str | None = None


class ShipOutboundOrder(Request[OutboundOrder], rename="camel"):
    """Let an order go that is on hold, and have all of it leave at once that is there."""

    operation = post(
        "/market/v1/outbound/{fulfillmentOrderId}/shipment", "shipOutboundOrder", statuses=_COMMANDS, scope=NONE
    )

    fulfillment_order_id: str
    seller_id: str | None = None


class CancelOutboundOrder(Request[OutboundOrder], rename="camel"):
    """Take a multi-channel order back, as long as its units are not picked."""

    operation = post(
        "/market/v1/outbound/{fulfillmentOrderId}/cancellation",
        "cancelOutboundOrder",
        statuses=_COMMANDS,
        scope=NONE,
    )

    fulfillment_order_id: str
    seller_id: str | None = None


class MissOutboundUnitsSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """Units that are not found."""

    units: Units = 1
    line_id: str | None = None
    seller_id: str | None = None


class MissOutboundUnits(Request[OutboundOrder], rename="camel"):
    """Have a center not find units of an order that it should pick: they are lost, and the order's policy decides."""

    operation = post(
        "/market/v1/outbound/{fulfillmentOrderId}/missing",
        "missOutboundUnits",
        statuses=_COMMANDS,
        body=MissOutboundUnitsSpecification,
        scope=NONE,
    )

    fulfillment_order_id: str
    units: Units = 1
    line_id: str | None = None
    """The line whose units they are; the first unless said."""
    seller_id: str | None = None
