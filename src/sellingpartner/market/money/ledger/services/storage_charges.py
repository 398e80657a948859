"""What storage was charged for, by SKU and center: kept when it is charged, as what is known of a SKU changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from sellingpartner.market.amounts import Money
from sellingpartner.market.money.ledger.services.storing import Kept, StoredUnits
from sellingpartner.market.money.ledger.tables import storage_charges
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 1000

_insert = Prepared(storage_charges.insert())


class StorageCharge(StoredUnits, frozen=True, kw_only=True):
    """Units that storage of a month was charged for."""

    month: str
    marketplace_id: str
    charged_at: datetime


def keep_charges(unit: UnitOfWork, month: str, marketplace_id: str, stored: Iterable[StoredUnits]) -> None:
    """Keep what storage of a month is charged for."""
    rows: list[dict[str, Any]] = [
        {
            "seller_id": unit.seller_id,
            "month": month,
            "kind": one.kind.value,
            "sku": one.sku,
            "tier": one.tier,
            "center": one.center,
            "marketplace_id": marketplace_id,
            "asin": one.asin,
            "units": str(one.units),
            "pending": str(one.pending),
            "rate": str(one.rate),
            "amount_minor": one.amount.minor,
            "currency": one.amount.currency,
            "package": one.package,
            "charged_at": unit.now,
        }
        for one in stored
    ]
    if rows:
        _insert.run_many(unit.connection, rows)


def storage_charges_of(unit: UnitOfWork, kind: Kept, first: str, last: str) -> Iterator[StorageCharge]:
    """What was charged for the months from one to another (`2026-11`): by month, and in the order of SKU and center."""
    at = storage_charges.c
    key = (at.month, at.sku, at.tier, at.center)
    wanted = (
        select(storage_charges)
        .where(at.seller_id == unit.seller_id, at.kind == kind.value, at.month >= first, at.month <= last)
        .order_by(*key)
        .limit(_PAGE)
    )
    page = wanted
    while True:
        rows = unit.execute(page).all()
        for row in rows:
            yield _read(row._asdict())
        if len(rows) < _PAGE:
            return
        end = rows[-1]
        page = wanted.where(beyond(key, (end.month, end.sku, end.tier, end.center)))


def _read(row: dict[str, Any]) -> StorageCharge:
    amount = Money(row.pop("amount_minor"), row.pop("currency"))
    decimals = {name: Decimal(row[name]) for name in ("units", "pending", "rate")}
    row |= {"kind": Kept(row["kind"]), "amount": amount} | decimals
    del row["seller_id"]
    return StorageCharge(**row)
