from __future__ import annotations

from base64 import urlsafe_b64decode
from datetime import datetime, timedelta
from typing import Any

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.orders_v0 import GetOrders, OrdersList
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.buyer import Buyer
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.promises import Service
from sellingpartner.market.orders.purchase import InvoiceStatus, PaymentMethod
from sellingpartner.testing import Caller, TestMarket

LONG_AGO = "2026-01-01T00:00:00Z"
SENTENCE = "The input you have submitted is not valid. Please check your input and try again."


def listed(seller: Caller, **asked: Any) -> OrdersList:  # noqa: ANN401 - fields of GetOrders
    asked = {"marketplace_ids": [seller.marketplace_id]} | asked
    if not {"created_after", "last_updated_after", "amazon_order_ids", "next_token"} & set(asked):
        asked["created_after"] = LONG_AGO
    found = seller.send(GetOrders(**asked)).payload
    assert found is not None
    return found


def ids(seller: Caller, **asked: Any) -> list[str]:  # noqa: ANN401 - fields of GetOrders
    return [order.amazon_order_id for order in listed(seller, **asked).orders]


def text_of(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


# When an order is listed.


def test_an_order_is_listed_after_two_minutes(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys()

    market.advance(seconds=119)
    assert ids(seller) == []
    market.advance(seconds=1)
    assert ids(seller) == [order_id]


def test_a_list_says_until_when_it_goes(market: TestMarket, seller: Caller) -> None:
    by_purchase, by_update = listed(seller), listed(seller, last_updated_after=LONG_AGO)

    assert (by_purchase.created_before, by_purchase.last_updated_before) == ("2026-11-02T08:58:00Z", None)
    assert (by_update.created_before, by_update.last_updated_before) == (None, "2026-11-02T08:58:00Z")


@pytest.mark.parametrize("name", ["created", "last_updated"])
def test_an_end_younger_than_two_minutes_is_refused(market: TestMarket, seller: Caller, name: str) -> None:
    asked = {f"{name}_after": LONG_AGO, f"{name}_before": text_of(market.now - timedelta(seconds=119))}

    with pytest.raises(InvalidInput) as refusal:
        listed(seller, **asked)

    assert refusal.value.message == SENTENCE
    assert "must be at least two minutes ago: 2026-11-02T08:58:00Z or before" in (refusal.value.details or "")


def test_an_end_two_minutes_ago_is_taken(market: TestMarket, seller: Caller) -> None:
    assert listed(seller, created_before=text_of(market.now - timedelta(minutes=2))).orders == []


def test_bounds_are_inclusive(market: TestMarket, seller: Caller) -> None:
    order_id, at = market.buys(), text_of(market.now)
    market.advance(minutes=5)

    assert ids(seller, created_after=at, created_before=at) == [order_id]
    assert ids(seller, last_updated_after=at, last_updated_before=at) == [order_id]
    assert ids(seller, created_after="2026-11-02T09:00:01Z") == []


def test_orders_asked_for_by_their_ids_are_found_at_once(market: TestMarket, seller: Caller) -> None:
    made = [market.buys(), market.buys(), market.buys()]

    assert sorted(ids(seller, amazon_order_ids=made[:2])) == sorted(made[:2])
    assert ids(seller, amazon_order_ids=made, created_after=LONG_AGO) == []


def test_a_change_moves_an_order_in_the_list_of_updates(market: TestMarket, seller: Caller) -> None:
    first, second = market.buys(), market.buys()
    market.advance(minutes=10)
    with market.market.write(seller.seller_id) as unit:
        orders.cancel(unit, first, by=Canceler.SELLER, reason="NoInventory")
    market.advance(minutes=10)

    assert ids(seller, last_updated_after=LONG_AGO) == [second, first]
    assert ids(seller, last_updated_after="2026-11-02T09:05:00Z") == [first]
    assert ids(seller, created_after="2026-11-02T09:05:00Z") == []


# Which orders are listed.


def test_each_filter_leaves_what_it_names(market: TestMarket, seller: Caller) -> None:
    plain = market.buys()
    made = {
        "order_statuses": (["Pending"], market.buys(paid=False)),
        "fulfillment_channels": (["AFN"], market.buys("LAMP-OAK", service=Service.FREE_ECONOMY)),
        "payment_methods": (["COD"], market.buys(payment_method=PaymentMethod.COD)),
        "buyer_email": (
            "BO@marketplace.amazon.com",
            market.buys(buyer=Buyer(name="Bo", email="bo@marketplace.amazon.com")),
        ),
        "is_ispu": (True, market.buys(is_store_pickup=True)),
        "store_chain_store_id": ("store-9", market.buys(store_chain_store_id="store-9")),
        "actual_fulfillment_supply_source_id": ("src-9", market.buys(supply_source_id="src-9")),
        "easy_ship_shipment_statuses": (["PendingPickUp"], market.buys()),
        "electronic_invoice_statuses": (["Processing"], market.buys()),
        "seller_order_id": ("MY-1", market.buys()),
    }
    with market.market.write(seller.seller_id) as unit:
        orders.set_easy_ship_status(unit, made["easy_ship_shipment_statuses"][1], "PendingPickUp")
        orders.set_invoice_status(unit, made["electronic_invoice_statuses"][1], InvoiceStatus.PROCESSING)
        orders.set_seller_order_id(unit, made["seller_order_id"][1], "MY-1")
    market.advance(minutes=5)

    assert {name: ids(seller, **{name: value}) for name, (value, _) in made.items()} == {
        name: [order_id] for name, (_, order_id) in made.items()
    }
    assert len(ids(seller)) == len(made) + 1
    assert ids(seller, seller_order_id=plain) == [plain]
    assert ids(seller, seller_order_id=made["seller_order_id"][1]) == []
    assert ids(seller, order_statuses=["Shipped", "Canceled"]) == []


def test_delivery_dates_bound_a_list(market: TestMarket, seller: Caller) -> None:
    quick, slow = market.buys(service=Service.NEXT_DAY), market.buys(service=Service.FREE_ECONOMY)
    market.advance(minutes=5)

    assert ids(seller, earliest_delivery_date_before="2026-11-03T08:00:00Z") == [quick]
    assert ids(seller, earliest_delivery_date_after="2026-11-03T08:00:01Z") == [slow]
    assert ids(seller, latest_delivery_date_before="2026-11-06T07:59:59Z") == [quick]
    assert ids(seller, latest_delivery_date_after="2026-11-06T08:00:00Z") == [slow]


def test_a_list_holds_the_orders_of_the_marketplaces_named(market: TestMarket) -> None:
    both = TestMarket(marketplaces=("ATVPDKIKX0DER", "A2EUQ1WTGCTBG2"))
    us, canada = both.buys(), both.buys(marketplace_id="A2EUQ1WTGCTBG2")
    both.advance(minutes=5)

    assert ids(both.seller) == [us]
    assert ids(both.seller, marketplace_ids=["A2EUQ1WTGCTBG2"]) == [canada]
    assert sorted(ids(both.seller, marketplace_ids=["ATVPDKIKX0DER", "A2EUQ1WTGCTBG2"])) == sorted([us, canada])
    both.close()


def test_a_seller_sees_its_own_orders_only(market: TestMarket) -> None:
    market.buys()
    market.advance(minutes=5)

    assert ids(market.caller(seller=market.join("Quiet Lamps"))) == []


# Pages.


def test_pages_hold_each_order_once_while_others_arrive_and_change(market: TestMarket, seller: Caller) -> None:
    made = [market.buys() for _ in range(7)]
    market.advance(minutes=5)
    found: list[str] = []
    page = listed(seller, max_results_per_page=2)
    while page.next_token is not None:
        found += [order.amazon_order_id for order in page.orders]
        market.buys()
        market.advance(minutes=5)
        page = listed(seller, next_token=page.next_token)
        assert page.created_before == "2026-11-02T09:03:00Z"
    found += [order.amazon_order_id for order in page.orders]

    assert sorted(found) == sorted(made)


def test_a_token_keeps_its_filters_and_its_page_size(market: TestMarket, seller: Caller) -> None:
    made = [market.buys(paid=False) for _ in range(5)]
    market.buys()
    market.advance(minutes=5)
    token = listed(seller, order_statuses=["Pending"], max_results_per_page=2).next_token

    second = listed(seller, next_token=token, order_statuses=["Shipped"], created_after="2030-01-01T00:00:00Z")
    rest = listed(seller, next_token=token, max_results_per_page=50)

    assert len(second.orders) == 2
    assert len(rest.orders) == 3
    assert rest.next_token is None
    assert {order.amazon_order_id for order in rest.orders} <= set(made)


def test_a_token_holds_no_personal_data(market: TestMarket, seller: Caller) -> None:
    market.buys()
    market.buys()
    market.advance(minutes=5)

    token = listed(seller, buyer_email="ada.finch.4711@marketplace.amazon.com", max_results_per_page=1).next_token

    assert token is not None
    assert b"ada" not in urlsafe_b64decode(token)


def test_a_token_that_is_altered_or_anothers_is_refused(market: TestMarket, seller: Caller) -> None:
    market.buys()
    market.buys()
    market.advance(minutes=5)
    token = listed(seller, max_results_per_page=1).next_token or ""
    stranger = market.caller(seller=market.join("Quiet Lamps"))

    with pytest.raises(InvalidInput, match="NextToken is not valid"):
        listed(seller, next_token=token[:-6] + "AAAAAA")
    with pytest.raises(InvalidInput, match="NextToken is not valid"):
        listed(stranger, next_token=token)
    with pytest.raises(InvalidInput, match="Parameter MarketplaceIds"):
        seller.send(GetOrders(marketplace_ids=[], next_token=token))


def test_personal_data_is_listed_only_where_the_token_names_it(market: TestMarket, seller: Caller) -> None:
    market.buys()
    market.advance(minutes=5)
    path = f"/orders/v0/orders?MarketplaceIds={seller.marketplace_id}&CreatedAfter={LONG_AGO}"

    plain = seller.call("GET", path).body.decode()
    with_buyer = market.restricted("/orders/v0/orders", "buyerInfo").call("GET", path).body.decode()
    with_both = market.restricted("/orders/v0/orders", "buyerInfo", "shippingAddress").call("GET", path).body.decode()

    assert [word in plain for word in ("Ada Finch", "ada.finch", "Larch", "Portland")] == [False, False, False, True]
    assert [word in with_buyer for word in ("Ada Finch", "ada.finch", "Larch")] == [True, True, False]
    assert [word in with_both for word in ("Ada Finch", "ada.finch", "Larch")] == [True, True, True]


# What is refused.


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"created_after": None}, "Either CreatedAfter or LastUpdatedAfter must be given"),
        ({"last_updated_after": LONG_AGO}, "CreatedAfter and LastUpdatedAfter exclude each other"),
        ({"last_updated_before": LONG_AGO}, "LastUpdatedBefore cannot be given with CreatedAfter"),
        ({"created_after": None, "last_updated_after": LONG_AGO, "created_before": LONG_AGO}, "CreatedBefore cannot"),
        ({"created_after": None, "amazon_order_ids": ["111-0000000-0000000"], "created_before": LONG_AGO}, "needs its"),
        ({"created_before": "2025-12-31T00:00:00Z"}, "CreatedBefore must not be before CreatedAfter"),
        ({"created_after": "yesterday"}, "timestamp must follow ISO8601"),
        ({"latest_delivery_date_after": "2026-13-01"}, "timestamp must follow ISO8601"),
        ({"order_statuses": ["Lost"]}, "OrderStatuses holds 'Lost'; the values are Pending, Unshipped"),
        ({"fulfillment_channels": ["FBA"]}, "FulfillmentChannels holds 'FBA'; the values are MFN, AFN"),
        ({"payment_methods": ["Cash"]}, "PaymentMethods holds 'Cash'; the values are COD, CVS, Other"),
        ({"easy_ship_shipment_statuses": ["Gone"]}, "EasyShipShipmentStatuses holds 'Gone'"),
        ({"electronic_invoice_statuses": ["Gone"]}, "ElectronicInvoiceStatuses holds 'Gone'"),
        ({"max_results_per_page": 0}, "MaxResultsPerPage is 0; it must be 1 to 100"),
        ({"max_results_per_page": 101}, "MaxResultsPerPage is 101; it must be 1 to 100"),
        ({"amazon_order_ids": ["111"]}, "The input you have submitted is not valid"),
        ({"marketplace_ids": ["A1PA6795UKMFR9"]}, "A1PA6795UKMFR9 is not a marketplace of this seller"),
        ({"marketplace_ids": ["NOWHERE"]}, "NOWHERE is not a marketplace of this seller"),
        (
            {"seller_order_id": "MY-1", "order_statuses": ["Pending"]},
            "OrderStatuses cannot be given with SellerOrderId",
        ),
        ({"seller_order_id": "MY-1", "buyer_email": "a@b"}, "BuyerEmail cannot be given with SellerOrderId"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(seller: Caller, asked: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        listed(seller, **({"created_after": LONG_AGO} | asked))


def test_more_than_fifty_ids_are_refused(seller: Caller) -> None:
    with pytest.raises(InvalidInput, match="AmazonOrderIds"):
        listed(seller, amazon_order_ids=["111-0000000-0000000"] * 51)


@pytest.mark.parametrize(
    "after", ["2026-11-02", "2026-11-02T08:00:00", "2026-11-02T08:00:00.123Z", "2026-11-02T09:30:00+01:30"]
)
def test_dates_are_taken_as_clients_write_them(market: TestMarket, seller: Caller, after: str) -> None:
    order_id = market.buys()
    market.advance(minutes=5)

    assert ids(seller, created_after=after) == [order_id]


def test_the_calendar_s_ends_are_no_bound_as_clients_in_dotnet_send_them(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys()
    market.advance(minutes=5)
    least, most = "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z"
    delivery = {"latest_delivery_date_after": least, "earliest_delivery_date_before": most}

    assert ids(seller, created_after=least, **delivery) == [order_id]
    assert ids(seller, last_updated_after="0001-01-01T00:00:00") == [order_id]
    assert ids(seller, created_after=most) == []


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00%2B14:00"])
@pytest.mark.parametrize("name", ["CreatedAfter", "CreatedBefore", "LastUpdatedAfter", "EarliestDeliveryDateBefore"])
def test_a_date_beyond_the_calendar_is_refused_by_name(market: TestMarket, name: str, moment: str) -> None:
    more = "" if name.endswith("dAfter") else "&CreatedAfter=2020-01-01"
    reply = market.seller.call("GET", f"/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&{name}={moment}{more}")

    assert reply.status == 400
    assert (
        reply.json()["errors"][0]["message"]
        == f"{name} is invalid. It must be a time between the years 1 and 9999, in UTC."
    )
