"""Shipping with a label bought of Amazon's carriers (Merchant Fulfillment)."""

from __future__ import annotations

import gzip
from base64 import b64decode
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import msgspec

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.merchant_fulfillment_v0 import (
    Address,
    CreateShipment,
    DeliveryExperienceType,
    GetEligibleShipmentServices,
    GetShipment,
    Item,
    LabelFormat,
    PackageDimensions,
    Shipment,
    ShipmentRequestDetails,
    ShippingService,
    ShippingServiceOptions,
    UnitOfLength,
    UnitOfWeight,
    Weight,
)
from sellingpartner.contract.orders_2026_01_01 import Order
from sellingpartner.workflows.journal import HANDED, Entry, Journal
from sellingpartner.workflows.model import Handed, Held, ToShip, Uncertain
from sellingpartner.workflows.steps import Steps, ask, do

_REFUSED = range(400, 500)
SETTLED_AFTER = timedelta(minutes=2)
"""How long a purchase that was cut off is left alone: orders may show it a little later."""


class ParcelSize(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel's measures: inches and ounces, or centimeters and grams."""

    length: Decimal | int
    width: Decimal | int
    height: Decimal | int
    weight: Decimal | int
    is_metric: bool = False


class LabelFile(msgspec.Struct, frozen=True):
    """A label as it is printed."""

    shipment_id: str
    media_type: str
    content: bytes


Choose = Callable[[ToShip, Sequence[ShippingService]], ShippingService | None]
Measure = Callable[[ToShip], ParcelSize]
Keep = Callable[[ToShip, LabelFile], object]


def cheapest_in_time(parcel: ToShip, services: Sequence[ShippingService]) -> ShippingService | None:
    """The cheapest service that keeps what the buyer was promised; where none does, the soonest."""
    window = None if parcel.order.fulfillment is None else parcel.order.fulfillment.deliver_by_window
    promised = None if window is None else window.latest_date_time
    known = [one for one in services if not one.requires_additional_seller_inputs]
    arriving = [(one, one.latest_estimated_delivery_date) for one in known]
    in_time = [one for one, at in arriving if promised is None or (at is not None and at <= promised)]
    if in_time:
        return min(in_time, key=lambda one: one.rate.amount)
    return min(
        known, key=lambda one: one.latest_estimated_delivery_date or datetime.max.replace(tzinfo=UTC), default=None
    )


class BuyLabels:
    """Buys a label for each package.

    `keep` is given each label, to print it. `confirms` says whether buying a label confirms the order's shipment, as it
    does unless a seller has switched that off.
    """

    def __init__(
        self,
        ship_from: Address,
        size: ParcelSize | Measure,
        *,
        choose: Choose = cheapest_in_time,
        keep: Keep | None = None,
        label_format: str = "PDF",
        confirms: bool = True,
        settled_after: timedelta = SETTLED_AFTER,
    ) -> None:
        self._ship_from = ship_from
        self._size = size
        self._choose = choose
        self._keep = keep
        self._format = LabelFormat(label_format)
        self._settled_after = settled_after
        self.confirms = confirms

    def planned(self, parcel: ToShip) -> Steps[str]:
        """Ask what the label would cost."""
        _, service = yield from self._chosen(parcel)
        return f"would buy {service.shipping_service_name} for {_told(service)}"

    def shipped(self, parcel: ToShip, journal: Journal) -> Steps[Handed]:
        """Buy the label; what was bought is written down before it is used."""
        details, service = yield from self._chosen(parcel)
        purchase = CreateShipment(
            shipment_request_details=details,
            shipping_service_id=service.shipping_service_id,
            shipping_service_offer_id=service.shipping_service_offer_id,
        )
        try:
            shipment = (yield from ask(purchase)).payload
        except SellingPartnerError as refusal:
            if refusal.status in _REFUSED:
                journal.forget(parcel.order_id, parcel.reference)  # for certain: nothing was bought
            raise
        handed = _handed(shipment)
        journal.note(
            parcel.order_id,
            parcel.reference,
            state=HANDED,
            carrier_code=handed.carrier_code,
            method=handed.method,
            tracking_number=handed.tracking_number,
            shipment_id=shipment.shipment_id,
        )
        yield from self._keep_label(parcel, shipment)
        return handed

    def found_again(self, entry: Entry, order: Order) -> Steps[Handed | None]:
        """Whether the label was bought: its purchase confirms the order, which then has one package more."""
        yield from ()
        new = next((one for one in order.packages or () if one.package_reference_id not in entry.known), None)
        if new is not None:
            return Handed(
                carrier_code=new.carrier or "", tracking_number=new.tracking_number or "", method=new.shipping_service
            )
        if not self.confirms:
            message = (
                f"a label may have been bought at {entry.begun_at:%Y-%m-%d %H:%M} UTC; look for it;"
                " then ship the order by hand, or forget what was begun (Journal.forget, `spapi fulfill --forget`)"
            )
            raise Uncertain(message)
        if datetime.now(UTC) - entry.begun_at < self._settled_after:
            message = "a purchase was cut off a moment ago; the next run sees whether it was made"
            raise Held(message)
        return None

    def taken_up(self, parcel: ToShip, entry: Entry) -> Steps[None]:
        """Fetch a label again that was bought before a crash."""
        if self._keep is not None and entry.shipment_id is not None:
            yield from self._keep_label(parcel, (yield from ask(GetShipment(shipment_id=entry.shipment_id))).payload)

    def _keep_label(self, parcel: ToShip, shipment: Shipment) -> Steps[None]:
        keep = self._keep
        if keep is None:
            return
        contents = shipment.label.file_contents
        file = LabelFile(shipment.shipment_id, contents.file_type.value, gzip.decompress(b64decode(contents.contents)))
        yield from do(lambda: keep(parcel, file))

    def _chosen(self, parcel: ToShip) -> Steps[tuple[ShipmentRequestDetails, ShippingService]]:
        details = self._details(parcel)
        found = (yield from ask(GetEligibleShipmentServices(shipment_request_details=details))).payload
        service = self._choose(parcel, found.shipping_service_list)
        if service is None:
            rejected = found.rejected_shipping_service_list or ()
            why = f": {rejected[0].rejection_reason_message or rejected[0].rejection_reason_code}" if rejected else ""
            message = f"no service takes the parcel{why}"
            raise Held(message)
        return details, service

    def _details(self, parcel: ToShip) -> ShipmentRequestDetails:
        size = self._size if isinstance(self._size, ParcelSize) else self._size(parcel)
        return ShipmentRequestDetails(
            amazon_order_id=parcel.order_id,
            item_list=[Item(order_item_id=one.order_item_id, quantity=one.quantity) for one in parcel.units],
            ship_from_address=self._ship_from,
            package_dimensions=PackageDimensions(
                length=Decimal(size.length),
                width=Decimal(size.width),
                height=Decimal(size.height),
                unit=UnitOfLength.CENTIMETERS if size.is_metric else UnitOfLength.INCHES,
            ),
            weight=Weight(value=Decimal(size.weight), unit=UnitOfWeight.G if size.is_metric else UnitOfWeight.OZ),
            shipping_service_options=ShippingServiceOptions(
                delivery_experience=DeliveryExperienceType.DELIVERY_CONFIRMATION_WITHOUT_SIGNATURE,
                carrier_will_pick_up=False,
                label_format=self._format,
            ),
        )


def _handed(shipment: Shipment) -> Handed:
    service = shipment.shipping_service
    return Handed(
        carrier_code=service.carrier_name,
        tracking_number=shipment.tracking_id or "",
        method=service.shipping_service_name,
        cost=_told(service),
    )


def _told(service: ShippingService) -> str:
    return f"{service.rate.amount} {service.rate.currency_code}"
