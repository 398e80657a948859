"""Processing what was put: the product is found or made, the family is put together, and what is wrong is noted.

The attributes decide; whatever was noted before is forgotten, but for what Amazon's people imposed. To settle a listing
twice is to settle it once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from sellingpartner.market import attributes as reading
from sellingpartner.market.accounts.questions import is_deactivated
from sellingpartner.market.attributes import Attributes
from sellingpartner.market.catalog.commands import InvalidItem, contribute, create_item, relate
from sellingpartner.market.catalog.model import Item, ItemClassification, NewCatalogItem
from sellingpartner.market.catalog.questions import item_of
from sellingpartner.market.listings.conditions import type_of
from sellingpartner.market.listings.deriving import derived, is_parent, parent_sku_of
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.listings.locating import as_own_channel, source_codes
from sellingpartner.market.listings.matching import match
from sellingpartner.market.listings.model import DEACTIVATED, FulfillmentChannel, Issue, Record
from sellingpartner.market.listings.promising import promisable
from sellingpartner.market.listings.restrictions import (
    Restriction,
    RestrictionKind,
    RestrictionReason,
    Subject,
    restriction_in,
    restrictions_on,
)
from sellingpartner.market.listings.store import children_of_sku, record_of, record_to_change, save
from sellingpartner.market.listings.terms import Terms, terms_of
from sellingpartner.market.product_types.questions import Requirements, faults_of, needs_prescription
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_MISSING = "90220"
_CONDITION = "condition_type"
# Assumed: Amazon says of a submission that it is processed within minutes as a rule; here it takes 2 to 30 seconds.
_SOONEST, _LATEST = 2, 30
_OF_TERMS = frozenset({"price_below_minimum", "price_above_maximum", "condition_fixed"})
_KINDS = {
    RestrictionKind.BRAND: "needs_approval_brand",
    RestrictionKind.PRODUCT_TYPE: "needs_approval_category",
    RestrictionKind.CLASSIFICATION: "needs_approval_category",
    RestrictionKind.ASIN: "needs_approval_product",
    RestrictionKind.ALL: "needs_approval_product",
}


class ListingIsProcessed(Due):
    """What was put has its turn."""

    sku: str
    marketplace_id: str
    submission_id: str


def process_later(unit: UnitOfWork, record: Record) -> None:
    """Have a listing processed in its turn."""
    seconds = chance(unit, "listing", record.sku, record.marketplace_id, record.submission_id).uniform(
        _SOONEST, _LATEST
    )
    _schedule(unit, record, seconds)


def _schedule(unit: UnitOfWork, record: Record, seconds: float) -> None:
    due = ListingIsProcessed(sku=record.sku, marketplace_id=record.marketplace_id, submission_id=record.submission_id)
    later(unit, due, at=unit.now + timedelta(seconds=round(seconds, 3)))


@when(ListingIsProcessed)
def process(unit: UnitOfWork, due: ListingIsProcessed) -> None:
    """Process a listing, unless it was put anew since, which has a turn of its own, or is gone."""
    before = record_to_change(unit, due.sku, due.marketplace_id)
    if before is not None and before.submission_id == due.submission_id:
        save(unit, before, settled(unit, before))


def settled(
    unit: UnitOfWork, record: Record, *, terms_alone: bool = False, attributes: Attributes | None = None
) -> Record:
    """A listing as it is once its attributes have been processed; `terms_alone` if all else in them stood before."""
    if attributes is None:
        attributes = reading.decode(record.attributes)
    here = record.marketplace_id
    terms = terms_of(attributes, here, unit.now)
    if terms_alone:
        stays = [issue for issue in record.issues if issue.kind not in _OF_TERMS]
        return _noted(unit, record, attributes, terms, [*stays, *_of_terms(record, attributes, terms)])
    found = match(unit, record, attributes)
    issues = [*_of_account(unit, here), *_missing(record, attributes), *found.issues]
    asin = found.asin
    if found.is_new:
        refusal = _may_not_create(unit, record, attributes, terms)
        if refusal is None:
            asin = _created(unit, record, attributes)
        else:
            issues.append(refusal)
    elif asin is not None and record.requirements != Requirements.OFFER_ONLY.value:
        contribute(unit, asin, here, attributes)
    if asin is not None:
        item = item_of(unit, asin)
        issues += _of_family(unit, record, attributes, item)
        issues += _restricted(unit, item, here, terms)
        is_regulated = record.is_regulated or needs_prescription(item.product_type)
        record = msgspec.structs.replace(record, is_regulated=is_regulated)
    if asin is not None and is_parent(attributes, here):
        _call_children(unit, record)
    issues += _of_terms(record, attributes, terms)
    issues += [issue for issue in record.issues if issue.is_imposed]
    return _noted(unit, msgspec.structs.replace(record, asin=asin), attributes, terms, issues)


def _noted(unit: UnitOfWork, record: Record, attributes: Attributes, terms: Terms, issues: list[Issue]) -> Record:
    """A listing with what was found of it."""
    by_amazon = terms.channel is FulfillmentChannel.AFN
    fnsku = record.fnsku or (fnsku_of(unit, record.sku) if by_amazon else None)
    after = msgspec.structs.replace(record, issues=tuple(issues), is_settled=True, fnsku=fnsku)
    return reread(unit, after, attributes, terms)


def reread(
    unit: UnitOfWork, record: Record, attributes: Attributes | None = None, terms: Terms | None = None
) -> Record:
    """A listing with what its attributes, its issues, its stock and the moment make of it."""
    if attributes is None:
        attributes = reading.decode(record.attributes)
    if terms is None:
        terms = terms_of(attributes, record.marketplace_id, unit.now)
    available = promisable(unit, record.sku, record.marketplace_id, terms.channel.place)
    return derived(record, unit.now, available=available, attributes=attributes, terms=terms)


def _missing(record: Record, attributes: Attributes) -> Iterator[Issue]:
    """What the product type requires and a patch left out or took away."""
    readable, _ = as_own_channel(attributes, source_codes(attributes, record.marketplace_id))
    faults = faults_of(
        readable,
        product_type=record.product_type,
        marketplace_id=record.marketplace_id,
        requirements=Requirements(record.requirements),
    )
    for fault in faults:
        if fault.code == _MISSING:
            name = fault.attribute_names[0]
            yield Issue(kind="missing", attribute_names=fault.attribute_names, said={"attribute": name})


def _created(unit: UnitOfWork, record: Record, attributes: Attributes) -> str:
    parent = is_parent(attributes, record.marketplace_id)
    return create_item(
        unit,
        NewCatalogItem(
            product_type=record.product_type,
            attributes=attributes,
            marketplaces=(record.marketplace_id,),
            item_classification=ItemClassification.VARIATION_PARENT if parent else ItemClassification.BASE_PRODUCT,
            variation_theme=theme_of(attributes) if parent else None,
        ),
    )


def theme_of(attributes: Attributes) -> str | None:
    """By what a family's children differ."""
    said = (reading.entry_of(attributes, "variation_theme") or {}).get("name")
    return said if isinstance(said, str) else None


