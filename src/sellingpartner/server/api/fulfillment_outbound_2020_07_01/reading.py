"""What a seller says of a fulfillment order, as the outbound context has it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.amounts import Money, minor_units
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.outbound.asking import AskedItem
from sellingpartner.market.outbound.model import Collection, DropOff, Notified, Payment, Window
from sellingpartner.market.outbound.speeds import Speed
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.server.api.outbound_addresses import read_address

MOST_MINOR = 10**12
_COUNTRY_LENGTH = 2


def address_of(said: v2020.Address) -> Address:
    """Where something is to go; raises `InvalidInput` for a country that is none."""
    country = said.country_code.strip()
    if len(country) != _COUNTRY_LENGTH or not (country.isascii() and country.isalpha() and country.isupper()):
        message = f"Value {country[:20]} for parameter CountryCode is invalid. Reason: InvalidValue."
        raise InvalidInput(message)
    return read_address(said, country)


def money_of(said: v2020.Money | None) -> Money | None:
    """An amount; raises `InvalidInput` for what is none."""
    return None if said is None else amount_of(said.value, said.currency_code)


def amount_of(value: str, currency: str) -> Money:
    """An amount of a currency; raises `InvalidInput` for what is none."""
    try:
        minor = minor_units(Decimal(value), currency, most=MOST_MINOR)
    except InvalidOperation:
        minor = None
    if minor is None:
        message = f"Value {value[:40]} for parameter Money is invalid. Reason: InvalidValue."
        raise InvalidInput(message)
    return Money(minor, currency)


def speed_of(said: v2020.ShippingSpeedCategory) -> Speed:
    """A speed."""
    return Speed(said.value)


def items_of(said: Iterable[v2020.CreateFulfillmentOrderItem]) -> tuple[AskedItem, ...]:
    """The lines of an order."""
    return tuple(
        AskedItem(
            item_id=item.seller_fulfillment_order_item_id,
            sku=item.seller_sku,
            quantity=item.quantity,
            gift_message=item.gift_message,
            comment=item.displayable_comment,
            declared=money_of(item.per_unit_declared_value),
            price=money_of(item.per_unit_price),
            price_tax=money_of(item.per_unit_tax),
        )
        for item in said
    )


def features_of(said: Iterable[v2020.FeatureSettings] | None) -> dict[str, str]:
    """The features that an order must have, or must not mind; raises `InvalidInput` for one without a name."""
    found: dict[str, str] = {}
    for one in said or ():
        if one.feature_name is None:
            message = "Value  for parameter FeatureName is invalid. Reason: InvalidValue."
            raise InvalidInput(message)
        policy = one.feature_fulfillment_policy
        found[one.feature_name] = "NotRequired" if policy is None else policy.value
    return found


def window_of(said: v2020.DeliveryWindow | None) -> Window | None:
    """When a scheduled delivery is to come."""
    return None if said is None else Window(moment(said.start_date), moment(said.end_date))


def collection_of(said: v2020.CODSettings | None) -> Collection | None:
    """What is collected on delivery; nothing unless that is required."""
    if said is None or not said.is_cod_required:
        return None

    def minor(one: v2020.Money | None) -> int:
        found = money_of(one)
        return 0 if found is None else found.minor

    return Collection(
        charge=minor(said.cod_charge),
        charge_tax=minor(said.cod_charge_tax),
        shipping=minor(said.shipping_charge),
        shipping_tax=minor(said.shipping_charge_tax),
    )


def drop_off_of(said: v2020.DeliveryPreferences | None) -> DropOff | None:
    """Where a parcel may be left."""
    if said is None:
        return None
    place = said.drop_off_location
    return DropOff(
        instructions=said.delivery_instructions,
        place=None if place is None else place.type.value,
        attributes={} if place is None else dict(place.attributes or {}),
    )


def payments_of(said: Iterable[v2020.PaymentInformation] | None) -> tuple[Payment, ...]:
    """How the seller was paid elsewhere."""
    return tuple(
        Payment(payment_id=one.payment_transaction_id, method=one.payment_mode, paid_at=moment(one.payment_date))
        for one in said or ()
    )


def notified_of(said: Iterable[str] | None) -> tuple[Notified, ...]:
    """Whom Amazon is to write to."""
    return tuple(Notified(one) for one in said or ())


def moment(said: datetime) -> datetime:
    """A moment in UTC, which is meant where no zone is named; raises `InvalidInput` for one beyond all calendars."""
    try:
        return in_utc(said)
    except OutOfBounds as fault:
        raise InvalidInput(str(fault)) from None
