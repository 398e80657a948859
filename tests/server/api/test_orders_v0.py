from __future__ import annotations

import pytest

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.orders_v0 import (
    Address,
    BuyerInfo,
    GetOrder,
    GetOrderAddress,
    GetOrderBuyerInfo,
    GetOrderItems,
    GetOrderItemsBuyerInfo,
    GetOrderRegulatedInfo,
    ItemBuyerInfo,
    Money,
    Order,
    OrderItem,
)
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.buyer import Address as HomeAddress
from sellingpartner.market.orders.buyer import Buyer, BuyerTax, InvoiceTax, TaxClassification
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.promises import Service
from sellingpartner.market.orders.purchase import OrderType, PaymentMethod, Purchase, PurchaseLine
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import ADDRESS

ORDERS = "/orders/v0/orders"
ORDER = "/orders/v0/orders/{orderId}"
PERSONAL = ("Ada", "Finch", "Larch", "ada.finch", "503", "PO-77")
COMPANY = Buyer(
    name="Ada Finch",
    email="ada.finch.4711@marketplace.amazon.com",
    company_name="Finch & Sons",
    purchase_order_number="PO-77",
)
GIFT = PurchaseLine(
    sku="MUG-BLUE",
    quantity=2,
    shipping=499,
    promotion_discount=200,
    promotion_ids=("SPRING",),
    gift_wrap=350,
    gift_wrap_level="Classic",
    gift_message="For Ada",
    customized_url="https://example.com/custom.zip",
)


def order(seller: Caller, order_id: str) -> Order:
    found = seller.send(GetOrder(order_id=order_id)).payload
    assert found is not None
    return found


def item(seller: Caller, order_id: str) -> OrderItem:
    found = seller.send(GetOrderItems(order_id=order_id)).payload
    assert found is not None
    return found.order_items[0]


def raw(caller: Caller, path: str, order_id: str) -> str:
    reply = caller.call("GET", path.replace("{orderId}", order_id))
    assert reply.status == 200
    return reply.body.decode()


