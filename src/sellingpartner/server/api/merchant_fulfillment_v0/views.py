"""Services, labels and shipments as the API shows them."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner.contract import merchant_fulfillment_v0 as v0
from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.model import Order
from sellingpartner.market.shipping.carriers.inputs import wants_inputs
from sellingpartner.market.shipping.carriers.measures import Box, Weighed
from sellingpartner.market.shipping.carriers.services import Carrier
from sellingpartner.market.shipping.labels.documents import label_document, paper_of
from sellingpartner.market.shipping.model import Shipment
from sellingpartner.market.shipping.questions import Offer
from sellingpartner.market.shipping.wishes import Sender, Wish

_DEFAULT = v0.LabelFormat.SHIPPING_SERVICE_DEFAULT
_SLIPPED = frozenset({v0.LabelFormat.PDF})
_NAME, _LINE, _CITY, _CODE = 30, 60, 30, 30
_LINE_1 = 180


def amount(minor: int, currency: str) -> v0.CurrencyAmount:
    """An amount of money."""
    return v0.CurrencyAmount(currency_code=currency, amount=Money(minor, currency).decimal)


def money(sum_: Money) -> v0.CurrencyAmount:
    """The same."""
    return amount(sum_.minor, sum_.currency)


def label_formats(carrier: Carrier) -> list[v0.LabelFormat]:
    """In which formats a carrier has labels."""
    return [*(v0.LabelFormat(one) for one in carrier.formats), _DEFAULT]


def format_options(formats: list[v0.LabelFormat]) -> list[v0.LabelFormatOption]:
    """The same, and with which of them a packing slip comes."""
    return [
        v0.LabelFormatOption(label_format=one, include_packing_slip_with_label=True if one in _SLIPPED else None)
        for one in formats
    ]


def benefits(*, is_late: bool) -> v0.Benefits:
    """What Amazon stands for: claims, as long as the parcel is to arrive in time."""
    claims = "CLAIMS_PROTECTED"
    if not is_late:
        return v0.Benefits(included_benefits=[claims], excluded_benefits=[])
    late = v0.ExcludedBenefit(benefit=claims, reason_codes=["LATE_DELIVERY_RISK"])
    return v0.Benefits(included_benefits=[], excluded_benefits=[late])


def shipment_of(shipment: Shipment, order_id: str, order: Order) -> v0.Shipment:
    """A shipment with its label, which is empty once it was given back."""
    wish = shipment.wish
    return v0.Shipment(
        shipment_id=shipment.shipment_id,
        amazon_order_id=order_id,
        seller_order_id=shipment.seller_order_id,
        item_list=[v0.Item(order_item_id=item_id, quantity=units) for item_id, units in wish.quantities],
        ship_from_address=_sender(wish.sender),
        ship_to_address=_recipient(order.address),
        package_dimensions=_box(wish.box),
        weight=_weight(wish.weight),
        insurance=money(shipment.bought.insured),
        shipping_service=_bought(shipment),
        label=_label(shipment, order),
        status=v0.ShipmentStatus(shipment.status.value),
        tracking_id=shipment.tracking_id,
        created_date=shipment.created_at,
        last_updated_date=shipment.updated_at,
    )


def options_of(wish: Wish) -> v0.ShippingServiceOptions:
    """What was asked for besides.

    Differs: Amazon was seen to send an empty LabelFormat here, which is no value of its enumeration; it is left out.
    """
    return v0.ShippingServiceOptions(
        delivery_experience=v0.DeliveryExperienceType(wish.experience.value),
        declared_value=None if wish.declared is None else money(wish.declared),
        carrier_will_pick_up=wish.is_collected,
    )


def service_of(
    offer: Offer, wish: Wish, *, is_late: bool, available: v0.AvailableShippingServiceOptions
) -> v0.ShippingService:
    """A service as it is offered."""
    quoted = offer.quote
    carrier, service = quoted.offered.carrier, quoted.offered.service
    formats = label_formats(carrier)
    return v0.ShippingService(
        shipping_service_name=service.name,
        carrier_name=carrier.name,
        shipping_service_id=service.service_id,
        shipping_service_offer_id=offer.offer_id,
        ship_date=quoted.leaves_at,
        earliest_estimated_delivery_date=quoted.arrives.earliest,
        latest_estimated_delivery_date=quoted.arrives.latest,
        rate=money(quoted.total),
        rate_with_adjustments=money(quoted.total),
        shipping_service_options=options_of(wish),
        available_shipping_service_options=available,
        available_label_formats=formats,
        available_format_options_for_label=format_options(formats),
        requires_additional_seller_inputs=wants_inputs(quoted.offered),
        benefits=benefits(is_late=is_late),
    )


def _bought(shipment: Shipment) -> v0.ShippingService:
    bought = shipment.bought
    return v0.ShippingService(
        shipping_service_name=bought.service_name,
        carrier_name=bought.carrier_name,
        shipping_service_id=bought.service_id,
        shipping_service_offer_id=bought.offer_id,
        ship_date=bought.leaves_at,
        earliest_estimated_delivery_date=bought.earliest_at,
        latest_estimated_delivery_date=bought.latest_at,
        rate=money(bought.total),
        rate_with_adjustments=money(bought.total),
        shipping_service_options=options_of(shipment.wish),
        requires_additional_seller_inputs=False,
        benefits=benefits(is_late=bought.is_late),
    )


def _label(shipment: Shipment, order: Order) -> v0.Label:
    paper, label = paper_of(shipment.bought.country), shipment.label
    document = label_document(shipment, order)
    return v0.Label(
        custom_text_for_label=label.custom_text,
        dimensions=v0.LabelDimensions(
            length=_number(paper.length), width=_number(paper.width), unit=v0.UnitOfLength(paper.unit)
        ),
        file_contents=v0.FileContents(
            contents="" if shipment.is_voided else document.packed,
            file_type=v0.FileType(document.media_type),
            checksum="" if shipment.is_voided else document.checksum,
        ),
        label_format=v0.LabelFormat(label.asked or label.format),
        standard_id_for_label=None if label.standard_id is None else v0.StandardIdForLabel(label.standard_id),
    )


def _number(value: float) -> Decimal:
    return Decimal(str(value))


def _box(box: Box) -> v0.PackageDimensions:
    if box.name is not None:
        return v0.PackageDimensions(predefined_package_dimensions=v0.PredefinedPackageDimensions(box.name))
    unit = v0.UnitOfLength(box.unit.value)
    return v0.PackageDimensions(length=box.length, width=box.width, height=box.height, unit=unit)


def _weight(weight: Weighed) -> v0.Weight:
    return v0.Weight(value=weight.value, unit=v0.UnitOfWeight(weight.unit.value))


def _sender(sender: Sender) -> v0.Address:
    return v0.Address(
        name=sender.name,
        address_line1=sender.line_1,
        address_line2=sender.line_2,
        address_line3=sender.line_3,
        district_or_county=sender.county,
        email=sender.email,
        city=sender.city,
        state_or_province_code=sender.state,
        postal_code=sender.postal_code,
        country_code=sender.country_code,
        phone=sender.phone,
    )


def _recipient(address: Address) -> v0.Address:
    """Where it goes. The buyer's email address and telephone number are not told, as Amazon does not."""
    return v0.Address(
        name=address.name[:_NAME],
        address_line1=address.line_1[:_LINE_1],
        address_line2=address.line_2 and address.line_2[:_LINE],
        address_line3=address.line_3 and address.line_3[:_LINE],
        district_or_county=address.district or address.county,
        email="",
        city=address.city[:_CITY],
        state_or_province_code=address.state_or_region and address.state_or_region[:_CODE],
        postal_code=address.postal_code,
        country_code=address.country_code,
        phone="",
    )
