"""What sellers submit: a listing is put, patched, deleted, or only tried.

Each submission is validated at once, and nothing of an invalid one is kept. What is accepted shows at once; where the
SKU has its product already, it takes effect at once as well, and else when the product has been found (`settling`).
The quantity that a seller states is what can still be promised; orders that are not shipped yet come on top of it.
Differs: what a seller ships itself is one pool for all its marketplaces, so the quantity that was stated last counts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from enum import StrEnum

import msgspec

from sellingpartner.market import attributes as reading
from sellingpartner.market.attributes import Attributes, Entry
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.inventory.commands import make_available
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.inventory.questions import hold_all
from sellingpartner.market.listings.checking import faults_in, faults_of_patches, selectors_in
from sellingpartner.market.listings.conditions import NEW, words_by_type
from sellingpartner.market.listings.model import FulfillmentChannel, Issue, ListingStatus, Record
from sellingpartner.market.listings.patching import Op, Patch, patched
from sellingpartner.market.listings.quantities import known_sources, says_quantity, state_quantities, unsaid_channels
from sellingpartner.market.listings.settling import process_later, reread, settled
from sellingpartner.market.listings.store import hold_records, record_to_change, records_of_sku, remove, save
from sellingpartner.market.listings.telling import told
from sellingpartner.market.listings.terms import USUAL_HANDLING_DAYS
from sellingpartner.market.product_types.questions import GENERIC, MOST_FAULTS, Fault, Requirements
from sellingpartner.market.skus import checked_sku
from sellingpartner.market.supply.questions import located_of
from sellingpartner.market.time.chance import wide_number_of
from sellingpartner.storage.unit import UnitOfWork

_QUANTITIES = "fulfillment_availability"
_TERMS_ALONE = frozenset({"purchasable_offer", _QUANTITIES})
"""What says nothing of the product: to patch these needs no new look at what the product type requires."""


class SubmissionStatus(StrEnum):
    """What became of a submission; VALID and INVALID are all that a trial can come to."""

    ACCEPTED = "ACCEPTED"
    INVALID = "INVALID"
    VALID = "VALID"


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller is told of what it submitted."""

    sku: str
    status: SubmissionStatus
    submission_id: str
    faults: tuple[Fault, ...] = ()
    asins: dict[str, str] = {}
    """The products that a trial found, by marketplace."""


class Put(msgspec.Struct, frozen=True, kw_only=True):
    """A listing as a seller states all of it."""

    sku: str
    marketplace_id: str
    product_type: str
    attributes: Attributes
    requirements: Requirements = Requirements.LISTING
    keeps_quantity: bool = False
    """Whether the quantities in the attributes are those of before, of which units may have been sold since."""


class Patched(msgspec.Struct, frozen=True, kw_only=True):
    """Changes to a listing, in one marketplace or in several."""

    sku: str
    marketplace_ids: tuple[str, ...]
    product_type: str
    patches: tuple[Patch, ...]


class Change(msgspec.Struct, frozen=True):
    """A listing before and after, and whether the seller speaks of quantities with it."""

    before: Record | None
    after: Record
    attributes: Attributes
    """Those of the listing after."""
    states_quantity: bool
    is_of_terms_alone: bool = False
    unsaid: frozenset[str] = frozenset()
    """The channels of which it speaks, but not of their quantities."""


class _Tried(Exception):
    """Undoes what a trial did."""


def hold(unit: UnitOfWork, skus: Collection[str]) -> None:
    """Hold what submissions of many SKUs change, by few questions, so that each of them need not ask for its own."""
    hold_records(unit, skus)
    hold_all(unit, skus, Condition.SELLABLE, Place.SELLER)
    located_of(unit, skus)


def put(unit: UnitOfWork, new: Put, *, locale: str | None = None, is_trial: bool = False) -> Submission:
    """Make a listing, or replace all that was said of it."""
    checked_sku(new.sku)
    submission_id = _number(unit)
    faults = faults_in(
        new.attributes,
        product_type=new.product_type,
        marketplace_id=new.marketplace_id,
        requirements=new.requirements,
        locale=locale,
        sources=known_sources(unit, new.attributes, new.marketplace_id),
    )
    if any(fault.blocks for fault in faults):
        return _refused(new.sku, submission_id, faults)
    before = record_to_change(unit, new.sku, new.marketplace_id)
    after = _begun(unit, new.sku, new.marketplace_id) if before is None else before
    after = msgspec.structs.replace(
        after,
        product_type=new.product_type if before is None or new.product_type != GENERIC else before.product_type,
        requirements=new.requirements.value,
        is_closed=False,
        attributes=reading.encode(new.attributes),
    )
    states_quantity = _QUANTITIES in new.attributes and not new.keeps_quantity
    change = Change(before, after, new.attributes, states_quantity)
    return _submitted(unit, submission_id, new.sku, [change], faults, locale=locale, is_trial=is_trial)


