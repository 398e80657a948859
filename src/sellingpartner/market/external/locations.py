"""Supply sources are let in, or out: from then on what is paid there is shipped step by step.

Assumed: Amazon lets sellers into external fulfillment one by one, by hand; here whoever drives the market does.
"""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.external.model import Location, Ships
from sellingpartner.market.external.store import forget_location, locations_of, save_location
from sellingpartner.market.shipping.carriers.services import offered_in
from sellingpartner.market.supply.model import Status
from sellingpartner.market.supply.questions import source_of
from sellingpartner.storage.unit import UnitOfWork


def open_location(unit: UnitOfWork, supply_source_id: str, ships: Ships) -> Location:
    """Let a supply source in, or say who brings what it sends from now on; raises `InvalidInput`."""
    source = source_of(unit, supply_source_id)
    if source.status is Status.ARCHIVED:
        message = f"Supply source {source.code} is archived; nothing will be ordered of it."
        raise InvalidInput(message)
    if not source.delivers:
        message = f"Supply source {source.code} does not ship to buyers: its delivery channel is not supported."
        raise InvalidInput(message)
    if ships is Ships.MARKETPLACE and not offered_in(source.address.country_code):
        message = f"No carrier of the marketplace fetches in {source.address.country_code}; let it ship by SELF."
        raise InvalidInput(message)
    known = location_of(unit, supply_source_id)
    opened_at = unit.now if known is None else known.opened_at
    location = Location(supply_source_id=supply_source_id, ships=ships, opened_at=opened_at)
    save_location(unit, location)
    return location


def close_location(unit: UnitOfWork, supply_source_id: str) -> None:
    """Let a supply source out: what waits there goes on step by step, later orders do not. Raises `InvalidInput`."""
    if location_of(unit, supply_source_id) is None:
        message = f"Supply source {source_of(unit, supply_source_id).code} is no location of external fulfillment."
        raise InvalidInput(message)
    forget_location(unit, supply_source_id)


def location_of(unit: UnitOfWork, supply_source_id: str) -> Location | None:
    """A supply source, if it was let in."""
    return next((one for one in locations_of(unit) if one.supply_source_id == supply_source_id), None)
