"""What subscriptions brought: every figure is counted from subscriptions, their deliveries and the orders of the shop.

Assumed: a figure over the last twelve months ends where the interval that was asked for ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cached_property

import msgspec

from sellingpartner.market.orders.metrics.spending import Sold, Spent
from sellingpartner.market.orders.questions import sold_by_sku, spent_by_buyers
from sellingpartner.market.promotions.model import Kind, Promotion
from sellingpartner.market.promotions.questions import all_of_seller
from sellingpartner.market.subscriptions.model import Delivery, Outcome, Subscription
from sellingpartner.market.subscriptions.store import deliveries_in, subscriptions_in
from sellingpartner.storage.unit import UnitOfWork

_YEAR = timedelta(days=365)
_HUNDRED = 100.0


class Average(msgspec.Struct, frozen=True):
    """Of buyers who subscribe, or do not: what one spent, and how often one came back."""

    revenue_minor: float
    reorders: float


class Figures:
    """A marketplace's subscriptions between two moments; of some SKUs alone, if they are named."""

    def __init__(
        self,
        unit: UnitOfWork,
        marketplace_id: str,
        begins: datetime,
        ends: datetime,
        skus: frozenset[str] | None = None,
    ) -> None:
        self._unit, self._here, self._begins, self._ends, self._skus = unit, marketplace_id, begins, ends, skus

    @cached_property
    def subscriptions(self) -> list[Subscription]:
        """Every subscription, canceled ones included."""
        return subscriptions_in(self._unit, self._here, self._skus)

    @cached_property
    def _deliveries(self) -> list[Delivery]:
        return deliveries_in(self._unit, self._here, self._skus)

    @cached_property
    def _sold(self) -> list[Sold]:
        found = sold_by_sku(self._unit, self._here, self._begins, self._ends)
        return [one for one in found if self._skus is None or one.sku in self._skus]

    @cached_property
    def _coupons(self) -> list[Promotion]:
        return [one for one in all_of_seller(self._unit) if one.kind is Kind.COUPON]

    @property
    def shipped_units(self) -> int:
        """How many units left for subscribers."""
        return sum(one.shipped_units for one in self._shipped(self._begins))

    @property
    def revenue_minor(self) -> int:
        """What they were sold for."""
        return sum(one.shipped_minor for one in self._shipped(self._begins))

    @property
    def active(self) -> int:
        """How many subscriptions there were at the end."""
        return sum(one.is_active_at(self._ends) for one in self.subscriptions)

    @property
    def missed_percent(self) -> float:
        """How many of the units that were to come did not, as there were none."""
        missed = sum(one.units for one in self._missed())
        return percent(missed, missed + self.shipped_units)

    @property
    def missed_minor(self) -> int:
        """What those would have been sold for."""
        return sum(one.amount_minor for one in self._missed())

    @property
    def penetration(self) -> float:
        """How much of what was ordered was ordered by subscription.

        Assumed: both are counted when they were ordered, before discounts.
        """
        return percent(self._subscribed_minor(), sum(one.price_minor for one in self._sold))

    @property
    def coupon_penetration(self) -> float:
        """How much of what was ordered was of SKUs that had a coupon in that time."""
        had = {
            item.sku
            for one in self._coupons
            if one.begins_at < self._ends and (one.ended_at or one.ends_at) > self._begins
            for item in one.items
        }
        return percent(
            sum(one.price_minor for one in self._sold if one.sku in had), sum(one.price_minor for one in self._sold)
        )

    @property
    def coupon_share(self) -> float:
        """How many of the subscriptions that began did so while a coupon ran."""
        begun = [one for one in self.subscriptions if self._begins <= one.created_at < self._ends]
        return percent(sum(one.has_coupon for one in begun), len(begun))

    def retention(self, days: int) -> float:
        """How many of the subscriptions of the last twelve months that are so old were kept for so many days."""
        age = timedelta(days=days)
        old = [one for one in self.subscriptions if self._ends - _YEAR <= one.created_at <= self._ends - age]
        kept = [one for one in old if one.canceled_at is None or one.canceled_at - one.created_at >= age]
        return percent(len(kept), len(old))

    def funded(self, share: int) -> float:
        """How much of a year's revenue was sold at a discount."""
        year = self._shipped(self._ends - _YEAR)
        of_it = sum(one.shipped_minor for one in year if one.percent == share)
        return percent(of_it, sum(one.shipped_minor for one in year))

    def conversion(self, share: int) -> float:
        """How many of a year's new orders were subscriptions that began at a discount.

        Assumed: what was ordered by a subscription later is no new order.
        """
        begun = [one for one in self.subscriptions if self._ends - _YEAR <= one.created_at < self._ends]
        ordered = sum(one.orders for one in self._spent(_YEAR))
        again = sum(self._ends - _YEAR <= one.planned_at < self._ends for one in self._ordered()) - len(begun)
        return percent(sum(one.percent == share for one in begun), ordered - max(again, 0))

    def by_deliveries(self) -> tuple[int, int, int]:
        """A year's revenue of subscriptions with several deliveries, and with one: of active ones, of canceled ones."""
        several = single = canceled = 0
        of_each: dict[str, list[Delivery]] = {}
        for one in self._shipped(self._ends - _YEAR):
            of_each.setdefault(one.subscription_id, []).append(one)
        for subscription in self.subscriptions:
            came = of_each.get(subscription.subscription_id, [])
            minor = sum(one.shipped_minor for one in came)
            if len(came) > 1:
                several += minor
            elif subscription.is_active_at(self._ends):
                single += minor
            else:
                canceled += minor
        return several, single, canceled

    def averages(self) -> tuple[Average, Average]:
        """What buyers who ever subscribed spent in a year, and how often they came back; and what others did."""
        keys = {one.buyer_key for one in self.subscriptions if one.created_at < self._ends}
        spent = self._spent(_YEAR)
        return _average(one for one in spent if one.buyer_key in keys), _average(
            one for one in spent if one.buyer_key not in keys
        )

    def lifetime(self) -> dict[str, tuple[int, int]]:
        """What two years brought by kind of buyer: by one-time orders, and by subscriptions."""
        by_subscription: dict[str, int] = {}
        keys = {one.subscription_id: one.buyer_key for one in self.subscriptions}
        for one in self._ordered():
            if self._ends - 2 * _YEAR <= one.planned_at < self._ends:
                key = keys[one.subscription_id]
                by_subscription[key] = by_subscription.get(key, 0) + one.whole_minor
        found = dict.fromkeys(("never", "lost", "growing", "established"), (0, 0))
        kinds = self._kinds()
        for spent in self._spent(2 * _YEAR):
            kind, again = kinds.get(spent.buyer_key, "never"), by_subscription.get(spent.buyer_key, 0)
            once, more = found[kind]
            found[kind] = (once + max(spent.price_minor - again, 0), more + again)
        return found

    def forecast(self, begins: datetime, ends: datetime) -> tuple[int, int]:
        """How many units are to come between two moments of the future, and for how much: as was ordered last."""
        last: dict[str, Delivery] = {one.subscription_id: one for one in self._deliveries}
        units = minor = 0
        for subscription in self.subscriptions:
            times = deliveries_between(subscription, begins, ends)
            one = last.get(subscription.subscription_id)
            units += times * subscription.quantity
            minor += times * (0 if one is None else one.amount_minor)
        return units, minor

    def _kinds(self) -> dict[str, str]:
        kinds: dict[str, str] = {}
        for key in {one.buyer_key for one in self.subscriptions if one.created_at < self._ends}:
            mine = [one for one in self.subscriptions if one.buyer_key == key and one.created_at < self._ends]
            first = min(one.created_at for one in mine)
            if not any(one.is_active_at(self._ends) for one in mine):
                kinds[key] = "lost"
            else:
                kinds[key] = "established" if first <= self._ends - _YEAR else "growing"
        return kinds

    def _spent(self, back: timedelta) -> list[Spent]:
        return list(spent_by_buyers(self._unit, self._here, self._ends - back, self._ends))

    def _ordered(self) -> list[Delivery]:
        return [one for one in self._deliveries if one.outcome is Outcome.ORDERED]

    def _subscribed_minor(self) -> int:
        return sum(one.whole_minor for one in self._ordered() if self._begins <= one.planned_at < self._ends)

    def _shipped(self, begins: datetime) -> Sequence[Delivery]:
        return [one for one in self._deliveries if one.shipped_at is not None and begins <= one.shipped_at < self._ends]

    def _missed(self) -> Sequence[Delivery]:
        return [
            one
            for one in self._deliveries
            if one.outcome is Outcome.MISSED and self._begins <= one.planned_at < self._ends
        ]


def deliveries_between(subscription: Subscription, begins: datetime, ends: datetime) -> int:
    """How often a subscription is due between two moments, if nobody cancels it."""
    if subscription.canceled_at is not None:
        return 0
    times, due = 0, subscription.next_at
    while due < ends:
        times += due >= begins
        due += subscription.interval
    return times


def percent(part: float, whole: float) -> float:
    """How much of something a part is; nothing of nothing."""
    return _HUNDRED * part / whole if whole > 0 else 0.0


def _average(spent: Iterable[Spent]) -> Average:
    found = list(spent)
    if not found:
        return Average(0.0, 0.0)
    return Average(
        sum(one.price_minor for one in found) / len(found), sum(one.orders - 1 for one in found) / len(found)
    )
