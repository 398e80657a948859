from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.orders_v0 import (
    ConfirmShipment,
    ConfirmShipmentOrderItem,
    GetOrder,
    GetOrderItems,
    GetOrderRegulatedInfo,
    InterimStatusDetail,
    OrderItemsItem,
    PackageDetail,
    PrescriptionDetail,
    RegulatedOrderVerificationStatus,
    ShipmentStatus,
    UpdateShipmentStatus,
    UpdateVerificationStatus,
    UpdateVerificationStatusRequestBody,
    VerificationDetails,
    VerificationStatus,
)
from sellingpartner.market.events.orders import OrderPlaced, OrderShipped, PackageShipped
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.regulated import RegulatedField
from sellingpartner.testing import Caller, TestMarket

REGULATED = "/orders/v0/orders/{orderId}/regulatedInfo"


def item_ids(seller: Caller, order_id: str) -> list[str]:
    found = seller.send(GetOrderItems(order_id=order_id)).payload
    assert found is not None
    return [item.order_item_id for item in found.order_items]


def status(seller: Caller, order_id: str) -> str | None:
    found = seller.send(GetOrder(order_id=order_id)).payload
    assert found is not None
    return found.order_status


def shipment(market: TestMarket, order_id: str, quantity: int = 1, **more: Any) -> ConfirmShipment:  # noqa: ANN401 - of PackageDetail
    detail: dict[str, Any] = {
        "package_reference_id": "1",
        "carrier_code": "UPS",
        "tracking_number": "1Z999",
        "ship_date": market.now,
        "order_items": [
            ConfirmShipmentOrderItem(order_item_id=one, quantity=quantity) for one in item_ids(market.seller, order_id)
        ],
    }
    return ConfirmShipment(
        order_id=order_id,
        marketplace_id=market.marketplace_id,
        package_detail=PackageDetail(**(detail | more)),
    )


