"""What a buyer asks for, as the control API says it: in the words of the orders context."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.orders.promises import Service
from sellingpartner.market.orders.purchase import OrderType, PaymentMethod, Purchase, PurchaseLine
from sellingpartner.server.control.amounts import minor_if_said


def purchase_of(
    request: v1.PlaceOrder, marketplace_id: str, lines: tuple[PurchaseLine, ...], buyer: Buyer, address: Address
) -> Purchase:
    """The purchase that a request describes."""
    pays_after = request.pays_after_minutes
    return Purchase(
        marketplace_id=marketplace_id,
        lines=lines,
        buyer=buyer,
        address=address,
        paid=request.paid and pays_after is None,
        payment_delay=None if pays_after is None else timedelta(minutes=pays_after),
        service=Service(request.service_level.value),
        order_type=OrderType.STANDARD if request.available_at is None else OrderType.PREORDER,
        available_at=request.available_at,
        payment_method=PaymentMethod(request.payment_method.value),
        is_business=request.is_business or buyer.company_name is not None,
        is_prime=request.is_prime,
        is_premium=request.is_premium,
        is_access_point=request.is_access_point,
        is_store_pickup=request.is_store_pickup,
        replaces_order_id=request.replaces_order_id,
        awaits_invoice=request.awaits_invoice,
    )


def line_of(line: v1.OrderLine, currency: str, *, is_free: bool) -> PurchaseLine:
    """One line; what replaces another order costs nothing unless a price is said."""
    unit_price = minor_if_said("unitPrice", line.unit_price, currency, least=0)
    return PurchaseLine(
        sku=line.sku,
        quantity=line.quantity,
        unit_price=0 if is_free and unit_price is None else unit_price,
        shipping=minor_if_said("shipping", line.shipping, currency, least=0) or 0,
        shipping_discount=minor_if_said("shippingDiscount", line.shipping_discount, currency, least=0) or 0,
        promotion_discount=minor_if_said("discount", line.discount, currency, least=0) or 0,
        promotion_ids=tuple(line.promotion_ids or ()),
        gift_wrap=minor_if_said("giftWrap", line.gift_wrap, currency, least=0) or 0,
        gift_wrap_level=line.gift_wrap_level,
        gift_message=line.gift_message,
        is_gift=line.is_gift,
        customized_url=line.customized_url,
        has_business_price=line.has_business_price,
        cod_fee=minor_if_said("codFee", line.cod_fee, currency, least=0) or 0,
        points=line.points,
    )


def check_release(available_at: datetime | None, now: datetime) -> None:
    """A preorder waits for a moment that is yet to come."""
    if available_at is not None and available_at <= now:
        said, present = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (available_at, now))
        message = f"availableAt is {said}; it must lie after the market's time, {present}."
        raise InvalidInput(message)
