"""The market's control API, v1: what sellers list, and what may not be listed.

A SKU may hold slashes, so it stands in the query or in the body and not in the path.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from msgspec import Meta

from sellingpartner.contract.market_v1.orders import Money
from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import NoContent, Request, delete, get, post, put
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)
_GONE = (204, 400, 403, 404, 500, 503)
Quantity = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Limit = Annotated[int, Meta(ge=1, le=1000)]


class ListingIssue(Message, rename="camel"):
    """Something that is wrong with a listing, as its seller is told."""

    code: str
    severity: str
    message: str


class Listing(Message, rename="camel"):
    """A SKU in one marketplace."""

    seller_id: str
    sku: str
    marketplace_id: str
    product_type: str
    asin: str | None = None
    title: str
    status: list[str]
    """BUYABLE, DISCOVERABLE."""
    price: Money | None = None
    is_amazon_fulfilled: bool
    available: int
    """How many units can still be promised."""
    is_processed: bool
    issues: list[ListingIssue]
    created_at: datetime
    updated_at: datetime


class Listings(Message):
    """Listings, in the order of SKU."""

    listings: list[Listing]


class ListListings(Request[Listings], rename="camel"):
    """List a seller's listings in a marketplace."""

    operation = get("/market/v1/listings", "listListings", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""
    marketplace_id: str | None = None
    """The seller's home unless said."""
    after: str = ""
    """Only SKUs after this one."""
    limit: Limit = 100


class GetListing(Request[Listing], rename="camel"):
    """Show one listing."""

    operation = get("/market/v1/listing", "getListing", statuses=_READS, scope=NONE)

    sku: str
    seller_id: str | None = None
    marketplace_id: str | None = None


class ListingExample(Message, rename="camel"):
    """What putListingsItem takes for a product that nobody makes."""

    product_type: str
    requirements: str
    attributes: dict[str, list[dict[str, Any]]]


class GetListingExample(Request[ListingExample], rename="camel"):
    """Make the body of a listing that is right, to begin with."""

    operation = get("/market/v1/listing/example", "getListingExample", statuses=_READS, scope=NONE)

    product_type: str
    seller_id: str | None = None
    marketplace_id: str | None = None


class PutListingSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is listed."""

    sku: str
    seller_id: str | None = None
    marketplace_id: str | None = None
    title: str | None = None
    price: Decimal | None = None
    stock: Quantity | None = None
    is_amazon_fulfilled: bool | None = None
    product_type: str | None = None
    asin: str | None = None
    brand: str | None = None
    attributes: dict[str, list[dict[str, Any]]] | None = None


class PutListing(Request[Listing], rename="camel"):
    """List a product, or change what its SKU offers, and process that at once."""

    operation = put("/market/v1/listing", "putListing", statuses=_COMMANDS, body=PutListingSpecification, scope=NONE)

    sku: str
    seller_id: str | None = None
    marketplace_id: str | None = None
    title: str | None = None
    price: Decimal | None = None
    """In the marketplace's currency."""
    stock: Quantity | None = None
    """How many units can be promised from here on."""
    is_amazon_fulfilled: bool | None = None
    product_type: str | None = None
    """PRODUCT unless said."""
    asin: str | None = None
    """The item of the catalog that is offered; a product of its own unless said."""
    brand: str | None = None
    attributes: dict[str, list[dict[str, Any]]] | None = None
    """More attributes, in the form of Listings Items; they replace those that are made of the rest."""


class DeleteListing(Request[NoContent], rename="camel"):
    """Take a listing down."""

    operation = delete("/market/v1/listing", "deleteListing", status=204, statuses=_GONE, scope=NONE)

    sku: str
    seller_id: str | None = None
    marketplace_id: str | None = None


class SuppressListingSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is imposed on a listing."""

    sku: str
    kind: str
    seller_id: str | None = None
    marketplace_id: str | None = None
    value: str = ""


class SuppressListing(Request[Listing], rename="camel"):
    """Impose an issue on a listing, as Amazon's people do."""

    operation = post(
        "/market/v1/suppressions", "suppressListing", statuses=_COMMANDS, body=SuppressListingSpecification, scope=NONE
    )

    sku: str
    kind: str
    seller_id: str | None = None
    marketplace_id: str | None = None
    value: str = ""
    """What it is about, such as the address of a picture."""


class LiftSuppressionSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is taken back."""

    sku: str
    kind: str | None = None
    seller_id: str | None = None
    marketplace_id: str | None = None


class LiftSuppression(Request[Listing], rename="camel"):
    """Take back what was imposed on a listing."""

    operation = post(
        "/market/v1/suppressions/lifting",
        "liftSuppression",
        statuses=_COMMANDS,
        body=LiftSuppressionSpecification,
        scope=NONE,
    )

    sku: str
    kind: str | None = None
    """All of it unless said."""
    seller_id: str | None = None
    marketplace_id: str | None = None


class Restriction(Message, rename="camel"):
    """Products that may not be listed, or not without approval."""

    restriction_id: int
    kind: str
    subject: str
    seller_id: str | None = None
    """Every seller unless said."""
    marketplace_id: str | None = None
    """Every marketplace unless said."""
    conditions: list[str]
    """Values of `condition_type`; none are all."""
    reason: str
    is_approved_at_once: bool
    added_at: datetime


class Restrictions(Message):
    """All restrictions."""

    restrictions: list[Restriction]


class ListRestrictions(Request[Restrictions]):
    """List what is restricted."""

    operation = get("/market/v1/restrictions", "listRestrictions", statuses=_READS, scope=NONE)


class AddRestrictionSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is to be restricted."""

    kind: str
    subject: str = ""
    seller_id: str | None = None
    marketplace_id: str | None = None
    conditions: list[str] = []
    is_final: bool = False
    is_approved_at_once: bool = True


class AddRestriction(Request[Restriction], rename="camel"):
    """Restrict products."""

    operation = post(
        "/market/v1/restrictions",
        "addRestriction",
        status=201,
        statuses=_CREATES,
        body=AddRestrictionSpecification,
        scope=NONE,
    )

    kind: str
    """BRAND, PRODUCT_TYPE, CLASSIFICATION, ASIN or ALL."""
    subject: str = ""
    """The brand, the product type and so on; nothing for ALL."""
    seller_id: str | None = None
    marketplace_id: str | None = None
    conditions: list[str] = []
    is_final: bool = False
    """Whether approval does not help."""
    is_approved_at_once: bool = True
    """Whether a seller who asks is approved without anybody looking."""


class RemoveRestriction(Request[NoContent], rename="camel"):
    """Take a restriction back."""

    operation = delete(
        "/market/v1/restrictions/{restrictionId}", "removeRestriction", status=204, statuses=_GONE, scope=NONE
    )

    restriction_id: int


class ApproveSellerSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """Who is approved."""

    seller_id: str | None = None


class ApproveSeller(Request[NoContent], rename="camel"):
    """Give a seller the approval that a restriction asks for."""

    operation = post(
        "/market/v1/restrictions/{restrictionId}/approvals",
        "approveSeller",
        status=204,
        statuses=(204, 400, 403, 404, 415, 500, 503),
        body=ApproveSellerSpecification,
        scope=NONE,
    )

    restriction_id: int
    seller_id: str | None = None
    """The market's first seller unless said."""
