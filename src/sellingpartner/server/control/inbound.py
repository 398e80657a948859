"""Shipments to Amazon's fulfillment centers."""

from __future__ import annotations

from collections import Counter

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.inbound import commands
from sellingpartner.market.inbound.model import Shipment
from sellingpartner.market.inbound.questions import latest_shipments, shipment_by_confirmation
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.orders import shop_meant
from sellingpartner.storage.unit import UnitOfWork

_LATEST = 100


def list_inbound_shipments(desk: Desk, request: v1.ListInboundShipments) -> v1.InboundShipments:
    """The latest shipments."""
    with desk.market.read(_meant(desk, request.seller_id)) as unit:
        return v1.InboundShipments(shipments=[_shown(one) for one in latest_shipments(unit, _LATEST)])


def get_inbound_shipment(desk: Desk, request: v1.GetInboundShipment) -> v1.InboundShipment:
    """One of them."""
    with desk.market.read(_meant(desk, request.seller_id)) as unit:
        return _shown(_found(unit, request.confirmation_id))


def carry_inbound_shipment(desk: Desk, request: v1.CarryInboundShipment) -> v1.InboundShipment:
    """Let something happen to one."""
    harm = commands.Harm(short=request.short, broken_by_amazon=request.damaged, over=request.over)
    if any(harm) and request.deed is not v1.InboundDeed.RECEIVE:
        message = f"short, damaged and over are for RECEIVE; leave them out of {request.deed.value}."
        raise InvalidInput(message)
    with desk.market.write(_meant(desk, request.seller_id)) as unit:
        if request.deed is v1.InboundDeed.LOSE:
            return _shown(commands.lose_by_hand(unit, request.confirmation_id))
        shipment = _found(unit, request.confirmation_id)
        sku = request.sku or min(item.msku for item in shipment.items)
        harms = {sku: harm} if any(harm) or request.sku is not None else {}
        return _shown(commands.receive_by_hand(unit, request.confirmation_id, harms))


def _meant(desk: Desk, seller_id: str | None) -> str:
    return shop_meant(desk.market, seller_id, None)[0]


def _found(unit: UnitOfWork, confirmation_id: str) -> Shipment:
    shipment = shipment_by_confirmation(unit, confirmation_id)
    if shipment is None:
        message = f"There is no shipment {confirmation_id[:40]!r} to Amazon; see `spapi inbound list`."
        raise NotFound(message)
    return shipment


def _shown(shipment: Shipment) -> v1.InboundShipment:
    sent: Counter[str] = Counter()
    for item in shipment.items:
        sent[item.msku] += item.quantity
    return v1.InboundShipment(
        confirmation_id=shipment.confirmation_id or "",
        shipment_id=shipment.shipment_id,
        plan_id=shipment.plan_id,
        name=shipment.name,
        status=shipment.status.value,
        center=shipment.center,
        updated_at=shipment.updated_at,
        skus=[
            v1.InboundSku(sku=sku, sent=units, received=shipment.received.get(sku, 0))
            for sku, units in sorted(sent.items())
        ],
    )
