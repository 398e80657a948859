"""The buyer of an order that the control API places: as far as the request says, and beyond that invented."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument, InvalidInput
from sellingpartner.market.appointments.questions import is_in
from sellingpartner.market.orders.buyer import Address, Buyer, registered
from sellingpartner.market.simulation import people
from sellingpartner.market.simulation.places import countries


def buyer_and_address(
    luck: Random,
    country_code: str,
    said_buyer: v1.OrderBuyer | None,
    said_address: v1.OrderAddress | None,
    *,
    is_business: bool,
    area: Sequence[str] = (),
) -> tuple[Buyer, Address]:
    """Who buys in a country's shop, and where the order is to go: into an area, if there is one."""
    destination = (said_address.country_code if said_address is not None else None) or country_code
    if destination not in countries():
        message = f"The market knows no addresses in {destination}; it knows {', '.join(countries())}."
        raise InvalidArgument(message)
    person = people.invent_buyer(luck, country_code)
    invented = people.invent_address(luck, person, destination, regions=_regions(destination, area))
    said = said_buyer or v1.OrderBuyer()
    name = said.name or None
    company = said.company_name or (person.company if is_business else None)
    number = said.tax_id or (person.tax_id if company else None)
    tax, invoice_tax = registered(country_code, company, number) if number else (None, None)
    buyer = Buyer(
        name=name or person.name,
        # Without an email address the market gives a relay address, as Amazon does.
        email=said.email or "",
        company_name=company,
        tax=tax,
        invoice_tax=invoice_tax,
        purchase_order_number=said.purchase_order_number,
    )
    return buyer, _address(invented, said_address or v1.OrderAddress(), name, is_commercial=company is not None)


def _regions(country_code: str, area: Sequence[str]) -> list[str] | None:
    """The regions of an area from which somebody can come; raises `InvalidInput` if there are none."""
    if not area:
        return None
    known = people.regions_of(country_code)
    found = [one for one in known if is_in(one, area)]
    if not found:
        message = (
            f"It is ordered in {', '.join(area)} alone, and nobody who is invented lives there; buyers come from "
            f"{', '.join(known)}. Let a store serve one of these."
        )
        raise InvalidInput(message)
    return found


def _address(
    invented: people.Address, said: v1.OrderAddress, buyer_name: str | None, *, is_commercial: bool
) -> Address:
    has_street = said.address_line1 is not None
    return Address(
        name=said.name or buyer_name or invented.name,
        line_1=said.address_line1 or invented.line1,
        line_2=said.address_line2 if has_street else said.address_line2 or invented.line2,
        line_3=None if has_street else invented.line3,
        city=said.city or invented.city,
        state_or_region=said.state_or_region or invented.state_or_region,
        district=None if has_street else invented.district,
        county=None if has_street else invented.county,
        municipality=None if has_street else invented.municipality,
        postal_code=said.postal_code or invented.postal_code,
        country_code=invented.country_code,
        phone=said.phone or invented.phone,
        is_commercial=is_commercial,
    )
