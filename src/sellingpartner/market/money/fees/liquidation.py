"""What Amazon keeps of what a liquidator pays for a unit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.fees.fulfillment import sized
from sellingpartner.market.money.fees.model import Package
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.money.fees.removals import by_weight
from sellingpartner.market.money.fees.table import RemovalSteps


class _Rates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    countries: tuple[str, ...]
    grams: Decimal
    """What one unit of weight of the steps weighs."""
    standard: RemovalSteps
    bulky: RemovalSteps


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    referral_percent: Decimal
    rates: tuple[_Rates, ...]


@cache
def _table() -> _Table:
    path = files("sellingpartner.market.money.fees") / "liquidation.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_Table)


def liquidation_fee(marketplace_id: str, package: Package, proceeds: Money, on: date) -> Money:
    """What is kept of the proceeds of one unit: for its handling, and the referral of its buyer."""
    country = MARKETPLACES[marketplace_id].country_code
    referral = proceeds.share(_table().referral_percent / 100)
    rates = next((one for one in _table().rates if country in one.countries), None)
    if rates is None:
        return referral
    steps = rates.bulky if sized(marketplace_id, package, on).is_bulky else rates.standard
    return money_of(by_weight(steps, package.grams / rates.grams), proceeds.currency) + referral
