"""Who offers an item, and simulated competitors by hand."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.catalog.questions import item_of
from sellingpartner.market.listings.questions import ListingUnknown
from sellingpartner.market.listings.store import record_of
from sellingpartner.market.offers import commands, questions
from sellingpartner.market.offers.model import POSITIONS, Contest, Merchant, Offer, Strategy
from sellingpartner.server.control.amounts import minor_of
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.listing.products import marketplace_known
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork


def list_offers(desk: Desk, request: v1.ListOffers) -> v1.ProductOffers:
    """All offers of an item."""
    if (request.sku is None) == (request.asin is None):
        message = "The request must name either a sku or an asin."
        raise InvalidArgument(message)
    if request.sku is None:
        with desk.market.read() as unit:
            asin = item_of(unit, request.asin or "").asin
            return _offers(questions.contest_of(unit, marketplace_known(request.marketplace_id), asin))
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.read(seller_id) as unit:
        record = record_of(unit, request.sku, marketplace_id)
        if record is None or record.asin is None:
            raise ListingUnknown(request.sku, marketplace_id)
        return _offers(questions.contest_of(unit, marketplace_id, record.asin))


def compete(desk: Desk, request: v1.Compete) -> v1.ProductOffers:
    """A competitor makes an offer, or changes it."""
    here = marketplace_known(request.marketplace_id)
    currency = MARKETPLACES[here].currency
    if request.condition not in POSITIONS:
        message = f"{request.condition!r} is no condition here; it must be {' or '.join(POSITIONS)}."
        raise InvalidArgument(message)
    price = minor_of("price", request.price, currency, least=1)
    with desk.market.write() as unit:
        competitor = _competitor(unit, request)
        commands.compete(
            unit,
            Offer(
                seller_id=competitor.seller_id,
                sku=request.sku or request.asin,
                marketplace_id=here,
                asin=request.asin,
                condition=request.condition,
                subcondition="New" if request.condition == "New" else "Good",
                channel="AFN" if request.is_amazon_fulfilled else "MFN",
                currency=currency,
                price=price,
                regular_price=price,
                shipping=minor_of("shipping", request.shipping, currency, least=0),
                is_prime=request.is_amazon_fulfilled,
            ),
        )
        return _offers(questions.contest_of(unit, here, request.asin))


def withdraw_offer(desk: Desk, request: v1.WithdrawOffer) -> NoContent:
    """A competitor takes an offer back."""
    with desk.market.write() as unit:
        commands.withdraw(unit, request.competitor_id, request.sku, marketplace_known(request.marketplace_id))
    return NoContent()


def _competitor(unit: UnitOfWork, request: v1.Compete) -> Merchant:
    if request.competitor_id is not None:
        return commands.competitor_of(unit, request.competitor_id)
    known = [strategy.value for strategy in Strategy]
    if request.strategy not in known:
        message = f"{request.strategy!r} is no strategy; those are {', '.join(known)}."
        raise InvalidArgument(message)
    return commands.join_competitor(unit, request.name, strategy=Strategy(request.strategy))


def _offers(contest: Contest) -> v1.ProductOffers:
    ordered = sorted(contest.contenders, key=lambda one: (one.offer.landed, one.offer.seller_id, one.offer.sku))
    return v1.ProductOffers(
        asin=contest.asin,
        marketplace_id=contest.marketplace_id,
        offers=[
            v1.ProductOffer(
                seller_id=one.offer.seller_id,
                seller_name=one.merchant.name,
                sku=one.offer.sku,
                condition=one.offer.condition,
                is_amazon_fulfilled=one.offer.channel == "AFN",
                price=_told(one.offer, one.offer.price),
                shipping=_told(one.offer, one.offer.shipping),
                positive_rating=one.merchant.positive_rating,
                feedback_count=one.merchant.feedback_count,
                is_available=one.offer.is_available,
                is_featured=contest.holds(one.offer),
                is_competitor=one.merchant.strategy is not None,
            )
            for one in ordered
        ],
    )


def _told(offer: Offer, minor: int) -> v1.Money:
    amount = offer.money(minor)
    return v1.Money(currency_code=amount.currency, amount=str(amount))
