"""Labels are bought: the parcel of a wish becomes a shipment with a tracking number, and the order knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from string import ascii_uppercase, digits
from types import MappingProxyType

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.shipping import LabelBought
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.packages import Parcel as Package
from sellingpartner.market.shipping.carriers.inputs import missing_inputs
from sellingpartner.market.shipping.carriers.services import Carrier
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Bought, LabelWish, Parcel, Scan, Shipment
from sellingpartner.market.shipping.parcels.journeys import place_of, with_label
from sellingpartner.market.shipping.parcels.tracking import set_out
from sellingpartner.market.shipping.rating.offering import taken_up
from sellingpartner.market.shipping.rating.quoting import Quote
from sellingpartner.market.shipping.rating.targets import Target, replaced_by
from sellingpartner.market.shipping.refusals import InvalidPurchase, InvalidShipment
from sellingpartner.market.shipping.store import (
    insert_shipment,
    save_shipment,
    settings_of,
    shipments_of_order,
)
from sellingpartner.market.shipping.wishes import Wish
from sellingpartner.market.time.chance import chance, number_of, uuid_of, wide_number_of
from sellingpartner.storage.unit import UnitOfWork

DEFAULT = "ShippingServiceDefault"
NUMBERS = "shipments"
"""What a label's number is counted by: whoever takes one first has others who buy for the same seller wait."""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What is bought with a label, and by what it is known."""

    shipment_id: str | None = None
    """The shipment's id, where it had one before it was bought."""
    offer_id: str = ""
    request_id: str | None = None
    retry_key: str | None = None
    inputs: Mapping[str, str] = MappingProxyType({})
    confirms: bool | None = None
    """Whether it confirms its order's shipment; as its seller settled, where nobody says."""
    is_protected: bool = True


def buy(
    unit: UnitOfWork,
    wish: Wish,
    service_id: str,
    offer_id: str | None,
    label: LabelWish,
    *,
    inputs: Mapping[str, str] = MappingProxyType({}),
    confirms: bool | None = None,
) -> Shipment:
    """Buy a label for a parcel, and confirm the parcel's order unless the seller switched that off.

    `confirms` decides it for this label alone, as whoever buys it for the seller wants.
    """
    target, quoted = taken_up(unit, wish, service_id, offer_id)
    number = unit.next_number(NUMBERS)
    terms = Terms(
        shipment_id=uuid_of(wide_number_of(unit.seed, unit.seller_id, "shipment", number)),
        offer_id=offer_id or "",
        inputs=inputs,
        confirms=confirms,
    )
    return buy_quoted(unit, wish, target, quoted, _drawable(quoted, label), terms, number=number)


def buy_quoted(
    unit: UnitOfWork,
    wish: Wish,
    target: Target,
    quoted: Quote,
    label: LabelWish,
    terms: Terms,
    *,
    number: int | None = None,
) -> Shipment:
    """Buy a service as it was quoted: the parcel becomes a shipment, and its order knows of it."""
    if missing := missing_inputs(quoted.offered, terms.inputs):
        raise InvalidShipment(f"The service wants additional inputs, which are missing or wrong: {', '.join(missing)}.")
    order = target.order
    number = unit.next_number(NUMBERS) if number is None else number
    shipment = Shipment(
        shipment_id=terms.shipment_id or shipment_id_of(unit, number),
        order_id=None if order is None else order.order_id,
        marketplace_id=quoted.offered.carrier.marketplace_id if order is None else order.marketplace_id,
        seller_order_id=None if order is None else order.seller_order_id,
        wish=wish,
        bought=_bought(order, quoted, terms, wish.account_with(quoted.offered.carrier.carrier_id)),
        label=label,
        inputs=dict(terms.inputs),
        tracking_id=tracking_id_of(unit, quoted.offered.carrier, number),
        request_id=terms.request_id,
        retry_key=terms.retry_key,
        created_at=unit.now,
        updated_at=unit.now,
    )
    former = None if order is None else replaced_by(wish, shipments_of_order(unit, order.order_id))
    confirms = settings_of(unit).confirms_orders if terms.confirms is None else terms.confirms
    if order is not None and (former is not None or confirms):
        # What is given back leaves its package behind: the new label takes that package's place.
        shipment.package_reference = (former and former.package_reference) or order.next_reference
    insert_shipment(unit, shipment)
    if former is not None:
        former.replaced_by = shipment.shipment_id
        save_shipment(unit, former)
    _send_off(unit, target.address, shipment)
    _tell(unit, shipment)
    if shipment.order_id is not None and shipment.package_reference is not None:
        _confirm(unit, shipment, shipment.order_id, shipment.package_reference)
    return shipment


_IDS = 10**14
_STRIDE = 61_803_398_874_989
"""Shares no divisor with the count of ids, so that a seller's n-th shipment has an id that no other of theirs has."""


