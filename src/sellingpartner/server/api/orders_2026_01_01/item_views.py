"""The items of an order as Orders 2026-01-01 shows them."""

from __future__ import annotations

from sellingpartner.contract import orders_2026_01_01 as v2026
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.promises import Service
from sellingpartner.market.orders.purchase import PaymentMethod
from sellingpartner.market.orders.reading.showing import MARKETPLACE_IOSS, promises_delivery, shown_amounts
from sellingpartner.market.orders.taxes.collecting import Collection
from sellingpartner.server.api.orders_2026_01_01.asking import Asked, Sight
from sellingpartner.server.api.orders_2026_01_01.proceeds import item_proceeds, money

Data = v2026.IncludedData
_CANCELED_BY = {Canceler.BUYER: "BUYER", Canceler.SELLER: "MERCHANT", Canceler.MARKET: "AMAZON"}


def item_view(asked: Asked, item: OrderItem, by: Collection | None) -> v2026.OrderItem:
    """One item, with the parts that are asked for."""
    order, included = asked.order, asked.included
    amounts = shown_amounts(order, item)
    by = by if amounts is not None and amounts.tax > 0 else None
    return v2026.OrderItem(
        order_item_id=item.order_item_id,
        # Assumed: quantityOrdered of 2026-01-01 does not count canceled units, as in v0.
        quantity_ordered=item.held,
        product=_product(asked, item, amounts),
        proceeds=item_proceeds(order, item) if Data.PROCEEDS in included else None,
        expense=_expense(order, item) if amounts and Data.EXPENSE in included else None,
        promotion=_promotion(item, amounts) if Data.PROMOTION in included else None,
        cancellation=_cancellation(order, item) if Data.CANCELLATION in included else None,
        fulfillment=_fulfillment(asked, item, by) if Data.FULFILLMENT in included else None,
        tax=_tax(by) if Data.TAX in included else None,
        # Assumed: 2026-01-01 names services that were bought with goods by the word of v0.
        associated_order_items=[
            v2026.AssociatedOrderItem(
                order_id=one.order_id, order_item_id=one.order_item_id, association_type="VALUE_ADD_SERVICE"
            )
            for one in item.services
        ]
        or None,
    )


def shows_words(asked: Asked) -> bool:
    """Whether the buyer's own words are shown: to who delivers, once somebody has paid."""
    order = asked.order
    return Sight.DELIVERY in asked.sight and order.channel is FulfillmentChannel.MFN and not order.is_unpaid


def _product(asked: Asked, item: OrderItem, amounts: LineAmounts | None) -> v2026.ItemProduct:
    order = asked.order
    customized = item.customized_url if shows_words(asked) else None
    is_amazons = order.channel is FulfillmentChannel.AFN
    return v2026.ItemProduct(
        asin=item.asin,
        title=item.title,
        seller_sku=item.sku,
        condition=v2026.ItemCondition(
            condition_type=_in_capitals(item.condition),
            condition_subtype=_in_capitals(item.condition_subtype),
            condition_note=item.condition_note,
        ),
        price=_price(order, item, amounts),
        serial_numbers=list(item.serial_numbers) if is_amazons and item.serial_numbers else None,
        customization=v2026.ItemCustomization(customized_url=customized) if customized else None,
    )


def _price(order: Order, item: OrderItem, amounts: LineAmounts | None) -> v2026.ItemPrice | None:
    """What one unit costs in the shop: with the tax where prices include it."""
    if amounts is None:
        return None
    return v2026.ItemPrice(
        unit_price=money(item.amounts.price // item.quantity, order.currency),
        price_designation="BUSINESS_PRICE" if item.has_business_price else None,
    )


def _expense(order: Order, item: OrderItem) -> v2026.ItemExpense | None:
    """What the seller grants beside the goods: a point is worth a yen."""
    points = item.held_points
    if not points:
        return None
    granted = v2026.PointsGranted(points_number=points, points_monetary_value=money(points, order.currency))
    return v2026.ItemExpense(points_cost=v2026.ItemPointsCost(points_granted=granted))


def _promotion(item: OrderItem, amounts: LineAmounts | None) -> v2026.ItemPromotion | None:
    if amounts is None or not item.promotion_ids:
        return None
    return v2026.ItemPromotion(
        breakdowns=[v2026.ItemPromotionBreakdown(promotion_id=one) for one in item.promotion_ids]
    )


def _cancellation(order: Order, item: OrderItem) -> v2026.ItemCancellation | None:
    """That the buyer asks for it, and that it was done."""
    wanted, done = order.cancellation_request, order.cancellation if item.canceled else None
    if wanted is None and done is None:
        return None
    by_buyer = _CANCELED_BY[Canceler.BUYER]
    return v2026.ItemCancellation(
        cancellation_request=None
        if wanted is None
        else v2026.ItemCancellationRequest(requester=by_buyer, cancel_reason=wanted.reason),
        cancellation_execution=None
        if done is None
        else v2026.ItemCancellationExecution(cancelled_by=_CANCELED_BY[done.by], cancel_reason=done.reason),
    )


def _fulfillment(asked: Asked, item: OrderItem, by: Collection | None) -> v2026.ItemFulfillment:
    return v2026.ItemFulfillment(
        quantity_fulfilled=item.shipped,
        quantity_unfulfilled=item.unshipped,
        packing=_packing(asked, item),
        shipping=_shipping(asked.order, by),
    )


def _packing(asked: Asked, item: OrderItem) -> v2026.ItemPacking | None:
    """Gift wrap is nobody's secret; the message is."""
    if asked.order.is_unpaid or not item.is_gift:
        return None
    message = item.gift_message if shows_words(asked) else None
    return v2026.ItemPacking(gift_option=v2026.GiftOption(gift_message=message, gift_wrap_level=item.gift_wrap_level))


def _shipping(order: Order, by: Collection | None) -> v2026.ItemShipping | None:
    window = None
    if order.service is Service.SCHEDULED and promises_delivery(order):
        window = v2026.DateTimeRange(
            earliest_date_time=order.earliest_delivery_at, latest_date_time=order.latest_delivery_at
        )
    is_cod = order.payment_method is PaymentMethod.COD
    constraints = v2026.ItemShippingConstraints(cash_on_delivery=v2026.ConstraintType.MANDATORY) if is_cod else None
    abroad = None
    if by is not None and by.scheme == "IOSS":
        abroad = v2026.ItemInternationalShipping(ioss_number=MARKETPLACE_IOSS)
    if window is None and constraints is None and abroad is None:
        return None
    return v2026.ItemShipping(
        scheduled_delivery_window=window, shipping_constraints=constraints, international_shipping=abroad
    )


def _tax(by: Collection | None) -> v2026.ItemTax | None:
    """Who pays the tax to the state, where that is not the seller, and by which scheme.

    Assumed: every tax that the marketplace collects is of the model MARKETPLACE_FACILITATOR; none other is published.
    """
    if by is None:
        return None
    party = v2026.ItemTaxCollection(model="MARKETPLACE_FACILITATOR", responsible_party=by.party)
    scheme = None if by.scheme is None else [v2026.ItemTaxCalculationBreakdown(reporting_scheme=by.scheme)]
    return v2026.ItemTax(tax_calculation_breakdowns=scheme, tax_collections=[party])


def _in_capitals(words: str) -> str:
    """A condition as this version writes it: `VERY_GOOD` for Very Good."""
    return words.upper().replace(" ", "_")
