"""What others may ask of services: whether a SKU, or an ASIN, is one."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from sellingpartner.market.services.model import Offering
from sellingpartner.market.services.tables import service_offerings
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork


class _Kept(NamedTuple):
    document: Offering


_at = service_offerings.c
_all = Question(
    select(_at.document)
    .where(_at.seller_id == bindparam("seller_id"), _at.marketplace_id == bindparam("marketplace_id"))
    .order_by(_at.sku),
    _Kept,
)

_every = select(_at.seller_id, _at.document).order_by(_at.seller_id, _at.marketplace_id, _at.sku)
_places = Question(
    select(_at.document)
    .where(_at.seller_id == bindparam("seller_id"), _at.sku == bindparam("sku"))
    .order_by(_at.marketplace_id),
    _Kept,
)

_OFFERED: Recollection[tuple[str, str], dict[str, Offering]] = Recollection()


def offerings_in(unit: UnitOfWork, marketplace_id: str) -> dict[str, Offering]:
    """The services of a seller in a marketplace, by SKU: few, of most sellers none."""
    known = _OFFERED.of(unit.memory)
    found = known.get((unit.seller_id, marketplace_id))
    if found is None:
        rows = _all.all(unit.connection, {"seller_id": unit.seller_id, "marketplace_id": marketplace_id})
        found = {one.document.sku: one.document for one in rows}
        if unit.is_alone:
            known[unit.seller_id, marketplace_id] = found
    return found


def all_offerings(unit: UnitOfWork) -> list[tuple[str, Offering]]:
    """The services of all sellers, each with whose it is."""
    return [(row.seller_id, row.document) for row in unit.execute(_every)]


def where_offered(unit: UnitOfWork, sku: str) -> list[str]:
    """The marketplaces in which a SKU of the seller is a service: none, of goods."""
    rows = _places.all(unit.connection, {"seller_id": unit.seller_id, "sku": sku})
    return [one.document.marketplace_id for one in rows]


def offering_of_asin(unit: UnitOfWork, asin: str, marketplace_id: str) -> Offering | None:
    """The seller's service of an ASIN; of several SKUs the first."""
    return next((one for one in offerings_in(unit, marketplace_id).values() if one.asin == asin), None)


def forget_offerings(unit: UnitOfWork) -> None:
    """Read them anew: one has changed."""
    _OFFERED.forget(unit.memory)