def patch(unit: UnitOfWork, new: Patched, *, locale: str | None = None, is_trial: bool = False) -> Submission:
    """Change a listing; what is not there yet begins with what the patches say. Raises `InvalidPatch`."""
    checked_sku(new.sku)
    submission_id = _number(unit)
    changes: list[Change] = []
    faults: list[Fault] = []
    for marketplace_id in new.marketplace_ids:
        patches = _in_marketplace(new, marketplace_id)
        if patches:
            before = record_to_change(unit, new.sku, marketplace_id)
            faults += _patch_one(unit, new, patches, marketplace_id, before, changes, locale)
    if any(fault.blocks for fault in faults):
        return _refused(new.sku, submission_id, faults)
    return _submitted(unit, submission_id, new.sku, changes, faults, locale=locale, is_trial=is_trial)


def delete(unit: UnitOfWork, sku: str, marketplace_ids: Sequence[str]) -> Submission:
    """Take a listing down in marketplaces. One that is not there is as good as deleted.

    With its last listing goes what the seller has of it in stock, but for what orders were promised.
    """
    checked_sku(sku)
    submission_id = _number(unit)
    held = records_of_sku(unit, sku)
    gone = [record for record in held if record.marketplace_id in marketplace_ids]
    for record in gone:
        remove(unit, record)
    if gone and len(gone) == len(held) and any(record.place is Place.SELLER for record in gone):
        make_available(unit, sku, Place.SELLER, 0, reference=f"submission {submission_id}")
    return Submission(sku=sku, status=SubmissionStatus.ACCEPTED, submission_id=submission_id)


def _in_marketplace(new: Patched, marketplace_id: str) -> list[Patch]:
    """The patches with the entries that are meant for a marketplace.

    What names a marketplace that the call does not is left to the first of them, where it is found to be wrong.
    """
    others = [one for one in new.marketplace_ids if one != marketplace_id]  # no set: what is named may be anything
    is_first = marketplace_id == new.marketplace_ids[0]

    def is_meant(entry: Entry) -> bool:
        named = entry.get(reading.MARKETPLACE, marketplace_id)
        return named == marketplace_id or (is_first and named not in others)

    meant = (msgspec.structs.replace(one, value=tuple(filter(is_meant, one.value))) for one in new.patches)
    return [one for one in meant if one.value]


def _patch_one(
    unit: UnitOfWork,
    new: Patched,
    patches: list[Patch],
    marketplace_id: str,
    before: Record | None,
    changes: list[Change],
    locale: str | None,
) -> list[Fault]:
    """Add the change that patches are in one marketplace; returns what is wrong with what they say."""
    record = _begun(unit, new.sku, marketplace_id) if before is None else before
    # Assumed: a patch says by which product type it is to be read, and moves no listing to another one; a put does.
    is_described = before is not None and record.product_type != GENERIC
    product_type = record.product_type if is_described else new.product_type
    attributes = patched(reading.decode(record.attributes), patches, lambda name: selectors_in(marketplace_id, name))
    said, places = _sent(new.patches, attributes, marketplace_id)
    faults = faults_of_patches(patches, new.product_type, marketplace_id, locale)
    faults += faults_in(
        said,
        product_type=new.product_type,
        marketplace_id=marketplace_id,
        requirements=Requirements.LISTING,
        locale=locale,
        places=places,
        sources=known_sources(unit, said, marketplace_id),
    )
    after = msgspec.structs.replace(record, product_type=product_type, attributes=reading.encode(attributes))
    if before is None and not attributes:
        # Assumed: of what nobody listed and nothing is said there is no listing. A patch of an unknown SKU that says
        # something begins one: Amazon's people call that expected (amzn/selling-partner-api-docs, issue 3748).
        return faults
    touched = {one.attribute for one in patches}
    given = {one.attribute for one in patches if one.op is not Op.DELETE}
    is_of_terms = touched <= _TERMS_ALONE and touched == given
    quantities = [entry for one in patches if one.attribute == _QUANTITIES for entry in one.value]
    said_of = {str(entry.get("fulfillment_channel_code")) for entry in quantities if says_quantity(entry)}
    unsaid = unsaid_channels(attributes, said_of)
    changes.append(Change(before, after, attributes, _QUANTITIES in touched, is_of_terms, unsaid))
    return faults


def _sent(
    patches: Sequence[Patch], attributes: Attributes, marketplace_id: str
) -> tuple[Attributes, dict[str, list[int]]]:
    """The entries that patches left of what they sent, and where in a patch each of them stood."""
    sent: dict[str, dict[bytes, list[int]]] = {}
    for one in patches:
        if one.op is not Op.DELETE and one.attribute in attributes:
            selectors, keys = selectors_in(marketplace_id, one.attribute), sent.setdefault(one.attribute, {})
            for index, entry in enumerate(one.value):
                keys.setdefault(selectors.key_of(entry), []).append(index)
    said: Attributes = {}
    places: dict[str, list[int]] = {}
    for name, keys in sent.items():
        selectors = selectors_in(marketplace_id, name)
        for entry in attributes[name]:
            if numbers := keys.get(selectors.key_of(entry)):
                said.setdefault(name, []).append(entry)
                places.setdefault(name, []).append(numbers.pop(0) if len(numbers) > 1 else numbers[0])
    return said, places


