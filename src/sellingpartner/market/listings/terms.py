"""On what terms a listing sells, read from its attributes at a moment: price in force, sale, business prices, channel.

Pure: attributes and a moment in, terms out. What begins or ends later says when (`next_change_at`), so that the clock
can have the terms read again then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypedDict

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market import attributes as reading
from sellingpartner.market.amounts import Money
from sellingpartner.market.attributes import Attributes, Entry, JsonValue
from sellingpartner.market.listings.conditions import NEW, Words, words_by_type
from sellingpartner.market.listings.locating import DEFAULT_CHANNEL, is_amazons, source_code
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.time.business_days import calendars

# Assumed: a seller who says no handling time has two days; Amazon's default has been "one to two business days".
USUAL_HANDLING_DAYS = 2
_EVERYBODY, BUSINESS = "ALL", "B2B"
_HUNDRED = Decimal(100)
_LONGEST_WAIT = timedelta(days=365)


class Sale(msgspec.Struct, frozen=True):
    """A lower price for a time: from its start up to, and not including, its end."""

    price: Money
    start_at: datetime
    end_at: datetime


class QuantityDiscount(msgspec.Struct, frozen=True):
    """What a unit costs a business that buys at least so many."""

    lower_bound: int
    price: Money


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What a buyer is offered at a moment."""

    price: Money | None = None
    """What a unit costs at the moment; None if there is no offer."""
    regular_price: Money | None = None
    sale: Sale | None = None
    minimum_price: Money | None = None
    maximum_price: Money | None = None
    business_price: Money | None = None
    quantity_discounts: tuple[QuantityDiscount, ...] = ()
    is_open: bool = True
    """Whether the offer has begun and has not ended, and the seller makes one at all."""
    condition_type: str = NEW
    channel_code: str | None = None
    quantity: int | None = None
    """How many units the seller says it has; None where it says nothing or Amazon keeps them.

    Of a seller who says what lies at its supply sources, these are the units that lie at none.
    """
    at_sources: tuple[tuple[str, int], ...] = ()
    """How many units the seller says lie at each of its supply sources, by their codes."""
    handling_days: int = USUAL_HANDLING_DAYS
    """Within how many days of an order it leaves; as long as the seller waits for its stock, that many more."""
    max_order_quantity: int | None = None
    next_change_at: datetime | None = None

    @property
    def channel(self) -> FulfillmentChannel:
        """Who ships."""
        code = self.channel_code
        return FulfillmentChannel.MFN if code in {None, DEFAULT_CHANNEL} else FulfillmentChannel.AFN

    @property
    def condition(self) -> Words:
        """The condition in words."""
        return words_by_type()[self.condition_type]


def terms_of(attributes: Attributes, marketplace_id: str, now: datetime) -> Terms:
    """The terms that attributes say for a marketplace at a moment. Attributes that make no sense say nothing."""
    currency = MARKETPLACES[marketplace_id].currency
    offer = _offer(attributes, marketplace_id, currency, _EVERYBODY)
    business = _offer(attributes, marketplace_id, currency, BUSINESS)
    regular, sale = _price(offer, "our_price", currency), _sale(offer, currency)
    starts, ends = reading.moment(_value(offer.get("start_at"))), reading.moment(_value(offer.get("end_at")))
    fulfillment, counted_anew_at = _fulfillment(attributes, marketplace_id, now)
    edges = [starts, ends, counted_anew_at, *(() if sale is None else (sale.start_at, sale.end_at))]
    in_sale = sale is not None and sale.start_at <= now < sale.end_at
    business_price = _price(business, "our_price", currency)
    return Terms(
        price=sale.price if sale is not None and regular is not None and in_sale else regular,
        regular_price=regular,
        sale=sale,
        minimum_price=_price(offer, "minimum_seller_allowed_price", currency),
        maximum_price=_price(offer, "maximum_seller_allowed_price", currency),
        business_price=business_price,
        quantity_discounts=tuple(_discounts(business, business_price or regular, currency)),
        is_open=(starts is None or starts <= now)
        and (ends is None or now < ends)
        and not reading.flag(attributes, "skip_offer", marketplace_id),
        condition_type=_condition(attributes, marketplace_id),
        max_order_quantity=reading.whole(attributes, "max_order_quantity", marketplace_id),
        next_change_at=min((edge for edge in edges if edge is not None and edge > now), default=None),
        **fulfillment,
    )


def entry_for(attributes: Attributes, marketplace_id: str, audience: str = _EVERYBODY) -> Entry | None:
    """The entry of `purchasable_offer` for an audience."""
    currency = MARKETPLACES[marketplace_id].currency
    return _offer(attributes, marketplace_id, currency, audience) or None


