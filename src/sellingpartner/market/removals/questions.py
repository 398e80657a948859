"""What others may ask of removals."""

from __future__ import annotations

from collections import Counter

from sellingpartner.market.removals.model import RemovalKind, RemovalOrder
from sellingpartner.market.removals.refusals import NoSuchRemoval
from sellingpartner.market.removals.store import find_removal, open_removals, removals_between
from sellingpartner.storage.unit import UnitOfWork

__all__ = ["RemovalKind", "RemovalOrder", "pending_removals", "removal_of", "removals_between"]


def removal_of(unit: UnitOfWork, removal_id: str) -> RemovalOrder:
    """One removal order of this seller; raises `NoSuchRemoval`."""
    found = find_removal(unit, removal_id)
    if found is None:
        raise NoSuchRemoval(removal_id)
    return found


def pending_removals(unit: UnitOfWork) -> Counter[str]:
    """How many units of each SKU are still to leave for removal orders."""
    pending: Counter[str] = Counter()
    for order in open_removals(unit):
        for item in order.items:
            pending[item.sku] += item.in_process
    return pending
