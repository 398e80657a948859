"""External Fulfillment: what a store sends goes step by step, and everybody who looks sees the same."""

from __future__ import annotations

from base64 import b64decode

import pytest
from modeled import check_form
from storekeeper import (
    MUG,
    labeled,
    made_ready,
    options,
    ordered,
    packed,
    parcel,
    processed,
    reported,
    shipment,
    shipments_in,
)

from sellingpartner.contract import external_fulfillment_shipments_2024_09_11 as api
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.orders_2026_01_01 import GetOrder as GetOrder2026
from sellingpartner.contract.orders_2026_01_01 import IncludedData
from sellingpartner.contract.orders_v0 import ConfirmShipment, ConfirmShipmentOrderItem, GetOrder, PackageDetail
from sellingpartner.market.events.external import ExternalShipmentFact
from sellingpartner.market.external.answering import NOT_ANSWERED
from sellingpartner.market.external.questions import shipments_of_order
from sellingpartner.market.orders.commands import cancel
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.questions import parcels_of_order
from sellingpartner.market.shipping.questions import shipments_of_order as bought_for
from sellingpartner.market.supply.questions import stock_at
from sellingpartner.market.supply.stock import set_unplaced
from sellingpartner.storage.events import events
from sellingpartner.testing import TestMarket

MODEL = "externalFulfillmentShipments_2024-09-11.json"
PATH = "/externalFulfillment/2024-09-11/shipments"


@pytest.fixture
def store(market: TestMarket) -> str:
    """A store of Harbor Goods that ships by itself; ten mugs are all there are."""
    return market.opens_store("QUAY", {MUG: 10})


def told(market: TestMarket) -> list[str]:
    """What happened to shipments, in order."""
    names = {kind.__name__ for kind in ExternalShipmentFact.__subclasses__()}
    with market.market.read() as unit:
        rows = unit.execute(events.select().order_by(events.c.event_id)).all()
    return [row.kind for row in rows if row.kind in names]


def status_of(market: TestMarket, order_id: str) -> str:
    return market.seller.send(GetOrder(order_id=order_id)).payload.order_status


def lying(market: TestMarket, source: str, sku: str = MUG) -> tuple[int, int]:
    with market.market.read(market.seller.seller_id) as unit:
        held = stock_at(unit, source, sku)
    return held.on_hand, held.reserved


def test_a_store_sends_an_order_step_by_step_and_orders_and_tracking_follow(market: TestMarket, store: str) -> None:
    order_id = market.buys(MUG, 2, from_store="QUAY")
    [new] = shipments_in(market, "CREATED")
    market.advance(minutes=2)
    [accepted] = shipments_in(market, "ACCEPTED")

    assert (accepted.id, accepted.location_id, accepted.shipment_info.buyer_order_id) == (new.id, store, order_id)
    assert accepted.shipping_info.shipping_type == "SELF"
    assert accepted.shipping_info.ship_to_address is not None
    processed(market, new.id, "CONFIRM")
    assert shipment(market, new.id).status == "CONFIRMED"
    packed(market, new.id, parcel(units=2))
    assert options(market, new.id).shipping_options in (None, [])
    [label] = labeled(market, new.id, courier=("Royal Swift", "RS100"))
    assert (label.status, label.ship_label_metadata and label.ship_label_metadata.tracking_id) == ("SUCCESS", "RS100")
    assert status_of(market, order_id) == "Unshipped"
    reported(market, new.id, "SHIPPED")

    assert status_of(market, order_id) == "Shipped"
    assert lying(market, store) == (8, 0)
    [package] = (
        market.seller.send(GetOrder2026(order_id=order_id, included_data=[IncludedData.PACKAGES])).order.packages or []
    )
    assert package.tracking_number == "RS100"
    market.advance(days=30)
    done = shipment(market, new.id)
    assert (done.status, [one.status for one in done.packages or []]) == ("DELIVERED", ["DELIVERED"])
    assert told(market) == [
        "ExternalShipmentCreated",
        "ExternalShipmentAccepted",
        "ExternalShipmentConfirmed",
        "ExternalShipmentPacked",
        "ShipLabelsGenerated",
        "ExternalShipmentShipped",
        "ExternalShipmentDelivered",
    ]


