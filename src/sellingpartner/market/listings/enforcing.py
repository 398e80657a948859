"""What Amazon's people do to listings: they restrict products, approve sellers, suppress listings and lift that again.

Whatever is decided is seen in each listing at once: those that are concerned are processed anew in the same unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, select

from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.market.catalog.questions import found_item, items_of
from sellingpartner.market.listings.model import Issue, Record
from sellingpartner.market.listings.questions import ListingUnknown
from sellingpartner.market.listings.restrictions import (
    EVERYBODY,
    EVERYWHERE,
    NewRestriction,
    Restriction,
    RestrictionReason,
    RestrictionUnknown,
    Subject,
    all_restrictions,
    ask_for,
    delete_restriction,
    insert_restriction,
    restrictions_on,
)
from sellingpartner.market.listings.restrictions import approve as enter_approval
from sellingpartner.market.listings.settling import reread, settled
from sellingpartner.market.listings.store import record_to_change, save
from sellingpartner.market.listings.tables import listings
from sellingpartner.market.listings.telling import told
from sellingpartner.market.product_types.questions import natures
from sellingpartner.storage.unit import UnitOfWork

SUPPRESSIONS = ("image_marked", "image_unreachable", "restricted_product", "conflict")
"""What can be imposed on a listing, by the names of `product_types/faults.toml`."""

_Place = tuple[str, str, str]


class InvalidSuppression(InvalidArgument):
    """What cannot be imposed on a listing; the message says what can."""


def add_restriction(unit: UnitOfWork, new: NewRestriction) -> Restriction:
    """Restrict products; listings of them that stand are at fault from here on. Raises `InvalidRestriction`."""
    restriction = insert_restriction(unit, new)
    _review(unit, _meant_by(unit, restriction))
    return restriction


def remove_restriction(unit: UnitOfWork, restriction_id: int) -> None:
    """Take a restriction back; raises `RestrictionUnknown`."""
    delete_restriction(unit, restriction_id)
    _review(unit, _held_by(unit, restriction_id, listings.c.has_errors))


def approve(unit: UnitOfWork, restriction_id: int) -> None:
    """Give this unit's seller the approval that a restriction asks for; raises `RestrictionUnknown`."""
    enter_approval(unit, _restriction(unit, restriction_id))
    _review(unit, _held_by(unit, restriction_id, listings.c.seller_id == unit.seller_id))


def ask_for_approval(unit: UnitOfWork, asin: str, marketplace_id: str) -> tuple[int, int]:
    """This unit's seller asks to sell a product; returns how many restrictions that lifts, and how many wait."""
    asked = restrictions_to_lift(unit, asin, marketplace_id)
    lifted = [restriction for restriction in asked if ask_for(unit, restriction)]
    for restriction in lifted:
        _review(unit, _held_by(unit, restriction.restriction_id, listings.c.seller_id == unit.seller_id))
    return len(lifted), len(asked) - len(lifted)


def restrictions_to_lift(unit: UnitOfWork, asin: str, marketplace_id: str) -> list[Restriction]:
    """What keeps this unit's seller from selling a product, and ends with approval."""
    item = found_item(unit, asin)
    if item is None:
        return []
    found = restrictions_on(unit, Subject.of(item), marketplace_id)
    return [one for one in found if one.reason is RestrictionReason.APPROVAL_REQUIRED]


def suppress(
    unit: UnitOfWork, sku: str, marketplace_id: str, kind: str, *, value: str = "", exempt_until: datetime | None = None
) -> Record:
    """Impose an issue on a listing of this unit's seller, with what follows from it. Raises `NotFound`.

    It goes when an attribute that it names is put right, or when it is lifted.
    """
    if kind not in SUPPRESSIONS:
        message = f"{kind!r} is nothing that can be imposed; it must be one of {', '.join(SUPPRESSIONS)}."
        raise InvalidSuppression(message)
    before = _record(unit, sku, marketplace_id)
    names = ("main_product_image_locator",) if kind.startswith("image") else ()
    said = {"value": value, "attribute": "brand", "limit": "", "name": before.asin or ""} if value else {}
    issue = Issue(kind=kind, attribute_names=names, said=said, is_imposed=True, exempt_until=exempt_until)
    try:
        told(issue, marketplace_id, None)
    except KeyError:
        message = f"To impose {kind} takes a value: what it is about, such as the address of the picture."
        raise InvalidSuppression(message) from None
    others = tuple(one for one in before.issues if not (one.is_imposed and one.kind == kind))
    return _noted(unit, before, (*others, issue))


