"""A scenario, made to happen: by the same commands as people and time, each at its own moment of the past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.accounts.standing import AccountStatus, set_account_status
from sellingpartner.market.accounts.users import create_user
from sellingpartner.market.amounts import Money, exponent_of
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.distribution.commands import set_policy, store_by_hand
from sellingpartner.market.distribution.model import Policy
from sellingpartner.market.faults.profiles import profile
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.listings.commands import list_item, set_business_price
from sellingpartner.market.listings.enforcing import suppress
from sellingpartner.market.listings.model import FulfillmentChannel, NewListing
from sellingpartner.market.market import Market
from sellingpartner.market.scenarios.checking import check
from sellingpartner.market.scenarios.letting_in import Registered, let_in, register
from sellingpartner.market.scenarios.model import Scenario, SellerPart, SkuPart
from sellingpartner.market.scenarios.selling import Deed, deeds_of
from sellingpartner.market.time.clock import Mode, real_now
from sellingpartner.storage.unit import UnitOfWork

_CHANNELS = {"seller": FulfillmentChannel.MFN, "amazon": FulfillmentChannel.AFN}
_BEFORE_ALL = timedelta(days=1)
_OPENING = "opening stock"


class Let(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """A seller of a built market, and how the first application calls for it."""

    seller_id: str
    refresh_token: str | None
    """None where the application was never let in."""
    is_let_in: bool
    """Whether that token is good: a grant may be a revoked one."""


class Built(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """Who is in the market, and the credentials of the first application."""

    application_id: str
    client_id: str
    client_secret: str
    sellers: tuple[Let, ...]

    @property
    def seller_ids(self) -> tuple[str, ...]:
        """Who sells."""
        return tuple(one.seller_id for one in self.sellers)

    @property
    def refresh_token(self) -> str | None:
        """That of the first seller who ever let the application in."""
        return next((one.refresh_token for one in self.sellers if one.refresh_token is not None), None)

    @property
    def is_let_in(self) -> bool:
        """Whether that one is good."""
        return next((one.is_let_in for one in self.sellers if one.refresh_token is not None), False)


def build(market: Market, scenario: Scenario) -> Built:
    """Have a new market begin as a scenario says; its present is what the scenario says, else the market's."""
    check(scenario)
    _set_clock(market, scenario.at)
    present = market.clock.now()
    begin = present - _BEFORE_ALL - max((_oldest(seller) for seller in scenario.sellers), default=timedelta())
    with market.write(at=begin) as unit:
        applications = register(unit, scenario)
    sellers, deeds = list[Let](), list[tuple[str, Deed]]()
    for part in scenario.sellers:
        let = _open(market, part, scenario, applications, at=begin, is_first=not any(_tokens(sellers)))
        sellers.append(let)
        deeds += ((let.seller_id, deed) for deed in deeds_of(part, present))
    for seller_id, deed in sorted(deeds, key=lambda one: one[1].at):
        market.run_due(until=deed.at)
        with market.write(seller_id, at=deed.at) as unit:
            deed.do(unit)
    market.run_due()
    for part, let in zip(scenario.sellers, sellers, strict=True):
        _judge(market, part, let.seller_id)
    market.faults.add_all((*(profile(scenario.chaos) if scenario.chaos else ()), *scenario.faults))
    _let_the_clock_go_on(market, scenario)
    first = applications[scenario.application.name]
    return Built(
        application_id=first.application_id,
        client_id=first.client_id,
        client_secret=first.client_secret,
        sellers=tuple(sellers),
    )


def _tokens(sellers: list[Let]) -> Iterator[str | None]:
    return (one.refresh_token for one in sellers)


def _oldest(seller: SellerPart) -> timedelta:
    days = [one.days_ago for one in seller.orders] + [one.days_ago for one in seller.returns]
    return timedelta(days=max(days, default=0))


def _set_clock(market: Market, at: datetime | None) -> None:
    """Have a new market's clock stand at its present: earlier than it showed, perhaps, as nothing has happened yet."""
    if at is not None:
        market.clock.set_back((Mode.FROZEN, at, real_now(), 1.0))
        market.freeze()


def _let_the_clock_go_on(market: Market, scenario: Scenario) -> None:
    if scenario.clock is None:
        if scenario.at is not None:
            market.live()
    elif scenario.clock.mode == "frozen":
        market.freeze()
    else:
        market.live(scenario.clock.speed)


def _open(
    market: Market,
    part: SellerPart,
    scenario: Scenario,
    applications: dict[str, Registered],
    *,
    at: datetime,
    is_first: bool,
) -> Let:
    """Let a seller join, fill its shelf, and let applications in."""
    with market.write(at=at) as unit:
        marketplaces = [BY_COUNTRY[country].marketplace_id for country in part.marketplaces]
        seller_id = join_seller(unit, part.name, marketplaces).seller_id
    with market.write(seller_id, at=at) as unit:
        for sku in part.skus:
            _list(unit, sku, part)
        token = let_in(unit, part, scenario, applications, is_first=is_first)
    for number, user in enumerate(part.users):
        with market.write(at=at) as unit:
            create_user(unit, user.email, user.name, user.password, seller_id=seller_id, is_primary=number == 0)
    return Let(seller_id=seller_id, refresh_token=token, is_let_in=part.grant == "given")


def _list(unit: UnitOfWork, part: SkuPart, seller: SellerPart) -> None:
    length, width, height = part.package_mm or (None, None, None)
    item = NewItem(
        product_type=part.type,
        title=part.title,
        brand=seller.name,
        weight_grams=part.grams,
        length_mm=length,
        width_mm=width,
        height_mm=height,
    )
    (asin,) = add_items(unit, [item])
    for country in seller.marketplaces:
        marketplace = BY_COUNTRY[country]
        listing = NewListing(
            sku=part.sku,
            marketplace_id=marketplace.marketplace_id,
            asin=asin,
            price=_money(part.price, marketplace.currency),
            fulfillment_channel=_CHANNELS[part.channel],
        )
        list_item(unit, listing)
        if part.business_price is not None:
            price = _money(part.business_price, marketplace.currency)
            set_business_price(unit, part.sku, marketplace.marketplace_id, price)
    if part.stock:
        receive(unit, part.sku, listing.place, part.stock, reference=_OPENING)
    if part.awd:
        store_by_hand(unit, part.sku, part.awd, reference=_OPENING)
    if part.awd_minimum is not None or part.awd_maximum is not None:
        set_policy(unit, Policy(sku=part.sku, least=part.awd_minimum, most=part.awd_maximum))


def _judge(market: Market, seller: SellerPart, seller_id: str) -> None:
    """What Amazon's people have done by the present: what was suppressed before could not have been ordered."""
    with market.write(seller_id) as unit:
        for part in seller.skus:
            for country in seller.marketplaces if part.suppressed else ():
                suppress(unit, part.sku, BY_COUNTRY[country].marketplace_id, part.suppressed)
        for account in seller.accounts:
            set_account_status(unit, BY_COUNTRY[account.marketplace].marketplace_id, AccountStatus(account.status))


def _money(price: float, currency: str) -> Money:
    return Money(round(Decimal(str(price)).scaleb(exponent_of(currency))), currency)
