"""Removals: each unit that leaves for a removal order is charged for, at what removing it cost when it was ordered."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sellingpartner.market.accounts.questions import home_marketplace
from sellingpartner.market.events.removals import RemovalUnitsLeft, RemovedUnits
from sellingpartner.market.listings.questions import asins_of_skus
from sellingpartner.market.money.fees.removals import removal_fee
from sellingpartner.market.money.ledger.model import EntryKind
from sellingpartner.market.money.ledger.selling.bases import basis_of
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.market.money.ledger.walking import EntryFilter, batches_of_entries
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork, on

_PREFIX = "removal:"
_COMPONENTS = {"Return": "FBARemovalFee", "Disposal": "FBADisposalFee"}


@on(RemovalUnitsLeft)
def charge_removal(unit: UnitOfWork, fact: RemovalUnitsLeft) -> None:
    """Charge what was sent or destroyed; what was never measured costs nothing that anybody could say."""
    if fact.kind not in _COMPONENTS:
        return  # a liquidator pays for it (`liquidating.py`)
    source = f"{source_of(unit, fact.removal_id)}{fact.turn}:{fact.center}:"
    for number, left in enumerate(fact.units):
        _charge(unit, fact, left, f"{source}{number}")


def _charge(unit: UnitOfWork, fact: RemovalUnitsLeft, left: RemovedUnits, source: str) -> None:
    home = home_marketplace(unit)
    asin = asins_of_skus(unit, [left.sku], home.marketplace_id).get(left.sku)
    package = None if asin is None else basis_of(unit, asin, home.marketplace_id).package
    if asin is None or package is None:
        return
    fee = removal_fee(home.marketplace_id, package, fact.requested_at.date())
    charge(
        unit,
        ServiceCharge(
            component=_COMPONENTS[fact.kind],
            minor=fee.minor * left.units,
            currency=fee.currency,
            source=source,
            marketplace_id=home.marketplace_id,
            sku=left.sku,
            asin=asin,
            quantity=left.units,
            reason=left.condition,
        ),
    )


class RemovalCharges:
    """What removal orders were charged since some moment, in minor units."""

    def __init__(self, unit: UnitOfWork, since: datetime) -> None:
        self._unit = unit
        self._charged: Counter[tuple[str, str, str]] = Counter()
        for batch in batches_of_entries(unit, EntryFilter(after=since, kinds=(EntryKind.SERVICE_FEE.value,))):
            for entry in batch:
                if entry.source.startswith(_PREFIX):
                    order = ":".join(entry.source.split(":")[:2]) + ":"
                    for line in entry.detail.lines:
                        self._charged[order, line.sku, entry.detail.reason] -= entry.total_minor

    def of(self, removal_id: str, sku: str, condition: str) -> int:
        """What was charged for the units of a SKU in a condition that left for an order."""
        return self._charged[source_of(self._unit, removal_id), sku, condition]


def source_of(unit: UnitOfWork, removal_id: str) -> str:
    """How the sources of an order's charges begin, however long its number is."""
    return f"{_PREFIX}{number_of(unit.seed, unit.seller_id, 'removal', removal_id)}:"