def test_the_marketplaces_carrier_fetches_a_package_and_it_is_shipped_by_itself() -> None:
    market = TestMarket(marketplaces=("IN",))
    store = market.opens_store("QUAY", {MUG: 5}, ships="MARKETPLACE")
    shipment_id = ordered(market, from_store="QUAY")
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id
    address = shipment(market, shipment_id).shipping_info.ship_to_address
    assert address is not None
    assert (address.name, address.address_line1) == (None, None)
    assert shipment(market, shipment_id).shipment_requirements.invoice.requirement == "REQUIRED"
    processed(market, shipment_id, "CONFIRM")
    packed(market, shipment_id)

    offered = options(market, shipment_id)

    assert shipment(market, shipment_id).status == "PICKUP_SLOT_RETRIEVED"
    assert offered.shipping_options
    assert offered.recommended_shipping_option == offered.shipping_options[0]
    chosen = offered.shipping_options[1]
    made = market.seller.send(api.GenerateInvoice(shipment_id=shipment_id))
    again = market.seller.send(api.RetrieveInvoice(shipment_id=shipment_id))
    assert b64decode(made.document.content or "").startswith(b"%PDF-")
    assert made == again
    assert shipment(market, shipment_id).status == "INVOICE_GENERATED"
    [label] = labeled(market, shipment_id, option_id=chosen.shipping_option_id)
    assert label.file_data is not None
    _, _, link = label.file_data.url.partition("/shipping-documents")
    paper = market.anybody().call("GET", f"/shipping-documents{link}")
    assert (paper.status, paper.headers["content-type"], paper.body[:5]) == (200, "application/pdf", b"%PDF-")
    waiting = shipment(market, shipment_id)
    assert (waiting.status, waiting.sub_status, status_of(market, order_id)) == (
        "SHIPLABEL_GENERATED",
        "PENDING_PICKUP",
        "Unshipped",
    )
    assert label.ship_label_metadata is not None
    assert label.ship_label_metadata.pickup_window is not None
    assert chosen.pickup_window is not None
    assert label.ship_label_metadata.pickup_window.start_time == chosen.pickup_window.start_time

    market.advance(days=5)

    assert shipment(market, shipment_id).status in {"SHIPPED", "DELIVERED"}
    assert status_of(market, order_id) == "Shipped"
    assert lying(market, store) == (4, 0)
    market.advance(days=30)
    assert shipment(market, shipment_id).status == "DELIVERED"
    market.close()


def test_a_label_made_anew_replaces_the_old_one_which_is_given_back(market: TestMarket) -> None:
    market.opens_store("QUAY", {MUG: 5}, ships="MARKETPLACE")
    shipment_id = ordered(market, from_store="QUAY")
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id
    processed(market, shipment_id, "CONFIRM")
    packed(market, shipment_id)
    options(market, shipment_id)
    [first] = labeled(market, shipment_id)

    [second] = labeled(market, shipment_id, operation="REGENERATE")

    assert second.status == "SUCCESS", second.error_details and second.error_details.message
    with market.market.read(market.seller.seller_id) as unit:
        assert sorted(one.status.value for one in bought_for(unit, order_id)) == ["Purchased", "RefundPending"]
    assert first.ship_label_metadata != second.ship_label_metadata
    assert shipment(market, shipment_id).status == "SHIPLABEL_GENERATED"


def test_what_is_out_of_stock_moves_to_another_store_that_has_it(market: TestMarket, store: str) -> None:
    other = market.opens_store("BARN", {MUG: 3})
    shipment_id = ordered(market, 2, from_store="QUAY")
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id

    processed(market, shipment_id, "REJECT", ("1", "OUT_OF_STOCK"))

    assert shipment(market, shipment_id).status == "CANCELLED"
    assert status_of(market, order_id) == "Unshipped"
    [moved] = shipments_in(market, "CREATED")
    assert (moved.location_id, moved.shipment_info.buyer_order_id) == (other, order_id)
    assert (lying(market, store), lying(market, other)) == ((0, 0), (3, 2))
    [canceled] = shipment(market, shipment_id).line_items[0].cancellations or []
    assert (canceled.cancelled_quantity, canceled.cancellation_type) == (2, "SELLER_REJECTED")


def test_what_no_other_store_has_is_canceled(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, 2, from_store="QUAY")
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id

    processed(market, shipment_id, "REJECT", ("1", "OUT_OF_STOCK"))

    assert status_of(market, order_id) == "Canceled"
    assert lying(market, store) == (0, 0)
    assert shipments_in(market, "CREATED") == []


def test_what_the_buyer_does_not_want_is_canceled_and_may_be_sold_again(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, 2, from_store="QUAY")
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id

    processed(market, shipment_id, "REJECT", ("1", "CUSTOMER_REQUESTED"))

    assert (status_of(market, order_id), lying(market, store)) == ("Canceled", (10, 0))


