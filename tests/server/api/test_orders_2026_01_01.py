from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.orders_2026_01_01 import Buyer as ShownBuyer
from sellingpartner.contract.orders_2026_01_01 import (
    CustomerAddress,
    GetOrder,
    GiftOption,
    IncludedData,
    Money,
    Order,
    OrderItem,
)
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.buyer import Buyer
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import PaymentMethod, PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import ADDRESS

ALL = list(IncludedData)
DELIVERY, TAX_INVOICING = "Direct-to-Consumer Shipping (Restricted)", "Tax Invoicing (Restricted)"
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
    shipping_discount=99,
    promotion_discount=200,
    promotion_ids=("SPRING",),
    gift_wrap=350,
    gift_wrap_level="Classic",
    gift_message="For Ada",
    customized_url="https://example.com/custom.zip",
)


def shown(caller: Caller, order_id: str, included: list[IncludedData] | None = ALL) -> Order:
    return caller.send(GetOrder(order_id=order_id, included_data=included)).order


def with_roles(market: TestMarket, *roles: str) -> Caller:
    """Somebody whose application was registered with these roles when the seller let it in."""
    with market.market.write() as unit:
        held = json.dumps(["Inventory and Order Tracking", *roles])
        unit.connection.exec_driver_sql(f"UPDATE applications SET roles = '{held}'")
    return market.caller()


def ship(market: TestMarket, order_id: str, units: int | None = None) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        quantities = order_of(unit, order_id).unshipped_quantities()
        parcel = Parcel(
            reference="1",
            shipped_at=unit.now,
            quantities=quantities if units is None else dict.fromkeys(quantities, units),
            carrier_code="USPS",
            method="Ground Advantage",
            tracking_number="9400",
            transparency_codes=dict.fromkeys(quantities, ("AZ:1",)),
        )
        orders.ship(unit, order_id, parcel)


def dollars(amount: str) -> Money:
    return Money(amount=amount, currency_code="USD")


def parts(of: Any) -> dict[str, str]:  # noqa: ANN401 - the proceeds of an order or of an item
    return {one.type: one.subtotal.amount for one in of.breakdowns}