def _offer(attributes: Attributes, marketplace_id: str, currency: str, audience: str) -> Entry:
    for entry in reading.entries(attributes, "purchasable_offer", marketplace_id):
        if entry.get("audience", _EVERYBODY) == audience and entry.get("currency", currency) == currency:
            return entry
    return {}


def _price(offer: Entry, name: str, currency: str) -> Money | None:
    """A price of an offer; one of zero is none, as callers of Amazon report it of business and lowest prices."""
    found = reading.money(_schedule(offer, name).get("value_with_tax"), currency)
    return found if found is not None and found.minor > 0 else None


def _schedule(offer: Entry, name: str) -> Entry:
    """What `[{"schedule": [{...}]}]` says."""
    schedules = _first(offer.get(name)).get("schedule")
    return _first(schedules)


def _first(entries: JsonValue) -> Entry:
    first = entries[0] if isinstance(entries, list) and entries else None
    return first if isinstance(first, dict) else {}


def _value(said: JsonValue) -> JsonValue:
    return said.get("value") if isinstance(said, dict) else None


def _sale(offer: Entry, currency: str) -> Sale | None:
    said, price = _schedule(offer, "discounted_price"), _price(offer, "discounted_price", currency)
    starts, ends = reading.moment(said.get("start_at")), reading.moment(said.get("end_at"))
    if price is None or starts is None or ends is None or starts >= ends:
        return None
    return Sale(price, starts, ends)


def _discounts(business: Entry, price: Money | None, currency: str) -> Iterator[QuantityDiscount]:
    plan = _schedule(business, "quantity_discount_plan")
    levels = plan.get("levels")
    for level in levels if isinstance(levels, list) else ():
        if not isinstance(level, dict):
            continue
        bound, value = reading.number(level.get("lower_bound")), reading.number(level.get("value"))
        if bound is None or value is None:
            continue
        if plan.get("discount_type") == "percent":
            if price is not None and value < _HUNDRED:
                yield QuantityDiscount(int(bound), price - price.share(value / _HUNDRED))
        elif (fixed := reading.money(value, currency)) is not None and fixed.minor > 0:
            yield QuantityDiscount(int(bound), fixed)


def _condition(attributes: Attributes, marketplace_id: str) -> str:
    entry = reading.entry_of(attributes, "condition_type", marketplace_id) or {}
    said = entry.get("value")
    return said if isinstance(said, str) and said in words_by_type() else NEW


class _Fulfillment(TypedDict, total=False):
    channel_code: str | None
    quantity: int
    handling_days: int
    at_sources: tuple[tuple[str, int], ...]


def _fulfillment(attributes: Attributes, marketplace_id: str, now: datetime) -> tuple[_Fulfillment, datetime | None]:
    """Who ships, what of, and when that changes by itself. An entry of Amazon's network ends the seller's own.

    Assumed: what is to be restocked on a later day can be ordered before, as far as there is a quantity, and leaves
    so many working days later; a day that is further away than a year counts as a year away.
    """
    found: dict[str, Entry] = {}
    for entry in reading.entries(attributes, "fulfillment_availability", marketplace_id):
        code = entry.get("fulfillment_channel_code")
        if isinstance(code, str):
            found.setdefault(code, entry)
    amazons = next((code for code in found if is_amazons(code)), None)
    code = amazons or (DEFAULT_CHANNEL if DEFAULT_CHANNEL in found else next(iter(found), None))
    if code is None:
        return {}, None
    chosen = found[code]
    located = [] if amazons else [entry for entry in found.values() if source_code(entry) is not None]
    said = _Fulfillment(channel_code=DEFAULT_CHANNEL if located else code)
    if located:
        said["at_sources"] = tuple((str(source_code(entry)), _stated(entry) or 0) for entry in located)
    days = reading.number(chosen.get("lead_time_to_ship_max_days"))
    if days is not None:
        said["handling_days"] = int(days)
    restocked_at = reading.moment(chosen.get("restock_date")) if amazons is None else None
    changes_at = None
    if restocked_at is not None:
        calendar = calendars()[MARKETPLACES[marketplace_id].country_code]
        today = calendar.day_of(now)
        restocked_on = min(restocked_at.date(), today + _LONGEST_WAIT)
        if restocked_on > today:
            waiting = calendar.between(today, restocked_on)
            said["handling_days"] = said.get("handling_days", USUAL_HANDLING_DAYS) + waiting
            changes_at = calendar.begins(today + timedelta(days=1), now)
    stated = None if amazons else 0 if located and code != DEFAULT_CHANNEL else _stated(chosen)
    if stated is not None:
        said["quantity"] = stated
    return said, changes_at


def _stated(entry: Entry) -> int | None:
    """How many units an entry says there are."""
    quantity = reading.number(entry.get("quantity"))
    if quantity is not None:
        return int(quantity)
    return 0 if entry.get("is_inventory_available") is False else None
