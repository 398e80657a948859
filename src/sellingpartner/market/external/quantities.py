"""How many units of a SKU can be promised from a location: read, and said anew.

Each update may have a number, of the seller's own counting: one that is not above the latest comes too late, and
changes nothing. `DEFAULT` is what lies at no supply source.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import and_, bindparam, select

from sellingpartner.market.external.refusals import NoSuchThing, StaleUpdate, WrongValue
from sellingpartner.market.external.tables import external_sequences
from sellingpartner.market.inventory.commands import MOST
from sellingpartner.market.listings.questions import lists_sku
from sellingpartner.market.supply.model import Status
from sellingpartner.market.supply.questions import known_source, stock_at
from sellingpartner.market.supply.stock import set_quantity, set_unplaced, unplaced
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

DEFAULT = "DEFAULT"


class Quantity(NamedTuple):
    """What can be promised of a SKU from a location, what is reserved there, and the number of the latest update."""

    location_id: str
    sku: str
    sellable: int
    reserved: int
    sequence: int | None


class UnknownSku(WrongValue):
    """The seller lists no such SKU."""

    def __init__(self, sku: str) -> None:
        super().__init__("skuId", sku, "The seller lists no such SKU.")


class _Latest(NamedTuple):
    sequence: int


_latest = Question(
    select(external_sequences.c.sequence).where(
        and_(
            external_sequences.c.seller_id == bindparam("of_seller"),
            external_sequences.c.location_id == bindparam("of_location"),
            external_sequences.c.sku == bindparam("of_sku"),
        )
    ),
    _Latest,
)
_keep = Prepared(upsert(external_sequences, lambda offered: {"sequence": offered.sequence}))


def quantity_at(unit: UnitOfWork, location_id: str, sku: str) -> Quantity:
    """What can be promised of a SKU from a location; raises `NoSuchThing` or `UnknownSku`."""
    _check(unit, location_id, sku)
    key = {"of_seller": unit.seller_id, "of_location": location_id, "of_sku": sku}
    latest = _latest.first(unit.connection, key)
    sequence = None if latest is None else latest.sequence
    if location_id == DEFAULT:
        free = unplaced(unit, sku)
        return Quantity(location_id, sku, free.available, free.reserved, sequence)
    held = stock_at(unit, location_id, sku)
    return Quantity(location_id, sku, held.available, held.reserved, sequence)


def state_quantity(unit: UnitOfWork, location_id: str, sku: str, quantity: int, sequence: int | None) -> Quantity:
    """Say how many units of a SKU can be promised from a location; raises `StaleUpdate` if it was said later."""
    if not 0 <= quantity <= MOST:
        raise WrongValue("quantity", quantity, f"It must be 0 to {MOST}.")
    if sequence is not None and not 0 <= sequence < 2**63:
        raise WrongValue("clientSequenceNumber", sequence, "It must be a number of 63 bits.")
    _check(unit, location_id, sku)
    if location_id == DEFAULT:
        set_unplaced(unit, sku, quantity)  # whoever says another quantity at the same time waits here
    else:
        set_quantity(unit, location_id, sku, quantity)
    latest = quantity_at(unit, location_id, sku).sequence
    if sequence is not None:
        if latest is not None and sequence <= latest:
            raise StaleUpdate(sku, sequence, latest)
        row = {"seller_id": unit.seller_id, "location_id": location_id, "sku": sku, "sequence": sequence}
        _keep.run(unit.connection, row)
    return quantity_at(unit, location_id, sku)


def _check(unit: UnitOfWork, location_id: str, sku: str) -> None:
    if location_id != DEFAULT:
        source = known_source(unit, location_id)
        if source is None or source.status is Status.ARCHIVED:
            raise NoSuchThing("locationId", location_id)
    if not lists_sku(unit, sku):
        raise UnknownSku(sku)
