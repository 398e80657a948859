"""What may share a box, what a box may be, and by whom it may be carried (`packing.toml`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.attributes import entry_of
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.questions import items_of as products_of
from sellingpartner.market.inbound.model import ContentSource, Owner, Plan, PlanItem
from sellingpartner.storage.unit import UnitOfWork

OVERSIZE, DANGEROUS, MELTABLE, BY_AMAZON, STANDARD = "OVERSIZE", "DANGEROUS", "MELTABLE", "AMAZON_PREP", "STANDARD"
_USUAL = "usual"
PARTNERED, OWN = "AMAZON_PARTNERED_CARRIER", "USE_YOUR_OWN_CARRIER"
_MM_PER_CM, _GRAMS_PER_KG = 10, 1000


class _Standard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sides: tuple[float, float, float]
    weight: float


class BoxLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a box may be: weights in a unit, a side in centimeters."""

    unit: str
    minimum: float
    maximum: float
    side: float


class _Shipping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    usual: dict[str, tuple[str, ...]]
    partnered: dict[str, tuple[str, ...]]


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    offered_hours: int
    meltable_product_types: frozenset[str]
    dangerous_attributes: tuple[str, ...]
    dangerous_product_types: frozenset[str]
    standard_size: dict[str, _Standard]
    box: dict[str, BoxLimits]
    shipping: _Shipping


@cache
def _rules() -> _Rules:
    path = files("sellingpartner.market.inbound.packing") / "packing.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_Rules)


def offered_for() -> timedelta:
    """How long a packing option is offered.

    Assumed: a packing option is offered for 72 hours, as placement options are; sellers speak of 24 to 72.
    """
    return timedelta(hours=_rules().offered_hours)


def box_limits(marketplace_id: str) -> BoxLimits:
    """What a box may be that goes to a marketplace's country.

    Assumed: a box to a fulfillment center weighs 1 to 50 lb in the United States and up to 23 kg elsewhere.
    """
    limits = _rules().box
    return limits.get(MARKETPLACES[marketplace_id].country_code, limits[_USUAL])


def shipping_modes(plan: Plan) -> dict[str, tuple[str, ...]]:
    """By which modes boxes may travel, by who carries them.

    Assumed: in which countries Amazon has partnered carriers, and for which modes.

    Assumed: the carriers that are Amazon's partners bring nothing over a border to a fulfillment center.
    """
    country = MARKETPLACES[plan.marketplace_id].country_code
    found = dict(_rules().shipping.usual)
    partnered = _rules().shipping.partnered.get(country)
    if partnered is not None and plan.ship_from.country_code == country:
        found[PARTNERED] = partnered
    return found


def content_sources(handlings: Sequence[str]) -> tuple[ContentSource, ...]:
    """How Amazon may learn what is in boxes.

    Assumed: what is in a box with dangerous goods is said beforehand.
    """
    if any(DANGEROUS in one for one in handlings):
        return (ContentSource.PROVIDED,)
    return tuple(ContentSource)


def handling_of(planned: PlanItem, item: Item, marketplace_id: str) -> str:
    """What keeps units from sharing a box with others: their dangers, their size, heat, who prepares them.

    Assumed: dangerous goods are told by lithium among a product's attributes and by a few product types, and what
    melts by its product type.
    """
    rules, found = _rules(), []
    told = (entry_of(item.attributes, name, marketplace_id) for name in rules.dangerous_attributes)
    if item.product_type in rules.dangerous_product_types or any(one is not None for one in told):
        found.append(DANGEROUS)
    if _is_oversize(item, marketplace_id):
        found.append(OVERSIZE)
    if item.product_type in rules.meltable_product_types:
        found.append(MELTABLE)
    if planned.prep_owner is Owner.AMAZON:
        found.append(BY_AMAZON)
    return "+".join(found) or STANDARD


def handling_by_sku(unit: UnitOfWork, items: Sequence[PlanItem], marketplace_id: str) -> dict[str, str]:
    """The same of many items, by SKU and in their order."""
    products = products_of(unit, {one.asin for one in items})
    return {one.msku: handling_of(one, products[one.asin], marketplace_id) for one in items}


def handling_of_all(unit: UnitOfWork, items: Sequence[PlanItem], marketplace_id: str) -> str:
    """All that is told of items which a box may hold together."""
    return "+".join(sorted(set(handling_by_sku(unit, items, marketplace_id).values())))


def _is_oversize(item: Item, marketplace_id: str) -> bool:
    sizes = _rules().standard_size
    limit = sizes.get(MARKETPLACES[marketplace_id].country_code, sizes[_USUAL])
    package, weight = item.package_dimensions(marketplace_id), item.package_weight(marketplace_id)
    try:
        sides = [] if package is None else [package.length, package.width, package.height]
        measured = sorted((float(side.millimeters) / _MM_PER_CM for side in sides), reverse=True)
        is_heavy = weight is not None and float(weight.grams) / _GRAMS_PER_KG > limit.weight
    except KeyError:  # a unit that is none
        return False
    return is_heavy or any(side > most for side, most in zip(measured, limit.sides, strict=False))
