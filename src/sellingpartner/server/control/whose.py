"""Whose something is: the shop that is meant where not all of it is named, and whose an order is."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract.errors import InvalidInput, NotFound, SellingPartnerError
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.accounts.questions import all_sellers, participations_of, seller_of
from sellingpartner.market.market import Market
from sellingpartner.market.orders.identifiers import is_order_id
from sellingpartner.market.orders.questions import order_of

_US = BY_COUNTRY["US"].marketplace_id
_LIKE = "902-3159896-1390916"


def home_marketplace(entered: Sequence[str]) -> str:
    """The marketplace that is meant where none is named: the United States if a seller is there, else its first."""
    return _US if _US in entered else entered[0]


def shop_meant(market: Market, seller_id: str | None, marketplace_id: str | None) -> tuple[str, str]:
    """The seller and the marketplace that are meant where one of them, or neither, is named."""
    with market.read() as unit:
        if seller_id is None:
            sellers = all_sellers(unit)
            if not sellers:
                message = "The market has no seller to order of; create one first."
                raise InvalidInput(message)
            seller_id = sellers[0].seller_id
        entered = [one.marketplace_id for one in participations_of(unit, seller_of(unit, seller_id).seller_id)]
    if marketplace_id is not None and marketplace_id not in entered:
        message = f"Seller {seller_id} does not sell in marketplace {marketplace_id}; it sells in {', '.join(entered)}."
        raise InvalidInput(message)
    return seller_id, marketplace_id or home_marketplace(entered)


def seller_of_order(market: Market, order_id: str) -> str:
    """Whose order it is. Orders are kept by seller, so each one is asked: the market's operator names none."""
    with market.read() as unit:
        for seller in all_sellers(unit):
            unit.seller_id = seller.seller_id
            try:
                order_of(unit, order_id)
            except SellingPartnerError:  # not this seller's, or no order id at all
                continue
            return seller.seller_id
    form = "" if is_order_id(order_id) else f" An order id is written as {_LIKE}."
    message = f"There is no order {order_id}.{form}"
    raise NotFound(message)
