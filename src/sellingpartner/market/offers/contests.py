"""What follows when offers change: whose offer is featured is decided anew, and everybody is told.

An offer is written first, then its position is held and all offers for it are read; so whoever looks, at whatever
moment, finds the featured offer that the rule would choose from the offers that stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from sellingpartner.market.events.offers import FeaturedOfferChanged, OfferChange, OfferChanged, OfferPricedOut
from sellingpartner.market.offers import store
from sellingpartner.market.offers.featured import Standing, ceiling_of, featured_of, standing_of
from sellingpartner.market.offers.model import POSITIONS, Contender, Offer
from sellingpartner.market.offers.store import Key, Place
from sellingpartner.storage.unit import UnitOfWork

Before = Mapping[Key, Offer | None]
"""The offers that changed, as they were; None if they were not there."""

_UNCHANGED: Before = MappingProxyType({})


def put_offer(unit: UnitOfWork, offer: Offer) -> None:
    """Make an offer, or change the one that there is; nothing happens if it is so already."""
    before = store.offer_with(unit, key_of(offer))
    if before == offer:
        return
    store.write_offers(unit, [offer])
    # What nobody can order is not featured, so that it decides nothing.
    places = [place_of(each) for each in (before, offer) if each is not None and each.is_available]
    settle(unit, places, {key_of(offer): before})
    _say(unit, before, offer)


def put_new_offers(unit: UnitOfWork, made: Sequence[Offer]) -> None:
    """Make many offers that are not there yet."""
    store.write_offers(unit, list(made))
    settle(unit, map(place_of, made), dict.fromkeys(map(key_of, made)))
    for offer in made:
        _say(unit, None, offer)


def withdraw_offer(unit: UnitOfWork, key: Key) -> None:
    """Take an offer away; nothing happens if there is none."""
    before = store.offer_with(unit, key)
    if before is None:
        return
    store.remove_offer(unit, key)
    settle(unit, [place_of(before)])
    _say(unit, before, None)


def set_availability(unit: UnitOfWork, sku: str, channel: str, *, is_available: bool) -> None:
    """Say of all offers of a SKU of this unit's seller that sell from the same units whether there are any."""
    before = store.offers_of_pool(unit, unit.seller_id, sku, channel)
    changed = [offer for offer in before if offer.is_available is not is_available]
    if not changed:
        return
    store.mark_available(unit, changed, is_available=is_available)
    settle(unit, map(place_of, changed), {key_of(offer): offer for offer in changed})
    change = OfferChange.RESTOCKED if is_available else OfferChange.SOLD_OUT
    for offer in changed:
        _emit(unit, offer, change, None if is_available else offer.landed, offer.landed if is_available else None)


def settle(unit: UnitOfWork, places: Iterable[Place], before: Before = _UNCHANGED) -> None:
    """Decide whose offers are featured, and tell which of those that changed may not be because of their price."""
    for place in sorted(set(places)):
        if place.condition in POSITIONS:
            _decide(unit, place, before)


def tell_priced_out(
    unit: UnitOfWork,
    contender: Contender,
    before: Offer | None,
    outside_price: int | None,
    outside_price_before: int | None,
) -> None:
    """Tell that an offer may not be featured because of its price, if that is so and was not so before.

    What competitors do is nobody's to be told of.
    """
    offer, ceiling = contender.offer, ceiling_of(outside_price)
    if ceiling is None or contender.merchant.strategy is not None:
        return
    if standing_of(contender, offer.condition, outside_price=outside_price) is not Standing.PRICE:
        return
    if before is not None and place_of(before) == place_of(offer):
        was = Contender(before, contender.merchant)
        if standing_of(was, offer.condition, outside_price=outside_price_before) is Standing.PRICE:
            return
    fact = OfferPricedOut(
        marketplace_id=offer.marketplace_id,
        asin=offer.asin,
        condition=offer.condition,
        seller_id=offer.seller_id,
        sku=offer.sku,
        currency=offer.currency,
        landed=offer.landed,
        ceiling=ceiling,
    )
    unit.emit(fact)


def key_of(offer: Offer) -> Key:
    """What an offer is kept under."""
    return offer.seller_id, offer.sku, offer.marketplace_id


def place_of(offer: Offer) -> Place:
    """The position that an offer competes for."""
    return Place(offer.marketplace_id, offer.asin, offer.condition)


def _decide(unit: UnitOfWork, place: Place, before: Before) -> None:
    seller_id, sku = store.hold_position(unit, place)
    contenders, outside_price = store.rivalry_for(unit, place.marketplace_id, place.asin)
    won = featured_of(contenders, place.condition, outside_price=outside_price)
    _feature(unit, place, won, seller_id, sku)
    for contender in contenders if before and outside_price is not None else ():
        if contender.offer.condition == place.condition and (key := key_of(contender.offer)) in before:
            tell_priced_out(unit, contender, before[key], outside_price, outside_price)


def _feature(unit: UnitOfWork, place: Place, won: Contender | None, seller_id: str | None, sku: str | None) -> None:
    """Keep whose offer is featured, where it was that of a seller's SKU or nobody's."""
    offer = None if won is None else won.offer
    holder = (None, None) if offer is None else (offer.seller_id, offer.sku)
    if holder == (seller_id, sku):
        return
    store.feature(unit, place, offer)
    fact = FeaturedOfferChanged(
        marketplace_id=place.marketplace_id,
        asin=place.asin,
        condition=place.condition,
        seller_id=holder[0],
        sku=holder[1],
        seller_id_before=seller_id,
        sku_before=sku,
    )
    unit.emit(fact)


def _say(unit: UnitOfWork, before: Offer | None, after: Offer | None) -> None:
    """Tell what buyers notice of a change."""
    same_item = before is not None and after is not None and place_of(before) == place_of(after)
    if not same_item:
        if before is not None:
            _emit(unit, before, OfferChange.WITHDRAWN, _seen(before), None)
        if after is not None:
            _emit(unit, after, OfferChange.MADE, None, _seen(after))
    elif before is not None and after is not None:
        _emit(unit, after, _kind(before, after), _seen(before), _seen(after))


def _kind(before: Offer, after: Offer) -> OfferChange:
    if before.is_available is not after.is_available:
        return OfferChange.RESTOCKED if after.is_available else OfferChange.SOLD_OUT
    return OfferChange.DESCRIBED if before.landed == after.landed else OfferChange.PRICED


def _seen(offer: Offer) -> int | None:
    return offer.landed if offer.is_available else None


def _emit(unit: UnitOfWork, offer: Offer, change: OfferChange, before: int | None, after: int | None) -> None:
    fact = OfferChanged(
        marketplace_id=offer.marketplace_id,
        asin=offer.asin,
        condition=offer.condition,
        seller_id=offer.seller_id,
        sku=offer.sku,
        change=change,
        currency=offer.currency,
        landed_before=before,
        landed_after=after,
    )
    unit.emit(fact)
