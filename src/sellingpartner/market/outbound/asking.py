"""What a seller asks to be shipped, whichever way it asks, and what of it cannot be.

Assumed: the order in which what is wrong is told, and the words for all but what callers have shown (`refusals.py`).
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import home_marketplace, participations_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.model import FulfillmentChannel, Record
from sellingpartner.market.listings.store import record_of
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.outbound.addresses import goes_to
from sellingpartner.market.outbound.features import checked_feature
from sellingpartner.market.outbound.lifecycle import Action, Policy
from sellingpartner.market.outbound.model import Collection, DropOff, Notified, PackingSlip, Payment, Window
from sellingpartner.market.outbound.refusals import (
    InvalidItemSku,
    NotForExport,
    NothingOrdered,
    ValueRefused,
    WrongMarketplace,
)
from sellingpartner.market.outbound.speeds import Speed, speeds_in
from sellingpartner.storage.unit import UnitOfWork

MOST_LINES, MOST_UNITS = 100, 250
PAID_ON_DELIVERY = frozenset({"JP", "IN"})
_INDIA = "IN"
_POLICIES = frozenset({"Required", "NotRequired"})


class AskedItem(msgspec.Struct, frozen=True, kw_only=True):
    """Units of one SKU that are to be shipped."""

    item_id: str
    sku: str
    quantity: int
    gift_message: str | None = None
    comment: str | None = None
    declared: Money | None = None
    price: Money | None = None
    price_tax: Money | None = None
    slip: PackingSlip | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A fulfillment order, before it is one."""

    fulfillment_order_id: str
    items: tuple[AskedItem, ...]
    address: Address
    speed: Speed
    marketplace_id: str
    displayable_id: str
    displayable_at: datetime
    comment: str = ""
    action: Action = Action.SHIP
    policy: Policy = Policy.FILL_OR_KILL
    window: Window | None = None
    drop_off: DropOff | None = None
    collection: Collection | None = None
    from_country: str | None = None
    notified: tuple[Notified, ...] = ()
    features: dict[str, str] = {}
    payments: tuple[Payment, ...] = ()
    slip: PackingSlip | None = None
    channel: str | None = None
    services: dict[str, str] = {}


def marketplace_meant(unit: UnitOfWork, marketplace_id: str | None, country: str | None = None) -> str:
    """The marketplace whose stock an order takes: the one named, else that of a country, else the seller's first.

    Raises `WrongMarketplace` for one that the seller takes no part in.
    """
    entered = {one.marketplace_id for one in participations_of(unit, unit.seller_id)}
    if marketplace_id is None and country is not None:
        marketplace_id = next((one for one in sorted(entered) if MARKETPLACES[one].country_code == country), country)
    if marketplace_id is None:
        return home_marketplace(unit).marketplace_id
    if marketplace_id not in entered:
        raise WrongMarketplace(marketplace_id)
    return marketplace_id


def goods_of(unit: UnitOfWork, marketplace_id: str, item_id: str, sku: str) -> Record:
    """What a line asks for; raises `InvalidItemSku` unless Amazon fulfills it in the marketplace."""
    record = record_of(unit, sku, marketplace_id) if sku else None
    if record is None or record.asin is None:
        raise InvalidItemSku(item_id, "The seller does not list the SKU in the marketplace.")
    if record.fulfillment_channel != FulfillmentChannel.AFN.value:
        raise InvalidItemSku(item_id, "The seller ships the SKU itself; Amazon has none of it.")
    return record


def check_items(items: tuple[AskedItem, ...]) -> None:
    """Hold the lines against what an order may have."""
    if all(item.quantity == 0 for item in items):
        raise NothingOrdered
    if len(items) > MOST_LINES:
        raise ValueRefused(len(items), "Items", f"An order has {MOST_LINES} lines at most.")
    for item in items:
        if not item.item_id.strip():
            raise ValueRefused("", "SellerFulfillmentOrderItemId", "A line has no number.")
        if item.quantity < 1:
            raise ValueRefused(item.quantity, "Quantity", "A line asks for one unit at least.")
    units = sum(item.quantity for item in items)
    if units > MOST_UNITS:
        raise ValueRefused(units, "Quantity", f"An order has {MOST_UNITS} units at most.")
    numbers = [item.item_id for item in items]
    twice = next((one for one in numbers if numbers.count(one) > 1), None)
    if twice is not None:
        raise ValueRefused(twice, "SellerFulfillmentOrderItemId", "Each line has a number of its own.")


def check(asked: Asked) -> None:
    """Hold all that does not depend on the seller against what an order may be."""
    country = MARKETPLACES[asked.marketplace_id].country_code
    if not asked.fulfillment_order_id.strip():
        raise ValueRefused("", "SellerFulfillmentOrderId", "An order has a number.")
    check_items(asked.items)
    _check_destination(asked.address, country)
    check_speed(asked.speed, asked.action, asked.window, country)
    for name, policy in asked.features.items():
        checked_feature(name, asked.marketplace_id)
        if policy not in _POLICIES:
            raise ValueRefused(policy, "FeatureFulfillmentPolicy", "A feature is Required or NotRequired.")
    _check_money(asked, country)


def check_speed(speed: Speed, action: Action, window: Window | None, country: str) -> None:
    """Hold a speed against what a country's marketplace has."""
    if speed not in speeds_in(country):
        raise ValueRefused(speed.value, "ShippingSpeedCategory", f"The marketplace of {country} has no such speed.")
    if speed is not Speed.SCHEDULED:
        return
    if action is Action.HOLD:
        raise ValueRefused(action.value, "FulfillmentAction", "A scheduled delivery cannot be on hold.")
    if window is None or window.begins_at >= window.ends_at:
        raise ValueRefused("", "DeliveryWindow", "A scheduled delivery needs a window that ends after it begins.")


def _check_destination(address: Address, country: str) -> None:
    if not goes_to(country, address.country_code):
        raise NotForExport(address.country_code)


def _check_money(asked: Asked, country: str) -> None:
    currency = MARKETPLACES[asked.marketplace_id].currency
    amounts = [one for item in asked.items for one in (item.declared, item.price, item.price_tax) if one is not None]
    for amount in amounts:
        if amount.currency != currency or amount.minor < 0:
            raise ValueRefused(f"{amount} {amount.currency}", "Money", f"An amount is 0 {currency} or more.")
    if asked.collection is not None and country not in PAID_ON_DELIVERY:
        raise ValueRefused("true", "IsCODRequired", f"In {country} nobody pays on delivery.")
    if country != _INDIA:
        return
    if any(item.declared is None for item in asked.items):
        message = "missing value for decimal type"
        raise InvalidInput(message).because("In India each line declares what a unit is worth.")
    if not asked.payments:
        raise ValueRefused("", "PaymentInformation", "In India an order says how it was paid.")
