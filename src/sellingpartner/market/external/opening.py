"""Shipments begin: with an order that is paid, at the locations where its units lie."""

from __future__ import annotations

from collections.abc import Mapping

from sellingpartner.market.events.external import ExternalShipmentAccepted, ExternalShipmentCreated
from sellingpartner.market.events.orders import OrderPaid
from sellingpartner.market.external.lifecycle import ShipmentStatus
from sellingpartner.market.external.model import ExternalShipment, Line, Location
from sellingpartner.market.external.rules import rules
from sellingpartner.market.external.store import insert_shipment, load_shipment, locations_of, save_shipment
from sellingpartner.market.external.telling import tell
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping import subscribers
from sellingpartner.market.supply.questions import drawn_by_source
from sellingpartner.market.time.chance import uuid_of, wide_number_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

HEAR_FIRST = subscribers
"""Shipping hears before that an order was paid, and may have it wait for Easy Ship."""


class ExternalShipmentIsAccepted(Due):
    """The units of a new shipment are assigned to it."""

    shipment_id: str


class ExternalAnswerFallsDue(Due):
    """The seller's time to say whether it fulfills a shipment is over."""

    shipment_id: str


@on(OrderPaid)
def open_shipments(unit: UnitOfWork, fact: OrderPaid) -> None:
    """Have each location ship what lies there of an order.

    Assumed: an order whose units lie at several places has a shipment for each of them that is a location; units that
    lie at none are the seller's to ship as ever.
    """
    if fact.channel != FulfillmentChannel.MFN.value:
        return
    places = {one.supply_source_id: one for one in locations_of(unit)}
    if not places:
        return
    order = order_of(unit, fact.order_id)
    if order.is_store_pickup:
        return
    drawn = {source: units for source, units in drawn_by_source(unit, order.order_id).items() if source in places}
    if drawn and order.easy_ship_status is not None:
        # Differs: at Amazon the Easy Ship API shows such an order, too; here its packages are scheduled in one place.
        orders.set_easy_ship_status(unit, order.order_id, None)
    for source, units in drawn.items():
        create(unit, order, places[source], units)


def create(unit: UnitOfWork, order: Order, location: Location, units: Mapping[str, int]) -> ExternalShipment:
    """Begin a shipment of so many units of SKUs of an order."""
    number = unit.next_number("external shipments")
    ships_by = max(order.latest_ship_at, unit.now)
    known = {item.sku: item.order_item_id for item in order.items}
    shipment = ExternalShipment(
        shipment_id=uuid_of(wide_number_of(unit.seed, unit.seller_id, "external shipment", number)),
        order_id=order.order_id,
        supply_source_id=location.supply_source_id,
        marketplace_id=order.marketplace_id,
        ships=location.ships,
        created_at=unit.now,
        updated_at=unit.now,
        packs_at=unit.now + rules().accepts_after,
        ships_by=ships_by,
        answer_by=min(unit.now + rules().answer_within, ships_by),
        lines=[
            Line(line_id=str(place), order_item_id=known[sku], sku=sku, units=units[sku])
            for place, sku in enumerate(sorted(units), start=1)
        ],
    )
    insert_shipment(unit, shipment)
    later(unit, ExternalShipmentIsAccepted(shipment_id=shipment.shipment_id), at=shipment.packs_at)
    later(unit, ExternalAnswerFallsDue(shipment_id=shipment.shipment_id), at=shipment.answer_by)
    tell(unit, shipment, ExternalShipmentCreated)
    return shipment


@when(ExternalShipmentIsAccepted)
def accept(unit: UnitOfWork, due: ExternalShipmentIsAccepted) -> None:
    """Let the seller begin, unless the shipment was canceled or has left meanwhile."""
    shipment = load_shipment(unit, due.shipment_id)
    if shipment.status is ShipmentStatus.CREATED:
        shipment.move(ExternalShipmentAccepted)
        save_shipment(unit, shipment)
        tell(unit, shipment, ExternalShipmentAccepted)
