"""Shipments announced, bought, shown, printed again and canceled."""

from __future__ import annotations

from sellingpartner.contract import shipping_v1 as v1
from sellingpartner.contract.shipping_v1 import (
    CancelShipment,
    CancelShipmentResponse,
    CreateShipment,
    CreateShipmentResponse,
    GetShipment,
    GetShipmentResponse,
    PurchaseLabels,
    PurchaseLabelsResponse,
    PurchaseShipment,
    PurchaseShipmentResponse,
    RetrieveShippingLabel,
    RetrieveShippingLabelResponse,
)
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping.buying import announcing
from sellingpartner.market.shipping.buying.buying import digits_of_id, id_of_digits
from sellingpartner.market.shipping.model import Announced, Shipment
from sellingpartner.market.shipping.rating.quoting import Quote
from sellingpartner.market.shipping.rating.requests import LASTS
from sellingpartner.market.shipping.refusals import Unfit
from sellingpartner.server.api.shipping_v1.reading import announced_wish
from sellingpartner.server.api.shipping_v1.views import (
    SPECIFIED,
    accepted_rate,
    currency,
    label_results,
    label_stream,
    promise_of,
    shipment_of,
    weight,
)
from sellingpartner.server.api.shipping_v2.refusing import in_shippings_words
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(CreateShipment)
def create_shipment(unit: UnitOfWork, request: CreateShipment) -> CreateShipmentResponse:
    """Announce a shipment, and tell its rates."""
    wish = announced_wish(request.client_reference_id, request.ship_from, request.ship_to, request.containers)
    with in_shippings_words():
        announced, quotes = announcing.announce(unit, wish)
    return CreateShipmentResponse(
        payload=v1.CreateShipmentResult(
            shipment_id=digits_of_id(announced.shipment_id), eligible_rates=[_rate(announced, one) for one in quotes]
        )
    )


@handles(PurchaseLabels)
def purchase_labels(unit: UnitOfWork, request: PurchaseLabels) -> PurchaseLabelsResponse:
    """Buy the label of an announced shipment at one of its rates."""
    with in_shippings_words():
        shipment = announcing.buy_announced(unit, request.shipment_id, request.rate_id)
    return PurchaseLabelsResponse(
        payload=v1.PurchaseLabelsResult(
            shipment_id=digits_of_id(shipment.shipment_id),
            client_reference_id=shipment.wish.client_reference or None,
            accepted_rate=accepted_rate(shipment),
            label_results=label_results(shipment, None),
        )
    )


@handles(PurchaseShipment)
def purchase_shipment(unit: UnitOfWork, request: PurchaseShipment) -> PurchaseShipmentResponse:
    """Announce a shipment and buy its label in one step."""
    wish = announced_wish(
        request.client_reference_id, request.ship_from, request.ship_to, request.containers, request.ship_date
    )
    with in_shippings_words():
        shipment = announcing.buy_typed(unit, wish, request.service_type.value)
    bought = shipment.bought
    return PurchaseShipmentResponse(
        payload=v1.PurchaseShipmentResult(
            shipment_id=digits_of_id(shipment.shipment_id),
            service_rate=v1.ServiceRate(
                total_charge=currency(bought.total),
                billable_weight=weight(bought.billed_grams, wish),
                service_type=request.service_type,
                promise=promise_of(bought.leaves_at, bought.earliest_at, bought.latest_at),
            ),
            label_results=label_results(shipment, None),
        )
    )


@handles(GetShipment)
def get_shipment(unit: UnitOfWork, request: GetShipment) -> GetShipmentResponse:
    """Show a shipment, announced or bought, by v1 or by v2."""
    digits = request.shipment_id
    with in_shippings_words():
        if announcing.is_bought(unit, id_of_digits(digits)):
            shipment = announcing.bought_by(unit, digits)
            order = _order(unit, shipment)
            wish, accepted = shipment.wish, accepted_rate(shipment)
            recipient = wish.recipient if order is None else order.address
        else:
            wish, accepted = announcing.announced_by(unit, digits).wish, None
            recipient = wish.recipient
    if recipient is None:
        raise Unfit("Shipment not found for specified shipmentId")
    return GetShipmentResponse(payload=shipment_of(digits, unit.seller_id, wish, recipient, accepted))


@handles(RetrieveShippingLabel, reads=True)
def retrieve_shipping_label(unit: UnitOfWork, request: RetrieveShippingLabel) -> RetrieveShippingLabelResponse:
    """Print the label of a container again."""
    with in_shippings_words():
        shipment = announcing.bought_by(unit, request.shipment_id)
    if shipment.tracking_id != request.tracking_id:
        raise Unfit(f"The shipment has no container with the tracking id {request.tracking_id}.")
    if shipment.is_voided:
        raise Unfit("The shipment was cancelled; its label must not be used.")
    printed = announcing.as_v1_prints(shipment)
    return RetrieveShippingLabelResponse(
        payload=v1.RetrieveShippingLabelResult(
            label_stream=label_stream(printed, _order(unit, shipment)), label_specification=SPECIFIED
        )
    )


@handles(CancelShipment)
def cancel_shipment(unit: UnitOfWork, request: CancelShipment) -> CancelShipmentResponse:
    """Cancel a shipment that nobody has fetched."""
    with in_shippings_words():
        announcing.cancel_by(unit, request.shipment_id)
    return CancelShipmentResponse()


def _order(unit: UnitOfWork, shipment: Shipment) -> Order | None:
    return None if shipment.order_id is None else order_of(unit, shipment.order_id)


def _rate(announced: Announced, quoted: Quote) -> v1.Rate:
    service = quoted.offered.service
    return v1.Rate(
        rate_id=announcing.rate_id_of(announced, service.service_id),
        total_charge=currency(quoted.total),
        billed_weight=weight(quoted.billed_grams, announced.wish),
        expiration_time=announced.asked_at + LASTS,
        service_type=v1.ServiceType(service.called),
        promise=promise_of(quoted.leaves_at, quoted.arrives.earliest, quoted.arrives.latest),
    )
