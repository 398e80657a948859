"""How a SKU must be prepared and labeled, and who may do it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec
from sqlalchemy import select

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.attributes import entries
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.inbound.model import Instruction, Owner
from sellingpartner.market.inbound.tables import inbound_preps
from sellingpartner.market.inventory.model import INBOUND, Place
from sellingpartner.market.inventory.questions import positions_at
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

UNKNOWN, NO_CATEGORY, BY_AMAZON = "UNKNOWN", "NONE", "FC_PROVIDED"
LABELING, NO_PREP = "ITEM_LABELING", "ITEM_NO_PREP"
_UNPREPARED = frozenset({"US"})
"""Where Amazon neither prepares nor labels units, since 2026."""


class _Category(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    asked: tuple[str, ...]
    allowed: tuple[str, ...]


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    category: str
    product_types: frozenset[str] = frozenset()
    attribute: str | None = None
    words: tuple[str, ...] = ()
    shorter_than_mm: float | None = None


class _Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    categories: dict[str, _Category]
    rules: tuple[_Rule, ...]
    fees: dict[str, dict[str, str | int]]


class Prep(msgspec.Struct, frozen=True, kw_only=True):
    """How a SKU is prepared in a marketplace."""

    category: str
    prep_types: tuple[str, ...]
    prep_owners: tuple[Owner, ...]
    """Who may prepare it."""
    label_owners: tuple[Owner, ...]
    """Who may label it."""

    @property
    def is_known(self) -> bool:
        """Whether anybody knows what is to be done."""
        return self.category != UNKNOWN

    @property
    def owners_must_match(self) -> bool:
        """Whether who prepares it must label it as well: where somebody must do each."""
        return self.is_known and Owner.NONE not in {*self.prep_owners, *self.label_owners}

    def instructions(self, prep_owner: Owner, label_owner: Owner) -> tuple[Instruction, ...]:
        """What is to be done to each unit, and by whom."""
        label = [] if label_owner is Owner.NONE else [Instruction(prep_type=LABELING, owner=label_owner)]
        others = [one for one in self.prep_types if one != LABELING]
        return (*label, *(Instruction(prep_type=one, owner=prep_owner) for one in others))


class _SetPrep(NamedTuple):
    sku: str
    category: str
    prep_types: tuple[str, ...]


_set_preps = select(inbound_preps.c.sku, inbound_preps.c.category, inbound_preps.c.prep_types)
_keep = Prepared(
    upsert(
        inbound_preps,
        lambda offered: {name: offered[name] for name in ("category", "prep_types", "set_at")},
    )
)


@cache
def _told() -> _Told:
    path = files("sellingpartner.market.inbound.items") / "prep.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_Told)


def preps_of(unit: UnitOfWork, items: Mapping[str, Item], marketplace_id: str) -> dict[str, Prep]:
    """How some SKUs are prepared, by SKU; `items` are what they are for."""
    country = MARKETPLACES[marketplace_id].country_code
    at = inbound_preps.c
    mine = _set_preps.where(
        at.seller_id == unit.seller_id, at.marketplace_id == marketplace_id, at.sku.in_(sorted(items))
    )
    said = {row.sku: row for row in unit.execute(mine)}
    found: dict[str, Prep] = {}
    unclear: list[str] = []
    for sku, item in items.items():
        if sku in said:
            found[sku] = prep_for(said[sku].category, said[sku].prep_types, country)
            continue
        category = category_of(item, marketplace_id)
        found[sku] = prep_for(category, (), country)
        if category == UNKNOWN:
            unclear.append(sku)
    for sku in _with_amazon(unit, unclear):
        found[sku] = prep_for(NO_CATEGORY, (), country)
    return found


def prep_for(category: str, prep_types: Sequence[str], country: str) -> Prep:
    """What a category and what the seller said of it come to in a country.

    Assumed: every unit must be labeled with its FNSKU, as those of all sellers here begin with X0; Amazon lets units
    with a manufacturer's barcode go without.
    """
    somebody = (Owner.SELLER,) if country in _UNPREPARED else (Owner.AMAZON, Owner.SELLER)
    if category == UNKNOWN:
        anybody = (*somebody, Owner.NONE)
        return Prep(category=category, prep_types=(), prep_owners=anybody, label_owners=anybody)
    types = tuple(prep_types) or _asked(category)
    is_prepared = any(one not in {NO_PREP, LABELING} for one in types)
    return Prep(
        category=category,
        prep_types=types,
        prep_owners=somebody if is_prepared else (Owner.NONE,),
        label_owners=somebody,
    )


def fault_of(category: str, prep_types: Sequence[str]) -> str | None:
    """What is wrong with what a seller says of how to prepare something, in a sentence; None for nothing.

    Assumed: which prep types a prep category accepts; of Amazon it is known of NONE alone.
    """
    known = _told().categories.get(category)
    if known is None:
        return f"prepCategory {category} is Amazon's own and can not be set."
    allowed = [*known.asked, *known.allowed, *([] if category == NO_CATEGORY else [LABELING])]
    if not prep_types or any(one not in allowed for one in prep_types):
        return f"prepCategory {category} accepts these prepTypes: [{', '.join(allowed)}]."
    return None


def keep_prep(unit: UnitOfWork, sku: str, marketplace_id: str, category: str, prep_types: Sequence[str]) -> None:
    """Keep how a seller says that a SKU is prepared."""
    row = {
        "seller_id": unit.seller_id,
        "sku": sku,
        "marketplace_id": marketplace_id,
        "category": category,
        "prep_types": tuple(dict.fromkeys(prep_types)),
        "set_at": unit.now,
    }
    _keep.run(unit.connection, row)


def fee_of(prep_type: str, owner: Owner, marketplace_id: str) -> Money | None:
    """What Amazon asks for a preparation of one unit; None where it does not prepare it, or no fee is known.

    Assumed: Amazon asks a fee for labels in Canada alone; other fees for preparation are not known.
    """
    fees = _told().fees.get(MARKETPLACES[marketplace_id].country_code)
    fee = None if fees is None else fees.get(prep_type)
    if fees is None or not isinstance(fee, int) or owner is not Owner.AMAZON:
        return None
    return Money(fee, str(fees["currency"]))


def category_of(item: Item, marketplace_id: str) -> str:
    """The category that a product's attributes tell.

    Assumed: until a seller sets the prep category of a SKU, it follows from the product's type, material, form and
    size; where these tell nothing it is UNKNOWN, but for a SKU of which units have come to Amazon before.
    """
    for rule in _told().rules:
        if item.product_type in rule.product_types:
            return rule.category
        if rule.attribute is not None and _says(item, marketplace_id, rule.attribute, rule.words):
            return rule.category
        if rule.shorter_than_mm is not None and _is_shorter(item, marketplace_id, rule.shorter_than_mm):
            return rule.category
    return UNKNOWN


def _is_shorter(item: Item, marketplace_id: str, most_mm: float) -> bool:
    """Whether a package is known, and no side of it as long as that."""
    package = item.package_dimensions(marketplace_id)
    if package is None:
        return False
    try:
        return all(float(side.millimeters) < most_mm for side in (package.length, package.width, package.height))
    except KeyError:  # a unit that is none of length
        return False


def _says(item: Item, marketplace_id: str, attribute: str, words: Collection[str]) -> bool:
    texts = [entry.get("value") for entry in entries(item.attributes, attribute, marketplace_id)]
    return any(isinstance(text, str) and any(word in text.casefold() for word in words) for text in texts)


def _asked(category: str) -> tuple[str, ...]:
    asked = _told().categories[category].asked
    return asked if category == NO_CATEGORY else (LABELING, *asked)


def _with_amazon(unit: UnitOfWork, skus: Collection[str]) -> list[str]:
    """Those of some SKUs of which units have come to Amazon, and so have been prepared before."""
    if not skus:
        return []
    held = positions_at(unit, Place.FBA, limit=len(skus), skus=skus)
    return [one.sku for one in held if set(one.stocks) - INBOUND]
