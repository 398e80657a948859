"""The market's control API, v1: the places that sellers ship from, and what lies there. A source is named by its code."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.market_v1.names import Name
from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, post, put
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)
Code = Annotated[str, Meta(min_length=1, max_length=64)]
Quantity = Annotated[int, Meta(ge=0, le=2**31 - 1)]


class SourceStatus(OpenEnum):
    """Whether orders go to a source."""

    ACTIVE = "Active"
    INACTIVE = "Inactive"
    ARCHIVED = "Archived"


class SourceStockLevel(Message, rename="camel"):
    """What lies at a source of a SKU."""

    sku: str
    on_hand: int
    reserved: int
    available: int


class Source(Message, rename="camel"):
    """A place that a seller ships from."""

    seller_id: str
    supply_source_id: str
    code: str
    alias: str
    status: SourceStatus
    city: str | None = None
    state_or_region: str
    country_code: str
    is_pickup: bool
    """Whether buyers can fetch their orders there."""
    units: int
    updated_at: datetime
    levels: list[SourceStockLevel] = []


class Sources(Message):
    """Sources, from the oldest to the newest."""

    sources: list[Source]


class ListSources(Request[Sources], rename="camel"):
    """List the places that a seller ships from, archived ones included."""

    operation = get("/market/v1/supplySources", "listSources", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""


class GetSource(Request[Source], rename="camel"):
    """Show a source, and what lies there."""

    operation = get("/market/v1/supplySource", "getSource", statuses=_READS, scope=NONE)

    code: Code
    seller_id: str | None = None


class CreateSourceSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """A source."""

    code: Code
    alias: Name | None = None
    address_line1: str = "1 Harbor Way"
    city: str | None = None
    state_or_region: str = "WA"
    postal_code: str | None = None
    country_code: str = "US"
    is_active: bool = True
    seller_id: str | None = None


class CreateSource(Request[Source], rename="camel"):
    """Register a place that a seller ships from; orders go to it at once unless said otherwise."""

    operation = post(
        "/market/v1/supplySources",
        "createSource",
        status=201,
        statuses=_CREATES,
        body=CreateSourceSpecification,
        scope=NONE,
    )

    code: Code
    alias: Name | None = None
    """The code unless said."""
    address_line1: str = "1 Harbor Way"
    city: str | None = None
    state_or_region: str = "WA"
    postal_code: str | None = None
    country_code: str = "US"
    is_active: bool = True
    seller_id: str | None = None


class SetSourceStatusSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """Which source, and how it is to stand."""

    code: Code
    status: SourceStatus
    seller_id: str | None = None


class SetSourceStatus(Request[Source], rename="camel"):
    """Switch a source on or off, or archive it for good."""

    operation = put(
        "/market/v1/supplySource/status",
        "setSourceStatus",
        statuses=_COMMANDS,
        body=SetSourceStatusSpecification,
        scope=NONE,
    )

    code: Code
    status: SourceStatus
    seller_id: str | None = None


class SetSourceStockSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """How many units of a SKU can be promised from a source."""

    code: Code
    sku: str
    quantity: Quantity
    seller_id: str | None = None


class SetSourceStock(Request[Source], rename="camel"):
    """Say how many units of a SKU can be promised from a source."""

    operation = put(
        "/market/v1/supplySource/stock",
        "setSourceStock",
        statuses=_COMMANDS,
        body=SetSourceStockSpecification,
        scope=NONE,
    )

    code: Code
    sku: str
    quantity: Quantity
    seller_id: str | None = None
