"""The market's control API, v1: removal orders, by which a seller gets units out of Amazon's warehouses."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 409, 415, 500, 503)


class RemovalKind(OpenEnum):
    """What becomes of the units."""

    RETURN = "Return"
    DISPOSAL = "Disposal"
    LIQUIDATION = "Liquidations"


class WantedUnits(Message, rename="camel", forbid_unknown_fields=True):
    """How many units of a SKU are to be removed."""

    sku: str
    sellable: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    unsellable: Annotated[int, Meta(ge=0, le=1_000_000)] = 0


class RemovalLine(Message, rename="camel"):
    """Units of a SKU in one condition, and what became of them."""

    sku: str
    condition: str
    requested: int
    left: int
    canceled: int


class RemovalParcel(Message, rename="camel"):
    """Units that were sent to the seller."""

    shipped_at: datetime
    center: str
    carrier: str
    tracking_id: str
    units: int


class Removal(Message, rename="camel"):
    """A removal order."""

    removal_id: str
    seller_id: str
    kind: RemovalKind
    status: str
    """Pending, Planning, Processing, Completed or Cancelled."""
    requested_at: datetime
    updated_at: datetime
    lines: list[RemovalLine]
    parcels: list[RemovalParcel] = []


class Removals(Message, rename="camel"):
    """Removal orders, the oldest first."""

    removals: list[Removal]


class ListRemovals(Request[Removals], rename="camel"):
    """List a seller's removal orders of the last months."""

    operation = get("/market/v1/removals", "listRemovals", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""


class GetRemoval(Request[Removal], rename="camel"):
    """Show a removal order."""

    operation = get("/market/v1/removals/order", "getRemoval", statuses=_READS, scope=NONE)

    removal_id: str
    seller_id: str | None = None


class CreateRemovalSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """A removal order."""

    items: list[WantedUnits]
    kind: RemovalKind = RemovalKind.RETURN
    removal_id: str | None = None
    seller_id: str | None = None


class CreateRemoval(Request[Removal], rename="camel"):
    """Order that units be sent back to their seller, or destroyed."""

    operation = post(
        "/market/v1/removals",
        "createRemoval",
        status=201,
        statuses=_CREATES,
        body=CreateRemovalSpecification,
        scope=NONE,
    )

    items: list[WantedUnits]
    kind: RemovalKind = RemovalKind.RETURN
    removal_id: str | None = None
    """The seller's own number of it; one is made up unless said."""
    seller_id: str | None = None
    """The market's first seller unless said."""


class CancelRemovalSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """Which removal order is taken back."""

    removal_id: str
    seller_id: str | None = None


class CancelRemoval(Request[Removal], rename="camel"):
    """Take a removal order back, as long as its units are not picked."""

    operation = post(
        "/market/v1/removals/cancellations",
        "cancelRemoval",
        status=200,
        statuses=_COMMANDS,
        body=CancelRemovalSpecification,
        scope=NONE,
    )

    removal_id: str
    seller_id: str | None = None
