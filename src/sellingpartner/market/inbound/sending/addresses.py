"""Whether an address that units are sent from can be one (`addresses.toml`)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.inbound.model import Address
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.product_types.library import country_names

NOT_VERIFIED = (
    "Address was unable to be verified. Please ensure that this is the address you wish to use before proceeding."
)
_US = "US"


class _Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    postal_codes: dict[str, str]
    zip_states: dict[str, frozenset[str]]


@cache
def _told() -> _Told:
    path = files("sellingpartner.market.inbound.sending") / "addresses.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_Told)


def check_address(address: Address) -> None:
    """Raise `BadRequest` for an address in no country.

    Assumed: in which words Amazon refuses a country that there is not.
    """
    if address.country_code not in country_names():
        raise BadRequest("ERROR: The countryCode of the sourceAddress is not a country of ISO 3166-1.")
    blank = [name for name in ("name", "line_1", "city", "postal_code") if not getattr(address, name).strip()]
    if blank:
        raise BadRequest(f"ERROR: The sourceAddress is incomplete: {', '.join(blank)}.")


def is_verified(address: Address) -> bool:
    """Whether such an address is known to exist.

    Assumed: the source address of an inbound plan is verified by the form of its postal code, and in the United States
    by its state; one in a country whose codes are not known here is taken for verified.
    """
    form = _told().postal_codes.get(address.country_code)
    if form is None:
        return True
    if re.fullmatch(form, address.postal_code.strip()) is None:
        return False
    if address.country_code != _US:
        return True
    return (address.state or "").strip().upper() in _told().zip_states[address.postal_code.strip()[0]]
