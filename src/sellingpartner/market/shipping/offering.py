"""Which services can carry a parcel of an order, at what price and until when they are offered so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.counted import counted
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.commands import load_order
from sellingpartner.market.orders.lifecycle import SHIPPABLE
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.refusals import MalformedOrderId, NoSuchOrder
from sellingpartner.market.sealing import sealed, unsealed
from sellingpartner.market.shipping.carriers import Group, Offered, find_service, offered_in
from sellingpartner.market.shipping.eligibility import Case, Reason, Rejection, rejection_of
from sellingpartner.market.shipping.model import Settings, Shipment
from sellingpartner.market.shipping.quoting import Quote, quote
from sellingpartner.market.shipping.refusals import InvalidPurchase, InvalidShipment
from sellingpartner.market.shipping.store import settings_of, shipments_of_order
from sellingpartner.market.shipping.wishes import Wish, spot_of
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.unit import UnitOfWork

# Assumed: an offer of getEligibleShipmentServices is good for ten minutes, as a rate of Shipping v2 is.
LASTS = timedelta(minutes=10)


_FAR = timedelta(days=90)
"""How far ahead a parcel may be planned."""


class Offer(msgspec.Struct, frozen=True):
    """A service that takes the parcel, and the id by which it is bought."""

    offer_id: str
    quote: Quote


class Offering(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for a parcel."""

    order: Order
    offers: tuple[Offer, ...]
    rejections: tuple[Rejection, ...]
    settings: Settings
    country: str


class _Terms(msgspec.Struct, frozen=True, array_like=True):
    """What an offer's id says. Price and promise follow from it, so nobody can change them."""

    service_id: str
    order_id: str
    offered_at: int
    digest: str


def offering(unit: UnitOfWork, wish: Wish) -> Offering:
    """Every service from the sender's country held against a parcel of an order; raises `InvalidShipment`."""
    order = order_to_ship(unit, wish)
    case, settings = case_of(unit, wish, order), settings_of(unit)
    offers, rejections = [], []
    for offered in offered_in(wish.sender.country_code):
        quoted = quote(offered, wish, spot_of(order.address), unit.now)
        rejection = _settled(settings, offered) or rejection_of(case, quoted)
        if rejection is None:
            offers.append(Offer(_offer_id(unit, wish, offered), quoted))
        else:
            rejections.append(rejection)
    offers.sort(key=lambda one: (one.quote.total.minor, one.quote.offered.service.service_id))
    return Offering(
        order=order,
        offers=tuple(offers),
        rejections=tuple(rejections),
        settings=settings,
        country=wish.sender.country_code,
    )


def taken_up(unit: UnitOfWork, wish: Wish, service_id: str, offer_id: str | None) -> tuple[Order, Quote]:
    """The service that a seller wants to buy, as it was offered; raises `InvalidPurchase` or `InvalidShipment`.

    Without an offer's id it is offered at this moment: a service of this market never has two offers.
    """
    order = order_to_ship(unit, wish, is_held=True)
    offered = find_service(wish.sender.country_code, service_id)
    if offered is None:
        raise InvalidPurchase(f"No carrier in {wish.sender.country_code} has a service {service_id!r}.")
    offered_at = unit.now
    if offer_id:
        terms = _opened(unit, offer_id)
        if (terms.service_id, terms.digest) != (service_id, wish.digest):
            raise InvalidPurchase("The offer was made for another service, or for another parcel than this one.")
        offered_at = instant_of(terms.offered_at)
        if unit.now >= offered_at + LASTS:
            raise InvalidPurchase(f"The offer was good until {offered_at + LASTS:%Y-%m-%dT%H:%M:%SZ}.")
    quoted = quote(offered, wish, spot_of(order.address), offered_at)
    rejection = _settled(settings_of(unit), offered) or rejection_of(case_of(unit, wish, order), quoted)
    if rejection is not None:
        raise InvalidPurchase(rejection.message)
    return order, quoted


