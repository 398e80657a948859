"""A scenario, made to happen: by the same commands as people and time, each at its own moment of the past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Protocol

import msgspec

from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.market.accounts.applications import give_client_id, register_application, register_developer
from sellingpartner.market.accounts.grants import give_grant, revoke_grant
from sellingpartner.market.accounts.secrets import new_secret
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.amounts import Money, exponent_of
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.demo import REGISTRATION
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.listings.commands import list_item
from sellingpartner.market.listings.enforcing import suppress
from sellingpartner.market.listings.model import FulfillmentChannel, NewListing
from sellingpartner.market.market import Market
from sellingpartner.market.orders.commands import place, ship
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import Purchase, PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.scenarios.model import ApplicationPart, OrderPart, Scenario, SellerPart, SkuPart
from sellingpartner.market.simulation import people
from sellingpartner.market.simulation.shopping import address_of, buyer_of
from sellingpartner.market.time.chance import chance
from sellingpartner.storage.unit import UnitOfWork

_CHANNELS = {"seller": FulfillmentChannel.MFN, "amazon": FulfillmentChannel.AFN}
_TO_SHIP = timedelta(hours=8)


class Built(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """Who is in the market, and the credentials of the application; no refresh token where nobody let it in."""

    seller_ids: tuple[str, ...]
    client_id: str
    client_secret: str
    refresh_token: str | None
    is_let_in: bool
    """Whether that refresh token is good: the first seller's grant may be a revoked one."""


class _Deed(Protocol):
    def __call__(self, unit: UnitOfWork) -> None: ...


def build(market: Market, scenario: Scenario) -> Built:
    """Have a new market begin as a scenario says; the market's present is its present."""
    present = market.clock.now()
    begin = present - timedelta(
        days=1 + max((one.days_ago for who in scenario.sellers for one in who.orders), default=0)
    )
    with market.write(at=begin) as unit:
        client_id, secret, application_id = _register(unit, scenario.application)
    seller_ids, deeds, token = [], list[tuple[datetime, str, _Deed]](), None
    for part in scenario.sellers:
        with market.write(at=begin) as unit:
            seller_id = join_seller(unit, part.name, [_marketplace(one) for one in part.marketplaces]).seller_id
        seller_ids.append(seller_id)
        with market.write(seller_id, at=begin) as unit:
            for sku in part.skus:
                _list(unit, sku, part)
            if part.grant != "none":
                chosen = scenario.application.refresh_token if token is None else None
                grant, given = give_grant(unit, seller_id, application_id, refresh_token=chosen)
                token = token or given
                if part.grant == "revoked":
                    revoke_grant(unit, seller_id, grant.grant_id)
        deeds += ((at, seller_id, deed) for at, deed in _orders(part, present))
    for at, seller_id, deed in sorted(deeds, key=lambda one: one[0]):
        market.run_due(until=at)
        with market.write(seller_id, at=at) as unit:
            deed(unit)
    market.run_due()
    for fault in scenario.faults:
        market.faults.add(fault)
    is_let_in = next((one.grant == "given" for one in scenario.sellers if one.grant != "none"), False)
    return Built(
        seller_ids=tuple(seller_ids),
        client_id=client_id,
        client_secret=secret,
        refresh_token=token,
        is_let_in=is_let_in,
    )


def _register(unit: UnitOfWork, part: ApplicationPart) -> tuple[str, str, str]:
    application, secret = register_application(
        unit, part.name, register_developer(unit, f"{part.name} Makers"), **REGISTRATION
    )
    if part.client_id is not None:
        application = give_client_id(unit, application.application_id, part.client_id)
    if part.client_secret is not None:
        secret = new_secret(unit, application.application_id, secret=part.client_secret)
    return application.client_id, secret, application.application_id


def _list(unit: UnitOfWork, part: SkuPart, seller: SellerPart) -> None:
    (asin,) = add_items(unit, [NewItem(product_type=part.type, title=part.title, brand=seller.name)])
    for country in seller.marketplaces:
        listing = NewListing(
            sku=part.sku,
            marketplace_id=_marketplace(country),
            asin=asin,
            price=_money(part.price, MARKETPLACES[_marketplace(country)].currency),
            fulfillment_channel=_CHANNELS[part.channel],
        )
        list_item(unit, listing)
    if part.stock:
        receive(unit, part.sku, listing.place, part.stock, reference="opening stock")
    if part.suppressed:
        for country in seller.marketplaces:
            suppress(unit, part.sku, _marketplace(country), part.suppressed)


def _orders(seller: SellerPart, present: datetime) -> Iterator[tuple[datetime, _Deed]]:
    for number, part in enumerate(seller.orders):
        since = timedelta(days=part.days_ago)
        for turn in range(part.count):
            at = present - since * (part.count - turn) / part.count
            yield from _order(seller, part, f"{number}/{turn}", at, present)


def _order(
    seller: SellerPart, part: OrderPart, key: str, at: datetime, present: datetime
) -> Iterator[tuple[datetime, _Deed]]:
    placed: list[str] = []
    yield at, partial(_place, part=part, country=part.marketplace or seller.marketplaces[0], key=key, placed=placed)
    if part.state == "shipped":
        yield min(at + _TO_SHIP, present), partial(_ship, placed=placed)


def _place(unit: UnitOfWork, *, part: OrderPart, country: str, key: str, placed: list[str]) -> None:
    luck = chance(unit, "scenario", key)
    buyer = people.invent_buyer(luck, country)
    purchase = Purchase(
        marketplace_id=_marketplace(country),
        lines=(PurchaseLine(sku=part.sku, quantity=part.quantity),),
        buyer=buyer_of(buyer, luck),
        address=address_of(people.invent_address(luck, buyer, country)),
        paid=part.state != "pending",
        is_business=part.is_business,
    )
    placed.append(place(unit, purchase).order_id)


def _ship(unit: UnitOfWork, *, placed: list[str]) -> None:
    left = order_of(unit, placed[0]).unshipped_quantities()
    if left:  # else the fulfillment network was quicker
        number = f"9400{chance(unit, 'parcel', placed[0]).randrange(10**16):016d}"
        parcel = Parcel(
            reference="1",
            shipped_at=unit.now,
            quantities=left,
            carrier_code="USPS",
            method="Ground",
            tracking_number=number,
        )
        ship(unit, placed[0], parcel)


def _marketplace(country: str) -> str:
    found = BY_COUNTRY.get(country)
    if found is None:
        message = f"There is no marketplace in {country!r}; there are {', '.join(sorted(BY_COUNTRY))}."
        raise InvalidInput(message)
    return found.marketplace_id


def _money(price: float, currency: str) -> Money:
    return Money(int(Decimal(str(price)).scaleb(exponent_of(currency))), currency)
