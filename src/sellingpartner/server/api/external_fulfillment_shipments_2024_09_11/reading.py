"""Shipments are listed and read, with their invoice and the options of their packages."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime

import msgspec

from sellingpartner.contract import external_fulfillment_shipments_2024_09_11 as api
from sellingpartner.contract.external_fulfillment_shipments_2024_09_11 import (
    GenerateInvoice,
    GetShipment,
    GetShipments,
    InvoiceResponse,
    RetrieveInvoice,
    RetrieveShippingOptions,
    ShipmentsResponse,
    ShippingOptionsResponse,
)
from sellingpartner.market.external import commands, questions
from sellingpartner.market.external.options import Option
from sellingpartner.market.external.questions import ShipmentFilter
from sellingpartner.market.external.refusals import WrongValue
from sellingpartner.market.orders.questions import orders_by_id
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.server.api.external_fulfillment_shipments_2024_09_11.views import CHANNEL, shipment_view
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.unit import UnitOfWork

# Assumed: a page of getShipments holds 20 shipments unless maxResults says otherwise; Amazon names no default.
_PAGE = 20
_CHANNELS = frozenset({CHANNEL, "FBA", "DF"})
_PURPOSE = b"external shipments after "


class _Reached(msgspec.Struct, frozen=True, array_like=True):
    """Where a list stopped."""

    wanted: ShipmentFilter
    updated_at: int
    shipment_id: str


_decoder = msgspec.json.Decoder(_Reached)


@handles(GetShipments)
def get_shipments(unit: UnitOfWork, request: GetShipments) -> ShipmentsResponse:
    """Some of the shipments in a state, the one first that was updated longest ago.

    Differs: shipments that Amazon's network has a seller's warehouse send (Seller Flex, channel FBA) are not there.
    """
    if request.channel_name is not None and request.channel_name not in _CHANNELS:
        raise WrongValue("channelName", request.channel_name, f"It can be {', '.join(sorted(_CHANNELS))}.")
    wanted = ShipmentFilter(
        status=request.status.value,
        supply_source_id=request.location_id,
        marketplace_id=request.marketplace_id,
        after=request.last_updated_after,
        before=request.last_updated_before,
    )
    after = None if request.pagination_token is None else _opened(unit, request.pagination_token, wanted)
    if request.channel_name not in {None, CHANNEL}:
        return ShipmentsResponse(shipments=[], pagination=api.Pagination())
    page = questions.page_of_shipments(unit, wanted, after, request.max_results or _PAGE)
    orders = orders_by_id(unit, [one.order_id for one in page.shipments])
    token = None
    if page.next_key is not None:
        reached = _Reached(wanted, microseconds(page.next_key[0]), page.next_key[1])
        token = sealed(unit, msgspec.json.encode(reached), purpose=_PURPOSE)
    return ShipmentsResponse(
        shipments=[shipment_view(unit, one, orders[one.order_id]) for one in page.shipments],
        pagination=api.Pagination(next_token=token),
    )


@handles(GetShipment)
def get_shipment(unit: UnitOfWork, request: GetShipment) -> api.Shipment:
    """One shipment."""
    found = questions.find_shipment(unit, request.shipment_id)
    return shipment_view(unit, found, orders_by_id(unit, [found.order_id])[found.order_id])


@handles(RetrieveShippingOptions, reads=False)
def retrieve_shipping_options(unit: UnitOfWork, request: RetrieveShippingOptions) -> ShippingOptionsResponse:
    """When a package may be fetched; that the seller knows is a step of its shipment."""
    found = [_option(one) for one in commands.retrieve_options(unit, request.shipment_id, request.package_id)]
    return ShippingOptionsResponse(shipping_options=found, recommended_shipping_option=found[0] if found else None)


@handles(GenerateInvoice)
def generate_invoice(unit: UnitOfWork, request: GenerateInvoice) -> InvoiceResponse:
    """Have the invoice written."""
    return _invoice(commands.generate_invoice(unit, request.shipment_id))


@handles(RetrieveInvoice)
def retrieve_invoice(unit: UnitOfWork, request: RetrieveInvoice) -> InvoiceResponse:
    """The invoice that was written."""
    return _invoice(questions.invoice_of(unit, request.shipment_id))


def _opened(unit: UnitOfWork, token: str, wanted: ShipmentFilter) -> tuple[datetime, str]:
    reached = unsealed_as(unit, token, _decoder, purpose=_PURPOSE)
    if reached is None or reached.wanted != wanted:
        reason = "It is not the token of the page before, or the other parameters are not those of that call."
        raise WrongValue("paginationToken", token, reason)
    return instant_of(reached.updated_at), reached.shipment_id


def _invoice(document: Document) -> InvoiceResponse:
    content = b64encode(document.content).decode()
    return InvoiceResponse(document=api.Document(format=api.Format.PDF, content=content))


def _option(option: Option) -> api.ShippingOptions:
    start, end = int(option.starts_at.timestamp()), int(option.ends_at.timestamp())
    return api.ShippingOptions(
        shipping_option_id=option.option_id,
        ship_by=api.ShipBy.MARKETPLACE,
        carrier_name=option.carrier_name,
        pickup_window=api.TimeWindow(start_time=start, end_time=end),
        time_slot=api.TimeWindow(start_time=start, end_time=end, handover_method=api.HandoverMethod.PICKUP),
    )
