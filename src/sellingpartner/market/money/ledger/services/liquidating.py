"""Liquidations: who buys a seller's units in bulk pays a part of their price, of which Amazon keeps its fees.

Assumed: the money comes 20 to 60 days after the units left; Amazon says within 90 days of the order.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.accounts.questions import home_marketplace
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.removals import RemovalUnitsLeft, RemovedUnits
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.listings.questions import asins_of_skus, listing_of
from sellingpartner.market.money.fees.liquidation import liquidation_fee
from sellingpartner.market.money.ledger.components import kind_names
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, EntryLine, NewEntry, to_seller
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.selling.bases import basis_of
from sellingpartner.market.money.ledger.services.removing import source_of
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

KIND = "Liquidations"
LEAST, MOST = 5, 10
"""Which part of its price a unit brings, in percent, by what Amazon says of it."""


class LiquidationIsPaid(Due):
    """A liquidator has paid for units; what they bring was settled when they left."""

    source: str
    removal_id: str
    sku: str
    asin: str
    units: int
    marketplace_id: str
    currency: str
    proceeds_minor: int
    fee_minor: int


@on(RemovalUnitsLeft)
def expect_proceeds(unit: UnitOfWork, fact: RemovalUnitsLeft) -> None:
    """Settle what units bring that left for a liquidator."""
    if fact.kind != KIND:
        return
    source = f"{source_of(unit, fact.removal_id)}{fact.turn}:{fact.center}:"
    luck = chance(unit, "liquidation is paid", source)
    at = unit.now + timedelta(days=luck.uniform(20, 60))
    percent = Decimal(luck.randint(LEAST * 10, MOST * 10)) / 10
    for number, left in enumerate(fact.units):
        due = _due(unit, fact, left, percent, f"{source}{number}")
        if due is not None:
            later(unit, due, at=at)


@when(LiquidationIsPaid)
def pay(unit: UnitOfWork, due: LiquidationIsPaid) -> None:
    """Post what units brought, and what Amazon keeps of it."""
    legs = (
        to_seller("LiquidationProceeds", due.proceeds_minor, 1),
        to_seller("LiquidationsBrokerageFee", -due.fee_minor, 1),
    )
    post(
        unit,
        NewEntry(
            kind=EntryKind.REMOVAL,
            source=due.source,
            marketplace_id=due.marketplace_id,
            currency=due.currency,
            legs=tuple(leg for leg in legs if leg.minor),
            detail=EntryDetail(
                lines=(EntryLine(sku=due.sku, asin=due.asin, quantity=due.units),),
                description=kind_names(EntryKind.REMOVAL.value).description,
                reason=due.removal_id,
            ),
        ),
    )


def _due(
    unit: UnitOfWork, fact: RemovalUnitsLeft, left: RemovedUnits, percent: Decimal, source: str
) -> LiquidationIsPaid | None:
    """What the units of a SKU bring; None of what has no price and was never measured.

    Assumed: what cannot be sold any more brings half of what it brings otherwise.
    """
    home = home_marketplace(unit)
    asin = asins_of_skus(unit, [left.sku], home.marketplace_id).get(left.sku)
    price = _price(unit, left.sku, home.marketplace_id) or Money.zero(home.currency)
    proceeds = price.share((percent if left.condition == Condition.SELLABLE else percent / 2) / 100)
    package = None if asin is None else basis_of(unit, asin, home.marketplace_id).package
    fee = Money.zero(proceeds.currency)
    if package is not None:
        fee = liquidation_fee(home.marketplace_id, package, proceeds, fact.requested_at.date())
    if not (proceeds.minor or fee.minor):
        return None
    return LiquidationIsPaid(
        source=source,
        removal_id=fact.removal_id,
        sku=left.sku,
        asin=asin or "",
        units=left.units,
        marketplace_id=home.marketplace_id,
        currency=proceeds.currency,
        proceeds_minor=proceeds.minor * left.units,
        fee_minor=fee.minor * left.units,
    )


def _price(unit: UnitOfWork, sku: str, marketplace_id: str) -> Money | None:
    try:
        return listing_of(unit, sku, marketplace_id).price
    except NotFound:
        return None
