"""What listings do about what happens elsewhere: stock comes and goes, and offers change on the clock."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Boolean, bindparam

from sellingpartner.market.accounts.standing import AccountStatus
from sellingpartner.market.events.accounts import AccountStatusChanged
from sellingpartner.market.events.appointments import ServiceOffered
from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.events.listings import ListingStatusChanged
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.listings.enforcing import review_all
from sellingpartner.market.listings.model import FulfillmentChannel, ListingStatus, Shown
from sellingpartner.market.listings.settling import reread
from sellingpartner.market.listings.store import OfferChanges, forget_held, record_to_change, records_of_sku, save
from sellingpartner.market.listings.tables import listings
from sellingpartner.market.services.questions import where_offered
from sellingpartner.market.time.schedule import when
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork, on


class _Changed(NamedTuple):
    marketplace_id: str
    asin: str | None
    is_discoverable: bool
    created_at: datetime


_shelve = Question(
    listings.update()
    .where(
        listings.c.seller_id == bindparam("of_seller"),
        listings.c.sku == bindparam("of_sku"),
        listings.c.fulfillment_channel == bindparam("of_channel"),
        listings.c.status == ListingStatus.ACTIVE.value,
        listings.c.is_buyable != bindparam("buyable", type_=Boolean),
    )
    .values(is_buyable=bindparam("buyable", type_=Boolean))
    .returning(listings.c.marketplace_id, listings.c.asin, listings.c.is_discoverable, listings.c.created_at),
    _Changed,
)


@on(StockMoved)
def follow_stock(unit: UnitOfWork, fact: StockMoved) -> None:
    """Only a movement that crosses zero changes anything, so an order of what there is enough of costs nothing here."""
    if not fact.crosses_zero or fact.condition != Condition.SELLABLE.value or fact.place == Place.AWD.value:
        return  # from bulk storage nothing is sold
    channel = FulfillmentChannel.AFN if fact.place == Place.FBA.value else FulfillmentChannel.MFN
    buyable = fact.available_after > 0
    if not buyable and where_offered(unit, fact.sku):
        for before in records_of_sku(unit, fact.sku):
            save(unit, before, reread(unit, before))
        return
    key = {"of_seller": unit.seller_id, "of_sku": fact.sku, "of_channel": channel.value}
    shelved = _shelve.all(unit.connection, key | {"buyable": buyable})
    for changed in shelved:
        forget_held(unit, fact.sku, changed.marketplace_id)
    for changed in sorted(shelved):
        shown = ((Shown.BUYABLE, buyable), (Shown.DISCOVERABLE, changed.is_discoverable))
        unit.emit(
            ListingStatusChanged(
                sku=fact.sku,
                marketplace_id=changed.marketplace_id,
                asin=changed.asin,
                created_at=changed.created_at,
                status=tuple(name.value for name, holds in shown if holds),
            )
        )


@on(ServiceOffered)
def follow_service(unit: UnitOfWork, fact: ServiceOffered) -> None:
    """What is a service can be bought without any stock."""
    before = record_to_change(unit, fact.sku, fact.marketplace_id)
    if before is not None:
        save(unit, before, reread(unit, before))


@on(AccountStatusChanged)
def follow_account(unit: UnitOfWork, fact: AccountStatusChanged) -> None:
    """The listings of an account that is deactivated go off sale, and come back with it."""
    if AccountStatus.DEACTIVATED.value in {fact.previous, fact.current}:
        review_all(unit, fact.marketplace_id)


@when(OfferChanges)
def change_offer(unit: UnitOfWork, due: OfferChanges) -> None:
    """Read the terms again; what was put since may have other moments, and then there is nothing to do at this one."""
    before = record_to_change(unit, due.sku, due.marketplace_id)
    if before is None or before.next_change_at is None or before.next_change_at > unit.now:
        return
    save(unit, before, reread(unit, before))
