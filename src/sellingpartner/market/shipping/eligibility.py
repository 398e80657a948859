"""Why a service does not take a parcel."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

import msgspec

from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.shipping.carriers import Addresses, Group, Offered, Reach
from sellingpartner.market.shipping.quoting import Quote, experience_charge
from sellingpartner.market.shipping.ways import Way

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

    way: Way
    address: Address
    is_prime: bool = False
    groups: frozenset[Group] = frozenset()
    """What all products in it are, as far as services care."""
    is_hazmat: bool = False


def is_post_box(address: Address) -> bool:
    """Whether an address is a box in a post office."""
    lines = (address.line_1, address.line_2, address.line_3)
    return any(line is not None and _PO_BOX.search(line) for line in lines)


def rejection_of(case: Case, offered: Offered) -> Rejection | None:
    """The first reason why a service does not take the parcel, whatever it costs and promises; None if it does."""
    for rule in _RULES:
        if found := rule(case, offered):
            reason, message = found
            return Rejection(offered, reason, message)
    return None


def lateness_of(case: Case, quoted: Quote) -> Rejection | None:
    """That a service would come too late; None if it does not."""
    limit = case.way.wish.must_arrive_at
    if limit is None or quoted.arrives.latest <= limit:
        return None
    message = f"{quoted.offered.service.name} would arrive after {limit:%Y-%m-%dT%H:%M:%SZ}."
    return Rejection(quoted.offered, Reason.LATE, message)


Found = tuple[Reason, str] | None

_WHERE = {
    Reach.DOMESTIC: "it is domestic",
    Reach.CUSTOMS: "it is for addresses that take a customs form",
    Reach.INTERNATIONAL: "it is international",
}


def _coverage(case: Case, offered: Offered) -> Found:
    reach, state = case.way.reach, case.way.state
    if offered.service.reach is not reach and not (
        reach is Reach.CUSTOMS and offered.service.reach is Reach.DOMESTIC and offered.carrier.takes_military
        and state not in _MILITARY
    ):  # fmt: skip
        return Reason.NO_COVERAGE, f"{offered.service.name} does not go there: {_WHERE[offered.service.reach]}."
    if offered.carrier.states and state not in offered.carrier.states:
        return Reason.NO_COVERAGE, f"{offered.carrier.name} does not deliver in {state or 'that state'}."
    if offered.service.most_zone is not None and case.way.zone > offered.service.most_zone:
        return Reason.NO_COVERAGE, f"{offered.service.name} does not go so far."
    return None


def _post_box(case: Case, offered: Offered) -> Found:
    takes = offered.carrier.takes_po_boxes or offered.service.takes_po_boxes
    if takes or not is_post_box(case.address):
        return None
    return Reason.POST_BOX, f"{offered.carrier.name} cannot ship to a PO box."


def _group(case: Case, offered: Offered) -> Found:
    group = offered.service.only_for
    if group is None or group in case.groups or (group is Group.PRIME and case.is_prime):
        return None
    if group in {Group.PRIME, Group.CONTRACT}:
        return Reason.PROGRAM, f"{offered.service.name} is for {group.value} alone."
    return Reason.PRODUCTS, "The shipping service is not available for the products in the order."


def _kind_of_address(case: Case, offered: Offered) -> Found:
    wanted = offered.service.addresses
    if wanted is None or (wanted is Addresses.COMMERCIAL) == case.address.is_commercial:
        return None
    return Reason.NO_COVERAGE, f"{offered.service.name} goes to {wanted.value} addresses alone."


def _weight(case: Case, offered: Offered) -> Found:
    carrier, service, grams = offered.carrier, offered.service, case.way.grams
    most = min(carrier.most_grams, carrier.most_grams if service.most_grams is None else service.most_grams)
    if grams > most:
        return Reason.WEIGHT, f"The package weighs {grams} g; {service.name} takes {most} g at most."
    if grams < service.least_grams:
        return Reason.WEIGHT, f"The package weighs {grams} g; {service.name} begins at {service.least_grams} g."
    return None


def _size(case: Case, offered: Offered) -> Found:
    carrier, service, way = offered.carrier, offered.service, case.way
    if service.box is not None and not way.wish.box.fits(service.box):
        room = " x ".join(f"{side:g}" for side in service.box)
        return Reason.SIZE, f"The package does not fit into {service.name}, {room} cm."
    if way.longest > carrier.most_length:
        return Reason.SIZE, f"The package is longer than {carrier.most_length:g} cm, the most {carrier.name} takes."
    if way.girth > carrier.most_girth:
        return Reason.SIZE, f"Length and girth are more than {carrier.most_girth:g} cm, the most {carrier.name} takes."
    return None


def _hazmat(case: Case, offered: Offered) -> Found:
    if not case.is_hazmat or offered.service.takes_hazmat:
        return None
    return Reason.PRODUCTS, f"{offered.service.name} takes no hazardous materials."


def _options(case: Case, offered: Offered) -> Found:
    carrier, wish = offered.carrier, case.way.wish
    if wish.is_collected and carrier.collects is None:
        return Reason.OPTION, f"{carrier.name} does not pick up."
    if experience_charge(carrier, wish.experience) is None:
        return Reason.OPTION, f"{carrier.name} has no {wish.experience.value}."
    if wish.declared is not None and wish.declared.currency != carrier.currency:
        return Reason.OPTION, f"{carrier.name} insures in {carrier.currency}, not in {wish.declared.currency}."
    if wish.declared is not None and wish.declared.minor > carrier.most_insured:
        return Reason.OPTION, f"{carrier.name} does not insure that much."
    return None


def _at_the_door(case: Case, offered: Offered) -> Found:
    carrier, amount = offered.carrier, case.way.wish.to_collect
    if amount is not None and carrier.cash is None:
        return Reason.OPTION, f"{carrier.name} takes no money at the door."
    if amount is not None and amount.currency != carrier.currency:
        return Reason.OPTION, f"{carrier.name} takes {carrier.currency} at the door, not {amount.currency}."
    return None


_RULES: tuple[Callable[[Case, Offered], Found], ...] = (
    _coverage,
    _post_box,
    _group,
    _kind_of_address,
    _weight,
    _size,
    _hazmat,
    _options,
    _at_the_door,
)
