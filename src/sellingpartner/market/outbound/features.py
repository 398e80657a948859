"""Features that a fulfillment order may have, and which of a seller's stock they may be used for.

Assumed: every seller is enrolled for every feature of a marketplace, and every center of Amazon's can do it; so a SKU
may use a feature as soon as Amazon has any of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.inventory.model import Place, Position
from sellingpartner.market.inventory.questions import positions_at
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.listings.questions import records_of_skus
from sellingpartner.storage.unit import UnitOfWork

NOT_ELIGIBLE, INVALID = "SKU_NOT_ELIGIBLE", "INVALID_SKU"
_AT_ONCE = 50

BLOCKS_AMAZON = "BLOCK_AMZL"


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a fulfillment order may have."""

    description: str
    countries: tuple[str, ...] = ()
    extra_days: int = 0


class FeatureSku(NamedTuple):
    """How many units of a SKU may use a feature; why not, if none may."""

    sku: str
    asin: str = ""
    fnsku: str = ""
    units: int = 0
    why_not: str = ""


class UnknownFeature(InvalidInput):
    """The marketplace has no such feature."""

    def __init__(self, name: str, known: Mapping[str, Feature]) -> None:
        super().__init__(f"There is no feature {name[:40]!r} in this marketplace; there are {', '.join(known)}.")


@cache
def _features() -> Mapping[str, Feature]:
    path = files("sellingpartner.market.outbound") / "features.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, Feature])


def features_in(country: str) -> dict[str, Feature]:
    """The features of a country's marketplace, by name."""
    return {name: one for name, one in _features().items() if not one.countries or country in one.countries}


def checked_feature(name: str, marketplace_id: str) -> Feature:
    """A feature of a marketplace; raises `UnknownFeature`."""
    known = features_in(MARKETPLACES[marketplace_id].country_code)
    if name not in known:
        raise UnknownFeature(name, known)
    return known[name]


def extra_days(features: Mapping[str, str], required: str) -> int:
    """How much longer an order takes for the features that it must have."""
    return sum(_features()[name].extra_days for name, policy in features.items() if policy == required)


def feature_sku(unit: UnitOfWork, name: str, sku: str, marketplace_id: str) -> FeatureSku:
    """What of a SKU may use a feature."""
    checked_feature(name, marketplace_id)
    record = records_of_skus(unit, [sku], marketplace_id).get(sku)
    if record is None or record.asin is None or record.fulfillment_channel != FulfillmentChannel.AFN.value:
        return FeatureSku(sku, why_not=INVALID)
    held = next(iter(positions_at(unit, Place.FBA, limit=1, skus=[sku])), None)
    units = 0 if held is None else held.fulfillable
    why = "" if units else NOT_ELIGIBLE
    return FeatureSku(sku, record.asin, fnsku_of(unit, sku), units, why)


def feature_stock(unit: UnitOfWork, name: str, marketplace_id: str, after: str) -> tuple[list[FeatureSku], str | None]:
    """The SKUs after one that may use a feature, and after which SKU the next page begins."""
    checked_feature(name, marketplace_id)
    found = list(positions_at(unit, Place.FBA, after=after, limit=_AT_ONCE + 1))
    here, more = found[:_AT_ONCE], len(found) > _AT_ONCE
    records = records_of_skus(unit, [one.sku for one in here], marketplace_id)
    listed = [_of(unit, one, records[one.sku].asin or "") for one in here if one.sku in records and one.fulfillable]
    return listed, here[-1].sku if more else None


def _of(unit: UnitOfWork, held: Position, asin: str) -> FeatureSku:
    return FeatureSku(held.sku, asin, fnsku_of(unit, held.sku), held.fulfillable)
