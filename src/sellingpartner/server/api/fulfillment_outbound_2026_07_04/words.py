"""The words of 2026-07-04 for what the outbound context knows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from sellingpartner.contract import fulfillment_outbound_2026_07_04 as v2026
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.outbound.asking import MOST_UNITS
from sellingpartner.market.outbound.lifecycle import Action, FulfillmentStatus, Policy, ShipmentStatus
from sellingpartner.market.outbound.speeds import Speed
from sellingpartner.market.shipping.lifecycle import ParcelStatus

EACHES = "EACHES"

STATUSES: Mapping[FulfillmentStatus, str] = {
    FulfillmentStatus.RECEIVED: "PROCESSING",
    FulfillmentStatus.PLANNING: "PROCESSING",
    FulfillmentStatus.PROCESSING: "PROCESSING",
    FulfillmentStatus.COMPLETE: "COMPLETE",
    FulfillmentStatus.COMPLETE_PARTIALLED: "COMPLETE_PARTIAL",
    FulfillmentStatus.CANCELED: "CANCELLED",
    FulfillmentStatus.UNFULFILLABLE: "UNFULFILLABLE",
    FulfillmentStatus.INVALID: "INVALID",
}
SHIPMENTS: Mapping[ShipmentStatus, str] = {
    ShipmentStatus.PENDING: "PROCESSING",
    ShipmentStatus.SHIPPED: "SHIPPED",
    ShipmentStatus.CANCELED_BY_FULFILLER: "CANCELLED",
    ShipmentStatus.CANCELED_BY_SELLER: "CANCELLED",
}
# Assumed: what turns back on its way to the recipient is UNDELIVERABLE, as what is lost; EXPIRED is not met here.
PACKAGES: Mapping[ParcelStatus, str] = {
    ParcelStatus.LABEL_CREATED: "PROCESSING",
    ParcelStatus.ACCEPTED: "IN_TRANSIT",
    ParcelStatus.IN_TRANSIT: "IN_TRANSIT",
    ParcelStatus.OUT_FOR_DELIVERY: "OUT_FOR_DELIVERY",
    ParcelStatus.ATTEMPTED: "OUT_FOR_DELIVERY",
    ParcelStatus.REFUSED: "UNDELIVERABLE",
    ParcelStatus.DELIVERED: "DELIVERED",
    ParcelStatus.LOST: "UNDELIVERABLE",
    ParcelStatus.RETURNING: "UNDELIVERABLE",
    ParcelStatus.RETURNED: "UNDELIVERABLE",
    ParcelStatus.CANCELED: "EXPIRED",
}
DELAYED = "DELAYED"
ACTIONS: Mapping[str, Action] = {"SHIP": Action.SHIP, "HOLD": Action.HOLD}
POLICIES: Mapping[str, Policy] = {
    "FILL_OR_KILL": Policy.FILL_OR_KILL,
    "FILL_ALL": Policy.FILL_ALL,
    "FILL_ALL_AVAILABLE": Policy.FILL_ALL_AVAILABLE,
}
TIERS: Mapping[str, Speed] = {
    "STANDARD": Speed.STANDARD,
    "EXPEDITED": Speed.EXPEDITED,
    "PRIORITY": Speed.PRIORITY,
    "SCHEDULED": Speed.SCHEDULED,
}
PRIORITY_IN = frozenset({"CA", "IN", "MX"})
"""Where this version has the tier PRIORITY."""

Word = TypeVar("Word", bound=StrEnum)


def meant(said: str | None, words: Mapping[str, Word], name: str, default: Word) -> Word:
    """What a word means; raises `InvalidInput` for one that means nothing."""
    if said is None:
        return default
    if said not in words:
        message = f"{name} is {said[:40]!r}; it must be one of {', '.join(words)}."
        raise InvalidInput(message)
    return words[said]


def spelled(word: Word, words: Mapping[str, Word]) -> str:
    """The word for something."""
    return next(said for said, meaning in words.items() if meaning is word)


def tier_of(said: str, country: str) -> Speed:
    """A speed of a country's; raises `InvalidInput` for one that it does not have."""
    speed = meant(said, TIERS, "serviceTiers", Speed.STANDARD)
    if speed is Speed.PRIORITY and country not in PRIORITY_IN:
        message = f"serviceTiers names PRIORITY, which there is in {', '.join(sorted(PRIORITY_IN))} alone."
        raise InvalidInput(message)
    return speed


def tiers_in(country: str, known: tuple[Speed, ...]) -> tuple[Speed, ...]:
    """The speeds of a country that this version has."""
    return tuple(one for one in known if one is not Speed.PRIORITY or country in PRIORITY_IN)


def units_of(said: v2026.Amount) -> int:
    """So many units; raises `InvalidInput` for what is no count of them."""
    if said.unit not in {None, EACHES}:
        message = f"amount.unit is {(said.unit or '')[:40]!r}; it must be {EACHES}."
        raise InvalidInput(message)
    try:
        units = Decimal(said.value)
    except InvalidOperation:
        units = Decimal(-1)
    if not units.is_finite() or units != units.to_integral_value() or not 0 <= units <= 100 * MOST_UNITS:
        message = f"amount.value is {said.value[:40]!r}; it must be a whole number of units."
        raise InvalidInput(message)
    return int(units)


def amount(units: int) -> v2026.Amount:
    """So many units."""
    return v2026.Amount(unit=EACHES, value=f"{units}.0")
