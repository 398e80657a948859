"""What a promotion is made of. Amounts are minor units of the marketplace's currency."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

_HUNDRED = 100


class Kind(StrEnum):
    """What buyers see a promotion as."""

    BEST_DEAL = "BEST_DEAL"
    LIGHTNING_DEAL = "LIGHTNING_DEAL"
    PRICE_DISCOUNT = "PRICE_DISCOUNT"
    COUPON = "COUPON"


class Ended(StrEnum):
    """Why a promotion ended before its time."""

    CANCELED = "CANCELED"
    BUDGET_SPENT = "BUDGET_SPENT"


class State(StrEnum):
    """Where a promotion stands at a moment."""

    SCHEDULED = "SCHEDULED"
    RUNNING = "RUNNING"
    OVER = "OVER"


class Discount(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken off the price of a unit: a part in a hundred, or an amount; one of them is said."""

    percent: int | None = None
    amount: int | None = None

    def off(self, price: int) -> int:
        """What it takes off one unit's price, rounded half up to the minor unit."""
        if self.percent is not None:
            return (2 * price * self.percent + _HUNDRED) // (2 * _HUNDRED)
        return min(self.amount or 0, price)


class PromotedItem(msgspec.Struct, frozen=True):
    """What a promotion is of."""

    sku: str
    asin: str


class NewPromotion(msgspec.Struct, frozen=True, kw_only=True):
    """A promotion as its seller states it."""

    kind: Kind
    name: str
    marketplace_id: str
    skus: tuple[str, ...]
    discount: Discount
    begins_at: datetime
    ends_at: datetime
    """The first moment at which it does not run any more."""
    budget: int | None = None


class Promotion(msgspec.Struct, frozen=True, kw_only=True):
    """A promotion or a coupon of one seller in one marketplace."""

    promotion_id: str
    marketplace_id: str
    kind: Kind
    name: str
    currency: str
    percent: int | None
    amount: int | None
    budget: int | None
    spent: int
    """What was taken off prices in all, of orders that were canceled later as well."""
    items: tuple[PromotedItem, ...]
    begins_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    ended_by: Ended | None
    created_at: datetime
    updated_at: datetime

    @property
    def discount(self) -> Discount:
        """What it takes off a unit."""
        return Discount(percent=self.percent, amount=self.amount)

    @property
    def until(self) -> datetime:
        """When it was over, or will be; never before it has begun."""
        return self.ends_at if self.ended_at is None else max(self.begins_at, self.ended_at)

    def state_at(self, moment: datetime) -> State:
        """Where it stands."""
        if self.ended_at is not None or moment >= self.ends_at:
            return State.OVER
        return State.SCHEDULED if moment < self.begins_at else State.RUNNING

    def covers(self, sku: str) -> bool:
        """Whether it is of a SKU."""
        return any(item.sku == sku for item in self.items)