def shipment_id_of(unit: UnitOfWork, number: int) -> str:
    """The id of a seller's n-th shipment: Shipping v1 knows it by the digits in its middle."""
    start = number_of(unit.seed, unit.seller_id, "first shipment")
    return id_of_digits(f"{(start + number * _STRIDE) % _IDS:014}")


def id_of_digits(digits: str) -> str:
    """The id of the shipment that Shipping v1 knows by some digits."""
    return f"amzn1.sid.{digits}.100"


def digits_of_id(shipment_id: str) -> str:
    """What Shipping v1 calls a shipment."""
    return shipment_id.removeprefix("amzn1.sid.").removesuffix(".100")


def tracking_id_of(unit: UnitOfWork, carrier: Carrier, number: int) -> str:
    """The tracking number of a seller's n-th shipment, in the form of its carrier."""
    return tracking_number(chance(unit, "tracking", carrier.carrier_id, number), carrier.tracking)


def tracking_number(luck: Random, form: str) -> str:
    """A number of a form: `#` is a digit, `%` a digit or a capital letter."""
    kinds = {"#": digits, "%": digits + ascii_uppercase}
    return "".join(luck.choice(kinds[mark]) if mark in kinds else mark for mark in form)


def _drawable(quoted: Quote, label: LabelWish) -> LabelWish:
    carrier = quoted.offered.carrier
    drawn = carrier.default_format if label.format in {"", DEFAULT} else label.format
    if drawn not in carrier.formats:
        raise InvalidPurchase(f"{carrier.name} has no {drawn} labels; it has {', '.join(carrier.formats)}.")
    if label.is_hazmat and not quoted.offered.service.takes_hazmat:
        raise InvalidPurchase(f"{quoted.offered.service.name} takes no hazardous materials.")
    return LabelWish(
        format=drawn,
        asked=label.asked,
        has_slip=label.has_slip,
        custom_text=label.custom_text,
        standard_id=label.standard_id,
        is_hazmat=label.is_hazmat,
    )


def _bought(order: Order | None, quoted: Quote, terms: Terms, account_id: str | None) -> Bought:
    carrier, service = quoted.offered.carrier, quoted.offered.service
    return Bought(
        carrier_id=carrier.carrier_id,
        carrier_name=carrier.name,
        service_id=service.service_id,
        service_name=service.name,
        country=carrier.country,
        offer_id=terms.offer_id,
        total=quoted.total,
        base=quoted.base,
        billed_grams=quoted.billed_grams,
        insured=quoted.insured,
        leaves_at=quoted.leaves_at,
        earliest_at=quoted.arrives.earliest,
        latest_at=quoted.arrives.latest,
        is_late=order is not None and quoted.arrives.latest > order.latest_delivery_at,
        account_id=account_id,
        is_protected=terms.is_protected and order is not None and account_id is None,
    )


def _send_off(unit: UnitOfWork, address: Address, shipment: Shipment) -> None:
    sender = shipment.wish.sender
    start = place_of(sender.city, sender.state, sender.country_code)
    back_to = shipment.wish.returns_to or sender
    home = place_of(back_to.city, back_to.state, back_to.country_code)
    end = place_of(address.city, address.state_or_region, address.country_code)
    luck = chance(unit, "journey", shipment.shipment_id)
    parcel = Parcel(
        parcel_id=shipment.shipment_id,
        order_id=shipment.order_id,
        shipment_id=shipment.shipment_id,
        package_reference=shipment.package_reference,
        carrier_id=shipment.bought.carrier_id,
        service=shipment.bought.service_name,
        tracking_id=shipment.tracking_id,
        status=ParcelStatus.LABEL_CREATED,
        scans=[Scan(at=unit.now, status=ParcelStatus.LABEL_CREATED, place=start)],
        plan=with_label(luck, shipment.bought, start, end, home=home, is_signed=shipment.wish.experience.is_signed),
        home="" if home == start else home,
    )
    set_out(unit, parcel)


def _tell(unit: UnitOfWork, shipment: Shipment) -> None:
    unit.emit(
        LabelBought(
            order_id=shipment.order_id,
            shipment_id=shipment.shipment_id,
            carrier=shipment.bought.carrier_id,
            service=shipment.bought.service_name,
            cost_minor=0 if shipment.bought.account_id else shipment.bought.total.minor,
            currency=shipment.bought.total.currency,
            tracking_id=shipment.tracking_id,
        )
    )


def _confirm(unit: UnitOfWork, shipment: Shipment, order_id: str, reference: str) -> None:
    bought = shipment.bought
    package = Package(
        reference=reference,
        shipped_at=bought.leaves_at,
        quantities=dict(shipment.wish.quantities),
        carrier_code=bought.carrier_id,
        carrier_name=bought.carrier_name,
        method=bought.service_name,
        tracking_number=shipment.tracking_id,
        carrier_status=ParcelStatus.LABEL_CREATED.value,
    )
    try:
        orders.ship(unit, order_id, package, is_tracked=False)
    except InvalidInput as refused:  # an order with regulated items, say, that nobody has approved
        raise InvalidShipment(refused.reason) from None
