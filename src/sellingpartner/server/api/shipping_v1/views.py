"""Rates, shipments and labels as v1 shows them."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from decimal import Decimal

from sellingpartner.contract import shipping_v1 as v1
from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.model import Order
from sellingpartner.market.shipping.buying.announcing import type_of
from sellingpartner.market.shipping.carriers.measures import LengthUnit, WeightUnit
from sellingpartner.market.shipping.labels.documents import label_document
from sellingpartner.market.shipping.model import Shipment
from sellingpartner.market.shipping.wishes import Sender, Wish
from sellingpartner.market.time.chance import number_of

_GRAMS_IN_POUND = Decimal("453.59237")
_LONGEST_TITLE = 30
_NOT_SAID = "-"
SPECIFIED = v1.LabelSpecification(label_format=v1.LabelFormat.PNG, label_stock_size=v1.LabelStockSize.VALUE_4X6)


def account_of(seller_id: str) -> str:
    """A seller's account with Amazon Shipping: ten digits."""
    return f"{number_of(0, 'shipping account', seller_id) % 10**10:010}"


def currency(sum_: Money) -> v1.Currency:
    """An amount of money."""
    return v1.Currency(value=sum_.decimal, unit=sum_.currency)


def promise_of(leaves: datetime, earliest: datetime, latest: datetime) -> v1.ShippingPromiseSet:
    """When a shipment is fetched and when it arrives."""
    return v1.ShippingPromiseSet(
        receive_window=v1.TimeRange(start=leaves, end=leaves), delivery_window=v1.TimeRange(start=earliest, end=latest)
    )


def weight(grams: int, wish: Wish) -> v1.Weight:
    """A weight in the units that its seller thinks in."""
    if wish.weight.unit is WeightUnit.GRAMS:
        return v1.Weight(unit=v1.WeightUnit.G, value=Decimal(grams))
    pounds = (Decimal(grams) / _GRAMS_IN_POUND).quantize(Decimal("0.01"))
    return v1.Weight(unit=v1.WeightUnit.LB, value=pounds)


def accepted_rate(shipment: Shipment) -> v1.AcceptedRate:
    """What was bought."""
    bought = shipment.bought
    return v1.AcceptedRate(
        total_charge=currency(bought.total),
        billed_weight=weight(bought.billed_grams, shipment.wish),
        service_type=v1.ServiceType(type_of(shipment) or ""),
        promise=promise_of(bought.leaves_at, bought.earliest_at, bought.latest_at),
    )


def label_results(shipment: Shipment, order: Order | None) -> list[v1.LabelResult]:
    """The label of the one container."""
    label = v1.Label(label_stream=label_stream(shipment, order), label_specification=SPECIFIED)
    reference = shipment.wish.reference or _NOT_SAID
    return [v1.LabelResult(container_reference_id=reference, tracking_id=shipment.tracking_id, label=label)]


def label_stream(shipment: Shipment, order: Order | None) -> str:
    """The label's bytes."""
    return b64encode(label_document(shipment, order).content).decode()


def shipment_of(
    digits: str, seller_id: str, wish: Wish, recipient: Address, accepted: v1.AcceptedRate | None
) -> v1.Shipment:
    """A shipment, announced or bought."""
    return v1.Shipment(
        shipment_id=digits,
        client_reference_id=wish.client_reference or wish.reference or _NOT_SAID,
        ship_from=_sender(wish.sender),
        ship_to=_recipient(recipient),
        accepted_rate=accepted,
        shipper=v1.Party(account_id=account_of(seller_id)),
        containers=[_container(wish)],
    )


def _container(wish: Wish) -> v1.Container:
    inches = wish.box.unit is LengthUnit.INCHES
    ounces = wish.weight.unit is WeightUnit.OUNCES
    nothing = Money(0, "USD") if wish.declared is None else Money(0, wish.declared.currency)
    return v1.Container(
        container_type=v1.ContainerType.PACKAGE,
        container_reference_id=wish.reference or _NOT_SAID,
        value=currency(wish.declared or nothing),
        dimensions=v1.Dimensions(
            length=wish.box.length,
            width=wish.box.width,
            height=wish.box.height,
            unit=v1.DimensionsUnit.IN if inches else v1.DimensionsUnit.CM,
        ),
        weight=v1.Weight(value=wish.weight.value, unit=v1.WeightUnit.OZ if ounces else v1.WeightUnit.G),
        items=[
            v1.ContainerItem(
                quantity=Decimal(one.quantity),
                unit_price=currency(one.worth or nothing),
                unit_weight=v1.Weight(value=Decimal(one.grams), unit=v1.WeightUnit.G),
                title=(one.title or one.item_id)[:_LONGEST_TITLE],
            )
            for one in wish.contents
        ],
    )


def _sender(sender: Sender) -> v1.Address:
    return v1.Address(
        name=sender.name,
        address_line1=sender.line_1,
        address_line2=sender.line_2,
        address_line3=sender.line_3,
        state_or_region=sender.state or "",
        city=sender.city,
        country_code=sender.country_code,
        postal_code=sender.postal_code,
        email=sender.email or None,
        phone_number=sender.phone or None,
    )


def _recipient(address: Address) -> v1.Address:
    return v1.Address(
        name=address.name[:50],
        address_line1=address.line_1[:60],
        address_line2=address.line_2 and address.line_2[:60],
        address_line3=address.line_3 and address.line_3[:60],
        state_or_region=address.state_or_region or "",
        city=address.city[:50],
        country_code=address.country_code,
        postal_code=address.postal_code[:20],
        phone_number=address.phone and address.phone[:20],
    )
