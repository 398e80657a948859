"""The market's control API, v1: the supply sources whose orders are shipped step by step, and their shipments."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract.market_v1.supply import Code
from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, delete, get, put
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)


class StoreShips(OpenEnum):
    """Who brings what a store sends."""

    MARKETPLACE = "MARKETPLACE"
    SELF = "SELF"


class Store(Message, rename="camel"):
    """A supply source whose orders are shipped step by step."""

    seller_id: str
    supply_source_id: str
    code: str
    ships: StoreShips
    opened_at: datetime


class Stores(Message):
    """Stores, in the order in which they were opened."""

    stores: list[Store]


class StoreShipment(Message, rename="camel"):
    """What a store sends of an order."""

    seller_id: str
    shipment_id: str
    order_id: str
    code: str
    status: str
    sub_status: str | None = None
    units: int
    packages: int
    answer_by: datetime
    ships_by: datetime
    updated_at: datetime


class StoreShipments(Message):
    """Shipments, the latest update first."""

    shipments: list[StoreShipment]


class ListStores(Request[Stores], rename="camel"):
    """List the supply sources of a seller whose orders are shipped step by step."""

    operation = get("/market/v1/stores", "listStores", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""


class OpenStoreSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """Which supply source, and who brings what it sends."""

    code: Code
    ships: StoreShips = StoreShips.SELF
    seller_id: str | None = None


class OpenStore(Request[Store], rename="camel"):
    """Let a supply source into external fulfillment, or say who brings what it sends from now on."""

    operation = put("/market/v1/stores", "openStore", statuses=_COMMANDS, body=OpenStoreSpecification, scope=NONE)

    code: Code
    ships: StoreShips = StoreShips.SELF
    seller_id: str | None = None


class CloseStore(Request[Stores], rename="camel"):
    """Let a supply source out: what waits there goes on step by step, later orders do not."""

    operation = delete("/market/v1/stores", "closeStore", status=200, statuses=_READS, scope=NONE)

    code: Code
    seller_id: str | None = None


class ListStoreShipments(Request[StoreShipments], rename="camel"):
    """List what stores send, the latest update first."""

    operation = get("/market/v1/storeShipments", "listStoreShipments", statuses=_READS, scope=NONE)

    status: str | None = None
    """A status such as ACCEPTED; all that are not at their end unless said."""
    seller_id: str | None = None
    limit: int = 50
