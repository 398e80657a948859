"""What happens to buyers' subscriptions: Subscribe & Save."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class OfferEnrolled(Event):
    """A seller has put an offer into the program, or changed what it takes off."""

    sku: str
    marketplace_id: str
    percent: int


class BuyerSubscribed(Event):
    """A buyer will have units of a SKU again and again."""

    subscription_id: str
    sku: str
    marketplace_id: str


class SubscriptionCanceled(Event):
    """No more comes of a subscription."""

    subscription_id: str
    canceled_by: str
    """BUYER, or MARKET where the offer is gone."""


class SubscriptionOrdered(Event):
    """A delivery of a subscription was ordered."""

    subscription_id: str
    order_id: str


class SubscriptionMissed(Event):
    """A delivery of a subscription was not ordered, as there was nothing to be had."""

    subscription_id: str
    sku: str
    units: int
