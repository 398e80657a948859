"""Whether an address is one that there can be, and whether parcels go there.

Assumed: Amazon looks addresses up; here one is known not to exist by the form of its postal code, by a state that the
United States do not have, or by a postal code that lies in another state. Across borders parcels go within the European
Union and within North America.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.orders.buyer import Address


class _Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    postal_codes: dict[str, str]
    states: dict[str, tuple[str, ...]]
    exports: dict[str, tuple[str, ...]]


@cache
def _known() -> _Known:
    path = files("sellingpartner.market.outbound") / "addresses.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_Known)


@cache
def _form_of(country: str) -> re.Pattern[str] | None:
    said = _known().postal_codes.get(country)
    return None if said is None else re.compile(said, re.ASCII)


def why_unknown(address: Address) -> str:
    """In a sentence, why there is no such address; nothing if there may be."""
    for name, value in (("name", address.name), ("line", address.line_1)):
        if not value.strip():
            return f"The address has no {name}."
    form, postal = _form_of(address.country_code), address.postal_code.strip()
    if form is not None and form.fullmatch(postal) is None:
        return f"{address.country_code} has no postal code {postal!r}."
    if address.country_code != "US":
        return ""
    state = (address.state_or_region or "").strip().upper()
    if state not in _known().states[postal[0]]:
        return f"The postal code {postal} is not in the state {state!r}."
    return ""


def goes_to(marketplace_country: str, country: str) -> bool:
    """Whether parcels go from a marketplace's country to another one."""
    if marketplace_country == country:
        return True
    return any(marketplace_country in group and country in group for group in _known().exports.values())
