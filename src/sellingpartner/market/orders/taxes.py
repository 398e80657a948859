"""A simple declared rule for tax: one rate a country, in the US and in Canada one a state or province.

Where a country has a value added tax, prices include it and the tax amounts are the part of it. In the US and in
Canada the tax comes on top. Amounts are rounded half up to the minor unit, line by line.

Assumed: taxes are the standard rates of 2025, of the state without counties and cities; no reduced rates, exemptions or
thresholds; shipping and gift wrap are taxed as the goods are. No test of software should depend
on real rates.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files

import msgspec


class _Rates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Percents by country, and by country and state."""

    included: dict[str, Decimal]
    on_top: dict[str, dict[str, Decimal]]


@cache
def _rates() -> _Rates:
    place = files("sellingpartner.market.orders") / "tax_rates.toml"
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


@cache
def rule_for(country_code: str, state_or_region: str | None) -> TaxRule:
    """The rule for a marketplace's country and the destination's state."""
    rates = _rates()
    if country_code in rates.included:
        return TaxRule(rates.included[country_code] / 100, is_included=True)
    percent = rates.on_top.get(country_code, {}).get((state_or_region or "").upper(), Decimal(0))
    return TaxRule(percent / 100, is_included=False)
