"""What a seller says of a parcel, as the shipping context has it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

from sellingpartner.contract import merchant_fulfillment_v0 as v0
from sellingpartner.market.amounts import Money, minor_units
from sellingpartner.market.shipping.carriers.measures import Box, LengthUnit, Weighed, WeightUnit, named_box
from sellingpartner.market.shipping.refusals import FieldRefused, InvalidShipment
from sellingpartner.market.shipping.wishes import Experience, Sender, Wish

_COUNTRY = re.compile(r"[A-Z]{2}")
_STATES_MATTER = frozenset({"US", "CA"})
_LEAST_LENGTH = Decimal("0.01")
_MOST = 100_000
_COUNTRY_LENGTH = 2


def wish_of(said: v0.ShipmentRequestDetails) -> Wish:
    """The parcel; raises `InvalidShipment` for what cannot be."""
    quantities: dict[str, int] = {}
    for item in said.item_list:
        if item.quantity < 1:
            raise InvalidShipment(f"The quantity of item {item.order_item_id} is {item.quantity}; 1 is the least.")
        quantities[item.order_item_id] = quantities.get(item.order_item_id, 0) + item.quantity
    options = said.shipping_service_options
    collected = options.carrier_will_pick_up_option
    return Wish(
        order_id=said.amazon_order_id,
        quantities=tuple(sorted(quantities.items())),
        sender=sender_of(said.ship_from_address, "shipmentRequestDetails.shipFromAddress"),
        box=_box(said.package_dimensions),
        weight=_weight(said.weight),
        experience=Experience(options.delivery_experience.value),
        is_collected=options.carrier_will_pick_up or collected is v0.CarrierWillPickUpOption.CARRIER_WILL_PICK_UP,
        declared=_money(options.declared_value),
        ship_at=_utc(said.ship_date),
        must_arrive_at=_utc(said.must_arrive_by_date),
        is_hazmat=any(item.is_hazmat or item.dangerous_goods_details is not None for item in said.item_list),
    )


def sender_of(said: v0.Address, path: str) -> Sender:
    """Where a parcel comes from; raises `FieldRefused` or `InvalidShipment`."""
    country = said.country_code
    if len(country) > _COUNTRY_LENGTH:
        raise FieldRefused(country, f"{path}.countryCode", "Member must have length less than or equal to 2")
    if _COUNTRY.fullmatch(country) is None or country == "UK":
        raise InvalidShipment(f"CountryCode {country!r} is no country of ISO 3166; the United Kingdom is GB.")
    if country in _STATES_MATTER and not (said.state_or_province_code or "").strip():
        raise InvalidShipment(f"StateOrProvinceCode is missing, which an address in {country} needs.")
    for name in ("name", "address_line1", "city", "postal_code", "email", "phone"):
        if not str(getattr(said, name)).strip():
            raise InvalidShipment(f"ShipFromAddress has no {name.replace('_', ' ')}.")
    return Sender(
        name=said.name,
        line_1=said.address_line1,
        line_2=said.address_line2,
        line_3=said.address_line3,
        county=said.district_or_county,
        city=said.city,
        state=said.state_or_province_code,
        postal_code=said.postal_code,
        country_code=country,
        email=said.email,
        phone=said.phone,
    )


def _box(said: v0.PackageDimensions) -> Box:
    if said.predefined_package_dimensions is not None:
        found = named_box(said.predefined_package_dimensions.value)
        if found is None:
            raise InvalidShipment(f"The market knows no measures of {said.predefined_package_dimensions.value}.")
        return found
    if said.length is None or said.width is None or said.height is None or said.unit is None:
        raise InvalidShipment("PackageDimensions needs Length, Width, Height and Unit, or a predefined package.")
    for side in (said.length, said.width, said.height):
        if not _LEAST_LENGTH <= side <= _MOST:
            raise InvalidShipment(f"A side of the package is {side}; it must be {_LEAST_LENGTH} or more.")
    return Box(length=said.length, width=said.width, height=said.height, unit=LengthUnit(said.unit.value))


def _weight(said: v0.Weight) -> Weighed:
    if not 0 < said.value <= _MOST * 100:
        raise InvalidShipment(f"The package weighs {said.value}; it must be more than nothing.")
    return Weighed(value=said.value, unit=WeightUnit(said.unit.value))


def _money(said: v0.CurrencyAmount | None) -> Money | None:
    if said is None or said.amount == 0:
        return None
    minor = minor_units(said.amount, said.currency_code, most=10**12)
    if minor is None or minor < 0:
        raise InvalidShipment(f"DeclaredValue {said.amount} is no amount of {said.currency_code}.")
    return Money(minor, said.currency_code)


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
