"""Who collects the tax on a sale: the seller, or the marketplace, which the law then takes for the one who sells.

It depends on where an order goes, where its seller's business is, where its goods leave from, who buys, how much it is
worth and when it was placed: the rules are data (`collections.toml`). They are judged by what was ordered, so an answer
never changes afterwards.

Assumed: a limit in another currency than the law's is a round amount near it; a business buyer is known to the tax
office; in Quebec and in the provinces with a tax of their own Amazon collects from all sellers; Mexico's withholding
from sellers abroad is shown as facilitated tax. Japan, India and the other countries have no rule for goods; what India
has withheld (TCS) is taken off the seller's proceeds and not shown in orders.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Order


class Collection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule by which the marketplace collects the tax."""

    name: str
    party: str
    """Amazon's company that pays the tax."""
    facilitator: bool = False
    """Whether Orders v0 shows it as facilitated tax."""
    scheme: Literal["IOSS", "UOSS"] | None = None
    """The European scheme by which it is paid."""
    countries: tuple[str, ...] = ()
    states: dict[str, dict[str, date]] = {}
    since: date = date.min
    seller: Literal["any", "abroad"] = "any"
    goods: Literal["any", "abroad", "inside"] = "any"
    consumers: bool = False
    limit: dict[str, int] | None = None

    def covers(self, sale: Sale) -> bool:
        """Whether a sale falls under it."""
        if self.states:
            begins = self.states.get(sale.to_country, {}).get((sale.to_state or "").upper())
            return begins is not None and sale.on >= begins
        if sale.on < self.since or (self.consumers and sale.is_business):
            return False
        if self.seller == "abroad" and sale.seller_country in self.countries:
            return False
        if self.goods != "any" and (sale.from_country in self.countries) != (self.goods == "inside"):
            return False
        return self.limit is None or sale.value <= self.limit.get(sale.currency, -1)


class Sale(msgspec.Struct, frozen=True, kw_only=True):
    """What decides on who collects."""

    to_country: str
    to_state: str | None
    seller_country: str
    from_country: str
    is_business: bool
    on: date
    currency: str
    value: int
    """The goods without tax and without shipping, after discounts, in minor units."""


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[Collection, ...]


@cache
def _rules_to(country_code: str) -> tuple[Collection, ...]:
    """The rules for orders that go to a country."""
    return tuple(rule for rule in _all_rules() if country_code in rule.countries or country_code in rule.states)


@cache
def _all_rules() -> tuple[Collection, ...]:
    place = files("sellingpartner.market.orders.taxes") / "collections.toml"
    return msgspec.toml.decode(place.read_bytes(), type=_Rules).rules


@cache
def tax_area(country_code: str) -> frozenset[str]:
    """The countries that tax a sale among them as one: those of the European Union, or a country by itself."""
    ours = (rule.countries for rule in _all_rules() if country_code in rule.countries)
    return frozenset(next(ours, (country_code,)))


def collection_of(sale: Sale) -> Collection | None:
    """The rule by which the marketplace collects; None where the seller does."""
    return next((rule for rule in _rules_to(sale.to_country) if rule.covers(sale)), None)


def depends_on_origin(country_code: str) -> bool:
    """Whether it matters to an order to a country who sells and where the goods leave from."""
    return country_code != "US"


def sale_of(order: Order, value: int | None = None) -> Sale:
    """What of an order decides on who collects its tax."""
    home = MARKETPLACES[order.marketplace_id].country_code
    return Sale(
        to_country=order.address.country_code,
        to_state=order.address.state_or_region,
        seller_country=order.seller_country or home,
        from_country=order.from_country or home,
        is_business=order.is_business,
        on=order.purchased_at.date(),
        currency=order.currency,
        value=value_of(order.items) if value is None else value,
    )


def value_of(items: Iterable[OrderItem]) -> int:
    """What the goods of an order were worth when it was placed, without tax and after discounts."""
    value = 0
    for amounts in (item.amounts for item in items):
        value += amounts.price - amounts.promotion_discount
        if amounts.tax_included:
            value -= amounts.tax - amounts.promotion_discount_tax
    return value
