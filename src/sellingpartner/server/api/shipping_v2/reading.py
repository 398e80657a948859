"""What a seller says of a parcel, as the shipping context has it.

Differs: charges, tax details, the owner of the goods and, of items, invoices, serial numbers and volumes are taken and
not looked at. Assumed: a parcel to an address with a company's name goes to a business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import msgspec

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.market.amounts import Money, minor_units
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.shipping.carriers.businesses import COUNTRIES
from sellingpartner.market.shipping.carriers.measures import Box, LengthUnit, Weighed, WeightUnit
from sellingpartner.market.shipping.carriers.services import services_in
from sellingpartner.market.shipping.labels.papers import AskedPapers
from sellingpartner.market.shipping.refusals import Unfit
from sellingpartner.market.shipping.wishes import Content, Experience, Sender, Wish

_COUNTRY = re.compile(r"[A-Z]{2}")
_STATES_MATTER = frozenset({"US", "CA"})
_MOST = 100_000
_WEIGHTS = {
    "GRAM": (WeightUnit.GRAMS, 1),
    "KILOGRAM": (WeightUnit.GRAMS, 1000),
    "OUNCE": (WeightUnit.OUNCES, 1),
    "POUND": (WeightUnit.OUNCES, 16),
}
_LENGTHS = {"INCH": LengthUnit.INCHES, "CENTIMETER": LengthUnit.CENTIMETERS}


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What the three operations that begin with a parcel all say of it."""

    ship_from: v2.Address
    packages: Sequence[v2.Package]
    channel: v2.ChannelDetails
    business: v2.ShippingBusinessId | None = None
    ship_to: v2.Address | None = None
    return_to: v2.Address | None = None
    ship_date: datetime | None = None
    instruction: v2.ShipperInstruction | None = None
    client_references: Sequence[v2.ClientReferenceDetail] = ()
    to_collect: v2.Currency | None = None
    access_point: v2.AccessPointDetails | None = None
    accounts: Sequence[v2.CarrierAccount] = ()
    is_return: bool = False
    path: str = "packages[0]"
    value: str = "insuredValue"
    """What the caller calls its package, and what that is insured for."""


def wish_of(said: Said) -> Wish:
    """The parcel; raises `Unfit` for what cannot be."""
    if len(said.packages) != 1:
        raise Unfit(f"A shipment is one package; {said.path[:-3]} names {len(said.packages)}.")
    package = said.packages[0]
    if not package.items:
        raise Unfit(f"{said.path}.items is empty; name at least one item.")
    sender = sender_of(said.ship_from, "shipFrom")
    order_id = _order_id(said.channel)
    _check_business(said.business, sender.country_code, is_amazons=order_id is not None)
    if order_id is None and said.ship_to is None:
        raise Unfit("shipTo is missing, which a shipment of the channel EXTERNAL needs.")
    if order_id is not None and said.is_return:
        raise Unfit("shipmentType RETURNS is for the channel EXTERNAL alone.")
    return Wish(
        order_id=order_id,
        quantities=() if order_id is None else _quantities(package.items),
        sender=sender,
        recipient=recipient_of(said.ship_to) if order_id is None and said.ship_to is not None else None,
        contents=tuple(_content(item, f"{said.path}.items[{place}]") for place, item in enumerate(package.items)),
        reference=package.package_client_reference_id,
        client_references=tuple(
            (one.client_reference_type.value, one.client_reference_id) for one in said.client_references
        ),
        returns_to=None if said.return_to is None else sender_of(said.return_to, "returnTo"),
        shown_name=package.seller_display_name,
        notes=None if said.instruction is None else said.instruction.delivery_notes,
        to_collect=None if said.to_collect is None else _money(said.to_collect, "collectOnDelivery.amount"),
        box=box_of(package.dimensions, f"{said.path}.dimensions"),
        weight=weight_of(package.weight, f"{said.path}.weight"),
        experience=Experience.CONFIRMATION,
        declared=_money(package.insured_value, f"{said.path}.{said.value}"),
        ship_at=_utc(said.ship_date),
        is_hazmat=bool(package.is_hazmat)
        or any(item.is_hazmat or item.dangerous_goods_details is not None for item in package.items),
        is_return=said.is_return,
        access_point=None if said.access_point is None else said.access_point.access_point_id or None,
        accounts=tuple((one.carrier_id, one.carrier_account_id) for one in said.accounts),
    )


def sender_of(said: v2.Address, path: str) -> Sender:
    """Where a parcel comes from, or comes back to; raises `Unfit`."""
    _check_address(said, path)
    return Sender(
        name=said.name,
        line_1=said.address_line1,
        line_2=said.address_line2,
        line_3=said.address_line3,
        company=said.company_name,
        city=said.city,
        state=said.state_or_region or None,
        postal_code=said.postal_code,
        country_code=said.country_code,
        email=said.email or "",
        phone=said.phone_number or "",
    )


def recipient_of(said: v2.Address) -> Address:
    """Where a parcel goes that was not sold on Amazon; raises `Unfit`."""
    _check_address(said, "shipTo")
    return Address(
        name=said.name,
        line_1=said.address_line1,
        line_2=said.address_line2,
        line_3=said.address_line3,
        company_name=said.company_name,
        city=said.city,
        state_or_region=said.state_or_region or None,
        postal_code=said.postal_code,
        country_code=said.country_code,
        phone=said.phone_number,
        is_commercial=bool(said.company_name),
    )


