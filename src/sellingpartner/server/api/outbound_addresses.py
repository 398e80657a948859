"""Addresses of fulfillment orders: both versions of the API say the same fields of one."""

from __future__ import annotations

from typing import TypedDict

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract import fulfillment_outbound_2026_07_04 as v2026
from sellingpartner.market.orders.buyer import Address


class AddressFields(TypedDict):
    """What both say of an address."""

    name: str
    address_line1: str
    address_line2: str | None
    address_line3: str | None
    city: str | None
    district_or_county: str | None
    state_or_region: str | None
    postal_code: str
    country_code: str
    phone: str | None


def read_address(said: v2020.Address | v2026.Address, country_code: str) -> Address:
    """What was said, with the country as the version has checked it."""
    return Address(
        name=said.name,
        line_1=said.address_line1,
        line_2=said.address_line2,
        line_3=said.address_line3,
        city=said.city or "",
        district=said.district_or_county,
        state_or_region=said.state_or_region,
        postal_code=said.postal_code,
        country_code=country_code,
        phone=said.phone,
    )


def fields_of(address: Address) -> AddressFields:
    """An address as it travels."""
    return AddressFields(
        name=address.name,
        address_line1=address.line_1,
        address_line2=address.line_2,
        address_line3=address.line_3,
        city=address.city or None,
        district_or_county=address.district or address.county,
        state_or_region=address.state_or_region,
        postal_code=address.postal_code,
        country_code=address.country_code,
        phone=address.phone,
    )