def test_what_is_not_asked_for_is_absent(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(lines=(GIFT,))

    reply = seller.call("GET", f"/orders/2026-01-01/orders/{order_id}").json()["order"]

    (item,) = reply.pop("orderItems")
    assert reply == {
        "orderId": order_id,
        "createdTime": "2026-11-02T09:00:00Z",
        "lastUpdatedTime": "2026-11-02T09:00:00Z",
        "salesChannel": {
            "channelName": "AMAZON",
            "marketplaceId": market.marketplace_id,
            "marketplaceName": "Amazon.com",
        },
    }
    assert {name: value for name, value in item.items() if name != "orderItemId"} == {
        "quantityOrdered": 2,
        "product": {
            "asin": item["product"]["asin"],
            "title": "Stoneware Mug, Blue",
            "sellerSku": "MUG-BLUE",
            "condition": {"conditionType": "NEW", "conditionSubtype": "NEW"},
            "price": {"unitPrice": {"amount": "14.99", "currencyCode": "USD"}},
            "customization": {"customizedUrl": "https://example.com/custom.zip"},
        },
    }


@pytest.mark.parametrize(
    ("part", "of_order", "of_item"),
    [
        ("BUYER", {"buyer"}, set()),
        ("RECIPIENT", {"recipient"}, set()),
        ("PROCEEDS", {"proceeds"}, {"proceeds"}),
        ("EXPENSE", set(), set()),
        ("PROMOTION", set(), {"promotion"}),
        ("CANCELLATION", set(), {"cancellation"}),
        ("FULFILLMENT", {"fulfillment"}, {"fulfillment"}),
        ("PACKAGES", {"packages"}, set()),
        ("TAX", set(), {"tax"}),
        ("PAYMENT", {"payment"}, set()),
        ("FULFILLMENT_ORDERS", {"fulfillmentOrders"}, set()),
    ],
)
def test_each_part_comes_when_it_is_asked_for(
    market: TestMarket, seller: Caller, part: str, of_order: set[str], of_item: set[str]
) -> None:
    address = msgspec.structs.replace(ADDRESS, state_or_region="WA")
    order_id = market.buys(lines=(GIFT,), address=address)
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.request_cancellation(unit, order_id, reason="Found it cheaper")
        orders.set_easy_ship_status(unit, order_id, "PendingSchedule")
    ship(market, order_id, units=1)

    path = f"/orders/2026-01-01/orders/{order_id}"
    plain = seller.call("GET", path).json()["order"]
    found = seller.call("GET", f"{path}?includedData={part}").json()["order"]

    assert found.keys() - plain.keys() == of_order
    assert found["orderItems"][0].keys() - plain["orderItems"][0].keys() == of_item


def test_the_proceeds_sum_to_the_total(market: TestMarket, seller: Caller) -> None:
    address = msgspec.structs.replace(ADDRESS, state_or_region="WA")

    found = shown(seller, market.buys(lines=(GIFT, PurchaseLine(sku="MUG-RED")), address=address))

    assert found.proceeds is not None
    assert found.proceeds.grand_total == dollars("53.75")
    assert parts(found.proceeds) == {
        "ITEM": "44.97",
        "SHIPPING": "4.99",
        "GIFT_WRAP": "3.50",
        "DISCOUNT": "-2.99",
        "TAX": "3.28",
    }
    assert sum(map(Decimal, parts(found.proceeds).values())) == Decimal("53.75")
    first = found.order_items[0].proceeds
    assert first is not None
    details = {one.type: one.detailed_breakdowns for one in first.breakdowns or ()}
    assert [(one.subtype, one.value) for one in details["DISCOUNT"] or ()] == [
        ("ITEM", dollars("-2.00")),
        ("SHIPPING", dollars("-0.99")),
    ]
    assert [one.subtype for one in details["TAX"] or ()] == ["ITEM", "SHIPPING", "GIFT_WRAP", "DISCOUNT"]
    assert details["ITEM"] is None


@pytest.mark.parametrize(
    ("country", "state", "is_collected"),
    [("US", "WA", True), ("US", "OR", False), ("CA", "BC", True), ("CA", "AB", False), ("MX", "JAL", False)],
)
def test_the_marketplace_collects_taxes_where_it_must_in_both_versions(
    country: str, state: str, *, is_collected: bool
) -> None:
    market = TestMarket(marketplaces=[BY_COUNTRY[country].marketplace_id])
    order_id = market.buys(address=msgspec.structs.replace(ADDRESS, state_or_region=state, country_code=country))

    newer = market.seller.call("GET", f"/orders/2026-01-01/orders/{order_id}?includedData=TAX").json()["order"]
    older = market.seller.call("GET", f"/orders/v0/orders/{order_id}/orderItems").json()["payload"]

    assert ("tax" in newer["orderItems"][0], "TaxCollection" in older["OrderItems"][0]) == (is_collected,) * 2
    market.close()


def test_a_pending_order_hides_its_prices_its_people_and_its_gifts(market: TestMarket, seller: Caller) -> None:
    found = shown(seller, market.buys(lines=(GIFT,), paid=False))

    assert found.fulfillment is not None
    assert found.fulfillment.fulfillment_status == "PENDING"
    assert found.fulfillment.deliver_by_window is None
    assert (found.proceeds, found.payment, found.buyer, found.recipient) == (None, None, None, None)
    (item,) = found.order_items
    assert (item.proceeds, item.promotion, item.product.price, item.product.customization) == (None,) * 4
    assert item.fulfillment is not None
    assert (item.fulfillment.quantity_unfulfilled, item.fulfillment.packing) == (2, None)


def test_packages_say_what_left_and_that_it_arrived(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(lines=(GIFT,))
    assert shown(seller, order_id).packages is None

    ship(market, order_id, units=1)
    partly = shown(seller, order_id)
    market.advance(days=7)
    arrived = shown(seller, order_id)

    assert partly.fulfillment is not None
    assert partly.fulfillment.fulfillment_status == "PARTIALLY_SHIPPED"
    (package,) = partly.packages or []
    assert (package.carrier, package.shipping_service, package.tracking_number) == ("USPS", "Ground Advantage", "9400")
    assert [(one.quantity, one.transparency_codes) for one in package.package_items or ()] == [(1, ["AZ:1"])]
    statuses = [one.package_status.status for one in (package, (arrived.packages or [])[0]) if one.package_status]
    assert statuses == ["IN_TRANSIT", "DELIVERED"]


def test_what_amazon_ships_has_no_packages_no_windows_and_no_way_to_reach_the_buyer(
    market: TestMarket, seller: Caller
) -> None:
    order_id = market.buys("LAMP-OAK")
    market.advance(days=2)

    found = shown(seller, order_id)

    assert found.fulfillment is not None
    assert (found.fulfillment.fulfillment_status, found.fulfillment.fulfilled_by) == ("SHIPPED", "AMAZON")
    assert (found.packages, found.fulfillment.ship_by_window, found.fulfillment.deliver_by_window) == (None,) * 3
    assert found.buyer == ShownBuyer(buyer_name="Ada Finch")
    assert found.recipient is not None
    assert found.recipient.delivery_address is not None
    assert found.recipient.delivery_address.phone is None


def test_a_cancellation_says_who_did_it(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys()
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.request_cancellation(unit, order_id, reason="Found it cheaper")
        orders.cancel(unit, order_id, by=Canceler.SELLER, reason="BuyerCanceled")

    found = shown(seller, order_id)

    (item,) = found.order_items
    assert found.fulfillment is not None
    assert (found.fulfillment.fulfillment_status, found.proceeds, item.quantity_ordered) == ("CANCELLED", None, 0)
    assert item.cancellation is not None
    assert msgspec.to_builtins(item.cancellation) == {
        "cancellationRequest": {"requester": "BUYER", "cancelReason": "Found it cheaper"},
        "cancellationExecution": {"cancelledBy": "MERCHANT", "cancelReason": "BuyerCanceled"},
    }


def test_programs_replacements_aliases_and_cash_are_named(market: TestMarket, seller: Caller) -> None:
    first = market.buys()
    order_id = market.buys(is_business=True, is_prime=True, replaces_order_id=first, payment_method=PaymentMethod.COD)
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.set_seller_order_id(unit, order_id, "A-1")

    found = shown(seller, order_id)

    assert found.programs == ["AMAZON_BUSINESS", "PRIME"]
    assert [(one.order_id, one.association_type) for one in found.associated_orders or ()] == [
        (first, "REPLACEMENT_ORIGINAL_ID")
    ]
    assert [(one.alias_id, one.alias_type) for one in found.order_aliases or ()] == [("A-1", "SELLER_ORDER_ID")]
    assert found.payment is not None
    (paid,) = found.payment.payment_executions or []
    assert (paid.payment_method, paid.payment_amount) == ("CashOnDelivery", dollars("14.99"))


@pytest.mark.parametrize(
    ("roles", "line", "gift", "has_custom"),
    [
        ((), None, None, False),
        ((TAX_INVOICING,), None, None, False),
        ((DELIVERY,), "12 Larch Lane", "For Ada", True),
    ],
    ids=["no role", "taxes", "delivery"],
)
def test_personal_data_comes_by_role_and_is_absent_without(
    market: TestMarket, roles: tuple[str, ...], line: str | None, gift: str | None, *, has_custom: bool
) -> None:
    order_id = market.buys(lines=(GIFT,), buyer=COMPANY)

    found = shown(with_roles(market, *roles), order_id)

    name = "Ada Finch" if roles else None
    email = COMPANY.email if DELIVERY in roles else None
    known = ("Finch & Sons", "PO-77") if roles else (None, None)
    assert found.buyer == ShownBuyer(
        buyer_name=name, buyer_email=email, buyer_company_name=known[0], buyer_purchase_order_number=known[1]
    )
    assert found.recipient is not None
    address = found.recipient.delivery_address
    assert address is not None
    assert (address.address_line1, address.city, address.country_code) == (line, "Portland", "US")
    (item,) = found.order_items
    assert packed(item) == GiftOption(gift_message=gift, gift_wrap_level="Classic")
    assert (item.product.customization is not None) is has_custom


def packed(item: OrderItem) -> GiftOption | None:
    assert item.fulfillment is not None
    assert item.fulfillment.packing is not None
    return item.fulfillment.packing.gift_option


def test_without_a_role_only_the_town_is_left_of_the_address(market: TestMarket) -> None:
    found = shown(with_roles(market), market.buys())

    assert found.recipient is not None
    assert found.recipient.delivery_address == CustomerAddress(
        city="Portland", state_or_region="OR", country_code="US", address_type="RESIDENTIAL"
    )


def test_a_phone_is_hidden_once_the_order_should_long_be_there(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys()
    ship(market, order_id)
    phones = []
    for _ in range(2):
        found = shown(seller, order_id).recipient
        assert found is not None
        assert found.delivery_address is not None
        phones.append(found.delivery_address.phone)
        market.advance(days=20)

    assert phones == ["+1 503 555 0142", None]


def test_an_order_that_is_none_is_refused(market: TestMarket, seller: Caller) -> None:
    with pytest.raises(NotFound, match="There is no order 111-0000000-0000000"):
        shown(seller, "111-0000000-0000000")
    with pytest.raises(InvalidInput):
        shown(seller, "111")
    with pytest.raises(NotFound):
        shown(market.caller(seller=market.join("Quiet Lamps")), market.buys())
    reply = seller.call("GET", "/orders/2026-01-01/orders/111-0000000-0000000?includedData=LOVE")
    assert (reply.status, "includedData" in reply.body.decode()) == (400, True)