def papers_of(said: v2.RequestedDocumentSpecification) -> AskedPapers:
    """What is to be printed."""
    custom = said.requested_label_customization
    attributes = set() if custom is None else {one.value for one in custom.request_attributes or []}
    return AskedPapers(
        format=said.format.value,
        size=(float(said.size.width), float(said.size.length), said.size.unit.value),
        papers=tuple(one.value for one in said.requested_document_types),
        dpi=said.dpi,
        layout=said.page_layout,
        is_joined=said.need_file_joining,
        shows_reference="PACKAGE_CLIENT_REFERENCE_ID" in attributes,
        shows_seller="SELLER_DISPLAY_NAME" in attributes,
        shows_amount="COLLECT_ON_DELIVERY_AMOUNT" in attributes,
    )


def _order_id(channel: v2.ChannelDetails) -> str | None:
    if channel.channel_type is not v2.ChannelType.AMAZON:
        return None
    if channel.amazon_order_details is None:
        raise Unfit("channelDetails.amazonOrderDetails.orderId is missing, which the channel AMAZON needs.")
    return channel.amazon_order_details.order_id


def _check_business(said: v2.ShippingBusinessId | None, country: str, *, is_amazons: bool) -> None:
    """Whether the business that is asked works where the parcel starts.

    Differs: where no header says which, it is that of the country in which the parcel starts; Amazon takes the UK's.
    """
    if said is not None and COUNTRIES.get(said.value) != country:
        raise Unfit(f"{said.value} takes parcels that start in {COUNTRIES.get(said.value)}; shipFrom is in {country}.")
    if not is_amazons and not services_in(country, of_amazon=True).offered:
        raise Unfit(
            f"There is no marketplaceId configured to AmazonShippingIdentifier = AmazonShipping_{country} for the"
            " AmazonShipping"
        )


def _check_address(said: v2.Address, path: str) -> None:
    country = said.country_code
    if _COUNTRY.fullmatch(country) is None or country == "UK":
        raise Unfit(f"{path}.countryCode {country!r} is no country of ISO 3166; the United Kingdom is GB.")
    if country in _STATES_MATTER and not said.state_or_region.strip():
        raise Unfit(f"{path}.stateOrRegion is empty, which an address in {country} needs.")
    for name, value in (("name", said.name), ("addressLine1", said.address_line1), ("city", said.city)):
        if not value.strip():
            raise Unfit(f"{path}.{name} is empty.")
    if not said.postal_code.strip():
        raise Unfit(f"{path}.postalCode is empty.")


def _quantities(items: Sequence[v2.Item]) -> tuple[tuple[str, int], ...]:
    """The units of an order: each item is called by its id in the order."""
    quantities: dict[str, int] = {}
    for place, item in enumerate(items):
        if not item.item_identifier:
            raise Unfit(f"packages[0].items[{place}].itemIdentifier is missing: the id of the item in its order.")
        quantities[item.item_identifier] = quantities.get(item.item_identifier, 0) + item.quantity
    return tuple(sorted(quantities.items()))


def _content(item: v2.Item, path: str) -> Content:
    if not 1 <= item.quantity <= _MOST:
        raise Unfit(f"{path}.quantity is {item.quantity}; 1 is the least, {_MOST:,} the most.")
    return Content(
        quantity=item.quantity,
        title=item.description or "",
        item_id=item.item_identifier or "",
        worth=None if item.item_value is None else _money(item.item_value, f"{path}.itemValue"),
        grams=0 if item.weight is None else weight_of(item.weight, f"{path}.weight", least=0).grams,
    )


def box_of(said: v2.Dimensions, path: str) -> Box:
    """The measures of a package; raises `Unfit`."""
    for name, side in (("length", said.length), ("width", said.width), ("height", said.height)):
        if not 0 < side <= _MOST:
            raise Unfit(f"{path}.{name} is {side}; it must be more than 0 and at most {_MOST:,}.")
    return Box(length=said.length, width=said.width, height=said.height, unit=_LENGTHS[said.unit.value])


def weight_of(said: v2.Weight, path: str, *, least: int = 1) -> Weighed:
    """What a package or an item weighs; raises `Unfit`."""
    if not (0 < said.value <= _MOST * 100 or (said.value == 0 and not least)):
        raise Unfit(f"{path}.value is {said.value}; it must be more than 0.")
    unit, factor = _WEIGHTS[said.unit.value]
    return Weighed(value=said.value * factor, unit=unit)


def _money(said: v2.Currency, path: str) -> Money | None:
    if said.value == 0:
        return None
    minor = minor_units(said.value, said.unit, most=10**12)
    if minor is None or minor < 0:
        raise Unfit(f"{path}.value {said.value} is no amount of {said.unit}.")
    return Money(minor, said.unit)


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def as_asked(value: Decimal | None) -> int | None:
    """Dots an inch as a query says them; raises `Unfit`."""
    if value is None:
        return None
    if not value.is_finite() or value != value.to_integral_value() or abs(value) > _MOST:
        raise Unfit(f"dpi is {value}; it is a whole number.")
    return int(value)