def order_to_ship(unit: UnitOfWork, wish: Wish, *, is_held: bool = False) -> Order:
    """The order of a wish, if a parcel of it can be shipped; raises `InvalidShipment`.

    Whoever buys holds it, so that no two labels are bought for the same units at once.
    """
    try:
        order = load_order(unit, wish.order_id) if is_held else order_of(unit, wish.order_id)
    except (NoSuchOrder, MalformedOrderId) as unknown:
        raise InvalidShipment(unknown.reason) from None
    if order.channel is FulfillmentChannel.AFN:
        raise InvalidShipment(f"Order {order.order_id} is fulfilled by Amazon; its seller ships nothing.")
    if order.is_store_pickup:
        raise InvalidShipment(f"Order {order.order_id} is picked up in a store.")
    if order.easy_ship_status is not None:
        raise InvalidShipment(f"Order {order.order_id} goes by Easy Ship; schedule its package there.")
    bought = shipments_of_order(unit, order.order_id)
    if order.status not in SHIPPABLE and not replaced_by(wish, bought):
        message = f"Order {order.order_id} is {order.status.value}; a label is for one that is to be shipped."
        raise InvalidShipment(message)
    _check_moments(unit, wish)
    if not replaced_by(wish, bought):
        _check_quantities(order, wish, units_left(order, bought))
    return order


def replaced_by(wish: Wish, bought: list[Shipment]) -> Shipment | None:
    """The label that was given back and in whose place one for the same units would come."""
    return next(
        (
            one
            for one in bought
            if one.frees_units
            and one.package_reference is not None
            and one.replaced_by is None
            and dict(one.wish.quantities) == dict(wish.quantities)
        ),
        None,
    )


def units_left(order: Order, bought: list[Shipment]) -> dict[str, int]:
    """How many units of which item have neither left nor have a label."""
    left = order.unshipped_quantities()
    for one in bought:
        if not one.frees_units and one.package_reference is None:
            for item_id, units in one.wish.quantities:
                left[item_id] = left.get(item_id, 0) - units
    return left


def case_of(unit: UnitOfWork, wish: Wish, order: Order) -> Case:
    """What services must know of a parcel."""
    asins = {item.asin for item in order.items if item.order_item_id in dict(wish.quantities)}
    items = [found_item(unit, asin) for asin in asins]
    kinds = {"" if item is None else item.product_type for item in items}
    groups = frozenset(group for group, members in product_groups().items() if kinds <= members)
    return Case(wish=wish, address=order.address, is_prime=order.is_prime, groups=groups, is_hazmat=wish.is_hazmat)


@cache
def product_groups() -> Mapping[Group, frozenset[str]]:
    """Which product types services are for alone."""
    path = files("sellingpartner.market.shipping") / "data" / "products.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[Group, frozenset[str]])


def _settled(settings: Settings, offered: Offered) -> Rejection | None:
    carrier = offered.carrier
    if carrier.carrier_id in settings.refused_terms:
        return Rejection(offered, Reason.TERMS, f"The terms of {carrier.name} were not accepted.")
    if carrier.carrier_id in settings.paused:
        return Rejection(offered, Reason.UNAVAILABLE, f"{carrier.name} is out of service at the moment.")
    return None


def _check_moments(unit: UnitOfWork, wish: Wish) -> None:
    today = unit.now.replace(hour=0, minute=0, second=0, microsecond=0)
    for name, moment in (("ShipDate", wish.ship_at), ("MustArriveByDate", wish.must_arrive_at)):
        if moment is not None and moment < today:
            raise InvalidShipment(f"{name} is {moment:%Y-%m-%dT%H:%M:%SZ}, which is past.")
    if wish.ship_at is not None and wish.ship_at > unit.now + _FAR:
        raise InvalidShipment(f"ShipDate is more than {_FAR.days} days away.")


def _check_quantities(order: Order, wish: Wish, left: Mapping[str, int]) -> None:
    if not wish.quantities:
        raise InvalidShipment("ItemList is empty; name at least one item of the order.")
    known = {item.order_item_id for item in order.items}
    for item_id, units in wish.quantities:
        if item_id not in known:
            raise InvalidShipment(f"Order {order.order_id} has no item {item_id}.")
        if units > left.get(item_id, 0):
            ready = counted(max(left.get(item_id, 0), 0), "unit")
            message = f"Item {item_id} has {ready} to ship; {units:,} would be more than that."
            raise InvalidShipment(message)


def _offer_id(unit: UnitOfWork, wish: Wish, offered: Offered) -> str:
    terms = _Terms(offered.service.service_id, wish.order_id, microseconds(unit.now), wish.digest)
    return sealed(unit, msgspec.json.encode(terms))


def _opened(unit: UnitOfWork, offer_id: str) -> _Terms:
    content = unsealed(unit, offer_id)
    if content is None:
        raise InvalidPurchase("The offer's id is not one that this market gave to this seller.")
    try:
        return msgspec.json.decode(content, type=_Terms)
    except msgspec.MsgspecError:
        raise InvalidPurchase("The offer's id is one of something else.") from None
