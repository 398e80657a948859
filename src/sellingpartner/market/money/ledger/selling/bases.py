"""What decides on the fees of an item, kept by marketplace and ASIN, so that a sale need not read the whole item."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, select

from sellingpartner.market.events.catalog import CatalogItemChanged, ItemProductTypeChanged
from sellingpartner.market.money.fees.model import NotEstimated
from sellingpartner.market.money.fees.products import Product, product_by_asin
from sellingpartner.market.money.fees.table import EVERYTHING_ELSE
from sellingpartner.market.money.ledger.tables import fee_bases
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork, on
from sellingpartner.storage.upsert import upsert

_this = (
    fee_bases.c.marketplace_id == bindparam("of_marketplace"),
    fee_bases.c.asin == bindparam("of_asin"),
)
_find = Question(select(fee_bases.c.category, fee_bases.c.package).where(*_this), Product)
_forget = Prepared(fee_bases.delete().where(*_this))
_CHANGING = ("category", "package")
_KNOWN: Recollection[tuple[str, str], Product] = Recollection()
"""What a transaction has read of them, by marketplace and ASIN."""
_keep = Prepared(upsert(fee_bases, lambda offered: {name: offered[name] for name in _CHANGING}))


def basis_of(unit: UnitOfWork, asin: str, marketplace_id: str) -> Product:
    """What an item's fees depend on; of one that the catalog does not know, what is known of nothing."""
    known = _KNOWN.of(unit.memory) if unit.is_alone else {}
    found = known.get((marketplace_id, asin))
    if found is None:
        found = known[marketplace_id, asin] = _basis_of(unit, asin, marketplace_id)
    return found


def _basis_of(unit: UnitOfWork, asin: str, marketplace_id: str) -> Product:
    found = _find.first(unit.connection, {"of_marketplace": marketplace_id, "of_asin": asin})
    if found is not None:
        return found
    try:
        product = product_by_asin(unit, asin, marketplace_id)
    except NotEstimated:
        return Product(EVERYTHING_ELSE, None)
    _keep.run(unit.connection, {"marketplace_id": marketplace_id, "asin": asin} | msgspec.structs.asdict(product))
    return product


@on(CatalogItemChanged)
def forget(unit: UnitOfWork, fact: CatalogItemChanged) -> None:
    """Read an item anew when what the catalog says of it has changed."""
    _forget_basis(unit, fact.marketplace_id, fact.asin)


@on(ItemProductTypeChanged)
def forget_its_category(unit: UnitOfWork, fact: ItemProductTypeChanged) -> None:
    """Read an item anew when it is another kind of product."""
    _forget_basis(unit, fact.marketplace_id, fact.asin)


def _forget_basis(unit: UnitOfWork, marketplace_id: str, asin: str) -> None:
    _forget.run(unit.connection, {"of_marketplace": marketplace_id, "of_asin": asin})
    _KNOWN.of(unit.memory).pop((marketplace_id, asin), None)
