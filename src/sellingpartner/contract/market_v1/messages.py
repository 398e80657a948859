"""The market's control API, v1: what sellers and buyers write to each other."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, get, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)
Text = Annotated[str, Meta(min_length=1, max_length=4000)]


class OrderMessage(Message, rename="camel"):
    """One message about an order."""

    message_id: int
    order_id: str
    marketplace_id: str
    sender: str
    """SELLER, BUYER, or AMAZON who asks for a review."""
    kind: str
    text: str | None = None
    files: list[str] = []
    sent_at: datetime


class OrderMessages(Message, rename="camel"):
    """Messages, the newest first."""

    messages: list[OrderMessage]
    allowed: list[str] = []
    """The kinds of messages that the seller may send about the order that is asked for."""


class ListMessages(Request[OrderMessages], rename="camel"):
    """List what was written about an order, or about all orders of a seller."""

    operation = get("/market/v1/messages", "listMessages", statuses=_READS, scope=NONE)

    order_id: str | None = None
    seller_id: str | None = None
    """The market's first seller unless said; of no matter where an order is named."""


class AnswerMessageSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What the buyer writes."""

    order_id: str
    text: Text


class AnswerMessage(Request[OrderMessages], rename="camel"):
    """Let the buyer of an order write to its seller."""

    operation = post(
        "/market/v1/messages",
        "answerMessage",
        status=201,
        statuses=_CREATES,
        body=AnswerMessageSpecification,
        scope=NONE,
    )

    order_id: str
    text: Text
