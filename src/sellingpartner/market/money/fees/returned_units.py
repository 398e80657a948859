"""What Amazon takes for units that come back: of some categories for each, of others for those beyond a threshold."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.fees.fulfillment import size_tier
from sellingpartner.market.money.fees.library import fee_table
from sellingpartner.market.money.fees.model import Package
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.money.fees.table import in_force

_OUNCES_OF_A_POUND = 16
_PERCENT = 100


class _Tier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    steps: tuple[tuple[Decimal, Decimal], ...]
    more: Decimal = Decimal(0)

    def fee_of(self, ounces: Decimal) -> Decimal:
        """What a unit of that weight costs."""
        found = next((fee for upto, fee in self.steps if ounces <= upto), None)
        if found is not None:
            return found
        last, fee = self.steps[-1]
        return fee + self.more * ((ounces - last) / _OUNCES_OF_A_POUND).to_integral_value(ROUND_CEILING)


class _Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    since: date
    every: tuple[str, ...]
    threshold: int
    least_units: int
    tiers: tuple[_Tier, ...]


@cache
def _said() -> dict[str, _Country]:
    path = files("sellingpartner.market.money.fees") / "returned_units.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, _Country], strict=False)


def asks_for_returns(marketplace_id: str, on: date) -> bool:
    """Whether a marketplace charges for units that come back."""
    said = _said().get(MARKETPLACES[marketplace_id].country_code)
    return said is not None and on >= said.since


def asks_for_each(marketplace_id: str, category: str) -> bool:
    """Whether each unit of a category costs something that comes back, where anything does."""
    return category in _said()[MARKETPLACES[marketplace_id].country_code].every


def units_beyond(marketplace_id: str, shipped: int, returned: int) -> int:
    """How many of the returned units cost something, of so many that left in a month."""
    said = _said()[MARKETPLACES[marketplace_id].country_code]
    if shipped < said.least_units:
        return 0
    return max(returned - shipped * said.threshold // _PERCENT, 0)


def returned_unit_fee(marketplace_id: str, package: Package, on: date) -> Money | None:
    """What a unit costs that came back; None where it costs nothing."""
    table = fee_table(marketplace_id)
    found = size_tier(in_force(table.fulfillment, on), package)
    if found is None or not asks_for_returns(marketplace_id, on):
        return None
    tier, weight = found
    said = _said()[MARKETPLACES[marketplace_id].country_code]
    fee = next((one.fee_of(weight) for one in said.tiers if one.name == tier.name), None)
    return None if fee is None else money_of(fee, table.currency)
