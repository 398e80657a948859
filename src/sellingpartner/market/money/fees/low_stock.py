"""What a unit costs more to be fulfilled while its stock has lasted for few days (`low_stock.toml`)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
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


class _Tier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    steps: tuple[tuple[Decimal, tuple[Decimal, ...]], ...]


class _Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    since: date
    days: tuple[int, ...]
    tiers: tuple[_Tier, ...]


@cache
def _said() -> dict[str, _Country]:
    path = files("sellingpartner.market.money.fees") / "low_stock.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, _Country], strict=False)


def asks_for_stock(marketplace_id: str, on: date) -> bool:
    """Whether a marketplace charges for low stock on a day."""
    said = _said().get(MARKETPLACES[marketplace_id].country_code)
    return said is not None and on >= said.since


def is_low(marketplace_id: str, days_of_supply: Decimal) -> bool:
    """Whether stock that has lasted for so many days is low in a marketplace that charges for that."""
    return days_of_supply < _said()[MARKETPLACES[marketplace_id].country_code].days[-1]


def low_stock_fee(marketplace_id: str, package: Package, days_of_supply: Decimal, on: date) -> Money | None:
    """What a unit costs more; None where it costs nothing more."""
    if not asks_for_stock(marketplace_id, on) or not is_low(marketplace_id, days_of_supply):
        return None
    said, table = _said()[MARKETPLACES[marketplace_id].country_code], fee_table(marketplace_id)
    found = size_tier(in_force(table.fulfillment, on), package)
    steps = next((one.steps for one in said.tiers if found is not None and one.name == found[0].name), ())
    fees = next((fees for upto, fees in steps if found is not None and found[1] <= upto), None)
    if fees is None:
        return None
    return money_of(fees[sum(days_of_supply >= upto for upto in said.days)], table.currency)
