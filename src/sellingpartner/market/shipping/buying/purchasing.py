"""Labels are bought as Shipping v2 has it: by a rate that was offered, at once by services, or whatever fits best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from sellingpartner.market.shipping.buying.buying import NUMBERS, Terms, buy_quoted
from sellingpartner.market.shipping.labels.papers import USUAL, AskedPapers, printed
from sellingpartner.market.shipping.model import Shipment
from sellingpartner.market.shipping.own_accounts.linking import check_accounts
from sellingpartner.market.shipping.rating.confirming import chosen, plainest
from sellingpartner.market.shipping.rating.offering import offers_and_rejections, quote_to_buy
from sellingpartner.market.shipping.rating.quoting import Quote
from sellingpartner.market.shipping.rating.requests import asked_by, read, service_of_rate
from sellingpartner.market.shipping.rating.targets import Target, target_of
from sellingpartner.market.shipping.refusals import Unfit
from sellingpartner.market.shipping.retry_keys import kept
from sellingpartner.market.shipping.store import shipment_of_request, shipment_of_retry_key
from sellingpartner.market.shipping.wishes import Wish
from sellingpartner.storage.unit import UnitOfWork


def purchase(
    unit: UnitOfWork,
    token: str,
    rate_id: str,
    papers: AskedPapers,
    *,
    additions: Sequence[str] = (),
    inputs: Mapping[str, str] = MappingProxyType({}),
    retry_key: str | None = None,
) -> Shipment:
    """Buy a rate of a request; the same purchase with the same key is the same shipment. Raises `Unfit`.

    The number is taken first: whoever buys for the same seller at once waits for it, and sees what was bought.
    """
    number = unit.next_number(NUMBERS)
    key = kept(retry_key, of="purchase")
    known = None if key is None else shipment_of_retry_key(unit, key)
    if known is not None:
        if known.request_id != read(unit, token).request_id:
            raise Unfit("The x-amzn-IdempotencyKey was used for another purchase.")
        return known
    asked = asked_by(unit, token)
    used = shipment_of_request(unit, asked.request_id)
    if used is not None:
        raise Unfit(f"With this requestToken shipment {used.shipment_id} was bought; each is good for one purchase.")
    offered = service_of_rate(asked, rate_id)
    label = printed(offered, papers)
    check_accounts(unit, asked.wish)  # one may have been unlinked since
    wish = msgspec.structs.replace(asked.wish, experience=chosen(offered.carrier, additions))
    target = target_of(unit, wish, is_held=True)
    quoted = quote_to_buy(unit, wish, target, offered.service.service_id, asked.moment)
    terms = Terms(offer_id=rate_id, request_id=asked.request_id, retry_key=key, inputs=inputs)
    return buy_quoted(unit, wish, target, quoted, label, terms, number=number)


def purchase_at_once(unit: UnitOfWork, wish: Wish, service_ids: Sequence[str], papers: AskedPapers) -> Shipment:
    """Buy the cheapest of some services that takes a parcel; raises `Unfit` where none does."""
    number = unit.next_number(NUMBERS)
    target = target_of(unit, wish, is_held=True)
    quotes, rejections = offers_and_rejections(unit, wish, target)
    fitting = [one for one in quotes if one.offered.service.service_id in service_ids]
    if not fitting:
        why = {one.offered.service.service_id: one.message for one in rejections}
        told = [f"{one}: {why.get(one, 'there is no such service')}" for one in service_ids]
        raise Unfit(f"No service of serviceSelection takes the package. {' '.join(told)}".strip())
    return _bought(unit, wish, target, fitting[0], papers, Terms(), number)


def purchase_directly(
    unit: UnitOfWork, wish: Wish, papers: AskedPapers | None, *, retry_key: str | None = None
) -> Shipment:
    """Buy what fits best of Amazon's own carrier; raises `Unfit` where it has nothing.

    Assumed: directPurchaseShipment buys Amazon Shipping's cheapest service that arrives as the buyer was promised, or
    else the first to arrive.
    """
    number = unit.next_number(NUMBERS)
    key = kept(retry_key, of="direct")
    known = None if key is None else shipment_of_retry_key(unit, key)
    if known is not None:
        if msgspec.structs.replace(wish, experience=known.wish.experience) != known.wish:
            raise Unfit("The x-amzn-IdempotencyKey was used for another purchase.")
        return known
    target = target_of(unit, wish, is_held=True)
    quotes, rejections = offers_and_rejections(unit, wish, target)
    best = _best([one for one in quotes if one.offered.carrier.is_amazon], target)
    if best is None:
        own = [one.message for one in rejections if one.offered.carrier.is_amazon]
        told = own[0] if own else f"It starts from no address in {wish.sender.country_code}."
        raise Unfit(f"Amazon Shipping does not take the package. {told}")
    return _bought(unit, wish, target, best, papers or USUAL, Terms(retry_key=key, is_protected=False), number)


def _best(quotes: list[Quote], target: Target) -> Quote | None:
    order = target.order
    in_time = [one for one in quotes if order is None or one.arrives.latest <= order.latest_delivery_at]
    return next(iter(in_time), None) or min(quotes, key=lambda one: one.arrives.latest, default=None)


def _bought(
    unit: UnitOfWork, wish: Wish, target: Target, quoted: Quote, papers: AskedPapers, terms: Terms, number: int
) -> Shipment:
    """Buy a service as it is offered at this moment, confirmed as plainly as its carrier does."""
    offered = quoted.offered
    label = printed(offered, papers)
    wish = msgspec.structs.replace(wish, experience=plainest(offered.carrier))
    quoted = quote_to_buy(unit, wish, target, offered.service.service_id, unit.now)
    return buy_quoted(unit, wish, target, quoted, label, terms, number=number)
