"""What an order brings, in parts that sum to the total to the last minor unit.

Assumed: the parts of proceeds sum to the total, as in Amazon's examples; where prices include tax, they are without it
and the tax stands beside them. A discount is negative.
"""

from __future__ import annotations

from collections.abc import Iterable

from sellingpartner.contract import orders_2026_01_01 as v2026
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.reading.showing import shown_amounts, shows_total

_ITEM, _SHIPPING, _GIFT_WRAP, _COD, _TAX, _DISCOUNT = "ITEM", "SHIPPING", "GIFT_WRAP", "COD_FEE", "TAX", "DISCOUNT"
Parts = dict[str, int]


def money(minor: int, currency: str) -> v2026.Money:
    """An amount as the API writes it."""
    return v2026.Money(amount=str(Money(minor, currency)), currency_code=currency)


def order_proceeds(order: Order) -> v2026.OrderProceeds | None:
    """What the whole order brings.

    Differs: one caller in Japan has seen prices of PENDING orders in 2026-01-01; here they are hidden as in v0.
    """
    if not shows_total(order):
        return None
    sums: Parts = {}
    for item in order.items:
        for kind, minor in parts_of(item.held_amounts).items():
            sums[kind] = sums.get(kind, 0) + minor
    return v2026.OrderProceeds(
        grand_total=money(order.total.minor, order.currency),
        breakdowns=[
            v2026.OrderProceedsBreakdown(type=kind, subtotal=money(minor, order.currency))
            for kind, minor in _shown(sums)
        ],
    )


def item_proceeds(order: Order, item: OrderItem) -> v2026.ItemProceeds | None:
    """What one item brings; nothing is said of one that was canceled."""
    amounts = shown_amounts(order, item)
    if amounts is None:
        return None
    details = {_TAX: _taxes(amounts), _DISCOUNT: _discounts(amounts)}
    return v2026.ItemProceeds(
        proceeds_total=money(amounts.total, order.currency),
        breakdowns=[
            v2026.ItemProceedsBreakdown(
                type=kind,
                subtotal=money(minor, order.currency),
                detailed_breakdowns=_detailed(order, details[kind]) if kind in details else None,
            )
            for kind, minor in _shown(parts_of(amounts))
        ],
    )


def parts_of(amounts: LineAmounts) -> Parts:
    """The parts by their kind; they sum to the total."""
    return {
        _ITEM: _net(amounts, "price", "tax"),
        _SHIPPING: _net(amounts, "shipping", "shipping_tax"),
        _GIFT_WRAP: _net(amounts, "gift_wrap", "gift_wrap_tax"),
        _COD: amounts.cod_fee,
        _DISCOUNT: sum(_discounts(amounts).values()),
        _TAX: amounts.all_tax,
    }


def _discounts(amounts: LineAmounts) -> Parts:
    return {
        _ITEM: -_net(amounts, "promotion_discount", "promotion_discount_tax"),
        _SHIPPING: -_net(amounts, "shipping_discount", "shipping_discount_tax"),
    }


def _taxes(amounts: LineAmounts) -> Parts:
    return {
        _ITEM: amounts.tax,
        _SHIPPING: amounts.shipping_tax,
        _GIFT_WRAP: amounts.gift_wrap_tax,
        _DISCOUNT: -amounts.promotion_discount_tax - amounts.shipping_discount_tax,
    }


def _net(amounts: LineAmounts, name: str, tax: str) -> int:
    whole: int = getattr(amounts, name)
    return whole - getattr(amounts, tax) if amounts.tax_included else whole


def _shown(parts: Parts) -> Iterable[tuple[str, int]]:
    """The parts that are something; the goods always are."""
    return [(kind, minor) for kind, minor in parts.items() if minor or kind == _ITEM]


def _detailed(order: Order, parts: Parts) -> list[v2026.ItemProceedsDetailedBreakdown]:
    return [
        v2026.ItemProceedsDetailedBreakdown(subtype=kind, value=money(minor, order.currency))
        for kind, minor in parts.items()
        if minor
    ]
