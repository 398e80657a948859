"""Amazon Warehousing and Distribution: what is sent into bulk storage is listed, arrives, and is on hand there."""

from __future__ import annotations

from distributor import MUG, Distributor, cases

from sellingpartner import SellingPartner
from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.testing import TestMarket


def test_what_is_sent_into_bulk_storage_is_listed_arrives_and_is_on_hand(
    market: TestMarket, client: SellingPartner
) -> None:
    shipment_id = Distributor(market).ships(cases(10, (MUG, 10)))

    listed = client.awd.list_inbound_shipments(shipment_status=awd.ShipmentStatus.CREATED).shipments or []
    before = client.awd.list_inventory(sku=MUG, details=awd.Details.SHOW).inventory
    assert [one.shipment_id for one in listed] == [shipment_id]
    assert [one.total_onhand_quantity for one in before] == [0]
    shipment = client.awd.get_inbound_shipment(shipment_id=shipment_id)
    for _ in range(60):
        if shipment.shipment_status == "CLOSED":
            break
        market.advance(days=1)
        shipment = client.awd.get_inbound_shipment(shipment_id=shipment_id, sku_quantities=awd.SkuQuantities.SHOW)

    [count] = shipment.shipment_sku_quantities or []
    [stored] = client.awd.list_inventory(sku=MUG, details=awd.Details.SHOW).inventory
    assert count.received_quantity is not None
    received = count.received_quantity.quantity
    assert received > 0
    assert stored.total_inbound_quantity == 0
    details = stored.inventory_details
    assert details is not None
    everywhere = [
        stored.total_onhand_quantity,
        details.replenishment_quantity,
        *(one or 0 for one in Distributor(market).fba()),
    ]
    assert received <= sum(int(one or 0) for one in everywhere)
    assert client.awd.list_inbound_shipments(shipment_status=awd.ShipmentStatus.CREATED).shipments == []
