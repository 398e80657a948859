"""Buyers who do not exist, and addresses that could: what an order says about who bought it and where it goes.

Names are put together by chance from common ones, telephone numbers are those that countries keep for fiction (or
that nobody has), and no street is claimed to be in its town. Town, state and postal code do belong together, since
software checks that.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection
from enum import StrEnum
from functools import cache
from itertools import accumulate
from random import Random

from msgspec import Struct

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.simulation.demand import BUSINESS_SHARE
from sellingpartner.market.simulation.people_names import companies_of, names_of
from sellingpartner.market.simulation.people_tax import TAX_NUMBERS
from sellingpartner.market.simulation.places import Locale, Place, drawn, locales_of
from sellingpartner.market.simulation.reading import read

_UNIT_SHARE = 0.38
_FRIEND_SHARE = 0.05
_RELAY = "abcdefghijklmnopqrstuvwxyz0123456789"


class PaymentKind(StrEnum):
    """How a buyer likes to pay."""

    CARD = "CreditCard"
    GIFT_CARD = "GiftCard"
    CASH_ON_DELIVERY = "COD"
    CONVENIENCE_STORE = "CVS"
    TRANSFER = "BankTransfer"
    INVOICE = "Invoice"

    @property
    def comes_later(self) -> bool:
        """Whether the money comes days after the order: at a till or by transfer."""
        return self in {PaymentKind.CONVENIENCE_STORE, PaymentKind.TRANSFER}


class AddressType(StrEnum):
    """Whether a parcel goes to a home or to a business."""

    RESIDENTIAL = "Residential"
    COMMERCIAL = "Commercial"


class Buyer(Struct, frozen=True, kw_only=True):
    """Somebody who buys, as the marketplace tells a seller of them."""

    name: str
    email: str  # the marketplace's relay: it is all that a seller ever sees
    phone: str
    country_code: str
    language: str  # like fr_CA: decides in which script the address is
    is_business: bool
    company: str | None
    tax_id: str | None
    payment: PaymentKind


class Address(Struct, frozen=True, kw_only=True):
    """Where an order goes."""

    name: str
    line1: str
    line2: str | None
    line3: str | None
    city: str
    state_or_region: str | None
    district: str | None
    county: str | None
    municipality: str | None
    postal_code: str
    country_code: str
    phone: str
    address_type: AddressType


class OtherPayment(Struct, frozen=True, forbid_unknown_fields=True):
    """A way to pay besides cards, and the share of a country's buyers who like it."""

    kind: PaymentKind
    share: float


@cache
def other_payments() -> dict[str, tuple[OtherPayment, ...]]:
    """How people pay, besides by card, by country."""
    return read("payments.toml", dict[str, tuple[OtherPayment, ...]])


_GIFT_CARD = OtherPayment(kind=PaymentKind.GIFT_CARD, share=0.05)
_INVOICE_SHARE = 0.45  # of businesses


def invent_buyer(chance: Random, country_code: str, *, is_business: bool | None = None) -> Buyer:
    """Somebody who shops in a country that has a marketplace; any other country is a KeyError.

    Chance has it whether it is a business, unless that is said.
    """
    locale = _some_locale(chance, country_code)
    has_business_luck = chance.random() < BUSINESS_SHARE
    is_business = has_business_luck if is_business is None else is_business
    relay = "".join(chance.choices(_RELAY, k=10))
    return Buyer(
        name=_name(chance, locale),
        email=f"{relay}@marketplace.{BY_COUNTRY[country_code].domain.removeprefix('www.')}",
        phone=_phone(chance, locale, chance.choice(locale.places)),
        country_code=country_code,
        language=locale.language,
        is_business=is_business,
        company=_company(chance, locale, country_code) if is_business else None,
        tax_id=TAX_NUMBERS[country_code](chance) if is_business and country_code in TAX_NUMBERS else None,
        payment=_payment(chance, country_code, is_business=is_business),
    )


def regions_of(country_code: str) -> list[str]:
    """The regions of a country in which there are addresses, as addresses write them."""
    return sorted({place.region for locale in locales_of(country_code) for place in locale.places})


