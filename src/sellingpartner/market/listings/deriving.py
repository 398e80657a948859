"""What is made of a listing's attributes and issues: its offer's columns and what buyers can do with it. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.market import attributes as reading
from sellingpartner.market.attributes import Attributes
from sellingpartner.market.listings.model import Issue, ListingStatus, Record
from sellingpartner.market.listings.terms import Terms, terms_of
from sellingpartner.market.product_types.questions import Nature, natures

PARENT = "parent"
_ERROR, _WARNING = "ERROR", "WARNING"
_HIDES = frozenset({"SEARCH_SUPPRESSED", "LISTING_SUPPRESSED", "CATALOG_ITEM_REMOVED"})


def is_parent(attributes: Attributes, marketplace_id: str) -> bool:
    """Whether a listing gathers a family, and so sells nothing itself."""
    entry = reading.entry_of(attributes, "parentage_level", marketplace_id) or {}
    return entry.get("value") == PARENT


def parent_sku_of(attributes: Attributes, marketplace_id: str) -> str | None:
    """The SKU of the family that a listing belongs to."""
    return _text(attributes, "child_parent_sku_relationship", "parent_sku", marketplace_id)


def contained_sku_of(attributes: Attributes, marketplace_id: str) -> str | None:
    """The SKU that a case or a pallet holds."""
    return _text(attributes, "package_contains_sku", "sku", marketplace_id)


def actions_of(issue: Issue, now: datetime) -> tuple[str, ...]:
    """What is done because of an issue at a moment."""
    nature = natures()[issue.kind]
    is_exempt = nature.exemption == "EXEMPT" or (issue.exempt_until is not None and now < issue.exempt_until)
    return () if is_exempt else nature.actions


def severities_of(issues: tuple[Issue, ...]) -> tuple[str, ...]:
    """How grave the issues are, each once."""
    return tuple(dict.fromkeys(_nature(issue).severity for issue in issues))


def derived(
    record: Record,
    now: datetime,
    *,
    available: int,
    attributes: Attributes | None = None,
    terms: Terms | None = None,
) -> Record:
    """The record with what its attributes and issues make of it at a moment; `available` units can be promised.

    Whoever has read the attributes, or their terms at this moment, gives them.
    """
    if attributes is None:
        attributes = reading.decode(record.attributes)
    here = record.marketplace_id
    if terms is None:
        terms = terms_of(attributes, here, now)
    sells = not record.is_closed and terms.is_open and terms.price is not None and not is_parent(attributes, here)
    is_active = sells and record.asin is not None and not any(_blocks(issue, now) for issue in record.issues)
    done = {action for issue in record.issues for action in actions_of(issue, now)}
    severities = severities_of(record.issues)
    words = terms.condition
    return msgspec.structs.replace(
        record,
        parent_sku=parent_sku_of(attributes, here),
        contains_sku=contained_sku_of(attributes, here),
        price_minor=None if terms.price is None else terms.price.minor,
        price_currency=None if terms.price is None else terms.price.currency,
        condition=words.condition,
        condition_subtype=words.subtype,
        fulfillment_channel=terms.channel.value,
        handling_days=terms.handling_days,
        max_order_quantity=terms.max_order_quantity,
        status=(ListingStatus.ACTIVE if is_active else ListingStatus.INACTIVE).value,
        is_buyable=is_active and available > 0,
        is_discoverable=record.asin is not None and done.isdisjoint(_HIDES),
        has_errors=_ERROR in severities,
        has_warnings=_WARNING in severities,
        next_change_at=_next_change(record, terms, now),
    )


def _next_change(record: Record, terms: Terms, now: datetime) -> datetime | None:
    ends = [issue.exempt_until for issue in record.issues if issue.exempt_until and issue.exempt_until > now]
    return min((moment for moment in (*ends, terms.next_change_at) if moment is not None), default=None)


def _blocks(issue: Issue, now: datetime) -> bool:
    """Whether nobody can buy because of an issue.

    Assumed: every error does, but for those whose only consequence is not, or not yet, carried out, and those that
    take away single attributes.
    """
    nature = _nature(issue)
    if nature.severity != _ERROR:
        return False
    actions = actions_of(issue, now)
    return not nature.actions or any(action != "ATTRIBUTE_SUPPRESSED" for action in actions)


def _nature(issue: Issue) -> Nature:
    return natures()[issue.kind]


def _text(attributes: Attributes, name: str, field: str, marketplace_id: str) -> str | None:
    said = (reading.entry_of(attributes, name, marketplace_id) or {}).get(field)
    return said if isinstance(said, str) else None