def test_a_seller_hears_of_an_order_ships_it_and_sees_it_shipped(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(quantity=2)

    seller.send(shipment(market, order_id, 1))
    assert status(seller, order_id) == "PartiallyShipped"
    seller.send(shipment(market, order_id, 1, package_reference_id="2"))

    found = seller.send(GetOrder(order_id=order_id)).payload
    assert found is not None
    assert (found.order_status, found.number_of_items_shipped, found.number_of_items_unshipped) == ("Shipped", 2, 0)
    assert [fact.order_id for fact in market.facts(OrderPlaced)] == [order_id]
    assert [fact.package_reference for fact in market.facts(PackageShipped)] == ["1", "2"]
    assert len(market.facts(OrderShipped)) == 1


def test_a_confirmation_may_be_corrected(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys()
    seller.send(shipment(market, order_id))

    seller.send(shipment(market, order_id, carrier_code="Other", carrier_name="Bike Courier", shipping_method="Bike"))

    with market.market.read(seller.seller_id) as unit:
        (package,) = order_of(unit, order_id).packages
    assert (package.carrier_code, package.carrier_name, package.method) == ("Other", "Bike Courier", "Bike")


def test_an_item_that_stands_twice_in_a_package_is_added_up(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(quantity=2)
    (item,) = item_ids(seller, order_id)
    twice = [ConfirmShipmentOrderItem(order_item_id=item, quantity=1)] * 2

    seller.send(shipment(market, order_id, order_items=twice))

    assert status(seller, order_id) == "Shipped"


def test_a_date_without_an_offset_is_utc(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys()

    seller.send(shipment(market, order_id, ship_date=datetime(2026, 11, 2, 8, 30)))  # noqa: DTZ001 - the point

    (fact,) = market.facts(PackageShipped)
    assert fact.shipped_at.isoformat() == "2026-11-02T08:30:00+00:00"


def test_an_unpaid_order_cannot_be_shipped(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(paid=False)

    with pytest.raises(InvalidInput, match="is Pending; to ship it must be Unshipped or PartiallyShipped"):
        seller.send(shipment(market, order_id))

    assert status(seller, order_id) == "Pending"
    assert market.facts(PackageShipped) == []


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"package_reference_id": "box"}, "PackageReferenceId: is invalid, must be a positive numeric value"),
        ({"package_reference_id": "1" * 31}, "PackageReferenceId: is invalid, must have at most 30 digits"),
        ({"carrier_code": "Other"}, "carrierName is required"),
        ({"order_items": []}, "orderItems is empty"),
        (
            {"order_items": [ConfirmShipmentOrderItem(order_item_id="1", quantity=1)]},
            "OrderItemId is invalid, please obtain",
        ),
        ({"order_items": [ConfirmShipmentOrderItem(order_item_id="1", quantity=0)]}, "it must be 1 or more"),
    ],
)
def test_a_wrong_confirmation_is_refused(
    market: TestMarket, seller: Caller, said: dict[str, Any], message: str
) -> None:
    order_id = market.buys()

    with pytest.raises(InvalidInput, match=message):
        seller.send(shipment(market, order_id, **said))

    assert status(seller, order_id) == "Unshipped"


def test_what_has_shipped_was_canceled_or_is_more_than_was_ordered_cannot_be_shipped(
    market: TestMarket, seller: Caller
) -> None:
    shipped, canceled, partly = market.buys(), market.buys(), market.buys(quantity=2)
    seller.send(shipment(market, shipped))
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.cancel(unit, canceled, by=Canceler.SELLER, reason="NoInventory")
        (item,) = order_of(unit, partly).unshipped_quantities()
    moved = len(market.facts(PackageShipped))

    def refused(order_id: str, **said: Any) -> tuple[str, str | None]:  # noqa: ANN401 - see shipment
        with pytest.raises(InvalidInput) as raised:
            seller.send(shipment(market, order_id, **said))
        return raised.value.message, raised.value.details

    message, details = refused(shipped, package_reference_id="2")
    assert message == "Failed to create package due to not finding a matching package or order already fulfilled."
    assert details == f"Order {shipped} is Shipped; to ship it must be Unshipped or PartiallyShipped."
    assert refused(canceled)[0] == f"Order {canceled} is Canceled; to ship it must be Unshipped or PartiallyShipped."
    three = [ConfirmShipmentOrderItem(order_item_id=item, quantity=3)]
    assert refused(partly, order_items=three)[0] == (
        f"Item {item} has 2 units to ship; the quantity 3 is more than that."
    )
    assert len(market.facts(PackageShipped)) == moved


def test_anothers_order_cannot_be_shipped(market: TestMarket) -> None:
    stranger = market.caller(seller=market.join("Quiet Lamps"))

    with pytest.raises(NotFound):
        stranger.send(shipment(market, market.buys()))


# In a store.


def pickup(market: TestMarket, order_id: str, said: ShipmentStatus, **more: Any) -> UpdateShipmentStatus:  # noqa: ANN401 - see shipment
    return UpdateShipmentStatus(order_id=order_id, marketplace_id=market.marketplace_id, shipment_status=said, **more)


def test_an_order_is_ready_and_then_picked_up(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(is_store_pickup=True)

    seller.send(pickup(market, order_id, ShipmentStatus.READY_FOR_PICKUP))
    seller.send(pickup(market, order_id, ShipmentStatus.PICKED_UP))

    assert status(seller, order_id) == "Shipped"


def test_a_part_of_an_order_may_be_refused_in_the_store(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(is_store_pickup=True, quantity=2)
    (item,) = item_ids(seller, order_id)
    seller.send(pickup(market, order_id, ShipmentStatus.READY_FOR_PICKUP))

    part = [OrderItemsItem(order_item_id=item, quantity=1)]
    seller.send(pickup(market, order_id, ShipmentStatus.PICKED_UP, order_items=part))
    assert status(seller, order_id) == "PartiallyShipped"
    seller.send(pickup(market, order_id, ShipmentStatus.REFUSED_PICKUP, order_items=part))

    assert status(seller, order_id) == "Shipped"


def test_a_pick_up_of_what_is_delivered_is_refused(market: TestMarket, seller: Caller) -> None:
    with pytest.raises(InvalidInput, match="is not picked up in a store"):
        seller.send(pickup(market, market.buys(), ShipmentStatus.READY_FOR_PICKUP))
    with pytest.raises(InvalidInput, match="needs orderItemId and quantity"):
        seller.send(
            pickup(market, market.buys(), ShipmentStatus.READY_FOR_PICKUP, order_items=[OrderItemsItem(quantity=1)])
        )


# Regulated.


@pytest.fixture
def prescription_order(market: TestMarket) -> str:
    field = RegulatedField(field_id="pet_name", label="Pet's name", value="Rex")
    return market.buys("FLEA-DROPS", regulated_fields=(field,), requires_dosage_label=True)


def judge(order_id: str, **said: Any) -> UpdateVerificationStatus:  # noqa: ANN401 - of the request's body
    return UpdateVerificationStatus(
        order_id=order_id,
        regulated_order_verification_status=UpdateVerificationStatusRequestBody(
            **({"external_reviewer_id": "vet-7"} | said)
        ),
    )


def verification(market: TestMarket, order_id: str) -> RegulatedOrderVerificationStatus:
    found = market.restricted(REGULATED).send(GetOrderRegulatedInfo(order_id=order_id)).payload
    assert found is not None
    return found.regulated_order_verification_status


def test_regulated_information_is_shown_with_what_may_be_said_of_it(
    market: TestMarket, prescription_order: str
) -> None:
    found = market.restricted(REGULATED).send(GetOrderRegulatedInfo(order_id=prescription_order)).payload

    assert found is not None
    assert [(one.field_id, one.field_type, one.field_value) for one in found.regulated_information.fields] == [
        ("pet_name", "Text", "Rex")
    ]
    assert found.requires_dosage_label is True
    state = found.regulated_order_verification_status
    assert (state.status, state.requires_merchant_action, state.rejection_reason) == ("Pending", True, None)
    assert len(state.valid_rejection_reasons) == 3


def test_an_approved_order_can_be_shipped(market: TestMarket, seller: Caller, prescription_order: str) -> None:
    with pytest.raises(InvalidInput, match="must be Approved before it is shipped"):
        seller.send(shipment(market, prescription_order))
    prescription = PrescriptionDetail(
        prescription_id="P-1",
        expiration_date=market.now,
        written_quantity=3,
        total_refills_authorized=2,
        refills_remaining=2,
        clinic_id="C-9",
        usage_instructions="Once a month",
    )

    approved = judge(
        prescription_order,
        status=VerificationStatus.APPROVED,
        verification_details=VerificationDetails(prescription_detail=prescription),
    )
    seller.send(approved)
    seller.send(shipment(market, prescription_order))

    state = verification(market, prescription_order)
    assert (state.status, state.external_reviewer_id, state.review_date) == (
        "Approved",
        "vet-7",
        "2026-11-02T09:00:00Z",
    )
    assert status(seller, prescription_order) == "Shipped"


def test_a_rejected_order_says_why_and_is_canceled(market: TestMarket, seller: Caller, prescription_order: str) -> None:
    reason = verification(market, prescription_order).valid_rejection_reasons[1]

    seller.send(
        judge(
            prescription_order,
            status=VerificationStatus.REJECTED,
            rejection_reason_id=reason.rejection_reason_id,
        )
    )

    assert verification(market, prescription_order).rejection_reason == reason
    assert status(seller, prescription_order) == "Canceled"


def test_an_interim_word_changes_no_status(market: TestMarket, seller: Caller, prescription_order: str) -> None:
    interim = InterimStatusDetail(status_code="VET_CONTACTED", status_date_time=market.now)

    seller.send(judge(prescription_order, verification_details=VerificationDetails(interim_status_detail=interim)))

    assert verification(market, prescription_order).status == "Pending"


@pytest.mark.parametrize("said", [VerificationStatus.CANCELLED, VerificationStatus.EXPIRED, VerificationStatus.PENDING])
def test_a_seller_sets_only_approved_and_rejected(
    market: TestMarket, seller: Caller, prescription_order: str, said: VerificationStatus
) -> None:
    with pytest.raises(InvalidInput):
        seller.send(judge(prescription_order, status=said))

    assert verification(market, prescription_order).status == "Pending"
