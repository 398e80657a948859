"""Reimbursements: what Amazon loses or damages of a seller's units it pays for, and takes back for what it finds.

Assumed: a unit is worth its price at that moment less the fees that its sale would have cost.
"""

from __future__ import annotations

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.inventory.model import Place, Reason
from sellingpartner.market.listings.model import Listing
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.money.ledger.bases import basis_of
from sellingpartner.market.money.ledger.charging import Sold, fees_of
from sellingpartner.market.money.ledger.components import kind_names
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, EntryLine, NewEntry, to_seller
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.sales import seller_now
from sellingpartner.storage.unit import UnitOfWork, on

_PAID_FOR = {"LOST": "WAREHOUSE_LOST", "DAMAGED": "WAREHOUSE_DAMAGE", "FOUND": "COMPENSATED_CLAWBACK"}
"""By the reason for which stock moved: what is paid for it, or taken back."""


@on(StockMoved)
def reimburse(unit: UnitOfWork, fact: StockMoved) -> None:
    """Pay for units that were lost or damaged at Amazon; take back what was paid for those that are found."""
    component = _PAID_FOR.get(fact.reason)
    if component is None or fact.place != Place.FBA or not fact.on_hand_change:
        return
    if fact.on_hand_change > 0 and fact.reason != Reason.FOUND:
        return  # what was broken is there again, in another condition
    listing = _offered(unit, fact.sku)
    if listing is None:
        return  # what has no price is worth nothing that anybody could say
    units = abs(fact.on_hand_change)
    worth = units * _worth(unit, listing)
    if worth <= 0:
        return
    post(
        unit,
        NewEntry(
            kind=EntryKind.ADJUSTMENT,
            source=f"{fact.reason.lower()}:{unit.next_number('reimbursements')}",
            marketplace_id=listing.marketplace_id,
            currency=listing.price.currency,
            legs=(to_seller(component, worth if fact.on_hand_change < 0 else -worth, 1),),
            detail=EntryDetail(
                lines=(EntryLine(sku=fact.sku, asin=listing.asin, quantity=units),),
                description=kind_names(EntryKind.ADJUSTMENT.value).description,
                reason=fact.reference,
            ),
        ),
    )


def _offered(unit: UnitOfWork, sku: str) -> Listing | None:
    """The SKU's offer in the first of the seller's marketplaces that has it."""
    for entered in participations_of(unit, unit.seller_id):
        try:
            return listing_of(unit, sku, entered.marketplace_id)
        except SellingPartnerError:
            continue
    return None


def _worth(unit: UnitOfWork, listing: Listing) -> int:
    sold = Sold(
        marketplace_id=listing.marketplace_id,
        currency=listing.price.currency,
        quantity=1,
        amounts=LineAmounts(price=listing.price.minor),
        points=0,
        basis=basis_of(unit, listing.asin, listing.marketplace_id),
        is_amazon_fulfilled=True,
        is_individual=seller_now(unit).is_individual,
    )
    return listing.price.minor + sum(effect for _, effect in fees_of(sold, unit.now.date()))
