"""The market's control API, v1: items of the catalog, and stock."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.market_v1.listings import Quantity
from sellingpartner.contract.market_v1.names import Name
from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, get, post, put
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)
_INCIDENTS = (200, 400, 403, 404, 409, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)
Title = Annotated[str, Meta(min_length=1, max_length=200)]


class Product(Message, rename="camel"):
    """An item of the catalog, as a marketplace has it."""

    asin: str
    title: str
    brand: str
    product_type: str
    marketplace_ids: list[str]
    classification: str | None = None
    """Its place in the browse tree."""
    rank: int | None = None
    """Its sales rank: 1 sells best."""
    offer_count: int
    """How many offers of it a buyer can order from."""
    identifiers: list[str]
    parent_asin: str | None = None
    child_asins: list[str]
    updated_at: datetime


class Products(Message):
    """Items that were found."""

    products: list[Product]
    count: int
    """How many there are in all."""


class FindProducts(Request[Products], rename="camel"):
    """Find items by words."""

    operation = get("/market/v1/products", "findProducts", statuses=_READS, scope=NONE)

    keywords: str
    marketplace_id: str | None = None
    """The United States unless said."""
    brand: str | None = None
    limit: Annotated[int, Meta(ge=1, le=1000)] = 20


class GetProduct(Request[Product], rename="camel"):
    """Show an item."""

    operation = get("/market/v1/products/{asin}", "getProduct", statuses=_READS, scope=NONE)

    asin: str
    marketplace_id: str | None = None
    """The first marketplace that has it unless said."""


class CreateProductSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """The item to be."""

    title: Title
    brand: Name = "Generic"
    product_type: str = "PRODUCT"
    gtin: str | None = None
    marketplace_ids: list[str] = []


class CreateProduct(Request[Product], rename="camel"):
    """Bring an item into the catalog that nobody offers yet."""

    operation = post(
        "/market/v1/products",
        "createProduct",
        status=201,
        statuses=_CREATES,
        body=CreateProductSpecification,
        scope=NONE,
    )

    title: Title
    brand: Name = "Generic"
    product_type: str = "PRODUCT"
    gtin: str | None = None
    """A UPC, an EAN or an ISBN."""
    marketplace_ids: list[str] = []
    """Every marketplace unless said."""


class StockMovement(Message, rename="camel"):
    """One entry of the ledger."""

    place: str
    condition: str
    reason: str
    on_hand_change: int
    reserved_change: int
    reference: str
    moved_at: datetime
    center: str | None = None
    """In which of Amazon's centers, if units moved there."""


class StockLevel(Message, rename="camel"):
    """What a seller has of a SKU at a place."""

    sku: str
    place: str
    """SELLER or FBA."""
    condition: str = "SELLABLE"
    on_hand: int
    reserved: int
    available: int


class StockAtSource(Message, rename="camel"):
    """What lies of a SKU at a supply source: a part of what its seller has."""

    code: str
    status: str
    """Active, Inactive or Archived: only what lies at an active source can be ordered."""
    on_hand: int
    reserved: int
    available: int


class StockAtCenter(Message, rename="camel"):
    """What lies of a SKU in one of Amazon's centers: a part of what is at Amazon."""

    code: str
    city: str
    country_code: str
    condition: str
    units: int


class Stock(Message, rename="camel"):
    """What a seller has, in the order of SKU."""

    seller_id: str
    levels: list[StockLevel]
    movements: list[StockMovement] = []
    at_sources: list[StockAtSource] = []
    """Where units that the seller ships itself lie; of a single SKU alone."""
    at_centers: list[StockAtCenter] = []
    """Where units lie at Amazon; of a single SKU alone."""


class ListStock(Request[Stock], rename="camel"):
    """List what a seller has."""

    operation = get("/market/v1/stock", "listStock", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""


class GetStock(Request[Stock], rename="camel"):
    """Show what there is of a SKU, and how it moved."""

    operation = get("/market/v1/stock/level", "getStock", statuses=_READS, scope=NONE)

    sku: str
    seller_id: str | None = None


class SetStockSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """How many units there are."""

    sku: str
    quantity: Quantity
    is_added: bool = False
    is_amazon_fulfilled: bool | None = None
    condition: str | None = None
    center: str | None = None
    seller_id: str | None = None


class SetStock(Request[Stock], rename="camel"):
    """Say how many units of a SKU can be promised, or that more have come."""

    operation = put("/market/v1/stock/level", "setStock", statuses=_COMMANDS, body=SetStockSpecification, scope=NONE)

    sku: str
    quantity: Quantity
    is_added: bool = False
    """Whether so many come on top of what is there."""
    is_amazon_fulfilled: bool | None = None
    """Where they lie; where the SKU's listings sell from unless said."""
    condition: str | None = None
    """What they are, such as DEFECTIVE or INBOUND_SHIPPED; SELLABLE unless said."""
    center: str | None = None
    """To which of Amazon's centers what is added comes; the first one of the seller's country unless said."""
    seller_id: str | None = None


class Incident(StrEnum):
    """What Amazon does to units that lie with it."""

    LOST = "LOST"
    FOUND = "FOUND"
    """Of those that it lost."""
    DAMAGED = "DAMAGED"
    EXPIRED = "EXPIRED"
    DISPOSED = "DISPOSED"
    """Of those that cannot be sold."""


class AddStockIncidentSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What happens to how many units."""

    sku: str
    incident: Incident
    quantity: Annotated[int, Meta(ge=1)] = 1
    condition: str | None = None
    center: str | None = None
    seller_id: str | None = None


class AddStockIncident(Request[Stock], rename="camel"):
    """Let Amazon lose, find, damage or dispose of units that lie with it, or let them expire."""

    operation = post(
        "/market/v1/stock/incidents",
        "addStockIncident",
        status=200,
        statuses=_INCIDENTS,
        body=AddStockIncidentSpecification,
        scope=NONE,
    )

    sku: str
    incident: Incident
    quantity: Annotated[int, Meta(ge=1)] = 1
    condition: str | None = None
    """What is disposed of, such as DEFECTIVE; WAREHOUSE_DAMAGED unless said."""
    center: str | None = None
    """In which of Amazon's centers; in the one that has the most unless said."""
    seller_id: str | None = None


class TransferStockSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """Which units go where."""

    sku: str
    quantity: Annotated[int, Meta(ge=1)] = 1
    center: str
    out_of: str | None = None
    seller_id: str | None = None


class TransferStock(Request[Stock], rename="camel"):
    """Let Amazon send sellable units from one of its fulfillment centers to another."""

    operation = post(
        "/market/v1/stock/transfers",
        "transferStock",
        status=200,
        statuses=_INCIDENTS,
        body=TransferStockSpecification,
        scope=NONE,
    )

    sku: str
    quantity: Annotated[int, Meta(ge=1)] = 1
    center: str
    """To which center they go."""
    out_of: str | None = None
    """Out of which; out of the one that has the most unless said."""
    seller_id: str | None = None


class StrandedUnits(Message, rename="camel"):
    """Units at Amazon that nobody can buy."""

    sku: str
    marketplace_id: str
    units: int
    why: str
    error: str = ""
    """What blocks the listing, if something does."""


class Stranded(Message, rename="camel"):
    """What is stranded, in the order of SKU."""

    stranded: list[StrandedUnits]


class ListStranded(Request[Stranded], rename="camel"):
    """List what lies at Amazon without an offer that sells it."""

    operation = get("/market/v1/stock/stranded", "listStranded", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""
    marketplace_id: str | None = None
    """The seller's home unless said."""
