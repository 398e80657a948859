"""Replenishment orders of AWD."""

from __future__ import annotations

from collections.abc import Iterable

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.distribution import commands
from sellingpartner.market.distribution.commands import Order
from sellingpartner.market.distribution.lifecycle import OutboundStatus
from sellingpartner.market.distribution.model import Kind, OutboundOrder, Wanted
from sellingpartner.market.distribution.questions import (
    Key,
    Listed,
    eligible_products,
    outbound_of,
    page_of_outbounds,
)
from sellingpartner.server.api.awd_2024_05_09.reading import Pages, named
from sellingpartner.server.api.awd_2024_05_09.views import is_ascending
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PRESENT = "OrderId should be present for this request"


def _page(unit: UnitOfWork, wanted: Listed, after: Key | None, limit: int) -> list[OutboundOrder]:
    return page_of_outbounds(unit, Kind.REPLENISHMENT, wanted, after, limit)


_pages = Pages("listReplenishmentOrders", _page, lambda one: (one.updated_at, one.created_at, one.order_id))


@handles(awd.ListReplenishmentOrders)
def list_replenishment_orders(unit: UnitOfWork, request: awd.ListReplenishmentOrders) -> awd.ReplenishmentOrderListing:
    """Go through orders, the one that changed last first unless said; those that AWD made by itself are among them."""
    wanted = Listed(
        is_ascending=is_ascending(request.sort_order), after=request.updated_after, before=request.updated_before
    )
    page, token = _pages.read(unit, wanted, request.max_results, request.next_token)
    return awd.ReplenishmentOrderListing(orders=[_order(one) for one in page], next_token=token)


@handles(awd.CreateReplenishmentOrder)
def create_replenishment_order(
    unit: UnitOfWork, request: awd.CreateReplenishmentOrder
) -> awd.ReplenishmentOrderReference:
    """Draft an order, which is checked then and, if wished, confirms itself."""
    mode = None if request.preferences is None else request.preferences.confirmation
    products = tuple(
        Wanted(
            sku=one.sku,
            quantity=one.quantity,
            attributes=tuple((each.name or "", each.value or "") for each in one.attributes or ()),
        )
        for one in request.products or ()
    )
    said = Order(products=products, takes_part=True, confirms_itself=mode is awd.ConfirmationMode.AUTO)
    order = commands.draft_outbound(unit, Kind.REPLENISHMENT, said)
    return awd.ReplenishmentOrderReference(order_id=order.order_id)


@handles(awd.GetReplenishmentOrder)
def get_replenishment_order(unit: UnitOfWork, request: awd.GetReplenishmentOrder) -> awd.ReplenishmentOrder:
    """Show an order."""
    return _order(outbound_of(unit, Kind.REPLENISHMENT, named(request.order_id, "orderId", says=_PRESENT)))


@handles(awd.ConfirmReplenishmentOrder)
def confirm_replenishment_order(unit: UnitOfWork, request: awd.ConfirmReplenishmentOrder) -> NoContent:
    """Commit to an eligible order."""
    commands.confirm_outbound(unit, Kind.REPLENISHMENT, named(request.order_id, "orderId", says=_PRESENT))
    return NoContent()


def _order(order: OutboundOrder) -> awd.ReplenishmentOrder:
    return awd.ReplenishmentOrder(
        order_id=order.order_id,
        status=_status(order.status),
        products=_products(order.products),
        eligible_products=_products(eligible_products(order, order.eligible)),
        shipped_products=_products(eligible_products(order, order.shipped)),
        distribution_ineligible_reasons=[
            awd.DistributionIneligibleReason(failure_code=one.code, failure_reasons=list(one.reasons), sku=one.sku)
            for one in order.shortfalls
        ],
        outbound_shipments=[
            awd.OutboundShipmentSummary(
                order_id=order.order_id,
                shipment_id=one.shipment_id,
                shipment_status=awd.OutboundShipmentStatus(one.status.value),
                created_at=one.created_at,
                updated_at=one.updated_at,
            )
            for one in order.transfers
        ],
        confirmed_on=order.confirmed_at,
        created_at=order.created_at,
        updated_at=order.updated_at,
    )


def _status(status: OutboundStatus) -> awd.ReplenishmentOrderStatus:
    """What an outbound order calls DRAFT is CREATED here."""
    if status is OutboundStatus.DRAFT:
        return awd.ReplenishmentOrderStatus.CREATED
    return awd.ReplenishmentOrderStatus(status.value)


def _products(found: Iterable[Wanted]) -> list[awd.DistributionProduct]:
    return [
        awd.DistributionProduct(
            sku=one.sku,
            quantity=one.quantity,
            attributes=[awd.ProductAttribute(name=name, value=value) for name, value in one.attributes] or None,
        )
        for one in found
    ]
