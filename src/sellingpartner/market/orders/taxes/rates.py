"""A simple declared rule for tax: one rate a country, in the US and in Canada one a state or province.

Where a country has a value added tax, prices include it and the tax amounts are the part of it. In the US and in
Canada the tax comes on top. Amounts are rounded half up to the minor unit, line by line. The rate is that of where the
goods go. What crosses the border of a tax area is taxed in an order only where the marketplace collects it; else
customs ask the buyer for it, and the order shows none.

Assumed: taxes are the standard rates of 2025, of the state without counties and cities; no reduced rates or
exemptions; shipping and gift wrap are taxed as the goods are. No test of software should depend
on real rates.
Differs: in European orders whose tax Amazon neither collects nor calculates, it was seen to show an ItemTax of 0; here
the tax that prices include is always shown.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import structs

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.taxes.collecting import collection_of, sale_of, tax_area


class _Rates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Percents by country, and by country and state; those of countries without a shop stand apart."""

    included: dict[str, Decimal]
    abroad: dict[str, Decimal]
    on_top: dict[str, dict[str, Decimal]]


@cache
def _rates() -> _Rates:
    place = files("sellingpartner.market.orders.taxes") / "tax_rates.toml"
    return msgspec.toml.decode(place.read_bytes(), type=_Rates)


class TaxRule(msgspec.Struct, frozen=True):
    """How one destination taxes."""

    rate: Decimal
    is_included: bool

    def tax_of(self, minor: int) -> int:
        """The tax in (or on) an amount of minor units."""
        if not self.rate or not minor:
            return 0
        share = self.rate / (1 + self.rate) if self.is_included else self.rate
        return int((minor * share).to_integral_value(ROUND_HALF_UP))

    def levied(self, amounts: LineAmounts) -> LineAmounts:
        """Amounts as a buyer sees them, with the tax that is in them or comes on top."""
        return structs.replace(
            amounts,
            tax=self.tax_of(amounts.price),
            shipping_tax=self.tax_of(amounts.shipping),
            shipping_discount_tax=self.tax_of(amounts.shipping_discount),
            promotion_discount_tax=self.tax_of(amounts.promotion_discount),
            gift_wrap_tax=self.tax_of(amounts.gift_wrap),
            tax_included=self.is_included,
        )


def rule_of(order: Order) -> TaxRule:
    """The rule by which the place taxes that an order goes to."""
    home = MARKETPLACES[order.marketplace_id].country_code
    to_country, to_state = order.address.country_code, order.address.state_or_region
    return rule_for(home, to_state) if to_country == home else _abroad(home, to_country, to_state)


def levy(order: Order) -> None:
    """Tax the items of an order that is being placed."""
    home = MARKETPLACES[order.marketplace_id].country_code
    area = tax_area(order.address.country_code)
    rule = rule_of(order)
    taxed = [(item, rule.levied(item.amounts)) for item in order.items]
    crosses = (order.from_country or home) not in area
    untaxed = TaxRule(Decimal(0), is_included=rule.is_included)
    for item, amounts in taxed:
        item.amounts = amounts
    if crosses and collection_of(sale_of(order)) is None:
        for item, amounts in taxed:
            item.amounts = untaxed.levied(amounts)


def _abroad(home: str, to_country: str, to_state: str | None) -> TaxRule:
    """The destination's rate, in the prices where the shop's prices include tax, else on top."""
    rates = _rates()
    percent = rates.included.get(to_country) or rates.abroad.get(to_country)
    rate = percent / 100 if percent is not None else rule_for(to_country, to_state).rate
    return TaxRule(rate, is_included=home in rates.included)


@cache
def rule_for(country_code: str, state_or_region: str | None) -> TaxRule:
    """The rule for a marketplace's country and the destination's state."""
    rates = _rates()
    if country_code in rates.included:
        return TaxRule(rates.included[country_code] / 100, is_included=True)
    percent = rates.on_top.get(country_code, {}).get((state_or_region or "").upper(), Decimal(0))
    return TaxRule(percent / 100, is_included=False)
