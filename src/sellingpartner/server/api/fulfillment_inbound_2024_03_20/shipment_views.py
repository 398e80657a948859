"""Shipments as the API shows them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.market.centers.model import Center
from sellingpartner.market.centers.questions import center
from sellingpartner.market.inbound.model import Shipment
from sellingpartner.market.inbound.transport.carriage import Carriage, WindowOption
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.deliveries import appointment_view
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.views import address_view, currency_view

_READY_FOR = timedelta(days=7)
"""Assumed: what is ready from a day on is shown as ready for a week, which may be said anew until its last day."""


def shipment_view(shipment: Shipment) -> api.Shipment:
    """A shipment."""
    carriage, there = shipment.carriage, center(shipment.center)
    contact, window = carriage.contact, carriage.window
    return api.Shipment(
        shipment_id=shipment.shipment_id,
        placement_option_id=shipment.placement_option_id,
        shipment_confirmation_id=shipment.confirmation_id,
        amazon_reference_id=carriage.reference,
        name=shipment.name,
        status=shipment.status.value,
        source=api.ShipmentSource(source_type="SELLER_FACILITY", address=address_view(shipment.ship_from)),
        destination=api.ShipmentDestination(
            destination_type="AMAZON_WAREHOUSE", warehouse_id=there.code, address=_address(there)
        ),
        dates=None if carriage.ready_at is None else api.Dates(ready_to_ship_window=_ready(carriage.ready_at)),
        contact_information=None
        if contact is None
        else api.ContactInformation(name=contact.name, phone_number=contact.phone, email=contact.email),
        freight_information=_freight(carriage),
        selected_transportation_option_id=None if carriage.option is None else carriage.option.option_id,
        selected_delivery_window=None if window is None else _window(window),
        self_ship_appointment_details=[appointment_view(one) for one in carriage.appointments] or None,
        tracking_details=_tracking(carriage),
    )


def _ready(ready_at: datetime) -> api.Window:
    ends = ready_at + _READY_FOR
    return api.Window(start=ready_at, end=ends, editable_until=ends - timedelta(days=1))


def _freight(carriage: Carriage) -> api.FreightInformation | None:
    if carriage.freight_class is None and carriage.declared is None:
        return None
    return api.FreightInformation(freight_class=carriage.freight_class, declared_value=currency_view(carriage.declared))


def _window(window: WindowOption) -> api.SelectedDeliveryWindow:
    return api.SelectedDeliveryWindow(
        delivery_window_option_id=window.option_id,
        availability_type=window.availability.value,
        start_date=window.starts_at,
        end_date=window.ends_at,
        editable_until=window.starts_at,
    )


def _tracking(carriage: Carriage) -> api.TrackingDetails:
    """It is there even if nothing is known."""
    boxes = [
        api.SpdTrackingItem(
            box_id=one.box_id,
            tracking_id=one.tracking_id,
            tracking_number_validation_status=one.validation.value,
        )
        for one in carriage.tracked
    ]
    freight = None
    if carriage.freight_bills or carriage.bill_of_lading:
        freight = api.LtlTrackingDetail(
            freight_bill_number=list(carriage.freight_bills), bill_of_lading_number=carriage.bill_of_lading
        )
    return api.TrackingDetails(
        spd_tracking_detail=api.SpdTrackingDetail(spd_tracking_items=boxes) if boxes else None,
        ltl_tracking_detail=freight,
    )


def _address(there: Center) -> api.Address:
    return api.Address(
        name=there.name,
        address_line1=there.address_line_1,
        city=there.city,
        state_or_province_code=there.state or None,
        postal_code=there.postal_code,
        country_code=there.country_code,
    )
