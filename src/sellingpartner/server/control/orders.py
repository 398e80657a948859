"""Buyers' orders: placed, paid, canceled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound, SellingPartnerError
from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.market.accounts.questions import all_sellers, participations_of, seller_of
from sellingpartner.market.market import Market
from sellingpartner.market.orders import commands
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.promises import Service
from sellingpartner.market.orders.purchase import Purchase, PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.time.chance import chance
from sellingpartner.server.control.buyers import buyer_and_address
from sellingpartner.server.control.choosing import some_sku
from sellingpartner.server.control.desk import Desk

_US = BY_COUNTRY["US"].marketplace_id
_REASON = "The buyer canceled the order."
_REQUEST_REASON = "The buyer no longer wants it."


def place_order(desk: Desk, request: v1.PlaceOrder) -> v1.PlacedOrder:
    """Let a buyer order of a seller."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    pays_after = request.pays_after_minutes
    with desk.market.write(seller_id) as unit:
        luck = chance(unit, "ordered by hand", unit.next_number("orders by hand"))
        buyer, address = buyer_and_address(
            luck,
            MARKETPLACES[marketplace_id].country_code,
            request.buyer,
            request.ship_to,
            is_business=request.is_business,
        )
        lines = [PurchaseLine(sku=line.sku, quantity=line.quantity) for line in request.lines or ()]
        order = commands.place(
            unit,
            Purchase(
                marketplace_id=marketplace_id,
                lines=tuple(lines) or (PurchaseLine(sku=some_sku(unit, marketplace_id, luck)),),
                buyer=buyer,
                address=address,
                paid=request.paid and pays_after is None,
                payment_delay=None if pays_after is None else timedelta(minutes=pays_after),
                service=Service(request.service_level.value),
                is_business=request.is_business,
                is_prime=request.is_prime,
            ),
        )
        return _placed(seller_id, order)


def pay_order(desk: Desk, request: v1.PayOrder) -> v1.PlacedOrder:
    """Authorize an order's payment."""
    seller_id = seller_of_order(desk.market, request.order_id)
    with desk.market.write(seller_id) as unit:
        commands.pay(unit, request.order_id)
        return _placed(seller_id, order_of(unit, request.order_id))


def cancel_order(desk: Desk, request: v1.CancelOrder) -> v1.PlacedOrder:
    """Cancel an order as its buyer, or ask its seller to."""
    seller_id = seller_of_order(desk.market, request.order_id)
    reason = request.reason or (_REQUEST_REASON if request.is_request else _REASON)
    with desk.market.write(seller_id) as unit:
        if request.is_request:
            commands.request_cancellation(unit, request.order_id, reason=reason)
        else:
            commands.cancel(unit, request.order_id, by=Canceler.BUYER, reason=reason)
        return _placed(seller_id, order_of(unit, request.order_id))


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
    message = f"There is no order {order_id}."
    raise NotFound(message)


def _placed(seller_id: str, order: Order) -> v1.PlacedOrder:
    return v1.PlacedOrder(
        order_id=order.order_id,
        seller_id=seller_id,
        marketplace_id=order.marketplace_id,
        status=order.status.value,
        lines=[v1.PlacedLine(sku=item.sku, quantity=item.quantity) for item in order.items],
        total=v1.Money(currency_code=order.total.currency, amount=str(order.total)),
        placed_at=order.purchased_at,
        cancellation_request=order.cancellation_request.reason
        if order.cancellation_request is not None and order.is_open
        else None,
    )
