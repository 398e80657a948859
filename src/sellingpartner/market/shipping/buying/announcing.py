"""Shipments as Shipping v1 has them: announced first, then their label is bought at one of the rates told; or at once.

They are the shipments of v2 by other ids, and go by Amazon's own carrier, whose services v1 knows by three types.
Assumed: the rates of an announced shipment can be bought for ten minutes, as those of v2.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sellingpartner.market.shipping.buying.buying import NUMBERS, Terms, buy_quoted, id_of_digits, shipment_id_of
from sellingpartner.market.shipping.buying.voiding import cancel
from sellingpartner.market.shipping.carriers.services import Offered, find_service
from sellingpartner.market.shipping.labels.papers import USUAL, printed
from sellingpartner.market.shipping.model import Announced, LabelWish, Shipment
from sellingpartner.market.shipping.rating.offering import offers_and_rejections, quote_to_buy, services_for
from sellingpartner.market.shipping.rating.quoting import Quote
from sellingpartner.market.shipping.rating.requests import LASTS, Asked
from sellingpartner.market.shipping.rating.targets import target_of
from sellingpartner.market.shipping.refusals import NoSuchShipment, TokenExpired, Unfit
from sellingpartner.market.shipping.store import find_announced, find_shipment, keep_announced
from sellingpartner.market.shipping.wishes import Wish
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.unit import UnitOfWork


def typed_quotes(unit: UnitOfWork, wish: Wish) -> list[Quote]:
    """What takes a parcel of the services that v1 knows, the cheapest first; raises `InvalidShipment`."""
    quotes, _ = offers_and_rejections(unit, wish, target_of(unit, wish))
    return [one for one in quotes if one.offered.service.called]


def announce(unit: UnitOfWork, wish: Wish) -> tuple[Announced, list[Quote]]:
    """Keep a shipment whose label is to be bought later, and tell what it costs; raises `InvalidShipment`."""
    quotes = typed_quotes(unit, wish)
    number = unit.next_number(NUMBERS)
    announced = Announced(shipment_id=shipment_id_of(unit, number), asked_at=unit.now, wish=wish)
    keep_announced(unit, announced)
    return announced, quotes


def rate_id_of(announced: Announced, service_id: str) -> str:
    """What the rate of a service is called for an announced shipment alone."""
    return Asked(announced.shipment_id, microseconds(announced.asked_at), announced.wish).rate_id(service_id)


def buy_announced(unit: UnitOfWork, digits: str, rate_id: str) -> Shipment:
    """Buy the label of an announced shipment; raises `Unfit`, `TokenExpired` or `NoSuchShipment`."""
    unit.next_number(NUMBERS)  # whoever buys for the same seller at once waits here
    announced = announced_by(unit, digits)
    if announced.is_canceled:
        raise Unfit("The shipment was cancelled.")
    if is_bought(unit, announced.shipment_id):
        raise Unfit("The labels of the shipment were purchased before.")
    offered = _service_of(announced, rate_id)
    if unit.now >= announced.asked_at + LASTS:
        raise TokenExpired(announced.asked_at + LASTS)
    target = target_of(unit, announced.wish, is_held=True)
    quoted = quote_to_buy(unit, announced.wish, target, offered.service.service_id, announced.asked_at)
    terms = Terms(shipment_id=announced.shipment_id, offer_id=rate_id)
    return buy_quoted(unit, announced.wish, target, quoted, _label(offered), terms)


def buy_typed(unit: UnitOfWork, wish: Wish, called: str) -> Shipment:
    """Buy a service by its type at once; raises `Unfit` where none of the type takes the parcel."""
    number = unit.next_number(NUMBERS)
    target = target_of(unit, wish, is_held=True)
    quotes, rejections = offers_and_rejections(unit, wish, target)
    best = next((one for one in quotes if one.offered.service.called == called), None)
    if best is None:
        own = [one.message for one in rejections if one.offered.service.called == called]
        told = own[0] if own else f"No service of the type starts in {wish.sender.country_code}."
        raise Unfit(f"{called} does not take the shipment. {told}")
    return buy_quoted(unit, wish, target, best, _label(best.offered), Terms(), number=number)


def announced_by(unit: UnitOfWork, digits: str) -> Announced:
    """A shipment that was announced; raises `NoSuchShipment`."""
    announced = find_announced(unit, id_of_digits(digits))
    if announced is None:
        raise NoSuchShipment(digits)
    return announced


def bought_by(unit: UnitOfWork, digits: str) -> Shipment:
    """A shipment whose label was bought, of a service that v1 knows; raises `NoSuchShipment`."""
    shipment = find_shipment(unit, id_of_digits(digits))
    if type_of(shipment) is None:
        raise NoSuchShipment(digits)
    return shipment


def type_of(shipment: Shipment) -> str | None:
    """What v1 calls the service of a shipment; None for one that it does not know."""
    offered = find_service(shipment.bought.country, shipment.bought.service_id)
    return None if offered is None else offered.service.called or None


def is_bought(unit: UnitOfWork, shipment_id: str) -> bool:
    """Whether an announced shipment has its label."""
    try:
        find_shipment(unit, shipment_id)
    except NoSuchShipment:
        return False
    return True


def cancel_by(unit: UnitOfWork, digits: str) -> None:
    """Cancel a shipment, bought or announced; raises `Unfit` or `NoSuchShipment`."""
    if is_bought(unit, id_of_digits(digits)):
        cancel(unit, id_of_digits(digits))
        return
    announced = announced_by(unit, digits)
    if announced.is_canceled:
        raise Unfit("The shipment was cancelled before.")
    announced.is_canceled = True
    keep_announced(unit, announced)


def _service_of(announced: Announced, rate_id: str) -> Offered:
    known = (find_service(announced.wish.sender.country_code, one) for one in _typed_ids(announced.wish))
    found = next((one for one in known if one and rate_id_of(announced, one.service.service_id) == rate_id), None)
    if found is None:
        raise Unfit("The rateId is not one of the rates of this shipment.")
    return found


def _typed_ids(wish: Wish) -> Sequence[str]:
    return [one.service.service_id for one in services_for(wish).offered if one.service.called]


def as_v1_prints(shipment: Shipment) -> Shipment:
    """A shipment with the label that v1 has of it, in whatever form it was bought."""
    offered = find_service(shipment.bought.country, shipment.bought.service_id)
    return shipment if offered is None else msgspec.structs.replace(shipment, label=_label(offered))


def _label(offered: Offered) -> LabelWish:
    """A picture of 4 x 6 inches: v1 has no other."""
    return printed(offered, USUAL)
