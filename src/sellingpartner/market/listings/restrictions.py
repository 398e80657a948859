"""What a seller may not list, or not yet: by brand, product type, classification, product and condition.

A restriction holds for one seller or for all, in one marketplace or in all. One that asks for approval ends for a
seller who has it; asking is enough where the restriction says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import bindparam, select

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.questions import classification_path
from sellingpartner.market.listings.conditions import words_by_type
from sellingpartner.market.listings.tables import approvals, restrictions
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

EVERYWHERE = ""
EVERYBODY = ""


class RestrictionKind(StrEnum):
    """By what products are restricted."""

    BRAND = "BRAND"
    PRODUCT_TYPE = "PRODUCT_TYPE"
    CLASSIFICATION = "CLASSIFICATION"
    ASIN = "ASIN"
    ALL = "ALL"
    """Every product, as a rule in some conditions only."""


class RestrictionReason(StrEnum):
    """Whether approval helps."""

    APPROVAL_REQUIRED = "APPROVAL_REQUIRED"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"


class NewRestriction(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be restricted."""

    kind: RestrictionKind
    subject: str = ""
    seller_id: str = EVERYBODY
    marketplace_id: str = EVERYWHERE
    conditions: tuple[str, ...] = ()
    """Values of `condition_type`; none are all."""
    reason: RestrictionReason = RestrictionReason.APPROVAL_REQUIRED
    is_approved_at_once: bool = True
    """Whether a seller who asks is approved without anybody looking."""


class Restriction(NewRestriction, frozen=True, kw_only=True):
    """Something that is restricted."""

    restriction_id: int
    added_at: datetime

    def holds_in(self, condition_type: str) -> bool:
        """Whether a condition is among those that are restricted."""
        return not self.conditions or condition_type in self.conditions


class Subject(msgspec.Struct, frozen=True):
    """A product as restrictions look at it."""

    asin: str
    brand: str
    product_type: str
    classifications: tuple[str, ...] = ()

    @classmethod
    def of(cls, item: Item) -> Subject:
        """An item of the catalog."""
        path = classification_path(item.classification_id) if item.classification_id else ()
        classifications = tuple(category.classification_id for category in path)
        return cls(item.asin, item.brand, item.product_type, classifications)

    def is_meant(self, restriction: Restriction) -> bool:
        """Whether a restriction is about this product."""
        kind, subject = restriction.kind, restriction.subject
        if kind is RestrictionKind.BRAND:
            return subject.casefold() == self.brand.casefold()
        if kind is RestrictionKind.PRODUCT_TYPE:
            return subject == self.product_type
        if kind is RestrictionKind.CLASSIFICATION:
            return subject in self.classifications
        return kind is RestrictionKind.ALL or subject == self.asin


class InvalidRestriction(InvalidInput):
    """What cannot be restricted; the message says why."""


class RestrictionUnknown(NotFound):
    """There is no such restriction."""

    def __init__(self, restriction_id: int) -> None:
        super().__init__(f"There is no restriction {restriction_id}.")


_approved = select(approvals.c.restriction_id).where(
    approvals.c.seller_id == bindparam("of_seller"), approvals.c.approved_at.is_not(None)
)
_ask = Prepared(upsert(approvals, lambda _: {"asked_at": approvals.c.asked_at}))
_approve = Prepared(
    approvals.update()
    .where(
        approvals.c.seller_id == bindparam("of_seller"),
        approvals.c.restriction_id == bindparam("of_restriction"),
        approvals.c.approved_at.is_(None),
    )
    .values(approved_at=bindparam("approved"))
)


def restrictions_on(unit: UnitOfWork, subject: Subject, marketplace_id: str) -> list[Restriction]:
    """What keeps this unit's seller from listing a product in a marketplace, whatever the condition."""
    key = {"of_seller": unit.seller_id, "of_marketplace": marketplace_id}
    return [found for found in _open.all(unit.connection, key) if subject.is_meant(found)]


def restriction_in(found: Iterable[Restriction], condition_type: str) -> Restriction | None:
    """Which of restrictions holds in a condition: what approval cannot lift before what it can."""
    held = [one for one in found if one.holds_in(condition_type)]
    return next((one for one in held if one.reason is RestrictionReason.NOT_ELIGIBLE), held[0] if held else None)


def all_restrictions(unit: UnitOfWork) -> list[Restriction]:
    """Every restriction there is."""
    return _all.all(unit.connection, {})


def insert_restriction(unit: UnitOfWork, new: NewRestriction) -> Restriction:
    """Keep a restriction; raises `InvalidRestriction`."""
    _check(new)
    market = unit.beside()
    number = market.next_number("listing_restrictions")
    said = {name: getattr(new, name) for name in NewRestriction.__struct_fields__}
    unit.execute(restrictions.insert(), said | {"restriction_id": number, "added_at": unit.now})
    return Restriction(**said, restriction_id=number, added_at=unit.now)


def delete_restriction(unit: UnitOfWork, restriction_id: int) -> None:
    """Forget a restriction and who has approval; raises `RestrictionUnknown`."""
    for table in (approvals, restrictions):
        met = unit.execute(table.delete().where(table.c.restriction_id == restriction_id)).rowcount
    if not met:
        raise RestrictionUnknown(restriction_id)


def ask_for(unit: UnitOfWork, restriction: Restriction) -> bool:
    """Enter that this unit's seller asks for approval; returns whether that alone approves it."""
    row = {"seller_id": unit.seller_id, "restriction_id": restriction.restriction_id}
    _ask.run(unit.connection, row | {"asked_at": unit.now, "approved_at": None})
    return restriction.is_approved_at_once and approve(unit, restriction)


def approve(unit: UnitOfWork, restriction: Restriction) -> bool:
    """Approve this unit's seller; returns whether that is news."""
    row = {"seller_id": unit.seller_id, "restriction_id": restriction.restriction_id}
    _ask.run(unit.connection, row | {"asked_at": unit.now, "approved_at": None})
    key = {"of_seller": unit.seller_id, "of_restriction": restriction.restriction_id, "approved": unit.now}
    return _approve.run(unit.connection, key) == 1


def _check(new: NewRestriction) -> None:
    if (new.kind is RestrictionKind.ALL) == bool(new.subject):
        message = f"A restriction by {new.kind.value} {'names nothing' if new.subject else 'names what it is about'}."
        raise InvalidRestriction(message)
    if new.marketplace_id not in {EVERYWHERE, *MARKETPLACES}:
        raise InvalidRestriction(f"{new.marketplace_id} is not a marketplace.")
    if unknown := [one for one in new.conditions if one not in words_by_type()]:
        message = f"{', '.join(unknown)} is no condition; those are {', '.join(words_by_type())}."
        raise InvalidRestriction(message)


def _restriction(*, kind: str, reason: str, **columns: object) -> Restriction:
    said = columns | {"kind": RestrictionKind(kind), "reason": RestrictionReason(reason)}
    return msgspec.convert(said, Restriction)


_open = Question(
    select(restrictions)
    .where(
        restrictions.c.seller_id.in_((EVERYBODY, bindparam("of_seller"))),
        restrictions.c.marketplace_id.in_((EVERYWHERE, bindparam("of_marketplace"))),
        restrictions.c.restriction_id.not_in(_approved),
    )
    .order_by(restrictions.c.restriction_id),
    _restriction,
)
_all = Question(select(restrictions).order_by(restrictions.c.restriction_id), _restriction)