def _of_family(unit: UnitOfWork, record: Record, attributes: Attributes, item: Item) -> Iterator[Issue]:
    """Put a child to its parent; what keeps it from there is yielded."""
    sku = parent_sku_of(attributes, record.marketplace_id)
    if sku is None or is_parent(attributes, record.marketplace_id):
        return
    name = ("child_parent_sku_relationship",)
    parent = record_of(unit, sku, record.marketplace_id)
    if parent is None or parent.asin is None:
        yield Issue(kind="unknown_parent", attribute_names=name, said={"value": sku})
        return
    of_parent = reading.decode(parent.attributes)
    theme, wanted = theme_of(attributes), theme_of(of_parent)
    if not is_parent(of_parent, record.marketplace_id):
        yield Issue(kind="parent_is_none", attribute_names=name, said={"value": sku})
    elif item.parent_asin not in {None, parent.asin}:
        yield Issue(kind="other_parent", attribute_names=name, said={"name": str(item.parent_asin)})
    elif theme is None or theme != wanted:
        said = {"value": theme or "-", "limit": wanted or "-"}
        yield Issue(kind="family_incomplete", attribute_names=("variation_theme",), said=said)
    else:
        try:
            relate(unit, parent.asin, item.asin, theme)
        except InvalidItem:
            yield Issue(kind="parent_is_none", attribute_names=name, said={"value": sku})


