"""The market's control API, v1: what buyers say of sellers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, get, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_CREATES = (201, 400, 403, 404, 409, 415, 500, 503)
Rating = Annotated[int, Meta(ge=1, le=5)]
Comment = Annotated[str, Meta(max_length=400)]


class SellerFeedback(Message, rename="camel"):
    """What a buyer said of a seller."""

    order_id: str
    marketplace_id: str
    rating: int
    comment: str
    left_at: datetime


class SellersFeedback(Message, rename="camel"):
    """What buyers said of a seller, the latest first."""

    received: int
    """How many ratings there are in all."""
    positive: int
    """How many of them are good: four or five stars."""
    feedback: list[SellerFeedback]


class ListFeedback(Request[SellersFeedback], rename="camel"):
    """List what buyers said last of a seller."""

    operation = get("/market/v1/feedback", "listFeedback", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""


class LeaveFeedbackSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What the buyer says."""

    order_id: str
    rating: Rating
    comment: Comment = ""


class LeaveFeedback(Request[SellerFeedback], rename="camel"):
    """Let the buyer of an order rate its seller."""

    operation = post(
        "/market/v1/feedback",
        "leaveFeedback",
        status=201,
        statuses=_CREATES,
        body=LeaveFeedbackSpecification,
        scope=NONE,
    )

    order_id: str
    rating: Rating
    comment: Comment = ""
