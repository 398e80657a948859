"""FBA_INVENTORY_AVAILABILITY_CHANGES: what lies in Amazon's warehouses of a SKU, wherever it is offered."""

from __future__ import annotations

from functools import partial

from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications import fba_inventory_availability_changes as wire
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.catalog.questions import title_of
from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.listings.questions import asins_of_skus
from sellingpartner.market.notifications.telling import tell
from sellingpartner.storage.unit import UnitOfWork, on

_UNFULFILLABLE = tuple(condition for condition in Condition if condition is not Condition.SELLABLE)
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
    # Assumed: units are in a warehouse or on their way to a buyer; none is on its way in, moved between warehouses or
    # looked for, as long as the market keeps no such units.
    stock = stock_of(unit, sku, Place.FBA)
    damaged = sum(stock_of(unit, sku, Place.FBA, condition=condition).on_hand for condition in _UNFULFILLABLE)
    return wire.FulfillmentInventory(
        inbound_quantity_breakdown=wire.InboundQuantityBreakdown(working=0, shipped=0, receiving=0),
        fulfillable=stock.available,
        unfulfillable=damaged,
        researching=0,
        reserved_quantity_breakdown=wire.ReservedQuantityBreakdown(
            warehouse_processing=0, warehouse_transfer=0, pending_customer_order=stock.reserved
        ),
        future_supply_buyable=0,
        pending_customer_order_in_transit=0,
    )
