"""What a seller's account says of its business: the rules of it, and a plausible one where none was given.

A company is in a commercial register and has its number there; a sole proprietor is not, and is known to the tax office
alone; an individual is no business at all. The sellers that the market invents follow the country they sell in first.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from random import Random

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.sellers_v1 import BusinessType
from sellingpartner.market.accounts.model import Address, Business, Contact, Profile

UNREGISTERED = frozenset({BusinessType.INDIVIDUAL, BusinessType.SOLE_PROPRIETORSHIP})
"""The business types without a number in a commercial register."""

TAXED_BY_NAME = frozenset(
    {BusinessType.SOLE_PROPRIETORSHIP, BusinessType.CRAFTSMAN, BusinessType.NATURAL_PERSON_COMPANY}
)
"""Assumed: which business types' accounts show a tax number; Amazon names the first of them only."""

_BUSINESS_TYPES = (BusinessType.PRIVATE_LIMITED, BusinessType.SOLE_PROPRIETORSHIP, BusinessType.PUBLIC_LISTED)
_HOW_MANY = (7, 2, 1)


class CountryWithoutBusinesses(InvalidInput):
    """The market invents no business in this country."""


class _Town(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    city: str
    postal_code: str
    state: str | None = None


class _Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    company: str  # how a private one is named
    streets: tuple[str, ...]
    towns: tuple[_Town, ...]


class _Businesses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    given: tuple[str, ...]
    family: tuple[str, ...]
    countries: dict[str, _Country]


@cache
def _businesses() -> _Businesses:
    """What businesses are made up of, read once."""
    place = files("sellingpartner.market.accounts") / "businesses.toml"
    return msgspec.toml.decode(place.read_bytes(), type=_Businesses)


def check_profile(profile: Profile) -> None:
    """Raise `InvalidInput` for a profile that contradicts its business type."""
    kind, business = profile.business_type, profile.business
    if kind is BusinessType.INDIVIDUAL and business is not None:
        message = "An individual's account has no business; leave it out, or give another business type."
        raise InvalidInput(message)
    if kind is not BusinessType.INDIVIDUAL and business is None:
        message = f"An account of type {kind.value} needs a business; an individual's alone has none."
        raise InvalidInput(message)
    if business is not None and kind in UNREGISTERED and business.registration_number is not None:
        message = f"A business of type {kind.value} is in no register and has no registration number."
        raise InvalidInput(message)


def invented_profile(luck: Random, name: str, country_code: str, business_type: BusinessType | None = None) -> Profile:
    """A business of this name as there might be one in a country."""
    if country_code not in _businesses().countries:
        known = ", ".join(sorted(_businesses().countries))
        message = f"{country_code!r} is no country in which the market invents businesses; write one of {known}."
        raise CountryWithoutBusinesses(message)
    kind = business_type or luck.choices(_BUSINESS_TYPES, _HOW_MANY)[0]
    words = _businesses()
    person = f"{luck.choice(words.given)} {luck.choice(words.family)}"
    office, home = _address(luck, country_code), _address(luck, country_code)
    business = None
    if kind is not BusinessType.INDIVIDUAL:
        suffix = words.countries[country_code].company
        registration, tax = f"{luck.randrange(10**8, 10**9)}", f"{luck.randrange(10**8, 10**9)}"
        business = Business(
            name=f"{name} {suffix}" if kind is BusinessType.PRIVATE_LIMITED else name,
            address=office,
            registration_number=None if kind in UNREGISTERED else registration,
            tax_number=tax if kind in TAXED_BY_NAME else None,
        )
    return Profile(business_type=kind, business=business, contact=Contact(name=person, address=home))


def _address(luck: Random, country_code: str) -> Address:
    country = _businesses().countries[country_code]
    town = luck.choice(country.towns)
    return Address(
        line1=f"{luck.randrange(1, 200)} {luck.choice(country.streets)}",
        city=town.city,
        state=town.state,
        postal_code=town.postal_code,
        country_code=country_code,
    )
