"""The items of an order as Orders v0 shows them."""

from __future__ import annotations

from sellingpartner.contract import orders_v0 as v0
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.reading.showing import MARKETPLACE_IOSS, collected, shown_amounts
from sellingpartner.market.orders.taxes.collecting import Collection
from sellingpartner.server.api.orders_v0.views import money
from sellingpartner.server.gateway.views import view

# Differs: in Australia Amazon was seen to write the model LowValueGoods and another party here, and outside the EU
# categories such as GB_VOEC, CA_MPF and AU_VOEC; its published document knows none of them, so they are not shown.
# Assumed: what a scheme of the EU covers has a category and no TaxCollection, as was seen of UOSS.
_FACILITATED = v0.TaxCollection(
    model=v0.Model.MARKETPLACE_FACILITATOR, responsible_party=v0.ResponsibleParty.AMAZON_SERVICES_INC
)
_CATEGORIES = {None: None, "IOSS": v0.DeemedResellerCategory.IOSS, "UOSS": v0.DeemedResellerCategory.UOSS}


@view
def items_view(order: Order, *, with_buyer: bool) -> v0.OrderItemsList:
    """The items of an order."""
    by = collected(order)
    items = [_item_view(order, item, by, with_buyer=with_buyer) for item in order.items]
    return v0.OrderItemsList(amazon_order_id=order.order_id, order_items=items)


@view
def items_buyer_view(order: Order, *, with_buyer: bool) -> v0.OrderItemsBuyerInfoList:
    """What the buyer wants of each item."""
    items = [_item_buyer_view(order, item, with_buyer=with_buyer) for item in order.items]
    return v0.OrderItemsBuyerInfoList(amazon_order_id=order.order_id, order_items=items)


def _item_view(order: Order, item: OrderItem, by: Collection | None, *, with_buyer: bool) -> v0.OrderItem:
    """One item. While nobody has paid, prices, gifts and promotions are hidden; so are those of what was canceled."""
    amounts = shown_amounts(order, item)
    prices = _prices(order, amounts)
    by = by if amounts is not None and amounts.tax > 0 else None
    return v0.OrderItem(
        asin=item.asin,
        seller_sku=item.sku,
        order_item_id=item.order_item_id,
        title=item.title,
        # Assumed: QuantityOrdered does not count canceled units, as was seen in canceled orders.
        quantity_ordered=item.held,
        quantity_shipped=item.shipped,
        product_info=v0.ProductInfoDetail(number_of_items="1"),
        item_price=prices.get("price"),
        shipping_price=prices.get("shipping"),
        item_tax=prices.get("tax"),
        shipping_tax=prices.get("shipping_tax"),
        shipping_discount=prices.get("shipping_discount"),
        shipping_discount_tax=prices.get("shipping_discount_tax"),
        promotion_discount=prices.get("promotion_discount"),
        promotion_discount_tax=prices.get("promotion_discount_tax"),
        promotion_ids=list(item.promotion_ids) if amounts and item.promotion_ids else None,
        cod_fee=prices.get("cod_fee"),
        is_gift=str(item.is_gift).lower() if not order.is_unpaid else None,
        points_granted=_points(order, item) if amounts else None,
        condition_note=item.condition_note,
        condition_id=item.condition,
        condition_subtype_id=item.condition_subtype,
        price_designation="BusinessPrice" if item.has_business_price and amounts else None,
        tax_collection=_FACILITATED if by is not None and by.facilitator else None,
        ioss_number=MARKETPLACE_IOSS if by is not None and by.scheme == "IOSS" else None,
        store_chain_store_id=order.store_chain_store_id,
        deemed_reseller_category=_CATEGORIES[by.scheme] if by is not None else None,
        buyer_info=_buyer_info(order, item, with_buyer=with_buyer),
        buyer_requested_cancel=_requested_cancel(order),
        serial_numbers=_serial_numbers(order, item),
        associated_items=_services(item),
    )


def _services(item: OrderItem) -> list[v0.AssociatedItem] | None:
    """What was bought to be done with an item, by orders of its own."""
    found = [
        v0.AssociatedItem(
            order_id=one.order_id,
            order_item_id=one.order_item_id,
            association_type=v0.AssociationType.VALUE_ADD_SERVICE,
        )
        for one in item.services
    ]
    return found or None


def _item_buyer_view(order: Order, item: OrderItem, *, with_buyer: bool) -> v0.OrderItemBuyerInfo:
    """What the buyer of one item wants of it."""
    info = _buyer_info(order, item, with_buyer=with_buyer)
    return v0.OrderItemBuyerInfo(
        order_item_id=item.order_item_id,
        buyer_customized_info=info.buyer_customized_info,
        gift_wrap_price=info.gift_wrap_price,
        gift_wrap_tax=info.gift_wrap_tax,
        gift_message_text=info.gift_message_text,
        gift_wrap_level=info.gift_wrap_level,
    )


def _buyer_info(order: Order, item: OrderItem, *, with_buyer: bool) -> v0.ItemBuyerInfo:
    """Gift wrap is nobody's secret; the message and the customization are, and only sellers who ship need them."""
    if order.is_unpaid:
        return v0.ItemBuyerInfo()
    shows_words = with_buyer and order.channel is FulfillmentChannel.MFN
    amounts = item.held_amounts
    customized = item.customized_url if shows_words else None
    is_wrapped = item.gift_wrap_level is not None
    return v0.ItemBuyerInfo(
        buyer_customized_info=v0.BuyerCustomizedInfoDetail(customized_url=customized) if customized else None,
        gift_wrap_price=_money(order, amounts.gift_wrap) if is_wrapped else None,
        gift_wrap_tax=_money(order, amounts.gift_wrap_tax) if is_wrapped else None,
        gift_message_text=item.gift_message if shows_words else None,
        gift_wrap_level=item.gift_wrap_level,
    )


def _prices(order: Order, amounts: LineAmounts | None) -> dict[str, v0.Money]:
    """The amounts to show by their names. Shipping and what belongs to it are left out where none was charged."""
    if amounts is None:
        return {}
    names = ["price", "tax", "promotion_discount", "promotion_discount_tax"]
    if amounts.shipping:
        names += ["shipping", "shipping_tax", "shipping_discount", "shipping_discount_tax"]
    if amounts.cod_fee:
        names.append("cod_fee")
    return {name: _money(order, getattr(amounts, name)) for name in names}


def _money(order: Order, minor: int) -> v0.Money:
    return money(Money(minor, order.currency))


def _points(order: Order, item: OrderItem) -> v0.PointsGrantedDetail | None:
    """What the seller grants beside the goods: a point is worth a yen."""
    if not item.held_points:
        return None
    return v0.PointsGrantedDetail(points_number=item.held_points, points_monetary_value=_money(order, item.held_points))


def _requested_cancel(order: Order) -> v0.BuyerRequestedCancel:
    asked = order.cancellation_request
    return v0.BuyerRequestedCancel(
        is_buyer_requested_cancel=str(asked is not None).lower(),
        buyer_cancel_reason=asked.reason if asked else "",
    )


def _serial_numbers(order: Order, item: OrderItem) -> list[str] | None:
    if order.channel is not FulfillmentChannel.AFN or not item.serial_numbers:
        return None
    return list(item.serial_numbers)
