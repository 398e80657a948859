"""Which services can carry a parcel of an order, at what price and until when they are offered so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.sealing import sealed, unsealed
from sellingpartner.market.shipping.carriers.services import Group, Offered, Services, find_service, services_in
from sellingpartner.market.shipping.model import Settings
from sellingpartner.market.shipping.rating.eligibility import Case, Rejection, lateness_of, rejection_of, rejections_of
from sellingpartner.market.shipping.rating.quoting import Quote, Quoting
from sellingpartner.market.shipping.rating.targets import Target, target_of
from sellingpartner.market.shipping.rating.ways import way_of
from sellingpartner.market.shipping.refusals import InvalidPurchase
from sellingpartner.market.shipping.store import settings_of
from sellingpartner.market.shipping.wishes import Wish, spot_of
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.unit import UnitOfWork

# Assumed: an offer of getEligibleShipmentServices is good for ten minutes, as a rate of Shipping v2 is.
LASTS = timedelta(minutes=10)


class Offer(msgspec.Struct, frozen=True):
    """A service that takes the parcel, and the id by which it is bought."""

    offer_id: str
    quote: Quote


class Offering(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for a parcel."""

    target: Target
    offers: tuple[Offer, ...]
    rejections: tuple[Rejection, ...]
    settings: Settings
    country: str


class _Terms(msgspec.Struct, frozen=True, array_like=True):
    """What an offer's id says. Price and promise follow from it, so nobody can change them."""

    service_id: str
    order_id: str | None
    offered_at: int
    digest: str


def offering(unit: UnitOfWork, wish: Wish) -> Offering:
    """Every service from the sender's country held against a parcel; raises `InvalidShipment`."""
    target = target_of(unit, wish)
    quotes, rejections = offers_and_rejections(unit, wish, target)
    return Offering(
        target=target,
        offers=tuple(Offer(_offer_id(unit, wish, one.offered), one) for one in quotes),
        rejections=tuple(rejections),
        settings=settings_of(unit),
        country=wish.sender.country_code,
    )


def offers_and_rejections(unit: UnitOfWork, wish: Wish, target: Target) -> tuple[list[Quote], list[Rejection]]:
    """What takes a parcel, the cheapest first, and what does not and why."""
    case, services = case_of(unit, wish, target), services_for(wish)
    rejected, quoting = rejections_of(case, services), Quoting(case.way, unit.now)
    quotes, rejections = [], []
    for offered in services.offered:
        rejection = rejected.get(offered.service.service_id)
        if rejection is None:
            quoted = quoting.quote(offered)
            rejection = lateness_of(case, quoted)
        if rejection is None:
            quotes.append(quoted)
        else:
            rejections.append(rejection)
    quotes.sort(key=lambda one: (one.base.minor + one.toll.options.minor, one.offered.service.service_id))
    return quotes, rejections


def services_for(wish: Wish) -> Services:
    """The services that may be asked for a parcel: what was not sold on Amazon goes by Amazon's own carrier alone."""
    return services_in(wish.sender.country_code, of_amazon=wish.order_id is None)


def taken_up(unit: UnitOfWork, wish: Wish, service_id: str, offer_id: str | None) -> tuple[Target, Quote]:
    """The service that a seller wants to buy, as it was offered; raises `InvalidPurchase` or `InvalidShipment`.

    Without an offer's id it is offered at this moment: a service of this market never has two offers.
    """
    target = target_of(unit, wish, is_held=True)
    offered_at = unit.now
    if offer_id:
        terms = _opened(unit, offer_id)
        if (terms.service_id, terms.digest) != (service_id, wish.digest):
            raise InvalidPurchase("The offer was made for another service, or for another parcel than this one.")
        offered_at = instant_of(terms.offered_at)
        if unit.now >= offered_at + LASTS:
            raise InvalidPurchase(f"The offer was good until {offered_at + LASTS:%Y-%m-%dT%H:%M:%SZ}.")
    return target, quote_to_buy(unit, wish, target, service_id, offered_at)


def quote_to_buy(unit: UnitOfWork, wish: Wish, target: Target, service_id: str, offered_at: datetime) -> Quote:
    """A service as it was offered at a moment; raises `InvalidPurchase` where it does not take the parcel."""
    offered = find_service(wish.sender.country_code, service_id)
    if offered is None or (wish.order_id is None and not offered.carrier.is_amazon):
        raise InvalidPurchase(f"No carrier in {wish.sender.country_code} has a service {service_id!r}.")
    case = case_of(unit, wish, target)
    quoted = Quoting(case.way, offered_at).quote(offered)
    rejection = rejection_of(case, offered) or lateness_of(case, quoted)
    if rejection is not None:
        raise InvalidPurchase(rejection.message)
    return quoted


def case_of(unit: UnitOfWork, wish: Wish, target: Target) -> Case:
    """What services must know of a parcel. Of what was sold elsewhere nobody knows what it is."""
    order, settings, groups = target.order, settings_of(unit), frozenset[Group]()
    if order is not None:
        asins = {item.asin for item in order.items if item.order_item_id in dict(wish.quantities)}
        items = [found_item(unit, asin) for asin in asins]
        kinds = {"" if item is None else item.product_type for item in items}
        groups = frozenset(group for group, members in product_groups().items() if kinds <= members)
    return Case(
        way=way_of(wish, spot_of(target.address)),
        address=target.address,
        is_prime=order is not None and order.is_prime,
        groups=groups,
        is_hazmat=wish.is_hazmat,
        refused_terms=settings.refused_terms,
        paused=settings.paused,
    )


@cache
def product_groups() -> Mapping[Group, frozenset[str]]:
    """Which product types services are for alone."""
    path = files("sellingpartner.market.shipping") / "data" / "products.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[Group, frozenset[str]])


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