def test_what_nobody_answers_in_time_is_given_up(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, from_store="QUAY")
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id

    market.advance(hours=25)

    given_up = shipment(market, shipment_id)
    [canceled] = given_up.line_items[0].cancellations or []
    assert (given_up.status, canceled.cancellation_type) == ("CANCELLED", "SYSTEM_CANCELLED")
    assert canceled.cancellation_reason == NOT_ANSWERED
    assert (status_of(market, order_id), lying(market, store)) == ("Canceled", (10, 0))


def test_a_confirmed_shipment_that_never_leaves_ends_with_its_order(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, from_store="QUAY")
    processed(market, shipment_id, "CONFIRM")

    market.advance(days=40)

    late = shipment(market, shipment_id)
    assert (late.status, lying(market, store)) == ("CANCELLED", (10, 0))
    assert (late.line_items[0].cancellations or [])[0].cancellation_type == "MARKETPLACE_CANCELLED"


@pytest.mark.usefixtures("store")
def test_a_canceled_order_gives_its_bought_label_back(market: TestMarket) -> None:
    market.opens_store("BARN", {MUG: 3}, ships="MARKETPLACE")
    shipment_id = ordered(market, from_store="BARN")
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id
    processed(market, shipment_id, "CONFIRM")
    packed(market, shipment_id)
    options(market, shipment_id)
    labeled(market, shipment_id)

    with market.market.write(market.seller.seller_id) as unit:
        cancel(unit, order_id, by=Canceler.BUYER, reason="Changed my mind")

    canceled = shipment(market, shipment_id)
    assert (canceled.status, [one.status for one in canceled.packages or []]) == ("CANCELLED", ["CANCELLED"])
    with market.market.read(market.seller.seller_id) as unit:
        assert [one.status.value for one in bought_for(unit, order_id)] == ["RefundPending"]


@pytest.mark.usefixtures("store")
def test_an_order_of_two_items_loses_one_and_is_packed_anew(market: TestMarket) -> None:
    market.lists("CUP", stock=0)
    market.opens_store("QUAY", {MUG: 5, "CUP": 5})
    lines = (PurchaseLine(sku=MUG), PurchaseLine(sku="CUP", quantity=2))
    shipment_id = ordered(market, lines=lines, from_store="QUAY")
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id
    processed(market, shipment_id, "CONFIRM")
    ids = {line.merchant_sku: line.shipment_line_item_id for line in shipment(market, shipment_id).line_items}
    both = [
        api.PackageLineItem(package_line_item_id=ids[MUG], quantity=1),
        api.PackageLineItem(package_line_item_id=ids["CUP"], quantity=2),
    ]
    packed(market, shipment_id, parcel(package_line_items=both))
    with market.market.write(market.seller.seller_id) as unit:
        items = {item.sku: item.order_item_id for item in order_of(unit, order_id).items}
        cancel(unit, order_id, by=Canceler.BUYER, reason="One is enough", quantities={items["CUP"]: 1})

    left = shipment(market, shipment_id)

    assert (left.status, left.packages) == ("CONFIRMED", None)
    cup = next(line for line in left.line_items if line.merchant_sku == "CUP")
    assert [one.cancelled_quantity for one in cup.cancellations or []] == [1]
    one_each = [api.PackageLineItem(package_line_item_id=line, quantity=1) for line in ids.values()]
    packed(market, shipment_id, parcel(package_line_items=one_each))
    assert shipment(market, shipment_id).status == "PACKAGE_CREATED"


def test_what_its_seller_confirms_itself_has_left_outside(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, from_store="QUAY")
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id
    with market.market.read(market.seller.seller_id) as unit:
        [item] = order_of(unit, order_id).items
    detail = PackageDetail(
        package_reference_id="1",
        carrier_code="UPS",
        tracking_number="1Z1",
        ship_date=market.now,
        order_items=[ConfirmShipmentOrderItem(order_item_id=item.order_item_id, quantity=1)],
    )

    market.seller.send(ConfirmShipment(order_id=order_id, marketplace_id=market.marketplace_id, package_detail=detail))

    left = shipment(market, shipment_id)
    assert (left.status, left.shipment_info.processing_source) == ("SHIPPED", "EXTERNAL_PLATFORM")
    assert lying(market, store) == (9, 0)
    market.advance(days=30)
    assert shipment(market, shipment_id).status == "DELIVERED"


def test_a_seller_who_delivers_itself_says_where_the_package_is(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, from_store="QUAY")
    made_ready(market, shipment_id)

    reported(market, shipment_id, "SHIPPED", "OUT_FOR_DELIVERY")
    out = shipment(market, shipment_id)
    reported(market, shipment_id, "DELIVERED", "DELIVERED")

    assert (out.status, out.sub_status) == ("SHIPPED", "OUT_FOR_DELIVERY")
    there = shipment(market, shipment_id)
    assert (there.status, there.sub_status) == ("DELIVERED", "DELIVERED")
    with market.market.read(market.seller.seller_id) as unit:
        [followed] = parcels_of_order(unit, there.shipment_info.buyer_order_id)
    assert followed.status is ParcelStatus.DELIVERED
    assert lying(market, store) == (9, 0)


