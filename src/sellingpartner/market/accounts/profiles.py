"""What a seller's account says of its business: the rules of it, and a plausible one where none was given.

A company is in a commercial register and has its number there; a sole proprietor is not, and is known to the tax office
alone; an individual is no business at all. The sellers that the market invents follow the country they sell in first.
"""

from __future__ import annotations

from random import Random

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.sellers_v1 import BusinessType
from sellingpartner.market.accounts.model import Address, Business, Contact, Profile

UNREGISTERED = frozenset({BusinessType.INDIVIDUAL, BusinessType.SOLE_PROPRIETORSHIP})
"""The business types without a number in a commercial register."""

TAXED_BY_NAME = frozenset(
    {BusinessType.SOLE_PROPRIETORSHIP, BusinessType.CRAFTSMAN, BusinessType.NATURAL_PERSON_COMPANY}
)
"""Assumed: which business types' accounts show a tax number; Amazon names the first of them only."""

# How a private company is named, then streets and towns (city, state, postal code) to have its office in.
_Place = tuple[str, str | None, str]
_COUNTRIES: dict[str, tuple[str, tuple[str, ...], tuple[_Place, ...]]] = {
    "AE": ("FZE", ("Al Wasl Road", "Corniche Street"), (("Dubai", "Dubai", "00000"), ("Sharjah", "Sharjah", "00000"))),
    "AU": ("Pty Ltd", ("Collins Street", "Harris Road"), (("Melbourne", "VIC", "3000"), ("Perth", "WA", "6000"))),
    "BE": ("BV", ("Rue Haute", "Kerkstraat"), (("Bruxelles", None, "1000"), ("Gent", None, "9000"))),
    "BR": ("Ltda", ("Rua Flores", "Avenida Brasil"), (("Curitiba", "PR", "80010-000"), ("Natal", "RN", "59025-000"))),
    "CA": ("Inc.", ("Queen Street", "Maple Avenue"), (("Toronto", "ON", "M5H 2N2"), ("Halifax", "NS", "B3J 1S9"))),
    "DE": ("GmbH", ("Lindenweg", "Hafenstraße"), (("Hamburg", None, "20095"), ("Leipzig", None, "04109"))),
    "EG": ("LLC", ("Talaat Harb Street", "Nile Street"), (("Cairo", "Cairo", "11511"), ("Giza", "Giza", "12511"))),
    "ES": ("S.L.", ("Calle Mayor", "Calle Mar"), (("Valencia", "Valencia", "46002"), ("Bilbao", "Bizkaia", "48005"))),
    "FR": ("SARL", ("Rue de la Gare", "Quai du Port"), (("Nantes", None, "44000"), ("Lyon", None, "69002"))),
    "GB": ("Ltd", ("Mill Lane", "Station Road"), (("Bristol", None, "BS1 4ST"), ("Leeds", None, "LS1 5AS"))),
    "IE": ("Limited", ("Bridge Street", "Main Street"), (("Cork", None, "T12 W8KT"), ("Galway", None, "H91 E9XA"))),
    "IN": ("Private Limited", ("MG Road", "Station Road"), (("Bengaluru", "KA", "560001"), ("Pune", "MH", "411001"))),
    "IT": ("S.r.l.", ("Via Roma", "Via del Porto"), (("Bologna", "BO", "40121"), ("Genova", "GE", "16121"))),
    "JP": ("K.K.", ("Honmachi", "Sakae"), (("Osaka", "Osaka", "541-0053"), ("Nagoya", "Aichi", "460-0008"))),
    "MX": ("S.A. de C.V.", ("Calle Hidalgo", "Avenida Juárez"), (("Puebla", "PUE", "72000"), ("León", "GTO", "37000"))),
    "NL": ("B.V.", ("Kerkstraat", "Havenweg"), (("Utrecht", None, "3511 AA"), ("Rotterdam", None, "3011 AA"))),
    "PL": ("Sp. z o.o.", ("ulica Polna", "ulica Portowa"), (("Gdańsk", None, "80-831"), ("Kraków", None, "31-042"))),
    "SA": ("LLC", ("King Fahd Road", "Olaya Street"), (("Riyadh", "Riyadh", "12211"), ("Jeddah", "Makkah", "23421"))),
    "SE": ("AB", ("Storgatan", "Hamngatan"), (("Göteborg", None, "411 06"), ("Malmö", None, "211 34"))),
    "SG": ("Pte. Ltd.", ("Beach Road", "Cecil Street"), (("Singapore", None, "189702"), ("Singapore", None, "088463"))),
    "TR": ("Ltd. Şti.", ("Atatürk Caddesi", "Liman Sokak"), (("İzmir", None, "35210"), ("Bursa", None, "16010"))),
    "US": ("LLC", ("Harbor Street", "Cedar Avenue"), (("Portland", "ME", "04101"), ("Tacoma", "WA", "98402"))),
    "ZA": ("(Pty) Ltd", ("Long Street", "Church Street"), (("Cape Town", "WC", "8001"), ("Durban", "KZN", "4001"))),
}  # fmt: skip
_GIVEN = ("Ada", "Clara", "David", "Elena", "Hugo", "Ines", "Jonas", "Lina", "Marco", "Nora", "Oscar", "Sara")
_FAMILY = (
    "Berg",
    "Costa",
    "Duarte",
    "Fischer",
    "Hart",
    "Kaya",
    "Lindner",
    "Moreau",
    "Novak",
    "Okafor",
    "Rossi",
    "Sato",
)
_BUSINESS_TYPES = (BusinessType.PRIVATE_LIMITED, BusinessType.SOLE_PROPRIETORSHIP, BusinessType.PUBLIC_LISTED)
_HOW_MANY = (7, 2, 1)


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
    kind = business_type or luck.choices(_BUSINESS_TYPES, _HOW_MANY)[0]
    person = f"{luck.choice(_GIVEN)} {luck.choice(_FAMILY)}"
    office, home = _address(luck, country_code), _address(luck, country_code)
    business = None
    if kind is not BusinessType.INDIVIDUAL:
        suffix = _COUNTRIES[country_code][0]
        registration, tax = f"{luck.randrange(10**8, 10**9)}", f"{luck.randrange(10**8, 10**9)}"
        business = Business(
            name=f"{name} {suffix}" if kind is BusinessType.PRIVATE_LIMITED else name,
            address=office,
            registration_number=None if kind in UNREGISTERED else registration,
            tax_number=tax if kind in TAXED_BY_NAME else None,
        )
    return Profile(business_type=kind, business=business, contact=Contact(name=person, address=home))


def _address(luck: Random, country_code: str) -> Address:
    _, streets, towns = _COUNTRIES[country_code]
    city, state, postal_code = luck.choice(towns)
    return Address(
        line1=f"{luck.randrange(1, 200)} {luck.choice(streets)}",
        city=city,
        state=state,
        postal_code=postal_code,
        country_code=country_code,
    )
