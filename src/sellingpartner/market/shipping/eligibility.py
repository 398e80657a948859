"""Why a service does not take a parcel."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

import msgspec

from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.shipping.carriers import Addresses, Group, Offered, Reach
from sellingpartner.market.shipping.quoting import Quote, experience_charge
from sellingpartner.market.shipping.wishes import Wish, spot_of
from sellingpartner.market.shipping.zones import reach_between

_PO_BOX = re.compile(
    r"\b(p\.?\s*o\.?\s*box|post\s+office\s+box|postfach|apartado( de correos)?|casella postale|bo[iî]te postale)\b",
    re.IGNORECASE,
)
_MILITARY = frozenset({"AA", "AE", "AP"})


class Reason(StrEnum):
    """Why not, in the words of Shipping v2, the richer of Amazon's two vocabularies."""

    NO_COVERAGE = "NO_COVERAGE"
    POST_BOX = "CARRIER_CANNOT_SHIP_TO_POBOX"
    WEIGHT = "WEIGHT_RESTRICTIONS"
    SIZE = "SIZE_RESTRICTIONS"
    LATE = "LATE_DELIVERY"
    PROGRAM = "PROGRAM_CONSTRAINTS"
    PRODUCTS = "PRODUCT_CONSTRAINTS"
    OPTION = "UNSUPPORTED_VAS"
    TERMS = "TERMS_AND_CONDITIONS_NOT_ACCEPTED"
    UNAVAILABLE = "UNAVAILABLE"


class Rejection(msgspec.Struct, frozen=True):
    """That a service does not take a parcel, and why."""

    offered: Offered
    reason: Reason
    message: str


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a parcel when services are held against it."""

    wish: Wish
    address: Address
    is_prime: bool = False
    groups: frozenset[Group] = frozenset()
    """What all products in it are, as far as services care."""
    is_hazmat: bool = False


def is_post_box(address: Address) -> bool:
    """Whether an address is a box in a post office."""
    lines = (address.line_1, address.line_2, address.line_3)
    return any(line is not None and _PO_BOX.search(line) for line in lines)


def rejection_of(case: Case, quoted: Quote) -> Rejection | None:
    """The first reason why a service does not take the parcel; None if it does."""
    for rule in _RULES:
        if found := rule(case, quoted):
            reason, message = found
            return Rejection(quoted.offered, reason, message)
    return None


Found = tuple[Reason, str] | None


def _coverage(case: Case, quoted: Quote) -> Found:
    offered, destination = quoted.offered, spot_of(case.address)
    reach = reach_between(case.wish.sender.spot, destination)
    if offered.service.reach is not reach and not (
        reach is Reach.CUSTOMS and offered.service.reach is Reach.DOMESTIC and offered.carrier.takes_military
        and destination.state not in _MILITARY
    ):  # fmt: skip
        return Reason.NO_COVERAGE, f"{offered.service.name} does not go there: it is {offered.service.reach.value}."
    if offered.carrier.states and destination.state not in offered.carrier.states:
        return Reason.NO_COVERAGE, f"{offered.carrier.name} does not deliver in {destination.state or 'that state'}."
    if offered.service.most_zone is not None and quoted.zone > offered.service.most_zone:
        return Reason.NO_COVERAGE, f"{offered.service.name} does not go so far."
    return None


def _post_box(case: Case, quoted: Quote) -> Found:
    takes = quoted.offered.carrier.takes_po_boxes or quoted.offered.service.takes_po_boxes
    if takes or not is_post_box(case.address):
        return None
    return Reason.POST_BOX, f"{quoted.offered.carrier.name} cannot ship to a PO box."


def _group(case: Case, quoted: Quote) -> Found:
    group = quoted.offered.service.only_for
    if group is None or group in case.groups or (group is Group.PRIME and case.is_prime):
        return None
    if group in {Group.PRIME, Group.CONTRACT}:
        return Reason.PROGRAM, f"{quoted.offered.service.name} is for {group.value} alone."
    return Reason.PRODUCTS, "The shipping service is not available for the products in the order."


def _kind_of_address(case: Case, quoted: Quote) -> Found:
    wanted = quoted.offered.service.addresses
    if wanted is None or (wanted is Addresses.COMMERCIAL) == case.address.is_commercial:
        return None
    return Reason.NO_COVERAGE, f"{quoted.offered.service.name} goes to {wanted.value} addresses alone."


def _weight(case: Case, quoted: Quote) -> Found:
    carrier, service, grams = quoted.offered.carrier, quoted.offered.service, case.wish.weight.grams
    most = min(carrier.most_grams, carrier.most_grams if service.most_grams is None else service.most_grams)
    if grams > most:
        return Reason.WEIGHT, f"The package weighs {grams} g; {service.name} takes {most} g at most."
    if grams < service.least_grams:
        return Reason.WEIGHT, f"The package weighs {grams} g; {service.name} begins at {service.least_grams} g."
    return None


def _size(case: Case, quoted: Quote) -> Found:
    carrier, service, box = quoted.offered.carrier, quoted.offered.service, case.wish.box
    if service.box is not None and not box.fits(service.box):
        room = " x ".join(f"{side:g}" for side in service.box)
        return Reason.SIZE, f"The package does not fit into {service.name}, {room} cm."
    if box.sides[0] > carrier.most_length:
        return Reason.SIZE, f"The package is longer than {carrier.most_length:g} cm, the most {carrier.name} takes."
    if box.girth > carrier.most_girth:
        return Reason.SIZE, f"Length and girth are more than {carrier.most_girth:g} cm, the most {carrier.name} takes."
    return None


def _hazmat(case: Case, quoted: Quote) -> Found:
    if not case.is_hazmat or quoted.offered.service.takes_hazmat:
        return None
    return Reason.PRODUCTS, f"{quoted.offered.service.name} takes no hazardous materials."


def _options(case: Case, quoted: Quote) -> Found:
    carrier, wish = quoted.offered.carrier, case.wish
    if wish.is_collected and carrier.collects is None:
        return Reason.OPTION, f"{carrier.name} does not pick up."
    if experience_charge(carrier, wish.experience) is None:
        return Reason.OPTION, f"{carrier.name} has no {wish.experience.value}."
    if wish.declared is not None and wish.declared.currency != carrier.currency:
        return Reason.OPTION, f"{carrier.name} insures in {carrier.currency}, not in {wish.declared.currency}."
    if wish.declared is not None and wish.declared.minor > carrier.most_insured:
        return Reason.OPTION, f"{carrier.name} does not insure that much."
    return None


def _at_the_door(case: Case, quoted: Quote) -> Found:
    carrier, amount = quoted.offered.carrier, case.wish.to_collect
    if amount is not None and carrier.cash is None:
        return Reason.OPTION, f"{carrier.name} takes no money at the door."
    if amount is not None and amount.currency != carrier.currency:
        return Reason.OPTION, f"{carrier.name} takes {carrier.currency} at the door, not {amount.currency}."
    return None


def _in_time(case: Case, quoted: Quote) -> Found:
    limit = case.wish.must_arrive_at
    if limit is None or quoted.arrives.latest <= limit:
        return None
    return Reason.LATE, f"{quoted.offered.service.name} would arrive after {limit:%Y-%m-%dT%H:%M:%SZ}."


_RULES: tuple[Callable[[Case, Quote], Found], ...] = (
    _coverage,
    _post_box,
    _group,
    _kind_of_address,
    _weight,
    _size,
    _hazmat,
    _options,
    _at_the_door,
    _in_time,
)
