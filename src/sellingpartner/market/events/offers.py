"""What happens to offers: those of this market's sellers and those of its simulated competitors."""

from __future__ import annotations

from enum import StrEnum

from sellingpartner.storage.events import Event


class OfferChange(StrEnum):
    """What changed about an offer."""

    MADE = "MADE"
    PRICED = "PRICED"
    SOLD_OUT = "SOLD_OUT"
    RESTOCKED = "RESTOCKED"
    WITHDRAWN = "WITHDRAWN"
    DESCRIBED = "DESCRIBED"
    """Something else that buyers see: the channel, the shipping time, a price for businesses."""


class OfferChanged(Event):
    """An offer that buyers can see came, changed or went; `offers.questions.contest_of` tells all that stand then.

    `landed_before` and `landed_after` are what a buyer pays with shipping, less points, in minor units of the currency;
    None where buyers could or can not order.
    """

    marketplace_id: str
    asin: str
    condition: str
    seller_id: str
    sku: str
    change: OfferChange
    currency: str
    landed_before: int | None
    landed_after: int | None


class FeaturedOfferChanged(Event):
    """Another offer of an item is featured than before, or none is."""

    marketplace_id: str
    asin: str
    condition: str
    seller_id: str | None
    sku: str | None
    seller_id_before: str | None
    sku_before: str | None


class OfferPricedOut(Event):
    """A seller's offer may not be featured any more because of its price alone; what Amazon tells as PRICING_HEALTH.

    Both amounts are minor units of the currency.
    """

    marketplace_id: str
    asin: str
    condition: str
    seller_id: str
    sku: str
    currency: str
    landed: int
    """What a buyer pays with shipping, less points."""
    ceiling: int
    """The most that a buyer may pay for an offer that is featured, by what the item costs at other retailers."""
