"""From whom and to whom a shipment goes, line by line, as its papers say it."""

from __future__ import annotations

from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.centers.questions import center
from sellingpartner.market.inbound.model import Shipment
from sellingpartner.storage.unit import UnitOfWork

_WIDEST = 40


def sender_lines(shipment: Shipment) -> tuple[str, ...]:
    """From whom."""
    address = shipment.ship_from
    town = " ".join(filter(None, (address.city, address.state, address.postal_code)))
    lines = (address.name, address.company_name, address.line_1, address.line_2, town, address.country_code)
    return tuple(line for line in lines if line)


def recipient_lines(unit: UnitOfWork, shipment: Shipment) -> tuple[str, ...]:
    """To whom."""
    there = center(shipment.center)
    town = " ".join(filter(None, (there.city, there.state, there.postal_code)))
    named = f"FBA: {seller_of(unit, unit.seller_id).name}"[:_WIDEST]
    return named, there.name, there.address_line_1, town, there.country_code
