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

import msgspec

_INCLUDED = {
    "GB": "20",
    "DE": "19",
    "FR": "20",
    "IT": "22",
    "ES": "21",
    "NL": "21",
    "BE": "21",
    "IE": "23",
    "SE": "25",
    "PL": "23",
    "TR": "20",
    "AE": "5",
    "SA": "15",
    "EG": "14",
    "ZA": "15",
    "IN": "18",
    "JP": "10",
    "AU": "10",
    "SG": "9",
    "MX": "16",
    "BR": "17",
}
_US = {
    "AL": "4", "AR": "6.5", "AZ": "5.6", "CA": "7.25", "CO": "2.9", "CT": "6.35", "DC": "6", "FL": "6",
    "GA": "4", "HI": "4", "IA": "6", "ID": "6", "IL": "6.25", "IN": "7", "KS": "6.5", "KY": "6",
    "LA": "5", "MA": "6.25", "MD": "6", "ME": "5.5", "MI": "6", "MN": "6.875", "MO": "4.225", "MS": "7",
    "NC": "4.75", "ND": "5", "NE": "5.5", "NJ": "6.625", "NM": "4.875", "NV": "6.85", "NY": "4", "OH": "5.75",
    "OK": "4.5", "PA": "6", "RI": "7", "SC": "6", "SD": "4.2", "TN": "7", "TX": "6.25", "UT": "4.85",
    "VA": "4.3", "VT": "6", "WA": "6.5", "WI": "5", "WV": "6", "WY": "4",
}  # fmt: skip
_CANADA = {
    "AB": "5", "BC": "12", "MB": "12", "NB": "15", "NL": "15", "NS": "14", "NT": "5",
    "NU": "5", "ON": "13", "PE": "15", "QC": "14.975", "SK": "11", "YT": "5",
}  # fmt: skip


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
    if country_code in _INCLUDED:
        return TaxRule(Decimal(_INCLUDED[country_code]) / 100, is_included=True)
    rates = {"US": _US, "CA": _CANADA}.get(country_code, {})
    percent = rates.get((state_or_region or "").upper(), "0")
    return TaxRule(Decimal(percent) / 100, is_included=False)