def _submitted(
    unit: UnitOfWork,
    submission_id: str,
    sku: str,
    changes: list[Change],
    faults: list[Fault],
    *,
    locale: str | None,
    is_trial: bool,
) -> Submission:
    if is_trial:
        return _tried(unit, submission_id, sku, changes, faults, locale)
    for change in changes:
        _carry_out(unit, submission_id, change)
    return Submission(sku=sku, status=SubmissionStatus.ACCEPTED, submission_id=submission_id, faults=tuple(faults))


def _carry_out(unit: UnitOfWork, submission_id: str, change: Change) -> None:
    before, after = change.before, change.after
    after = msgspec.structs.replace(after, submission_id=submission_id, updated_at=unit.now, issues=_uncured(change))
    if change.states_quantity:
        state_quantities(unit, change.after, change.attributes, submission_id, change.unsaid)
    if before is not None:  # units, of this change or of one before it, may have made it buyable
        before = record_to_change(unit, before.sku, before.marketplace_id)
    if before is None or before.asin is None:
        after = reread(unit, msgspec.structs.replace(after, is_settled=False), change.attributes)
        process_later(unit, after)
    elif change.is_of_terms_alone and before.is_settled:
        after = settled(unit, after, terms_alone=True, attributes=change.attributes)
    else:
        after = settled(unit, after, attributes=change.attributes)
    save(unit, before, after)


def _tried(
    unit: UnitOfWork, submission_id: str, sku: str, changes: list[Change], faults: list[Fault], locale: str | None
) -> Submission:
    """What processing would find, with nothing of it left.

    Assumed: a trial tells of restrictions and of the catalog's objections as well, which Amazon's may not.
    """
    ends: list[Record] = []
    with suppress(_Tried), unit.attempt():
        for change in changes:
            begun = msgspec.structs.replace(change.after, submission_id=submission_id, issues=_uncured(change))
            ends.append(settled(unit, begun))
        raise _Tried
    found = [*faults, *(told(issue, end.marketplace_id, locale) for end in ends for issue in end.issues)]
    status = SubmissionStatus.INVALID if any(fault.blocks for fault in found) else SubmissionStatus.VALID
    # Assumed: a product that only processing would bring into the catalog has no ASIN to be told yet.
    asins = {end.marketplace_id: end.asin for end in ends if end.asin and found_item(unit, end.asin) is not None}
    return Submission(sku=sku, status=status, submission_id=submission_id, faults=tuple(found), asins=asins)


def _uncured(change: Change) -> tuple[Issue, ...]:
    """The issues that stay until the listing is processed: those that were imposed, unless what they name changed."""
    if change.before is None:
        return ()
    if not any(issue.is_imposed for issue in change.before.issues):
        return change.before.issues
    before, after = reading.decode(change.before.attributes), change.attributes

    def is_cured(issue: Issue) -> bool:
        return any(before.get(name) != after.get(name) for name in issue.attribute_names)

    return tuple(issue for issue in change.before.issues if not (issue.is_imposed and is_cured(issue)))


def _refused(sku: str, submission_id: str, faults: Sequence[Fault]) -> Submission:
    first = tuple(faults[:MOST_FAULTS])
    return Submission(sku=sku, status=SubmissionStatus.INVALID, submission_id=submission_id, faults=first)


def _number(unit: UnitOfWork) -> str:
    """The id of a submission: 32 hexadecimal digits."""
    number = unit.next_number("submissions")
    return f"{wide_number_of(unit.seed, 'submission', unit.seller_id, number):032x}"


def _begun(unit: UnitOfWork, sku: str, marketplace_id: str) -> Record:
    """A listing of which nothing has been said yet."""
    words = words_by_type()[NEW]
    return Record(
        seller_id=unit.seller_id,
        sku=sku,
        marketplace_id=marketplace_id,
        asin=None,
        product_type=GENERIC,
        requirements=Requirements.LISTING.value,
        issues=(),
        is_closed=False,
        is_settled=False,
        submission_id="",
        fnsku=None,
        parent_sku=None,
        contains_sku=None,
        price_minor=None,
        price_currency=None,
        condition=words.condition,
        condition_subtype=words.subtype,
        fulfillment_channel=FulfillmentChannel.MFN.value,
        handling_days=USUAL_HANDLING_DAYS,
        max_order_quantity=None,
        is_regulated=False,
        status=ListingStatus.INACTIVE.value,
        is_buyable=False,
        is_discoverable=False,
        has_errors=False,
        has_warnings=False,
        next_change_at=None,
        created_at=unit.now,
        updated_at=unit.now,
        attributes=b"{}",
    )
