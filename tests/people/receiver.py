"""A seller who watches what becomes of what it sent: what one says and counts of received shipments."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sender import Ready
from stock_taker import faults_of_stock

from sellingpartner.contract import fulfillment_inbound_v0 as v0
from sellingpartner.contract.fba_inventory_v1 import GetInventorySummaries, GranularityType, InventoryDetails
from sellingpartner.market.inbound.commands import Harm, lose_by_hand, receive_by_hand
from sellingpartner.market.inventory.model import DAMAGED, INBOUND, RESEARCHED, Condition, Reason
from sellingpartner.market.inventory.questions import movements_of

SENT = {"ATLAS": 40, "GUIDE": 10}


class Receiver(Ready):
    """Harbor Goods, whose shipments are on their way."""

    def details(self, sku: str) -> InventoryDetails:
        """How many units of a SKU Amazon has, by what they are."""
        asked = GetInventorySummaries(
            granularity_type=GranularityType.MARKETPLACE,
            granularity_id=self.marketplace_id,
            marketplace_ids=[self.marketplace_id],
            details=True,
            seller_sku=sku,
        )
        (found,) = self.asks(asked).payload.inventory_summaries
        details: InventoryDetails = found.inventory_details
        return details

    def confirmed(self, shipment_id: str | None = None) -> str:
        """The id on the labels of a shipment."""
        return str(self.shipment(self.plan_id, shipment_id or self.shipment_id).shipment_confirmation_id)

    def status_in_v0(self) -> str:
        """How the first shipment stands in the older version."""
        asked = v0.GetShipments(
            query_type=v0.GetShipmentsQueryType.SHIPMENT,
            marketplace_id=self.marketplace_id,
            shipment_id_list=[self.confirmed()],
        )
        (info,) = self.asks(asked).payload.shipment_data
        return str(info.shipment_status)

    def counted_in_v0(self, shipment_id: str | None = None) -> dict[str, tuple[int, int]]:
        """How many units of each SKU of a shipment were sent, and received."""
        asked = v0.GetShipmentItemsByShipmentId(shipment_id=self.confirmed(shipment_id))
        return {
            one.seller_sku: (one.quantity_shipped, one.quantity_received) for one in self.asks(asked).payload.item_data
        }

    def receives(self, shipment_id: str | None = None, /, **harms: Harm) -> None:
        """Amazon receives a shipment at once."""
        confirmed = self.confirmed(shipment_id)
        with self.market.market.write(self.seller.seller_id) as unit:
            receive_by_hand(unit, confirmed, harms)

    def loses(self, shipment_id: str) -> None:
        """The carrier loses a shipment."""
        confirmed = self.confirmed(shipment_id)
        with self.market.market.write(self.seller.seller_id) as unit:
            lose_by_hand(unit, confirmed)

    def faults(self) -> list[str]:
        """Where what was sent is not what was received, lost, looked for and on its way, nor stock what came."""
        received, over, found = Counter[str](), Counter[str](), []
        for shipment_id in self.shipment_ids:
            for sku, (sent, came) in self.counted_in_v0(shipment_id).items():
                received[sku] += came
                over[sku] += max(came - sent, 0)
        with self.market.market.read(self.seller.seller_id) as unit:
            found += faults_of_stock(unit)
            moved = {sku: movements_of(unit, sku) for sku in SENT}
        for sku, movements in moved.items():
            there, why = Counter[Condition](), Counter[Reason]()
            for one in movements:
                there[one.condition] += one.on_hand_change
                why[one.reason] += one.on_hand_change
            shelf = there[Condition.SELLABLE] + sum(there[one] for one in DAMAGED)
            sent = why[Reason.ANNOUNCED] + why[Reason.WITHDRAWN]
            on_the_way, looked_for = (sum(there[one] for one in some) for some in (INBOUND, RESEARCHED))
            if received[sku] - over[sku] + on_the_way + looked_for - why[Reason.LOST] != sent:
                found.append(f"{sku}: {sent=} {received[sku]=} {over[sku]=} {on_the_way=} {looked_for=} {why=}")
            if shelf - why[Reason.SHIPPED] != received[sku]:
                found.append(f"{sku}: {shelf=} and {why=}, but {received[sku]=}")
        return found


def shown(details: InventoryDetails) -> dict[str, Any]:
    """The numbers of a SKU that are not 0."""
    bad, looked_for = details.unfulfillable_quantity, details.researching_quantity
    assert bad is not None
    assert looked_for is not None
    numbers = {
        "working": details.inbound_working_quantity,
        "shipped": details.inbound_shipped_quantity,
        "receiving": details.inbound_receiving_quantity,
        "fulfillable": details.fulfillable_quantity,
        "damaged": bad.total_unfulfillable_quantity,
        "researched": looked_for.total_researching_quantity,
    }
    return {name: units for name, units in numbers.items() if units}
