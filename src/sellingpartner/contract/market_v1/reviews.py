"""The market's control API, v1: what buyers say of items."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, post
from sellingpartner.contract.scopes import NONE

_CREATES = (201, 400, 403, 404, 409, 415, 500, 503)
Stars = Annotated[int, Meta(ge=1, le=5)]
Topics = Annotated[list[Annotated[str, Meta(max_length=60)]], Meta(max_length=10)]


class ItemReview(Message, rename="camel"):
    """What a buyer said of an item."""

    order_id: str
    marketplace_id: str
    asin: str
    stars: int
    praised: list[str]
    faulted: list[str]
    words: list[str]
    """How the buyer put it, a sentence for each topic."""
    written_at: datetime


class ReviewItemSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What the buyer says."""

    order_id: str
    sku: str
    stars: Stars
    praised: Topics = []
    faulted: Topics = []


class ReviewItem(Request[ItemReview], rename="camel"):
    """Let the buyer of an order review what was bought under an SKU."""

    operation = post(
        "/market/v1/reviews",
        "reviewItem",
        status=201,
        statuses=_CREATES,
        body=ReviewItemSpecification,
        scope=NONE,
    )

    order_id: str
    sku: str
    stars: Stars
    praised: Topics = []
    faulted: Topics = []
