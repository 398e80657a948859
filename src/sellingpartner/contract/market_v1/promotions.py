"""The market's control API, v1: promotions and coupons, which take something off a seller's prices for a while."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sellingpartner.contract.market_v1.names import Name
from sellingpartner.contract.market_v1.orders import Money
from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)


class PromotionKind(OpenEnum):
    """What buyers see a promotion as."""

    BEST_DEAL = "BEST_DEAL"
    LIGHTNING_DEAL = "LIGHTNING_DEAL"
    PRICE_DISCOUNT = "PRICE_DISCOUNT"
    COUPON = "COUPON"


class PromotionState(OpenEnum):
    """Where a promotion stands."""

    SCHEDULED = "SCHEDULED"
    RUNNING = "RUNNING"
    OVER = "OVER"


class SellerPromotion(Message, rename="camel"):
    """A promotion or a coupon."""

    promotion_id: str
    seller_id: str
    marketplace_id: str
    kind: PromotionKind
    name: str
    state: PromotionState
    skus: list[str]
    begins_at: datetime
    ends_at: datetime
    """When it was over, or will be."""
    spent: Money
    """What it took off prices in all."""
    percent: int | None = None
    amount: Money | None = None
    budget: Money | None = None
    ended_by: str | None = None
    """Why it ended before its time: CANCELED or BUDGET_SPENT."""


class Promotions(Message):
    """Promotions, the first to begin first."""

    promotions: list[SellerPromotion]


class ListPromotions(Request[Promotions], rename="camel"):
    """List a seller's promotions and coupons, those that are over included."""

    operation = get("/market/v1/promotions", "listPromotions", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""


class CreatePromotionSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """A promotion."""

    skus: list[str]
    ends_at: datetime
    name: Name = "Promotion"
    kind: PromotionKind = PromotionKind.PRICE_DISCOUNT
    percent: int | None = None
    amount: Decimal | None = None
    budget: Decimal | None = None
    begins_at: datetime | None = None
    seller_id: str | None = None
    marketplace_id: str | None = None


class CreatePromotion(Request[SellerPromotion], rename="camel"):
    """Create a promotion or a coupon: while it runs, orders of its SKUs get its discount."""

    operation = post(
        "/market/v1/promotions",
        "createPromotion",
        status=201,
        statuses=_CREATES,
        body=CreatePromotionSpecification,
        scope=NONE,
    )

    skus: list[str]
    ends_at: datetime
    """The first moment at which it does not run any more."""
    name: Name = "Promotion"
    kind: PromotionKind = PromotionKind.PRICE_DISCOUNT
    percent: int | None = None
    """What it takes off a unit's price, of a hundred; either this or an amount is said."""
    amount: Decimal | None = None
    """What it takes off each unit, in the marketplace's currency."""
    budget: Decimal | None = None
    """How much it takes off in all; a coupon needs one."""
    begins_at: datetime | None = None
    """Now unless said."""
    seller_id: str | None = None
    """The market's first seller unless said."""
    marketplace_id: str | None = None
    """The seller's home unless said."""


class EndPromotion(Request[SellerPromotion], rename="camel"):
    """End a promotion before its time."""

    operation = post("/market/v1/promotions/{promotionId}/end", "endPromotion", statuses=_COMMANDS, scope=NONE)

    promotion_id: str
    seller_id: str | None = None
    """The market's first seller unless said."""
