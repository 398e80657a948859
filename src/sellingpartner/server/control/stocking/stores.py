"""Supply sources whose orders are shipped step by step: let in and out, and what they send."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.market.external import commands, questions
from sellingpartner.market.external.lifecycle import LIFECYCLE, ShipmentStatus
from sellingpartner.market.external.model import ExternalShipment, Location, Ships
from sellingpartner.market.supply.questions import source_of
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.sources import coded
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork

_UNDER_WAY = tuple(status.value for status, facts in LIFECYCLE.items() if facts)
_MOST = 500


def list_stores(desk: Desk, request: v1.ListStores) -> v1.Stores:
    """The stores of a seller."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        return _stores(unit)


def open_store(desk: Desk, request: v1.OpenStore) -> v1.Store:
    """Let a supply source in."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        source = coded(unit, request.code)
        return _store(unit, commands.open_location(unit, source.supply_source_id, Ships(request.ships.value)))


def close_store(desk: Desk, request: v1.CloseStore) -> v1.Stores:
    """Let a supply source out."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        commands.close_location(unit, coded(unit, request.code).supply_source_id)
        return _stores(unit)


def list_store_shipments(desk: Desk, request: v1.ListStoreShipments) -> v1.StoreShipments:
    """What stores send."""
    known = [status.value for status in ShipmentStatus]
    if request.status is not None and request.status not in known:
        message = f"status cannot be {request.status!r}; it can be {', '.join(known)}."
        raise InvalidArgument(message)
    if not 1 <= request.limit <= _MOST:
        message = f"limit is {request.limit}; it must be 1 to {_MOST}."
        raise InvalidArgument(message)
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    wanted = _UNDER_WAY if request.status is None else (request.status,)
    with desk.market.read(seller_id) as unit:
        found = questions.latest_shipments(unit, wanted, request.limit)
        return v1.StoreShipments(shipments=[_shipment(unit, one) for one in found])


def _stores(unit: UnitOfWork) -> v1.Stores:
    return v1.Stores(stores=[_store(unit, one) for one in questions.locations_of(unit)])


def _store(unit: UnitOfWork, location: Location) -> v1.Store:
    return v1.Store(
        seller_id=unit.seller_id,
        supply_source_id=location.supply_source_id,
        code=source_of(unit, location.supply_source_id).code,
        ships=v1.StoreShips(location.ships.value),
        opened_at=location.opened_at,
    )


def _shipment(unit: UnitOfWork, one: ExternalShipment) -> v1.StoreShipment:
    return v1.StoreShipment(
        seller_id=unit.seller_id,
        shipment_id=one.shipment_id,
        order_id=one.order_id,
        code=source_of(unit, one.supply_source_id).code,
        status=one.status.value,
        sub_status=one.sub_status,
        units=one.units,
        packages=len(one.packages),
        answer_by=one.answer_by,
        ships_by=one.ships_by,
        updated_at=one.updated_at,
    )
