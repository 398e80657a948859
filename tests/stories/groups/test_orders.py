"""Orders: found, looked at with whoever bought, verified, prepared for pick-up, shipped; and money and stock agree."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sellingpartner import SellingPartner
from sellingpartner.contract import orders_v0 as v0
from sellingpartner.market.orders.regulated import RegulatedField
from sellingpartner.testing import TestMarket

PET = RegulatedField(field_id="pet_name", label="Pet's name", value="Rex")


def status(client: SellingPartner, order_id: str) -> str:
    return client.orders_v0.get_order(order_id=order_id).payload.order_status.value


def ships(market: TestMarket, client: SellingPartner, order_id: str, items: Sequence[v0.OrderItem]) -> None:
    client.orders_v0.confirm_shipment(
        order_id=order_id,
        marketplace_id=market.marketplace_id,
        package_detail=v0.PackageDetail(
            package_reference_id="1",
            carrier_code="UPS",
            tracking_number="1Z999AA10123456784",
            ship_date=market.now,
            order_items=[
                v0.ConfirmShipmentOrderItem(order_item_id=one.order_item_id, quantity=one.quantity_ordered)
                for one in items
            ],
        ),
    )


def test_an_order_is_found_looked_at_shipped_and_paid(market: TestMarket, client: SellingPartner) -> None:
    order_id = market.buys("MUG-BLUE", 2)
    left = market.seller.stock("MUG-BLUE")
    market.advance(minutes=3)

    [listed] = client.orders_v0.get_orders(
        marketplace_ids=[market.marketplace_id], created_after="2026-11-01T00:00:00Z", order_statuses=["Unshipped"]
    ).payload.orders
    order = client.orders_v0.get_order(order_id=order_id).payload
    items = client.orders_v0.get_order_items(order_id=order_id).payload.order_items
    buyer = client.orders_v0.get_order_buyer_info(order_id=order_id).payload
    address = client.orders_v0.get_order_address(order_id=order_id).payload.shipping_address
    bought = client.orders_v0.get_order_items_buyer_info(order_id=order_id).payload.order_items

    assert (listed.amazon_order_id, listed.order_total) == (order_id, order.order_total)
    assert order.order_total is not None
    assert [(one.seller_sku, one.quantity_ordered) for one in items] == [("MUG-BLUE", 2)]
    assert [one.order_item_id for one in bought] == [one.order_item_id for one in items]
    assert address is not None
    assert buyer.buyer_name == address.name == "Ada Finch"
    ships(market, client, order_id, items)
    assert status(client, order_id) == "Shipped"
    market.advance(days=21)  # delivered, and what the money is kept back for has passed
    events = client.finances_v0.list_financial_events_by_order_id(order_id=order_id).payload
    assert events.financial_events is not None
    [event] = events.financial_events.shipment_event_list or []
    [item] = event.shipment_item_list or []
    charges = [one.charge_amount.currency_amount or 0 for one in item.item_charge_list or [] if one.charge_amount]
    assert sum(charges, Decimal(0)) == Decimal(order.order_total.amount or "")
    assert market.seller.stock("MUG-BLUE") == left


def test_a_prescription_is_verified_before_it_ships(market: TestMarket, client: SellingPartner) -> None:
    order_id = market.buys("FLEA-DROPS", regulated_fields=(PET,))

    asked = client.orders_v0.get_order_regulated_info(order_id=order_id).payload
    assert asked is not None
    assert [one.field_value for one in asked.regulated_information.fields] == ["Rex"]
    details = v0.VerificationDetails(
        prescription_detail=v0.PrescriptionDetail(
            prescription_id="P-1",
            expiration_date=market.now,
            written_quantity=3,
            total_refills_authorized=2,
            refills_remaining=2,
            clinic_id="C-9",
            usage_instructions="Once a month",
        )
    )
    client.orders_v0.update_verification_status(
        order_id=order_id,
        regulated_order_verification_status=v0.UpdateVerificationStatusRequestBody(
            external_reviewer_id="7", status=v0.VerificationStatus.APPROVED, verification_details=details
        ),
    )

    told = client.orders_v0.get_order_regulated_info(order_id=order_id).payload
    assert told is not None
    assert told.regulated_order_verification_status.status == "Approved"
    ships(market, client, order_id, client.orders_v0.get_order_items(order_id=order_id).payload.order_items)
    assert status(client, order_id) == "Shipped"


def test_an_order_is_picked_up(market: TestMarket, client: SellingPartner) -> None:
    order_id = market.buys(is_store_pickup=True)

    for step in (v0.ShipmentStatus.READY_FOR_PICKUP, v0.ShipmentStatus.PICKED_UP):
        client.orders_v0.update_shipment_status(
            order_id=order_id, marketplace_id=market.marketplace_id, shipment_status=step
        )

    assert status(client, order_id) == "Shipped"
