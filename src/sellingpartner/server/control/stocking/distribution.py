"""What is on its way to AWD, lies there and leaves it."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument, InvalidInput, NotFound
from sellingpartner.market.distribution import commands
from sellingpartner.market.distribution.lifecycle import TransferStatus
from sellingpartner.market.distribution.model import InboundOrder, Kind, OutboundOrder, Policy
from sellingpartner.market.distribution.packages import units_by_sku
from sellingpartner.market.distribution.questions import (
    Listed,
    holdings,
    inbound_of,
    latest_inbounds,
    outbound_of,
    page_of_outbounds,
    policies_of,
    received_by_sku,
    shipment_if_there,
    wanted_by,
)
from sellingpartner.market.distribution.refusals import NoSuchInbound, NoSuchOutbound
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork

_LATEST = 100


def list_distribution_orders(desk: Desk, request: v1.ListDistributionOrders) -> v1.DistributionOrders:
    """The latest orders of each kind."""
    with desk.market.read(_meant(desk, request.seller_id)) as unit:
        found = [_inbound(unit, one) for one in latest_inbounds(unit, _LATEST)]
        for kind in Kind:
            found += [_outbound(one) for one in page_of_outbounds(unit, kind, Listed(), None, _LATEST)]
    return v1.DistributionOrders(orders=sorted(found, key=lambda one: one.updated_at, reverse=True))


def get_distribution_order(desk: Desk, request: v1.GetDistributionOrder) -> v1.DistributionOrder:
    """One order of whatever kind."""
    with desk.market.read(_meant(desk, request.seller_id)) as unit:
        return _shown(unit, request.order_id)


def carry_distribution_order(desk: Desk, request: v1.CarryDistributionOrder) -> v1.DistributionOrder:
    """Let something happen to an order's shipment."""
    if (request.short or request.damaged) and request.deed is not v1.DistributionDeed.RECEIVE:
        message = f"short and damaged are for RECEIVE; leave them out of {request.deed.value}."
        raise InvalidArgument(message)
    with desk.market.write(_meant(desk, request.seller_id)) as unit:
        match request.deed:
            case v1.DistributionDeed.SHIP:
                commands.ship(unit, request.order_id)
            case v1.DistributionDeed.RECEIVE:
                commands.receive_by_hand(unit, request.order_id, _harms(unit, request))
            case v1.DistributionDeed.LOSE:
                _lose(unit, request.order_id)
        return _shown(unit, request.order_id)


def store_distribution_units(desk: Desk, request: v1.StoreDistributionUnits) -> v1.DistributionLevel:
    """Let units lie in AWD."""
    with desk.market.write(_meant(desk, request.seller_id)) as unit:
        commands.store_by_hand(
            unit,
            request.sku,
            request.quantity,
            reference="by hand",
            units_of_case=request.units_of_case,
            region=request.region,
        )
        (found,) = holdings(unit, after=None, limit=1, skus=[request.sku])
        return v1.DistributionLevel(
            sku=found.sku,
            coming=found.coming,
            available=found.available,
            reserved=found.reserved,
            going=found.going,
        )


def list_replenishment_policies(desk: Desk, request: v1.ListReplenishmentPolicies) -> v1.ReplenishmentPolicies:
    """What a seller has said of its SKUs."""
    with desk.market.read(_meant(desk, request.seller_id)) as unit:
        return _policies(unit)


def set_replenishment_policy(desk: Desk, request: v1.SetReplenishmentPolicy) -> v1.ReplenishmentPolicies:
    """Say what holds for a SKU."""
    with desk.market.write(_meant(desk, request.seller_id)) as unit:
        policy = Policy(sku=request.sku, is_automatic=request.is_automatic, least=request.minimum, most=request.maximum)
        commands.set_policy(unit, policy)
        return _policies(unit)


def _meant(desk: Desk, seller_id: str | None) -> str:
    return shop_meant(desk.market, seller_id, None)[0]


def _harms(unit: UnitOfWork, request: v1.CarryDistributionOrder) -> dict[str, commands.Harm]:
    if not (request.short or request.damaged):
        return {}
    first = min(units_by_sku(inbound_of(unit, request.order_id).packages))
    return {request.sku or first: commands.Harm(request.short, request.damaged)}


def _lose(unit: UnitOfWork, order_id: str) -> None:
    """Lose all shipments of an order that are on their way."""
    order = _out(unit, order_id)
    going = [one.shipment_id for one in order.transfers if one.status is TransferStatus.IN_TRANSIT]
    if not going:
        message = f"Order {order_id} has no shipment on its way; one that is IN_TRANSIT can be lost."
        raise InvalidInput(message)
    for shipment_id in going:
        commands.lose_by_hand(unit, order.kind, order_id, shipment_id)


def _out(unit: UnitOfWork, order_id: str) -> OutboundOrder:
    try:
        return outbound_of(unit, Kind.REPLENISHMENT, order_id)
    except NoSuchOutbound:
        return outbound_of(unit, Kind.OUTBOUND, order_id)


def _shown(unit: UnitOfWork, order_id: str) -> v1.DistributionOrder:
    try:
        return _inbound(unit, inbound_of(unit, order_id))
    except NoSuchInbound:
        try:
            return _outbound(_out(unit, order_id))
        except NoSuchOutbound:
            message = f"There is no AWD order {order_id[:40]!r}."
            raise NotFound(message) from None


def _inbound(unit: UnitOfWork, order: InboundOrder) -> v1.DistributionOrder:
    shipment = shipment_if_there(unit, order.order_id)
    if shipment is None:
        skus = [
            v1.DistributedSku(sku=sku, expected=units) for sku, units in sorted(units_by_sku(order.packages).items())
        ]
    else:
        skus = [
            v1.DistributedSku(sku=one.sku, expected=one.expected, received=one.received, damaged=one.damaged)
            for one in received_by_sku(shipment)
        ]
    return v1.DistributionOrder(
        order_id=order.order_id,
        kind="INBOUND",
        status=order.status.value,
        shipments=[] if shipment is None else [f"{shipment.shipment_id} {shipment.status.value}"],
        region=order.region,
        center=order.center,
        updated_at=order.updated_at if shipment is None else max(order.updated_at, shipment.updated_at),
        skus=skus,
    )


def _outbound(order: OutboundOrder) -> v1.DistributionOrder:
    arrived = order.arrived
    return v1.DistributionOrder(
        order_id=order.order_id,
        kind=order.kind.value,
        status=order.status.value,
        shipments=[f"{one.shipment_id} {one.status.value}" for one in order.transfers],
        center=", ".join(f"{one.start} to {one.end}" for one in order.transfers),
        is_automatic=order.is_automatic,
        updated_at=order.updated_at,
        skus=[
            v1.DistributedSku(sku=sku, expected=units, received=arrived[sku])
            for sku, units in sorted(wanted_by(order).items())
        ],
    )


def _policies(unit: UnitOfWork) -> v1.ReplenishmentPolicies:
    return v1.ReplenishmentPolicies(
        policies=[
            v1.ReplenishmentPolicy(sku=one.sku, is_automatic=one.is_automatic, minimum=one.least, maximum=one.most)
            for one in policies_of(unit).values()
        ]
    )
