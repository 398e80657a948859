"""What offers notice of the contexts below: sellers join, listings change, the last unit goes or the first comes."""

from __future__ import annotations

from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.events.accounts import SellerJoined
from sellingpartner.market.events.feedback import FeedbackLeft
from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.events.listings import ListingChanged
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.listings.questions import offered_under
from sellingpartner.market.offers import store
from sellingpartner.market.offers.contests import put_offer, set_availability, withdraw_offer
from sellingpartner.market.offers.own import CHANNELS, merchant_from, offer_from, rated
from sellingpartner.market.services.questions import where_offered
from sellingpartner.storage.unit import UnitOfWork, on


@on(SellerJoined)
def know_merchant(unit: UnitOfWork, fact: SellerJoined) -> None:
    """Who sells here may be featured."""
    store.write_merchants(unit, [merchant_from(seller_of(unit, fact.seller_id))])


@on(FeedbackLeft)
def know_rating(unit: UnitOfWork, fact: FeedbackLeft) -> None:
    """What buyers say of a seller counts where offers compete, from the next contest on."""
    merchant = store.merchant_with(unit, unit.seller_id)
    if merchant is not None:
        store.write_merchants(unit, [rated(merchant, received=fact.received, positive=fact.positive)])


@on(ListingChanged)
def follow_listing(unit: UnitOfWork, fact: ListingChanged) -> None:
    """An active listing is an offer, one that is off sale or gone is none."""
    offered = offered_under(unit, fact.sku, fact.marketplace_id)
    offer = None if offered is None else offer_from(*offered)
    if offer is None:
        withdraw_offer(unit, (unit.seller_id, fact.sku, fact.marketplace_id))
    else:
        put_offer(unit, offer)


@on(StockMoved)
def follow_stock(unit: UnitOfWork, fact: StockMoved) -> None:
    """Only the last unit that goes and the first one that comes change an offer."""
    if fact.condition == Condition.SELLABLE and fact.crosses_zero and fact.place in CHANNELS:
        if fact.available_after <= 0 and where_offered(unit, fact.sku):
            return  # a service is not sold out; its listings say what changes
        set_availability(unit, fact.sku, CHANNELS[fact.place], is_available=fact.available_after > 0)
