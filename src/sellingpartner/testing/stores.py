"""A store of a test's market: a supply source whose orders are shipped step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sellingpartner.contract.supply_sources_2020_07_01 import Address
from sellingpartner.market.external.commands import open_location
from sellingpartner.market.external.model import Ships
from sellingpartner.market.supply.commands import create_source, set_status
from sellingpartner.market.supply.model import Status
from sellingpartner.market.supply.questions import source_by_code
from sellingpartner.market.supply.stock import set_quantity
from sellingpartner.storage.unit import UnitOfWork

_STATES = {"US": ("OR", "97201"), "IN": ("Karnataka", "560001"), "GB": ("London", "SW1A 1AA"), "DE": ("BE", "10115")}


def opened(
    unit: UnitOfWork, code: str, stock: Mapping[str, int], ships: str, country: str, where: Mapping[str, Any]
) -> str:
    """Have a store stand, with so many units of SKUs; returns the id of its supply source."""
    state, postal_code = _STATES.get(country, ("", ""))
    said = {"country_code": country, "state_or_region": state or country, "postal_code": postal_code or None}
    known = source_by_code(unit, code)
    if known is None:
        address = Address(**({"name": code, "address_line1": "1 Quay", "city": "Harbor"} | said | dict(where)))
        known = set_status(unit, create_source(unit, code, code, address).supply_source_id, Status.ACTIVE)
    for sku, quantity in sorted(stock.items()):
        set_quantity(unit, known.supply_source_id, sku, quantity)
    open_location(unit, known.supply_source_id, Ships(ships))
    return known.supply_source_id
