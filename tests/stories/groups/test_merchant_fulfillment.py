"""Merchant Fulfillment: services are offered, a label is bought, the order ships by it; another label is given back."""

from __future__ import annotations

from shipper import WAREHOUSE, items_of, parcel

from sellingpartner import SellingPartner
from sellingpartner.contract import merchant_fulfillment_v0 as v0
from sellingpartner.market.events.orders import PackageDelivered
from sellingpartner.market.events.shipping import LabelRefunded
from sellingpartner.testing import TestMarket

GROUND = "UPS_PTP_GND"


def buys(market: TestMarket, client: SellingPartner, order_id: str) -> v0.Shipment:
    details = parcel(order_id, items_of(market.seller, order_id))
    offered = client.merchant_fulfillment.get_eligible_shipment_services(shipment_request_details=details).payload
    ground = next(one for one in offered.shipping_service_list if one.shipping_service_id == GROUND)
    bought = client.merchant_fulfillment.create_shipment(
        shipment_request_details=details,
        shipping_service_id=GROUND,
        shipping_service_offer_id=ground.shipping_service_offer_id,
    ).payload
    assert bought.shipping_service.rate == ground.rate
    return bought


def test_a_label_ships_an_order_and_one_that_is_given_back_costs_nothing(
    market: TestMarket, client: SellingPartner
) -> None:
    kept, given_back = market.buys("MUG-BLUE", 2), market.buys("MUG-RED")
    market.advance(minutes=3)
    address = parcel(kept, []).ship_from_address
    assert address.city == WAREHOUSE["City"]
    asked = client.merchant_fulfillment.get_additional_seller_inputs(
        shipping_service_id=GROUND, ship_from_address=address, order_id=kept
    ).payload
    assert asked is not None

    label = buys(market, client, kept)
    other = buys(market, client, given_back)
    client.merchant_fulfillment.cancel_shipment(shipment_id=other.shipment_id)

    shown = client.merchant_fulfillment.get_shipment(shipment_id=label.shipment_id).payload
    assert (shown.status, shown.tracking_id) == ("Purchased", label.tracking_id)
    assert client.orders_v0.get_order(order_id=kept).payload.order_status == "Shipped"
    market.advance(days=21)
    assert [one.order_id for one in market.facts(PackageDelivered)] == [kept]
    assert client.merchant_fulfillment.get_shipment(shipment_id=other.shipment_id).payload.status == "RefundApplied"
    assert len(market.facts(LabelRefunded)) == 1
