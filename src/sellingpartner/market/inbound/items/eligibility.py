"""Whether an item may be sent to Amazon, by what the catalog and the seller's listings say of it.

The reasons are Amazon's codes. What the market knows decides on some of them; the others (tax documents, capacity of
warehouses, freight) never come up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sellingpartner.contract.fba_inbound_eligibility_v1 import IneligibilityReason as Reason
from sellingpartner.contract.fba_inbound_eligibility_v1 import Program
from sellingpartner.market.attributes import Attributes, entries, flag
from sellingpartner.market.catalog.model import Item, ItemClassification
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.listings.conditions import NEW, type_of
from sellingpartner.market.listings.questions import Stated, stated_of
from sellingpartner.market.listings.restrictions import Subject, restriction_in, restrictions_on
from sellingpartner.storage.unit import UnitOfWork

_NO_DANGER = frozenset({"not_applicable"})
_BATTERY_DATA = ("num_batteries", "battery", "lithium_battery")
_DANGER_DATA = ("hazmat", "ghs", "safety_data_sheet_url")
_MEDIA = frozenset({"ABIS_BOOK"})


def reasons_against(unit: UnitOfWork, asin: str, marketplace_id: str, program: Program) -> list[Reason]:
    """Why the seller may not send an item for a program; none if it may.

    Assumed: an ASIN that no marketplace has is answered as one that this marketplace does not have.
    """
    listings = stated_of(unit, asin, marketplace_id)
    return reasons_against_item(unit, found_item(unit, asin), listings, marketplace_id, program)


def reasons_against_item(
    unit: UnitOfWork, item: Item | None, listings: Sequence[Stated], marketplace_id: str, program: Program
) -> list[Reason]:
    """The same of an item that was read already, by those of the seller's listings of it that are meant."""
    if item is None or not item.is_in(marketplace_id):
        return [Reason.FBA_INB_0017]
    said = item.in_marketplace(marketplace_id)
    found = [*_of_the_seller(item, listings), *_of_restrictions(unit, item, marketplace_id, listings)]
    found += [*_of_the_item(item, marketplace_id, said), *_of_dangers(said)]
    if program is Program.COMMINGLING:
        found += _of_commingling(listings, said)
    return list(dict.fromkeys(found))


def home_of(unit: UnitOfWork, asin: str, marketplace_ids: Sequence[str]) -> str:
    """The marketplace that is meant where none is named.

    Assumed: it is the first of the seller's marketplaces that has the item.
    """
    item = found_item(unit, asin)
    return next((one for one in marketplace_ids if item is not None and item.is_in(one)), marketplace_ids[0])


def _of_the_seller(item: Item, listings: Sequence[Stated]) -> Iterator[Reason]:
    """What the seller's own listings stand in the way of.

    A seller without one is told as well that the package's dimensions are missing, as Amazon has been seen to answer.
    """
    if not listings:
        yield Reason.FBA_INB_0006
        yield Reason.FBA_INB_0004
    elif all(listing.is_regulated for listing in listings):
        # Assumed: what needs a prescription cannot be fulfilled by Amazon.
        yield Reason.FBA_INB_0051
    elif item.product_type not in _MEDIA and all(listing.condition != "New" for listing in listings):
        yield Reason.FBA_INB_0056


def _of_restrictions(unit: UnitOfWork, item: Item, marketplace_id: str, listings: Sequence[Stated]) -> Iterator[Reason]:
    """What the seller may not sell in any condition in which it is listed, or new if it is not."""
    held = restrictions_on(unit, Subject.of(item), marketplace_id)
    conditions = {type_of(one.condition, one.condition_subtype) or NEW for one in listings} or {NEW}
    if all(restriction_in(held, condition) is not None for condition in conditions):
        yield Reason.FBA_INB_0098


def _of_the_item(item: Item, marketplace_id: str, said: Attributes) -> Iterator[Reason]:
    if item.item_classification is ItemClassification.VARIATION_PARENT:
        yield Reason.FBA_INB_0038
    if item.package_dimensions(marketplace_id) is None or "item_package_weight" not in said:
        yield Reason.FBA_INB_0004
    if item.classification_id is None:
        yield Reason.FBA_INB_0018
    if not item.title(marketplace_id):
        yield Reason.FBA_INB_0019


def _of_dangers(said: Attributes) -> Iterator[Reason]:
    """What is under review as dangerous, or known to be.

    Assumed: what is declared dangerous is under review until its data are there, and is then a dangerous good that only
    sellers in a program of their own may send; nobody is in that program here.
    """
    declared = {entry.get("value") for entry in entries(said, "supplier_declared_dg_hz_regulation")}
    if declared - _NO_DANGER:
        yield Reason.FBA_INB_0016 if any(name in said for name in _DANGER_DATA) else Reason.FBA_INB_0009
    has_batteries = flag(said, "batteries_required") or flag(said, "batteries_included")
    if has_batteries and not any(name in said for name in _BATTERY_DATA):
        yield Reason.FBA_INB_0008


def _of_commingling(listings: Sequence[Stated], said: Attributes) -> Iterator[Reason]:
    """What keeps units from being told apart by the manufacturer's barcode alone."""
    if "externally_assigned_product_identifier" not in said:
        yield Reason.FBA_INB_0034
    if flag(said, "is_expiration_dated_product"):
        yield Reason.FBA_INB_0035
    if listings and all(listing.condition != "New" for listing in listings):
        yield Reason.FBA_INB_0104
