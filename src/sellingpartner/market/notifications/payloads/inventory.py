"""FBA_INVENTORY_AVAILABILITY_CHANGES: what lies in Amazon's warehouses of a SKU, wherever it is offered."""

from __future__ import annotations

from functools import partial

from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications import fba_inventory_availability_changes as wire
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.catalog.questions import title_of
from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.inventory.model import Condition, Place, Position
from sellingpartner.market.inventory.questions import positions_at
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.listings.questions import asins_of_skus
from sellingpartner.market.notifications.telling import tell
from sellingpartner.storage.unit import UnitOfWork, on

_FBA = Place.FBA.value


@on(StockMoved)
def tell_of_stock(unit: UnitOfWork, fact: StockMoved) -> None:
    """Units came, were promised, were set free, left, or were counted again."""
    if fact.place == _FBA:
        tell(unit, "FBA_INVENTORY_AVAILABILITY_CHANGES", partial(_content, unit, fact.sku))


def _content(unit: UnitOfWork, sku: str) -> Message | None:
    """A snapshot for each marketplace in which the seller lists the SKU; None if it lists it nowhere."""
    listed = {
        one.marketplace_id: asin
        for one in participations_of(unit, unit.seller_id)
        if (asin := asins_of_skus(unit, [sku], one.marketplace_id).get(sku)) is not None
    }
    if not listed:
        return None
    inventory = _inventory(unit, sku)
    return wire.FBAInventoryAvailabilityChangeNotification(
        seller_id=unit.seller_id,
        fnsku=fnsku_of(unit, sku),
        asin=next(iter(listed.values())),
        sku=sku,
        fulfillment_inventory_by_marketplace=[
            wire.FulfillmentInventoryByMarketplace(
                marketplace_id=marketplace_id,
                item_name=title_of(unit, asin, marketplace_id),
                fulfillment_inventory=inventory,
            )
            for marketplace_id, asin in listed.items()
        ],
    )


def _inventory(unit: UnitOfWork, sku: str) -> wire.FulfillmentInventory:
    there = next(iter(positions_at(unit, Place.FBA, limit=1, skus=[sku])), None)
    position = Position(sku=sku, stocks={}, moved_at=None) if there is None else there
    return wire.FulfillmentInventory(
        inbound_quantity_breakdown=wire.InboundQuantityBreakdown(
            working=position.of(Condition.INBOUND_WORKING),
            shipped=position.of(Condition.INBOUND_SHIPPED),
            receiving=position.of(Condition.INBOUND_RECEIVING),
        ),
        fulfillable=position.fulfillable,
        unfulfillable=position.unsellable,
        researching=position.researched,
        reserved_quantity_breakdown=wire.ReservedQuantityBreakdown(
            warehouse_processing=position.of(Condition.FC_PROCESSING),
            warehouse_transfer=position.of(Condition.TRANSSHIPMENT),
            pending_customer_order=position.reserved,
        ),
        # Differs: nothing can be ordered before Amazon has it, and what left for a buyer is not counted any more.
        future_supply_buyable=0,
        pending_customer_order_in_transit=0,
    )
