"""Outbound orders of AWD."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.centers.questions import center
from sellingpartner.market.distribution import commands
from sellingpartner.market.distribution.commands import Order
from sellingpartner.market.distribution.model import Kind, OutboundOrder, Transfer, Wanted
from sellingpartner.market.distribution.questions import (
    Key,
    Listed,
    eligible_products,
    outbound_of,
    page_of_outbounds,
    wanted_by,
)
from sellingpartner.server.api.awd_2024_05_09.reading import Pages, named
from sellingpartner.server.api.awd_2024_05_09.views import address_of, is_ascending
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


def _page(unit: UnitOfWork, wanted: Listed, after: Key | None, limit: int) -> list[OutboundOrder]:
    return page_of_outbounds(unit, Kind.OUTBOUND, wanted, after, limit)


_pages = Pages("listOutbounds", _page, lambda one: (one.updated_at, one.created_at, one.order_id))


@handles(awd.ListOutbounds)
def list_outbounds(unit: UnitOfWork, request: awd.ListOutbounds) -> awd.OutboundListing:
    """Go through orders, the one that changed last first unless said."""
    wanted = Listed(
        is_ascending=is_ascending(request.sort_order), after=request.updated_after, before=request.updated_before
    )
    page, token = _pages.read(unit, wanted, request.max_results, request.next_token)
    return awd.OutboundListing(outbound_orders=[_order(one) for one in page], next_token=token)


@handles(awd.CreateOutbound)
def create_outbound(unit: UnitOfWork, request: awd.CreateOutbound) -> awd.OutboundOrderReference:
    """Draft an order, which is checked then."""
    said = _said(request.products_to_outbound, request.packages_to_outbound, request.order_preferences)
    return awd.OutboundOrderReference(order_id=commands.draft_outbound(unit, Kind.OUTBOUND, said).order_id)


@handles(awd.GetOutbound)
def get_outbound(unit: UnitOfWork, request: awd.GetOutbound) -> awd.OutboundOrder:
    """Show an order."""
    return _order(outbound_of(unit, Kind.OUTBOUND, named(request.order_id, "orderId")))


@handles(awd.UpdateOutbound)
def update_outbound(unit: UnitOfWork, request: awd.UpdateOutbound) -> awd.OutboundOrderReference:
    """Change what an order takes, and whether it may take less; whatever else the body says is ignored."""
    body = request.body
    said = _said(body.products_to_outbound, body.packages_to_outbound, body.order_preferences)
    order = commands.change_outbound(unit, named(request.order_id, "orderId"), said)
    return awd.OutboundOrderReference(order_id=order.order_id)


@handles(awd.ConfirmOutbound)
def confirm_outbound(unit: UnitOfWork, request: awd.ConfirmOutbound) -> NoContent:
    """Commit to an eligible order."""
    order_id = named(request.order_id, "orderId", says="OrderId should be present for this request")
    commands.confirm_outbound(unit, Kind.OUTBOUND, order_id)
    return NoContent()


def _said(
    products: Sequence[awd.ProductQuantity] | None,
    packages: Sequence[awd.DistributionPackageQuantity] | None,
    preferences: Sequence[awd.OrderAttribute] | None,
) -> Order:
    """Assumed: of a preference that is said twice the last one counts; one that is not said is not set."""
    said = {one.order_preference: one.order_preference_value for one in preferences or ()}
    return Order(
        products=tuple(
            Wanted(
                sku=one.sku,
                quantity=one.quantity,
                attributes=tuple((each.name or "", each.value or "") for each in one.attributes or ()),
            )
            for one in products or ()
        ),
        packages=packages or (),
        takes_part=said.get(awd.OrderPreference.PARTIAL_ORDER) is awd.OrderPreferenceValue.SET,
    )


def _order(order: OutboundOrder) -> awd.OutboundOrder:
    is_set = awd.OrderPreferenceValue.SET if order.takes_part else awd.OrderPreferenceValue.UNSET
    preference = awd.OrderAttribute(order_preference=awd.OrderPreference.PARTIAL_ORDER, order_preference_value=is_set)
    return awd.OutboundOrder(
        order_id=order.order_id,
        order_status=awd.OutboundStatus(order.status.value),
        order_preferences=[preference],
        products_to_outbound=[_product(one) for one in order.products],
        packages_to_outbound=list(order.packages),
        eligible_products_to_outbound=[_product(one) for one in eligible_products(order, order.eligible)],
        eligible_packages_to_outbound=list(order.packages) if order.eligible and not order.shortfalls else [],
        shipped_outbound_products=[_product(one) for one in eligible_products(order, order.shipped)],
        shipped_outbound_packages=list(order.packages) if order.shipped == wanted_by(order) else [],
        execution_errors=[
            awd.OutboundExecutionError(failure_code=one.code, failure_reasons=list(one.reasons), sku=one.sku)
            for one in order.shortfalls
        ],
        outbound_shipments=[_shipment(order, one) for one in order.transfers],
        confirmed_on=order.confirmed_at,
        created_at=order.created_at,
        updated_at=order.updated_at,
    )


def _shipment(order: OutboundOrder, transfer: Transfer) -> awd.OutboundShipment:
    return awd.OutboundShipment(
        order_id=order.order_id,
        shipment_id=transfer.shipment_id,
        shipment_status=awd.OutboundShipmentStatus(transfer.status.value),
        origin_address=address_of(center(transfer.start)),
        destination_address=address_of(center(transfer.end)),
        shipment_product_quantities=[_product(one) for one in eligible_products(order, transfer.units)],
        shipment_package_quantities=[],
        created_at=transfer.created_at,
        updated_at=transfer.updated_at,
    )


def _product(one: Wanted) -> awd.ProductQuantity:
    attributes = [awd.ProductAttribute(name=name, value=value) for name, value in one.attributes]
    return awd.ProductQuantity(sku=one.sku, quantity=one.quantity, attributes=attributes or None)
