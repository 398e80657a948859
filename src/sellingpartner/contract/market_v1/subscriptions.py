"""The market's control API, v1: Subscribe & Save, as buyers and sellers use it by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, delete, get, post, put
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)


class BuyerSubscription(Message, rename="camel"):
    """A buyer's subscription."""

    subscription_id: str
    marketplace_id: str
    sku: str
    quantity: int
    interval_days: int
    status: str
    created_at: datetime
    next_at: datetime
    canceled_by: str = ""
    ordered: int = 0
    """How many deliveries were ordered."""
    missed: int = 0
    """How many were not, as there was nothing to be had."""


class BuyerSubscriptions(Message):
    """Subscriptions, by when they began."""

    subscriptions: list[BuyerSubscription]


class ListBuyerSubscriptions(Request[BuyerSubscriptions], rename="camel"):
    """List the subscriptions of a seller's buyers in a marketplace, canceled ones included."""

    operation = get("/market/v1/buyer-subscriptions", "listBuyerSubscriptions", statuses=_READS, scope=NONE)

    marketplace_id: str | None = None
    seller_id: str | None = None


class SubscribeBuyerSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What a buyer subscribes to."""

    sku: str
    quantity: Annotated[int, Meta(ge=1, le=10)] = 1
    interval_days: int = 30
    marketplace_id: str | None = None
    seller_id: str | None = None


class SubscribeBuyer(Request[BuyerSubscription], rename="camel"):
    """Let somebody subscribe to a SKU; the first delivery is ordered at once."""

    operation = post(
        "/market/v1/buyer-subscriptions",
        "subscribeBuyer",
        status=201,
        statuses=_CREATES,
        body=SubscribeBuyerSpecification,
        scope=NONE,
    )

    sku: str
    quantity: Annotated[int, Meta(ge=1, le=10)] = 1
    interval_days: int = 30
    marketplace_id: str | None = None
    seller_id: str | None = None


class CancelBuyerSubscription(Request[BuyerSubscription], rename="camel"):
    """Let a buyer cancel a subscription; what was ordered still comes."""

    operation = delete(
        "/market/v1/buyer-subscriptions/{subscriptionId}",
        "cancelBuyerSubscription",
        statuses=_READS,
        scope=NONE,
    )

    subscription_id: str
    seller_id: str | None = None


class EnrollOfferSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """How an offer is in the program."""

    sku: str
    percent: int = 5
    is_suspended: bool = False
    marketplace_id: str | None = None
    seller_id: str | None = None


class EnrolledOffer(Message, rename="camel"):
    """An offer of the program."""

    sku: str
    marketplace_id: str
    percent: int
    is_suspended: bool


class EnrollOffer(Request[EnrolledOffer], rename="camel"):
    """Put an offer into Subscribe & Save, or change what it takes off."""

    operation = put(
        "/market/v1/program-offers",
        "enrollOffer",
        statuses=_COMMANDS,
        body=EnrollOfferSpecification,
        scope=NONE,
    )

    sku: str
    percent: int = 5
    """What the seller takes off: 0, 5 or 10."""
    is_suspended: bool = False
    """Whether nobody new may subscribe."""
    marketplace_id: str | None = None
    seller_id: str | None = None
