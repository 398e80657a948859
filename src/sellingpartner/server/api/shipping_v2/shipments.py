"""Labels bought, by a rate or without one; their papers printed again; shipments canceled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.shipping_v2 import (
    CancelShipment,
    CancelShipmentResponse,
    DirectPurchaseResponse,
    DirectPurchaseShipment,
    GetShipmentDocuments,
    GetShipmentDocumentsResponse,
    OneClickShipment,
    OneClickShipmentResponse,
    PurchaseShipment,
    PurchaseShipmentResponse,
)
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping import commands as shipping
from sellingpartner.market.shipping.carriers.inputs import ITEM_LEVEL, SHIPMENT_LEVEL
from sellingpartner.market.shipping.carriers.services import find_service
from sellingpartner.market.shipping.labels.papers import in_another_form
from sellingpartner.market.shipping.model import Shipment
from sellingpartner.market.shipping.questions import find_shipment
from sellingpartner.market.shipping.refusals import Unfit
from sellingpartner.server.api.shipping_v2.reading import Said, as_asked, papers_of, wish_of
from sellingpartner.server.api.shipping_v2.refusing import in_shippings_words
from sellingpartner.server.api.shipping_v2.views import benefits_of, currency, papers, promise_bought
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_CASH = "CollectOnDelivery"


@handles(PurchaseShipment)
def purchase_shipment(unit: UnitOfWork, request: PurchaseShipment) -> PurchaseShipmentResponse:
    """Buy one of the rates that were offered."""
    inputs = _inputs(request.additional_inputs or {})
    with in_shippings_words():
        shipment = shipping.purchase(
            unit,
            request.request_token,
            request.rate_id,
            papers_of(request.requested_document_specification),
            additions=[one.id for one in request.requested_value_added_services or []],
            inputs=inputs,
            retry_key=request.idempotency_key,
        )
    return PurchaseShipmentResponse(
        payload=v2.PurchaseShipmentResult(
            shipment_id=shipment.shipment_id,
            package_document_details=[papers(shipment, _order(unit, shipment))],
            promise=promise_bought(shipment),
            benefits=benefits_of(shipment),
        )
    )


@handles(OneClickShipment)
def one_click_shipment(unit: UnitOfWork, request: OneClickShipment) -> OneClickShipmentResponse:
    """Buy the cheapest of some services."""
    said = Said(
        ship_from=request.ship_from,
        packages=request.packages,
        channel=request.channel_details,
        business=request.shipping_business_id,
        ship_to=request.ship_to,
        return_to=request.return_to,
        ship_date=request.ship_date,
        instruction=request.shipper_instruction,
        to_collect=_to_collect(request.value_added_services_details or []),
        access_point=request.destination_access_point_details,
    )
    asked = papers_of(request.label_specifications)
    with in_shippings_words():
        shipment = shipping.purchase_at_once(unit, wish_of(said), request.service_selection.service_id, asked)
    bought = shipment.bought
    return OneClickShipmentResponse(
        payload=v2.OneClickShipmentResult(
            shipment_id=shipment.shipment_id,
            package_document_details=[papers(shipment, _order(unit, shipment))],
            promise=promise_bought(shipment),
            carrier=v2.Carrier(id=bought.carrier_id, name=bought.carrier_name),
            service=v2.Service(id=bought.service_id, name=bought.service_name),
            total_charge=currency(bought.total),
        )
    )


@handles(DirectPurchaseShipment)
def direct_purchase_shipment(unit: UnitOfWork, request: DirectPurchaseShipment) -> DirectPurchaseResponse:
    """Buy what fits best of Amazon's own carrier."""
    if request.ship_from is None:
        raise Unfit("shipFrom is missing.")
    said = Said(
        ship_from=request.ship_from,
        packages=request.packages or (),
        channel=request.channel_details,
        business=request.shipping_business_id,
        ship_to=request.ship_to,
        return_to=request.return_to,
    )
    asked = None if request.label_specifications is None else papers_of(request.label_specifications)
    with in_shippings_words():
        shipment = shipping.purchase_directly(unit, wish_of(said), asked, retry_key=request.idempotency_key)
    return DirectPurchaseResponse(
        payload=v2.DirectPurchaseResult(
            shipment_id=shipment.shipment_id,
            package_document_detail_list=[papers(shipment, _order(unit, shipment))],
        )
    )


@handles(GetShipmentDocuments)
def get_shipment_documents(unit: UnitOfWork, request: GetShipmentDocuments) -> GetShipmentDocumentsResponse:
    """Print the papers of a package again, in the form that they were bought in or in another one."""
    with in_shippings_words():
        shipment = find_shipment(unit, request.shipment_id)
    if not shipment.wish.reference or shipment.wish.reference != request.package_client_reference_id:
        raise Unfit(f"The shipment has no package {request.package_client_reference_id!r}.")
    if shipment.is_voided:
        raise Unfit("The shipment was cancelled; its label must not be used.")
    offered = find_service(shipment.bought.country, shipment.bought.service_id)
    dpi = as_asked(request.dpi)
    label = in_another_form(offered, shipment.label, request.format, dpi)
    printed = msgspec.structs.replace(shipment, label=label)
    return GetShipmentDocumentsResponse(
        payload=v2.GetShipmentDocumentsResult(
            shipment_id=shipment.shipment_id,
            package_document_detail=papers(printed, _order(unit, shipment)),
            benefits=benefits_of(shipment),
        )
    )


@handles(CancelShipment)
def cancel_shipment(unit: UnitOfWork, request: CancelShipment) -> CancelShipmentResponse:
    """Cancel a shipment that nobody has fetched."""
    with in_shippings_words():
        shipping.cancel(unit, request.shipment_id)
    return CancelShipmentResponse(payload={})


def _order(unit: UnitOfWork, shipment: Shipment) -> Order | None:
    return None if shipment.order_id is None else order_of(unit, shipment.order_id)


def _to_collect(said: list[v2.OneClickShipmentValueAddedService]) -> v2.Currency | None:
    """Money at the door: the one value-added service that can be had so."""
    for one in said:
        if one.id != _CASH:
            raise Unfit(f"valueAddedServicesDetails takes {_CASH} alone, not {one.id!r}.")
        if one.amount is None:
            raise Unfit(f"{_CASH} needs an amount.")
        return one.amount
    return None


def _inputs(said: Mapping[str, Any]) -> dict[str, str]:
    """What a service wanted to know; raises `Unfit` for what its schema does not have."""
    known = {one.name: one for one in (*SHIPMENT_LEVEL, *ITEM_LEVEL)}
    inputs: dict[str, str] = {}
    for name, value in said.items():
        if name not in known:
            raise Unfit(f"additionalInputs has {name!r}; the schema knows {', '.join(known)}.")
        if not isinstance(value, str) or re.search(known[name].pattern, value) is None:
            raise Unfit(f"additionalInputs.{name} must be {known[name].explained}.")
        inputs[name] = value
    return inputs
