"""The market's control API, v1: what selling something would cost its seller."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sellingpartner.contract.market_v1.orders import Money
from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, post
from sellingpartner.contract.scopes import NONE


class Fee(Message, rename="camel"):
    """One fee, by Amazon's name for it."""

    type: str
    amount: Money
    tax: Money | None = None
    final: Money
    """What is charged."""


class EstimatedFees(Message, rename="camel"):
    """What selling one unit costs, and what is left of its price."""

    seller_id: str
    marketplace_id: str
    asin: str
    category: str
    """The fee category."""
    size_tier: str | None = None
    """The size tier of the package, where Amazon fulfills."""
    price: Money
    shipping: Money | None = None
    fees: list[Fee]
    total: Money
    proceeds: Money
    """Price and shipping less the fees; below zero where they are more."""
    at: datetime
    """The moment whose tables count."""


class EstimateFeesSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is sold, and how."""

    seller_id: str | None = None
    marketplace_id: str | None = None
    sku: str | None = None
    asin: str | None = None
    price: Decimal | None = None
    shipping: Decimal | None = None
    is_amazon_fulfilled: bool | None = None


class EstimateFees(Request[EstimatedFees], rename="camel"):
    """Say what selling one unit of a SKU, or of an item of the catalog, would cost its seller."""

    operation = post(
        "/market/v1/fees",
        "estimateFees",
        statuses=(200, 400, 403, 404, 415, 500, 503),
        body=EstimateFeesSpecification,
        scope=NONE,
    )

    seller_id: str | None = None
    """The market's first seller unless said."""
    marketplace_id: str | None = None
    """The seller's home unless said: the United States if it sells there, else the first of its marketplaces."""
    sku: str | None = None
    """One of the seller's SKUs; or else an ASIN."""
    asin: str | None = None
    price: Decimal | None = None
    """In the marketplace's currency; that of the SKU's offer unless said."""
    shipping: Decimal | None = None
    is_amazon_fulfilled: bool | None = None
    """As the SKU is listed unless said; an ASIN is fulfilled by the seller."""
