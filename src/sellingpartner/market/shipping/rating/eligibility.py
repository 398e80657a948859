"""Why a service does not take a parcel.

Each rule looks at one thing of a parcel: where it goes, what it weighs, what it is insured for. What it says of that
thing to every service is remembered. So a parcel costs one look-up for each rule, and only what no parcel had lately is
asked of sixty services one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, Generic, TypeVar

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.shipping.carriers.measures import Sides
from sellingpartner.market.shipping.carriers.services import Addresses, Group, Offered, Reach, Services
from sellingpartner.market.shipping.rating.quoting import Quote, experience_charge
from sellingpartner.market.shipping.rating.ways import Way
from sellingpartner.market.shipping.wishes import Experience

_PO_BOX = re.compile(
    r"\b(p\.?\s*o\.?\s*box|post\s+office\s+box|postfach|apartado( de correos)?|casella postale|bo[iî]te postale)\b",
    re.IGNORECASE,
)
_MILITARY = frozenset({"AA", "AE", "AP"})
_REMEMBERED = 256
"""Of how many different things a rule remembers what it says."""

Fact = TypeVar("Fact", bound=Hashable)


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
    refused_terms: tuple[str, ...] = ()
    paused: tuple[str, ...] = ()
    """Carriers, by id, whose terms its seller has not accepted, and those that are out of service."""

    @property
    def is_post_box(self) -> bool:
        """Whether it goes to a box in a post office."""
        return is_post_box(self.address)

    @property
    def kind_of_address(self) -> Addresses:
        """To what kind of address it goes."""
        return Addresses.COMMERCIAL if self.address.is_commercial else Addresses.RESIDENTIAL


Found = tuple[Reason, str] | None


class Rule(Generic[Fact]):
    """A reason not to take a parcel: what of the parcel it looks at, and what it says of that to a service.

    Where there is nothing to look at (no declared value, no hazardous material), it says nothing.
    """

    def __init__(self, looks_at: Callable[[Case], Fact | None], says: Callable[[Fact, Offered], Found]) -> None:
        self.looks_at = looks_at
        self.says = says
        self.refused = lru_cache(maxsize=_REMEMBERED)(self._refused)

    def _refused(self, services: Services, fact: Fact) -> Mapping[str, Rejection]:
        """The services that do not take a parcel of which this is so, by their ids."""
        rejections = {}
        for offered in services.offered:
            found = self.says(fact, offered)
            if found is not None:
                rejections[offered.service.service_id] = Rejection(offered, *found)
        return rejections


def rejections_of(case: Case, services: Services) -> Mapping[str, Rejection]:
    """The services that do not take a parcel, by their ids; each with the first reason that it gives."""
    rejections: dict[str, Rejection] = {}
    for rule in reversed(RULES):  # what an earlier rule says takes the place of what a later one said
        if fact := rule.looks_at(case):
            rejections.update(rule.refused(services, fact))
    return rejections


def rejection_of(case: Case, offered: Offered) -> Rejection | None:
    """The first reason why one service does not take the parcel; None if it does."""
    for rule in RULES:
        if (fact := rule.looks_at(case)) and (found := rule.says(fact, offered)):
            return Rejection(offered, *found)
    return None


def lateness_of(case: Case, quoted: Quote) -> Rejection | None:
    """That a service would come too late; None if it does not."""
    limit = case.way.wish.must_arrive_at
    if limit is None or quoted.arrives.latest <= limit:
        return None
    message = f"{quoted.offered.service.name} would arrive after {limit:%Y-%m-%dT%H:%M:%SZ}."
    return Rejection(quoted.offered, Reason.LATE, message)


def is_post_box(address: Address) -> bool:
    """Whether an address is a box in a post office."""
    lines = (address.line_1, address.line_2, address.line_3)
    return any(line is not None and _PO_BOX.search(line) for line in lines)


def _terms(refused: tuple[str, ...], offered: Offered) -> Found:
    if offered.carrier.carrier_id in refused:
        return Reason.TERMS, f"The terms of {offered.carrier.name} were not accepted."
    return None


def _service(paused: tuple[str, ...], offered: Offered) -> Found:
    if offered.carrier.carrier_id in paused:
        return Reason.UNAVAILABLE, f"{offered.carrier.name} is out of service at the moment."
    return None


_WHERE = {
    Reach.DOMESTIC: "it is domestic",
    Reach.CUSTOMS: "it is for addresses that take a customs form",
    Reach.INTERNATIONAL: "it is international",
}


def _coverage(way: tuple[Reach, str, int], offered: Offered) -> Found:
    reach, state, zone = way
    if offered.service.reach is not reach and not (
        reach is Reach.CUSTOMS and offered.service.reach is Reach.DOMESTIC and offered.carrier.takes_military
        and state not in _MILITARY
    ):  # fmt: skip
        return Reason.NO_COVERAGE, f"{offered.service.name} does not go there: {_WHERE[offered.service.reach]}."
    if offered.carrier.states and state not in offered.carrier.states:
        return Reason.NO_COVERAGE, f"{offered.carrier.name} does not deliver in {state or 'that state'}."
    if offered.service.most_zone is not None and zone > offered.service.most_zone:
        return Reason.NO_COVERAGE, f"{offered.service.name} does not go so far."
    return None


def _post_box(_: bool, offered: Offered) -> Found:  # noqa: FBT001 - that it is one
    if offered.carrier.takes_po_boxes or offered.service.takes_po_boxes:
        return None
    return Reason.POST_BOX, f"{offered.carrier.name} cannot ship to a PO box."


def _group(product: tuple[frozenset[Group], bool], offered: Offered) -> Found:
    groups, is_prime = product
    group = offered.service.only_for
    if group is None or group in groups or (group is Group.PRIME and is_prime):
        return None
    if group in {Group.PRIME, Group.CONTRACT}:
        return Reason.PROGRAM, f"{offered.service.name} is for {group.value} alone."
    return Reason.PRODUCTS, "The shipping service is not available for the products in the order."


def _kind_of_address(kind: Addresses, offered: Offered) -> Found:
    wanted = offered.service.addresses
    if wanted in {None, kind}:
        return None
    return Reason.NO_COVERAGE, f"{offered.service.name} goes to {wanted.value} addresses alone."


def _weight(grams: int, offered: Offered) -> Found:
    service, most = offered.service, offered.most_grams
    if grams > most:
        return Reason.WEIGHT, f"The package weighs {grams} g; {service.name} takes {most} g at most."
    if grams < service.least_grams:
        return Reason.WEIGHT, f"The package weighs {grams} g; {service.name} begins at {service.least_grams} g."
    return None


def _size(sides: Sides, offered: Offered) -> Found:
    carrier, service = offered.carrier, offered.service
    if offered.room is not None and not sides.fits(offered.room):
        room = " x ".join(f"{side:g}" for side in service.box or ())
        return Reason.SIZE, f"The package does not fit into {service.name}, {room} cm."
    if sides.long > carrier.most_length:
        return Reason.SIZE, f"The package is longer than {carrier.most_length:g} cm, the most {carrier.name} takes."
    if sides.girth > carrier.most_girth:
        return Reason.SIZE, f"Length and girth are more than {carrier.most_girth:g} cm, the most {carrier.name} takes."
    return None


def _hazmat(_: bool, offered: Offered) -> Found:  # noqa: FBT001 - that it is
    if offered.service.takes_hazmat:
        return None
    return Reason.PRODUCTS, f"{offered.service.name} takes no hazardous materials."


def _pick_up(_: bool, offered: Offered) -> Found:  # noqa: FBT001 - that it is to be picked up
    if offered.carrier.collects is not None:
        return None
    return Reason.OPTION, f"{offered.carrier.name} does not pick up."


def _confirmation(experience: Experience, offered: Offered) -> Found:
    if experience_charge(offered.carrier, experience) is not None:
        return None
    return Reason.OPTION, f"{offered.carrier.name} has no {experience.value}."


def _insurance(declared: Money, offered: Offered) -> Found:
    carrier = offered.carrier
    if declared.currency != carrier.currency:
        return Reason.OPTION, f"{carrier.name} insures in {carrier.currency}, not in {declared.currency}."
    if declared.minor > carrier.most_insured:
        return Reason.OPTION, f"{carrier.name} does not insure that much."
    return None


def _at_the_door(amount: Money, offered: Offered) -> Found:
    carrier = offered.carrier
    if carrier.cash is None:
        return Reason.OPTION, f"{carrier.name} takes no money at the door."
    if amount.currency != carrier.currency:
        return Reason.OPTION, f"{carrier.name} takes {carrier.currency} at the door, not {amount.currency}."
    return None


RULES: tuple[Rule[Any], ...] = (
    Rule(lambda case: case.refused_terms, _terms),
    Rule(lambda case: case.paused, _service),
    Rule(lambda case: (case.way.reach, case.way.state, case.way.zone), _coverage),
    Rule(lambda case: case.is_post_box, _post_box),
    Rule(lambda case: (case.groups, case.is_prime), _group),
    Rule(lambda case: case.kind_of_address, _kind_of_address),
    Rule(lambda case: case.way.grams, _weight),
    Rule(lambda case: case.way.sides, _size),
    Rule(lambda case: case.is_hazmat, _hazmat),
    Rule(lambda case: case.way.wish.is_collected, _pick_up),
    Rule(lambda case: case.way.wish.experience, _confirmation),
    Rule(lambda case: case.way.wish.declared, _insurance),
    Rule(lambda case: case.way.wish.to_collect, _at_the_door),
)
"""In this order: a service has one reason, the first."""
