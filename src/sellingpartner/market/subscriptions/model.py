"""Offers of the program, subscriptions and their deliveries."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from sellingpartner.market.events.subscriptions import SubscriptionCanceled
from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.time.lifecycle import Lifecycle


class Status(StrEnum):
    """Whether anything still comes of a subscription."""

    ACTIVE = "ACTIVE"
    CANCELED = "CANCELED"


LIFECYCLE: Lifecycle[Status] = {
    Status.ACTIVE: {SubscriptionCanceled: Status.CANCELED},
    Status.CANCELED: {},
}


class Outcome(StrEnum):
    """What became of a delivery."""

    ORDERED = "ORDERED"
    MISSED = "MISSED"
    """Nothing was to be had."""
    CANCELED = "CANCELED"
    """Its order was canceled."""


class Enrollment(msgspec.Struct, frozen=True, kw_only=True):
    """An offer of the program."""

    sku: str
    marketplace_id: str
    percent: int
    """What its seller takes off for subscribers."""
    is_automatic: bool = False
    """Whether Amazon put it in."""
    is_suspended: bool = False
    """Whether nobody new may subscribe."""


class NewSubscription(msgspec.Struct, frozen=True, kw_only=True):
    """What a buyer subscribes to."""

    sku: str
    marketplace_id: str
    buyer: Buyer
    address: Address
    quantity: int = 1
    interval_days: int = 30


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """A buyer's subscription."""

    subscription_id: str
    marketplace_id: str
    sku: str
    asin: str
    buyer_key: str
    """What stands for the buyer where nobody must be named."""
    quantity: int
    interval_days: int
    percent: int
    """What was taken off when it began."""
    has_coupon: bool
    """Whether a coupon for the SKU ran when it began."""
    created_at: datetime
    next_at: datetime
    canceled_at: datetime | None
    canceled_by: str

    @property
    def status(self) -> Status:
        """Whether anything still comes."""
        return Status.ACTIVE if self.canceled_at is None else Status.CANCELED

    @property
    def interval(self) -> timedelta:
        """How long it is from one delivery to the next."""
        return timedelta(days=self.interval_days)

    def is_active_at(self, moment: datetime) -> bool:
        """Whether it had begun and was not canceled."""
        return self.created_at < moment and (self.canceled_at is None or self.canceled_at >= moment)


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery of a subscription: what was to come, and what left."""

    number: int
    subscription_id: str
    marketplace_id: str
    sku: str
    percent: int
    outcome: Outcome
    order_id: str | None
    units: int
    whole_minor: int
    """What they cost."""
    amount_minor: int
    """What they cost the buyer, the discount taken off."""
    planned_at: datetime
    shipped_at: datetime | None
    shipped_units: int
    shipped_minor: int
