"""The market's control API, v1: who offers an item, and simulated competitors."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner.contract.market_v1.names import Name
from sellingpartner.contract.market_v1.orders import Money
from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import NoContent, Request, delete, get, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)


class ProductOffer(Message, rename="camel"):
    """One offer of an item."""

    seller_id: str
    seller_name: str
    sku: str
    condition: str
    is_amazon_fulfilled: bool
    price: Money
    shipping: Money
    positive_rating: int
    feedback_count: int
    is_available: bool
    is_featured: bool
    is_competitor: bool
    """Whether a simulated competitor makes it."""


class ProductOffers(Message, rename="camel"):
    """All offers of an item in a marketplace, cheapest first."""

    asin: str
    marketplace_id: str
    offers: list[ProductOffer]


class ListOffers(Request[ProductOffers], rename="camel"):
    """List who offers an item, which is named by its ASIN or by a seller's SKU."""

    operation = get("/market/v1/offers", "listOffers", statuses=_READS, scope=NONE)

    asin: str | None = None
    sku: str | None = None
    seller_id: str | None = None
    """Whose SKU it is; the market's first seller unless said."""
    marketplace_id: str | None = None
    """The seller's home unless said."""


class CompeteSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What a competitor offers."""

    asin: str
    price: Decimal
    marketplace_id: str | None = None
    competitor_id: str | None = None
    name: Name = "Competitor"
    sku: str | None = None
    shipping: Decimal = Decimal(0)
    is_amazon_fulfilled: bool = False
    condition: str = "New"
    strategy: str = "HOLD"


class Compete(Request[ProductOffers], rename="camel"):
    """Let a competitor offer an item, or change the price at which it does."""

    operation = post(
        "/market/v1/offers", "compete", status=201, statuses=_CREATES, body=CompeteSpecification, scope=NONE
    )

    asin: str
    price: Decimal
    """In the marketplace's currency."""
    marketplace_id: str | None = None
    """The United States unless said."""
    competitor_id: str | None = None
    """The seller id of a competitor that is there; else one joins."""
    name: Name = "Competitor"
    """What the one who joins is called."""
    sku: str | None = None
    """The ASIN unless said."""
    shipping: Decimal = Decimal(0)
    is_amazon_fulfilled: bool = False
    condition: str = "New"
    strategy: str = "HOLD"
    """How the one who joins sets prices: HOLD, MATCH, UNDERCUT or SEESAW."""


class WithdrawOffer(Request[NoContent], rename="camel"):
    """Let a competitor take an offer back."""

    operation = delete(
        "/market/v1/competitors/{competitorId}/offer",
        "withdrawOffer",
        status=204,
        statuses=(204, 400, 403, 404, 500, 503),
        scope=NONE,
    )

    competitor_id: str
    sku: str
    marketplace_id: str | None = None
    """The United States unless said."""