def lift(unit: UnitOfWork, sku: str, marketplace_id: str, kind: str | None = None) -> Record:
    """Take back what was imposed on a listing: one kind of it, or all. Raises `NotFound`."""
    before = _record(unit, sku, marketplace_id)
    return _noted(
        unit, before, tuple(one for one in before.issues if not one.is_imposed or kind not in {None, one.kind})
    )


def codes_of_suppressions() -> dict[str, str]:
    """Amazon's codes of what can be imposed."""
    return {kind: natures()[kind].code for kind in SUPPRESSIONS}


def _noted(unit: UnitOfWork, before: Record, issues: tuple[Issue, ...]) -> Record:
    after = msgspec.structs.replace(before, issues=issues)
    if issues != before.issues:
        after = reread(unit, msgspec.structs.replace(after, updated_at=unit.now))
        save(unit, before, after)
    return after


def _record(unit: UnitOfWork, sku: str, marketplace_id: str) -> Record:
    found = record_to_change(unit, sku, marketplace_id)
    if found is None:
        raise ListingUnknown(sku, marketplace_id)
    return found


def _restriction(unit: UnitOfWork, restriction_id: int) -> Restriction:
    for restriction in all_restrictions(unit):
        if restriction.restriction_id == restriction_id:
            return restriction
    raise RestrictionUnknown(restriction_id)


def review_all(unit: UnitOfWork, marketplace_id: str) -> None:
    """Process all listings of this unit's seller in a marketplace anew, as its account stands otherwise there."""
    at = listings.c
    mine = (at.seller_id == unit.seller_id, at.marketplace_id == marketplace_id)
    rows = unit.execute(select(at.seller_id, at.sku, at.marketplace_id).where(*mine).order_by(at.sku)).all()
    _review(unit, [(row.seller_id, row.sku, row.marketplace_id) for row in rows])


def _meant_by(unit: UnitOfWork, restriction: Restriction) -> list[_Place]:
    """The listings of products that a restriction is about."""
    conditions: list[ColumnElement[bool]] = [listings.c.asin.is_not(None)]
    if restriction.seller_id != EVERYBODY:
        conditions.append(listings.c.seller_id == restriction.seller_id)
    if restriction.marketplace_id != EVERYWHERE:
        conditions.append(listings.c.marketplace_id == restriction.marketplace_id)
    key = (listings.c.seller_id, listings.c.sku, listings.c.marketplace_id)
    rows = unit.execute(select(*key, listings.c.asin).where(*conditions).order_by(*key)).all()
    items = items_of(unit, {row.asin for row in rows})
    meant = {asin for asin, item in items.items() if Subject.of(item).is_meant(restriction)}
    return [(row.seller_id, row.sku, row.marketplace_id) for row in rows if row.asin in meant]


def _held_by(unit: UnitOfWork, restriction_id: int, condition: ColumnElement[bool]) -> list[_Place]:
    """The listings that a restriction is the issue of."""
    key: tuple[Any, ...] = (listings.c.seller_id, listings.c.sku, listings.c.marketplace_id)
    rows = unit.execute(select(*key, listings.c.issues).where(listings.c.has_errors, condition).order_by(*key))
    return [
        (row.seller_id, row.sku, row.marketplace_id)
        for row in rows
        if any(issue.restriction_id == restriction_id for issue in row.issues)
    ]


def _review(unit: UnitOfWork, places: Iterable[_Place]) -> None:
    """Process listings anew, each in the name of its seller and in this transaction."""
    others: dict[str, UnitOfWork] = {unit.seller_id: unit}
    for seller_id, sku, marketplace_id in places:
        if seller_id not in others:
            others[seller_id] = unit.beside(seller_id)
        its = others[seller_id]
        before = record_to_change(its, sku, marketplace_id)
        if before is not None:
            save(its, before, settled(its, before))
    for its in others.values():
        if its is not unit:
            its.finish()
