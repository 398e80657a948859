"""Which product of the catalog a listing is of: named by its ASIN, found by its identifiers, or a new one.

Nothing is written here. What comes out says which ASIN it is, whether the product is still to be made, or why neither.
"""

from __future__ import annotations

import msgspec

from sellingpartner.market import attributes as reading
from sellingpartner.market.attributes import Attributes
from sellingpartner.market.catalog.identifiers import ATTRIBUTE, InvalidIdentifier, codes_of
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.questions import asins_by_code, found_item
from sellingpartner.market.listings.deriving import is_parent
from sellingpartner.market.listings.model import Issue, Record
from sellingpartner.market.listings.store import records_of_sku
from sellingpartner.market.product_types.questions import Requirements
from sellingpartner.storage.unit import UnitOfWork

_HINT = "merchant_suggested_asin"
_EXEMPTION = "supplier_declared_has_product_identifier_exemption"


class Match(msgspec.Struct, frozen=True):
    """What was found."""

    asin: str | None = None
    is_new: bool = False
    """Whether the catalog does not have the product, and may be given it."""
    issues: tuple[Issue, ...] = ()


def match(unit: UnitOfWork, record: Record, attributes: Attributes) -> Match:
    """The product that a listing is of."""
    here = record.marketplace_id
    try:
        codes = codes_of(attributes, here)
    except InvalidIdentifier as fault:
        said = {"name": fault.kind.value, "value": _identifiers(attributes, here)}
        return Match(record.asin, issues=(Issue(kind="invalid_identifier", attribute_names=(ATTRIBUTE,), said=said),))
    named = asins_by_code(unit, codes, here)
    hint = _hint(attributes, here)
    if record.asin is not None:
        return _kept(record.asin, hint, named)
    if hint is not None:
        return _hinted(unit, attributes, here, hint, named)
    if len(named) > 1:
        said = {"allowed": ", ".join(named)}
        return Match(issues=(Issue(kind="several_matches", attribute_names=(ATTRIBUTE,), said=said),))
    if named:
        return _found(unit, record, attributes, named[0])
    return _new(unit, record, attributes, has_codes=bool(codes))


def _kept(asin: str, hint: str | None, named: list[str]) -> Match:
    """A SKU that has its product keeps it."""
    other = hint if hint not in {None, asin} else next(iter(named), asin) if asin not in named else asin
    if other in {None, asin}:
        return Match(asin)
    said = {"limit": asin, "name": str(other)}
    names = (_HINT,) if other == hint else (ATTRIBUTE,)
    return Match(asin, issues=(Issue(kind="identity_moves", attribute_names=names, said=said),))


def _hinted(unit: UnitOfWork, attributes: Attributes, here: str, hint: str, named: list[str]) -> Match:
    item = found_item(unit, hint)
    if item is None or not item.is_in(here):
        return Match(issues=(Issue(kind="not_in_catalog", attribute_names=(_HINT,)),))
    if named and hint not in named:
        said = {"value": _identifiers(attributes, here), "name": hint}
        return Match(issues=(Issue(kind="hint_differs", attribute_names=(ATTRIBUTE, _HINT), said=said),))
    return Match(hint)


def _found(unit: UnitOfWork, record: Record, attributes: Attributes, asin: str) -> Match:
    """By its identifiers; what the seller says of it must then be true of it.

    Assumed: of what is said only the brand is held against the catalog, and where the kind of product is another one
    as well, the number is taken to be another product's.
    """
    item = found_item(unit, asin)
    brand = reading.text(attributes, "brand", record.marketplace_id)
    if item is None or brand is None or brand.casefold() == item.brand.casefold():
        return Match(asin)
    if not _is_alike(item, record):
        said = {"value": _identifiers(attributes, record.marketplace_id), "name": asin}
        return Match(issues=(Issue(kind="identifier_of_another", attribute_names=(ATTRIBUTE,), said=said),))
    said = {"attribute": "brand", "value": brand, "limit": item.brand, "name": asin}
    return Match(issues=(Issue(kind="conflict", attribute_names=("brand",), said=said),))


def _is_alike(item: Item, record: Record) -> bool:
    return record.product_type in {item.product_type, "PRODUCT"}


def _new(unit: UnitOfWork, record: Record, attributes: Attributes, *, has_codes: bool) -> Match:
    """A product that no identifier finds.

    Assumed: a SKU that is listed in another marketplace already is of the same product there and here.
    """
    here = record.marketplace_id
    siblings = (one.asin for one in records_of_sku(unit, record.sku) if one.marketplace_id != here)
    if known := next((asin for asin in siblings if asin is not None), None):
        return Match(known)
    if record.requirements == Requirements.OFFER_ONLY.value:
        return Match(issues=(Issue(kind="not_in_catalog"),))
    may_be_made = has_codes or is_parent(attributes, here) or reading.flag(attributes, _EXEMPTION, here)
    is_described = all(reading.text(attributes, name, here) for name in ("item_name", "brand"))
    if may_be_made and is_described:
        return Match(is_new=True)
    return Match(issues=(Issue(kind="no_match", attribute_names=(ATTRIBUTE,)),))


def _hint(attributes: Attributes, here: str) -> str | None:
    said = (reading.entry_of(attributes, _HINT, here) or {}).get("value")
    return said if isinstance(said, str) else None


def _identifiers(attributes: Attributes, here: str) -> str:
    return ", ".join(str(entry.get("value")) for entry in reading.entries(attributes, ATTRIBUTE, here))
