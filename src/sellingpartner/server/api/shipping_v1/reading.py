"""What a seller says of a shipment of v1, as the shipping context has it: read as v2 says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from sellingpartner.contract import shipping_v1 as v1
from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.market.shipping.refusals import Unfit
from sellingpartner.market.shipping.wishes import Wish
from sellingpartner.server.api.shipping_v2.reading import Said, wish_of

_UNITS = {"g": "GRAM", "kg": "KILOGRAM", "oz": "OUNCE", "lb": "POUND", "IN": "INCH", "CM": "CENTIMETER"}
_EXTERNAL = v2.ChannelDetails(channel_type=v2.ChannelType.EXTERNAL)


def announced_wish(
    client_reference: str,
    ship_from: v1.Address,
    ship_to: v1.Address,
    containers: Sequence[v1.Container],
    ship_date: datetime | None = None,
) -> Wish:
    """The parcel of a shipment; raises `Unfit`.

    Differs: a shipment of v1 is one container, as a shipment of v2 is one package; Amazon takes more.
    """
    said = Said(
        ship_from=_address(ship_from),
        ship_to=_address(ship_to),
        packages=[_package(one) for one in containers],
        channel=_EXTERNAL,
        ship_date=ship_date,
        path="containers[0]",
        value="value",
    )
    return msgspec.structs.replace(wish_of(said), client_reference=client_reference)


def specified_wish(
    ship_from: v1.Address,
    ship_to: v1.Address,
    specified: v1.ContainerSpecification,
    place: int,
    ship_date: datetime | None,
) -> Wish:
    """A parcel of which only measures and weight are known; raises `Unfit`."""
    package = v2.Package(
        dimensions=_dimensions(specified.dimensions),
        weight=_weight(specified.weight),
        insured_value=v2.Currency(value=Decimal(0), unit="XXX"),
        package_client_reference_id="",
        items=[v2.Item(quantity=1)],
    )
    said = Said(
        ship_from=_address(ship_from),
        ship_to=_address(ship_to),
        packages=[package],
        channel=_EXTERNAL,
        ship_date=ship_date,
        path=f"containerSpecifications[{place}]",
    )
    return wish_of(said)


def _package(said: v1.Container) -> v2.Package:
    return v2.Package(
        dimensions=_dimensions(said.dimensions),
        weight=_weight(said.weight),
        insured_value=v2.Currency(value=said.value.value, unit=said.value.unit),
        package_client_reference_id=said.container_reference_id,
        items=[_item(one, place) for place, one in enumerate(said.items)],
    )


def _item(said: v1.ContainerItem, place: int) -> v2.Item:
    if said.quantity != said.quantity.to_integral_value():
        raise Unfit(f"containers[0].items[{place}].quantity is {said.quantity}; it is a whole number.")
    return v2.Item(
        quantity=int(said.quantity),
        description=said.title,
        item_value=v2.Currency(value=said.unit_price.value, unit=said.unit_price.unit),
        weight=_weight(said.unit_weight),
    )


def _address(said: v1.Address) -> v2.Address:
    return v2.Address(
        name=said.name,
        address_line1=said.address_line1,
        address_line2=said.address_line2,
        address_line3=said.address_line3,
        state_or_region=said.state_or_region,
        city=said.city,
        country_code=said.country_code,
        postal_code=said.postal_code,
        email=said.email,
        phone_number=said.phone_number,
    )


def _dimensions(said: v1.Dimensions) -> v2.Dimensions:
    unit = v2.DimensionsUnit(_UNITS[said.unit.value])
    return v2.Dimensions(length=said.length, width=said.width, height=said.height, unit=unit)


def _weight(said: v1.Weight) -> v2.Weight:
    return v2.Weight(unit=v2.WeightUnit(_UNITS[said.unit.value]), value=said.value)