def test_units_that_lie_at_two_stores_are_two_shipments_of_one_order(market: TestMarket) -> None:
    first, second = market.opens_store("QUAY", {MUG: 2}), market.opens_store("BARN", {MUG: 3})
    with market.market.write(market.seller.seller_id) as unit:
        set_unplaced(unit, MUG, 0)

    order_id = market.buys(MUG, 5)

    found = {one.location_id: one.shipment_info.number_of_units for one in shipments_in(market, "CREATED")}
    assert found == {first: 2, second: 3}
    assert {one.shipment_info.buyer_order_id for one in shipments_in(market, "CREATED")} == {order_id}


def test_every_answer_has_the_published_form(market: TestMarket) -> None:
    market.opens_store("QUAY", {MUG: 9}, ships="MARKETPLACE")
    gift = (PurchaseLine(sku=MUG, quantity=2, shipping=499, gift_wrap=300, gift_wrap_level="Blue", gift_message="Hi"),)
    shipment_id = ordered(market, lines=gift, from_store="QUAY")
    seller = market.seller

    check_form(seller.call("GET", f"{PATH}?status=ACCEPTED").json(), MODEL, "ShipmentsResponse")
    processed(market, shipment_id, "CONFIRM")
    packed(market, shipment_id, parcel(units=2))
    said = seller.call("GET", f"{PATH}/{shipment_id}/shippingOptions?shipmentId={shipment_id}&packageId=001").json()
    check_form(said, MODEL, "ShippingOptionsResponse")
    check_form(seller.call("POST", f"{PATH}/{shipment_id}/invoice").json(), MODEL, "InvoiceResponse")
    made = seller.call("PUT", f"{PATH}/{shipment_id}/shipLabels?operation=GENERATE").json()
    check_form(made, MODEL, "ShipLabelsResponse")
    whole = seller.call("GET", f"{PATH}/{shipment_id}").json()
    check_form(whole, MODEL, "Shipment")

    kinds = {one["chargeType"]: one["totalCharge"]["netAmount"]["value"] for one in whole["charges"]}
    assert kinds.keys() == {"PRODUCT", "SHIPPING", "GIFT_WRAP", "TOTAL"}
    order = seller.call("GET", f"/orders/v0/orders/{whole['shipmentInfo']['buyerOrderId']}").json()["payload"]
    assert kinds["TOTAL"] == order["OrderTotal"]["Amount"]
    assert whole["lineItems"][0]["giftAttributes"]["giftMessagePresence"] == "PRESENT"


def test_a_list_is_walked_page_by_page_and_filtered(market: TestMarket, store: str) -> None:
    ids = [ordered(market, from_store="QUAY") for _ in range(5)]
    between = market.now

    walked, token = [], None
    while True:
        page = market.seller.send(
            api.GetShipments(status=api.GetShipmentsStatus.ACCEPTED, max_results=2, pagination_token=token)
        )
        walked += [one.id for one in page.shipments or []]
        token = page.pagination.next_token if page.pagination else None
        if token is None:
            break
        if len(walked) == 2:
            processed(market, ids[0], "CONFIRM")

    assert walked == ids
    assert shipments_in(market, "ACCEPTED", location_id="0" * 36) == []
    assert shipments_in(market, "ACCEPTED", channel_name="FBA") == []
    assert len(shipments_in(market, "ACCEPTED", location_id=store, channel_name="MFN")) == 4
    assert shipments_in(market, "ACCEPTED", last_updated_after=between) == []
    assert len(shipments_in(market, "ACCEPTED", last_updated_before=between)) == 4
    assert shipments_in(market, "ACCEPTED", marketplace_id=BY_COUNTRY["GB"].marketplace_id) == []


def test_a_package_that_comes_back_is_undeliverable(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, from_store="QUAY")
    made_ready(market, shipment_id)
    reported(market, shipment_id, "SHIPPED")
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id

    with market.market.write(market.seller.seller_id) as unit:
        [followed] = parcels_of_order(unit, order_id)
        move(unit, followed.parcel_id, ParcelStatus.RETURNED)

    back = shipment(market, shipment_id)
    assert (back.status, back.sub_status) == ("SHIPPED", "UNDELIVERABLE")
    with market.market.read(market.seller.seller_id) as unit:
        assert [one.shipment_id for one in shipments_of_order(unit, order_id)] == [shipment_id]
    assert lying(market, store) == (9, 0)