def test_an_order_is_shown_from_the_moment_it_was_placed(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(lines=(GIFT,), service=Service.EXPEDITED, is_prime=True)

    found = order(seller, order_id)

    assert (found.amazon_order_id, found.seller_order_id) == (order_id, order_id)
    assert (found.purchase_date, found.last_update_date) == ("2026-11-02T09:00:00Z", "2026-11-02T09:00:00Z")
    assert (found.order_status, found.fulfillment_channel, found.order_type) == ("Unshipped", "MFN", "StandardOrder")
    assert (found.sales_channel, found.marketplace_id) == ("Amazon.com", market.marketplace_id)
    assert (found.ship_service_level, found.shipment_service_level_category) == ("Exp US D2D Dom", "Expedited")
    assert found.order_total == Money(currency_code="USD", amount="36.47")
    assert (found.number_of_items_shipped, found.number_of_items_unshipped) == (0, 2)
    assert (found.payment_method, found.payment_method_details) == ("Other", ["Standard"])
    assert (found.earliest_ship_date, found.latest_ship_date) == ("2026-11-02T09:00:00Z", "2026-11-05T07:59:59Z")
    assert found.latest_delivery_date == "2026-11-10T07:59:59Z"
    assert (found.is_prime, found.is_business_order, found.is_replacement_order, found.is_ispu) == (
        True,
        False,
        False,
        False,
    )
    assert found.has_regulated_items is False


def test_items_are_shown_with_what_they_cost(market: TestMarket, seller: Caller) -> None:
    found = item(seller, market.buys(lines=(GIFT,)))

    assert (found.seller_sku, found.title, found.quantity_ordered) == ("MUG-BLUE", "Stoneware Mug, Blue", 2)
    assert found.item_price == Money(currency_code="USD", amount="29.98")
    assert found.shipping_price == Money(currency_code="USD", amount="4.99")
    assert found.promotion_discount == Money(currency_code="USD", amount="2.00")
    assert found.promotion_ids == ["SPRING"]
    assert (found.condition_id, found.condition_subtype_id, found.is_gift) == ("New", "New", "true")
    assert found.buyer_requested_cancel is not None
    assert found.buyer_requested_cancel.is_buyer_requested_cancel == "false"


def test_a_pending_order_hides_its_prices_its_address_and_its_gifts(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(lines=(GIFT,), paid=False)

    found, first = order(seller, order_id), item(seller, order_id)

    assert (found.order_status, found.order_total, found.shipping_address) == ("Pending", None, None)
    assert (found.latest_delivery_date, found.number_of_items_unshipped) == (None, 2)
    assert (first.item_price, first.item_tax, first.shipping_price, first.shipping_tax) == (None, None, None, None)
    assert (first.promotion_discount, first.promotion_ids, first.is_gift) == (None, None, None)
    assert first.buyer_info == ItemBuyerInfo()
    opened = market.restricted(f"{ORDER}/address").send(GetOrderAddress(order_id=order_id)).payload
    assert opened is not None
    assert opened.shipping_address is None


def test_a_canceled_order_shows_no_address_and_counts_nothing(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys()
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.cancel(unit, order_id, by=Canceler.SELLER, reason="NoInventory")

    found, first = order(seller, order_id), item(seller, order_id)

    assert (found.order_status, found.order_total, found.shipping_address) == ("Canceled", None, None)
    assert (found.number_of_items_shipped, found.number_of_items_unshipped) == (0, 0)
    assert (first.quantity_ordered, first.item_price) == (0, None)


def test_an_order_that_amazon_fulfills_shows_no_dates_of_shipping(market: TestMarket, seller: Caller) -> None:
    found = order(seller, market.buys("LAMP-OAK"))

    assert found.fulfillment_channel == "AFN"
    assert (found.earliest_ship_date, found.latest_ship_date) == (None, None)
    assert (found.earliest_delivery_date, found.latest_delivery_date) == (None, None)


def test_a_preorder_shows_that_it_waits(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(order_type=OrderType.PREORDER, available_at=market.now.replace(month=12))

    found = order(seller, order_id)

    assert (found.order_status, found.order_type, found.order_total) == ("PendingAvailability", "Preorder", None)


def test_a_request_for_cancellation_stands_at_the_items(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys()
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.request_cancellation(unit, order_id, reason="Found it cheaper")

    asked = item(seller, order_id).buyer_requested_cancel

    assert asked is not None
    assert (asked.is_buyer_requested_cancel, asked.buyer_cancel_reason) == ("true", "Found it cheaper")


def test_cash_on_delivery_shows_what_the_carrier_collects(market: TestMarket, seller: Caller) -> None:
    found = order(seller, market.buys(payment_method=PaymentMethod.COD, payment_details=("CashOnDelivery",)))

    assert (found.payment_method, found.payment_method_details) == ("COD", ["CashOnDelivery"])
    assert found.payment_execution_detail is not None
    assert found.payment_execution_detail[0].payment == Money(currency_code="USD", amount="14.99")


# Who may see what.


@pytest.mark.parametrize(
    "path",
    [ORDER, f"{ORDER}/address", f"{ORDER}/buyerInfo", f"{ORDER}/orderItems", f"{ORDER}/orderItems/buyerInfo"],
)
def test_without_a_restricted_data_token_no_personal_data_leaves(market: TestMarket, seller: Caller, path: str) -> None:
    text = raw(seller, path, market.buys(lines=(GIFT,), buyer=COMPANY))

    assert [word for word in PERSONAL if word in text] == []
    assert "example.com" not in text


def test_an_order_opens_the_elements_that_the_token_names_and_no_others(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(buyer=COMPANY)
    partial = Address(city="Portland", state_or_region="OR", postal_code="97205", country_code="US")

    plain = order(seller, order_id)
    with_buyer = order(market.restricted(ORDER, "buyerInfo"), order_id)
    with_address = order(market.restricted(f"/orders/v0/orders/{order_id}", "shippingAddress"), order_id)

    assert (plain.buyer_info, plain.shipping_address) == (BuyerInfo(), partial)
    assert with_buyer.shipping_address == partial
    assert with_buyer.buyer_info == BuyerInfo(
        buyer_email="ada.finch.4711@marketplace.amazon.com", buyer_name="Ada Finch", purchase_order_number="PO-77"
    )
    assert with_address.buyer_info == BuyerInfo()
    assert with_address.shipping_address is not None
    assert (with_address.shipping_address.name, with_address.shipping_address.phone) == (
        "Ada Finch",
        "+1 503 555 0142",
    )


def test_the_parts_open_with_a_token_for_their_paths(market: TestMarket) -> None:
    order_id = market.buys(lines=(GIFT,), buyer=COMPANY)

    buyer = market.restricted(f"{ORDER}/buyerInfo").send(GetOrderBuyerInfo(order_id=order_id)).payload
    address = market.restricted(f"{ORDER}/address").send(GetOrderAddress(order_id=order_id)).payload
    items = market.restricted(f"{ORDER}/orderItems", "buyerInfo").send(GetOrderItems(order_id=order_id)).payload
    wishes = market.restricted(f"{ORDER}/orderItems/buyerInfo").send(GetOrderItemsBuyerInfo(order_id=order_id)).payload

    assert buyer is not None
    assert (buyer.buyer_name, buyer.purchase_order_number) == ("Ada Finch", "PO-77")
    assert address is not None
    assert address.shipping_address is not None
    assert (address.buyer_company_name, address.shipping_address.address_line1) == ("Finch & Sons", "12 Larch Lane")
    assert items is not None
    assert items.order_items[0].buyer_info is not None
    assert items.order_items[0].buyer_info.gift_message_text == "For Ada"
    assert wishes is not None
    assert (wishes.order_items[0].gift_message_text, wishes.order_items[0].gift_wrap_level) == ("For Ada", "Classic")


def test_what_a_gift_wrap_costs_is_nobodys_secret(market: TestMarket, seller: Caller) -> None:
    info = item(seller, market.buys(lines=(GIFT,))).buyer_info

    assert info == ItemBuyerInfo(
        gift_wrap_price=Money(currency_code="USD", amount="3.50"),
        gift_wrap_tax=Money(currency_code="USD", amount="0.00"),
        gift_wrap_level="Classic",
    )


def test_amazon_gives_no_phone_for_what_it_delivers(market: TestMarket) -> None:
    order_id = market.buys("LAMP-OAK")

    found = order(market.restricted(ORDER, "shippingAddress"), order_id)

    assert found.shipping_address is not None
    assert (found.shipping_address.name, found.shipping_address.phone) == ("Ada Finch", None)


def test_brazil_and_turkey_show_what_their_invoices_need() -> None:
    tax = BuyerTax(company_legal_name="Finch Ltda", classifications=(TaxClassification(name="CNPJ", value="11.222"),))
    invoice = InvoiceTax(company_legal_name="Finch AS", registration_id="123", tax_office="Kadikoy")
    brazil = _first_order("A2Q3Y263D00KWC", Buyer(name="Ada", county="Centro", tax=tax), is_business=True)
    turkey = _first_order("A33AVAJ2PDY3EV", Buyer(name="Ada", invoice_tax=invoice))

    assert brazil.seller_display_name == "Harbor Goods"
    assert brazil.marketplace_tax_info is not None
    assert brazil.electronic_invoice_status == "NotFound"
    assert brazil.buyer_info is not None
    assert brazil.buyer_info.buyer_county == "Centro"
    assert brazil.buyer_info.buyer_tax_info is not None
    assert brazil.buyer_info.buyer_tax_info.company_legal_name == "Finch Ltda"
    assert turkey.buyer_invoice_preference == "BUSINESS"
    assert turkey.buyer_tax_information is not None
    assert turkey.buyer_tax_information.buyer_tax_office == "Kadikoy"
    assert turkey.seller_display_name is None


def test_tax_numbers_are_shown_to_a_token_that_names_them_and_to_no_other() -> None:
    market = TestMarket(marketplaces=("TR",))
    invoice = InvoiceTax(company_legal_name="Finch AS", registration_id="4455667788", tax_office="Kadikoy")
    order_id = market.buys(buyer=Buyer(name="Ada", invoice_tax=invoice), address=ADDRESS)
    market.advance(minutes=3)
    listed = f"{ORDERS}?MarketplaceIds={market.marketplace_id}&CreatedAfter=2026-11-01T00:00:00Z"
    places = ((ORDER, ORDER.replace("{orderId}", order_id)), (ORDERS, listed))

    for template, target in places:
        without = [
            market.seller.call("GET", target),
            market.restricted(template, "buyerInfo", "shippingAddress").call("GET", target),
        ]
        assert [reply.status for reply in without] == [200, 200]
        assert not [reply for reply in without if b"4455667788" in reply.body or b"Kadikoy" in reply.body]
        told = market.restricted(template, "buyerTaxInformation").call("GET", target)
        assert b"4455667788" in told.body
    market.close()


def _first_order(marketplace_id: str, buyer: Buyer, *, is_business: bool = False) -> Order:
    market = TestMarket(marketplaces=(marketplace_id,))
    address = HomeAddress(name="Ada", line_1="1", city="C", postal_code="1", country_code="BR")
    purchase = Purchase(
        marketplace_id=marketplace_id,
        lines=(PurchaseLine(sku="MUG-BLUE"),),
        buyer=buyer,
        address=address,
        is_business=is_business,
    )
    with market.market.write(market.seller_account.seller_id) as unit:
        order_id = orders.place(unit, purchase).order_id
    found = order(market.restricted(ORDER, "buyerInfo", "buyerTaxInformation"), order_id)
    market.close()
    return found


# What does not exist.


@pytest.mark.parametrize("kind", [GetOrder, GetOrderAddress, GetOrderBuyerInfo, GetOrderItems, GetOrderItemsBuyerInfo])
def test_an_order_that_nobody_placed_is_not_found(seller: Caller, kind: type[GetOrder]) -> None:
    with pytest.raises(NotFound, match="There is no order 111-0000000-0000000"):
        seller.send(kind(order_id="111-0000000-0000000"))
    with pytest.raises(InvalidInput, match="The input you have submitted is not valid"):
        seller.send(kind(order_id="111"))


def test_another_sellers_order_is_not_found(market: TestMarket) -> None:
    stranger = market.caller(seller=market.join("Quiet Lamps"))

    with pytest.raises(NotFound):
        stranger.send(GetOrder(order_id=market.buys()))


@pytest.mark.parametrize("kind", [GetOrderItems, GetOrderItemsBuyerInfo])
def test_items_have_no_second_page(market: TestMarket, seller: Caller, kind: type[GetOrderItems]) -> None:
    with pytest.raises(InvalidInput, match="NextToken is not valid"):
        seller.send(kind(order_id=market.buys(), next_token="invented"))


def test_an_order_without_regulated_items_has_no_regulated_information(market: TestMarket) -> None:
    reader = market.restricted(f"{ORDER}/regulatedInfo")

    with pytest.raises(InvalidInput, match="has no regulated items"):
        reader.send(GetOrderRegulatedInfo(order_id=market.buys()))