def _call_children(unit: UnitOfWork, parent: Record) -> None:
    """The children that were put before their parent have their turn again."""
    for child in children_of_sku(unit, parent.sku, parent.marketplace_id):
        if any(issue.kind == "unknown_parent" for issue in child.issues):
            _schedule(unit, child, 1)


def _restricted(unit: UnitOfWork, item: Item, marketplace_id: str, terms: Terms) -> Iterator[Issue]:
    held = restriction_in(restrictions_on(unit, Subject.of(item), marketplace_id), terms.condition_type)
    if held is not None:
        yield _issue_of(held, item.brand, terms)


def _of_account(unit: UnitOfWork, marketplace_id: str) -> Iterator[Issue]:
    if is_deactivated(unit, marketplace_id):
        yield DEACTIVATED


def _may_not_create(unit: UnitOfWork, record: Record, attributes: Attributes, terms: Terms) -> Issue | None:
    """Whose products a seller may not sell, it may not bring into the catalog either."""
    brand = reading.text(attributes, "brand", record.marketplace_id) or ""
    subject = Subject("", brand, record.product_type)
    held = restriction_in(restrictions_on(unit, subject, record.marketplace_id), terms.condition_type)
    if held is None:
        return None
    if held.kind is RestrictionKind.BRAND and held.reason is RestrictionReason.APPROVAL_REQUIRED:
        said = {"value": brand}
        return Issue(kind="may_not_create", attribute_names=("brand",), said=said, restriction_id=held.restriction_id)
    return _issue_of(held, brand, terms)


def _issue_of(held: Restriction, brand: str, terms: Terms) -> Issue:
    if held.reason is RestrictionReason.NOT_ELIGIBLE and not held.conditions:
        return Issue(kind="restricted_product", restriction_id=held.restriction_id)
    if held.conditions:
        said = {"value": terms.condition_type}
        kind, names = "needs_approval_condition", (_CONDITION,)
        return Issue(kind=kind, attribute_names=names, said=said, restriction_id=held.restriction_id)
    is_brand = held.kind is RestrictionKind.BRAND
    return Issue(
        kind=_KINDS[held.kind],
        attribute_names=("brand",) if is_brand else (),
        said={"value": brand} if is_brand else {},
        restriction_id=held.restriction_id,
    )


def _of_terms(record: Record, attributes: Attributes, terms: Terms) -> Iterator[Issue]:
    price, names = terms.regular_price, ("purchasable_offer",)
    if price is not None and terms.minimum_price is not None and price < terms.minimum_price:
        yield Issue(kind="price_below_minimum", attribute_names=names)
    if price is not None and terms.maximum_price is not None and price > terms.maximum_price:
        yield Issue(kind="price_above_maximum", attribute_names=names)
    fixed = fixed_condition(record)
    if record.asin is not None and _CONDITION in attributes and terms.condition_type != fixed:
        said = {"value": terms.condition_type, "limit": fixed}
        yield Issue(kind="condition_fixed", attribute_names=(_CONDITION,), said=said)


def fixed_condition(record: Record) -> str:
    """The condition in which a SKU was first offered; it stays, whatever is put later."""
    for issue in record.issues:
        if issue.kind == "condition_fixed":
            return issue.said["limit"]
    return type_of(record.condition, record.condition_subtype) or ""