def invent_address(
    chance: Random, buyer: Buyer, country_code: str, *, regions: Collection[str] | None = None
) -> Address:
    """An address of the buyer's in a country, in the buyer's script where it has one; sometimes it is a friend's.

    With `regions` it lies in one of these, of which one has to be among `regions_of` the country.
    """
    locales = locales_of(country_code)
    if regions is not None:
        locales = tuple(one for one in locales if any(place.region in regions for place in one.places))
    locale = next((locale for locale in locales if locale.language == buyer.language), locales[0])
    place = chance.choice([one for one in locale.places if regions is None or one.region in regions])
    is_friends = not buyer.is_business and chance.random() < _FRIEND_SHARE
    is_foreign = buyer.country_code != country_code
    lines = [*_lines(chance, buyer, locale, place), None, None]
    return Address(
        name=_name(chance, locale) if is_friends else buyer.name,
        line1=lines[0] or "",
        line2=lines[1],
        line3=lines[2],
        city=place.city,
        state_or_region=place.region or None,
        district=None if "{district}" in locale.line + locale.second else place.district or None,
        county=place.county or None,
        municipality=place.municipality or None,
        postal_code=drawn(place.postal, chance),
        country_code=country_code,
        phone=_phone(chance, locale, place) if is_friends or is_foreign else buyer.phone,
        address_type=AddressType.COMMERCIAL if buyer.is_business else AddressType.RESIDENTIAL,
    )


def _some_locale(chance: Random, country_code: str) -> Locale:
    locales = locales_of(country_code)
    if len(locales) == 1:
        return locales[0]
    edges = tuple(accumulate(locale.share for locale in locales))
    return locales[bisect(edges, chance.random() * edges[-1], hi=len(edges) - 1)]


def _name(chance: Random, locale: Locale) -> str:
    names = names_of(locale.language)
    return names.form.format(
        given=chance.choice(names.given), family=chance.choice(names.family), second=chance.choice(names.family)
    )


def _company(chance: Random, locale: Locale, country_code: str) -> str:
    family = chance.choice(names_of(locale.language).family)
    return chance.choice(companies_of(locale.language, country_code)).format(family=family)


def _phone(chance: Random, locale: Locale, place: Place) -> str:
    """A number of the place's area, or a mobile one where there are such."""
    has_line = place.dial or "{dial}" not in locale.phones[0]
    if locale.mobiles and (not has_line or chance.random() < 0.5):  # noqa: PLR2004 - as likely one as the other
        return drawn(chance.choice(locale.mobiles), chance)
    return drawn(chance.choice(locale.phones).format(dial=place.dial), chance)


def _payment(chance: Random, country_code: str, *, is_business: bool) -> PaymentKind:
    if is_business and chance.random() < _INVOICE_SHARE:
        return PaymentKind.INVOICE
    luck = chance.random()
    for way in (*other_payments().get(country_code, ()), _GIFT_CARD):
        luck -= way.share
        if luck < 0:
            return way.kind
    return PaymentKind.CARD


def _lines(chance: Random, buyer: Buyer, locale: Locale, place: Place) -> list[str]:
    """The one to three lines above the town."""
    words: dict[str, str | int] = {
        "street": chance.choice(locale.streets),
        "number": int(locale.highest_number ** chance.uniform(0.2, 1)),  # more streets are short than long
        "district": place.district,
        "unit": chance.randint(1, 48),
        "floor": chance.randint(2, 12),
        "block": chance.randint(1, 6),
        "lot": chance.randint(1, 28),
        "house": chance.randint(1, 19),
    }
    lines = [locale.line.format_map(words)]
    if buyer.is_business or chance.random() < _UNIT_SHARE:
        units = locale.offices if buyer.is_business else locale.units
        lines.append(chance.choice(units).format_map(words))
    if locale.second:
        lines.append(locale.second.format_map(words))
    if buyer.company:
        # There are three lines at most, so a unit that would make four goes beside the street.
        lines = [buyer.company, ", ".join(lines[:2]), *lines[2:]] if len(lines) > 2 else [buyer.company, *lines]  # noqa: PLR2004 - said above
    return lines
