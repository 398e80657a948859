"""Buyers' orders: placed, paid, canceled."""

from __future__ import annotations

import msgspec

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.appointments.questions import area_of_skus
from sellingpartner.market.orders import commands
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.time.chance import chance
from sellingpartner.server.control.buying.buyers import buyer_and_address
from sellingpartner.server.control.buying.choosing import some_sku
from sellingpartner.server.control.buying.purchases import check_release, line_of, purchase_of
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.sources import coded
from sellingpartner.server.control.whose import seller_of_order, shop_meant

_REASON = "The buyer canceled the order."
_REQUEST_REASON = "The buyer no longer wants it."


def place_order(desk: Desk, request: v1.PlaceOrder) -> v1.PlacedOrder:
    """Let a buyer order of a seller."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    marketplace = MARKETPLACES[marketplace_id]
    replaces = request.replaces_order_id is not None
    with desk.market.write(seller_id) as unit:
        check_release(request.available_at, unit.now)
        luck = chance(unit, "ordered by hand", unit.next_number("orders by hand"))
        area = area_of_skus(unit, marketplace_id, [line.sku for line in request.lines or ()])
        buyer, address = buyer_and_address(
            luck, marketplace.country_code, request.buyer, request.ship_to, is_business=request.is_business, area=area
        )
        lines = [line_of(line, marketplace.currency, is_free=replaces) for line in request.lines or ()]
        some = tuple(lines) or (PurchaseLine(sku=some_sku(unit, marketplace_id, luck)),)
        purchase = purchase_of(request, marketplace_id, some, buyer, address)
        if request.from_store is not None:
            wanted = coded(unit, request.from_store).supply_source_id
            purchase = msgspec.structs.replace(purchase, supply_source_id=wanted)
        order = commands.place(unit, purchase)
        return _placed(seller_id, order)


def show_order(desk: Desk, request: v1.ShowOrder) -> v1.PlacedOrder:
    """Show how an order of any seller stands."""
    seller_id = seller_of_order(desk.market, request.order_id)
    with desk.market.read(seller_id) as unit:
        return _placed(seller_id, order_of(unit, request.order_id))


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


def _placed(seller_id: str, order: Order) -> v1.PlacedOrder:
    return v1.PlacedOrder(
        order_id=order.order_id,
        seller_id=seller_id,
        marketplace_id=order.marketplace_id,
        status=order.status.value,
        lines=[v1.PlacedLine(sku=item.sku, quantity=item.quantity) for item in order.items],
        total=v1.Money(currency_code=order.total.currency, amount=str(order.total)),
        placed_at=order.purchased_at,
        is_late=order.is_late,
        cancellation_request=order.cancellation_request.reason
        if order.cancellation_request is not None and order.is_open
        else None,
        canceled_by=None if order.cancellation is None else order.cancellation.by.value,
        cancel_reason=None if order.cancellation is None else order.cancellation.reason,
    )
