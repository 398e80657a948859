"""Harbor Goods, its shelf and its application: what a market has in it when a story begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.accounts.applications import register_application, register_developer
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.model import Application, Seller, TokenKind
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.market.accounts.passwords import COST_NAME, Cost
from sellingpartner.market.accounts.questions import application_by, grants_of, seller_of
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.demo import REGISTRATION
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.listings.commands import list_item
from sellingpartner.market.listings.model import FulfillmentChannel, NewListing
from sellingpartner.market.market import Market
from sellingpartner.market.scenarios.building import Let, build
from sellingpartner.market.scenarios.model import ClockPart, Scenario
from sellingpartner.storage.unit import UnitOfWork

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
"""What a password costs in a test: next to nothing, so that it may sign in as often as it likes."""

SHELF = (
    ("MUG-BLUE", "Stoneware Mug, Blue", 1499, FulfillmentChannel.MFN),
    ("MUG-RED", "Stoneware Mug, Red", 1499, FulfillmentChannel.MFN),
    ("TEA/50 G&B 100%", "Breakfast Tea, 50 g", 895, FulfillmentChannel.MFN),
    ("FLEA-DROPS", "Flea Drops for Dogs", 2350, FulfillmentChannel.MFN),
    ("LAMP-OAK", "Oak Desk Lamp", 5900, FulfillmentChannel.AFN),
)
"""What Harbor Goods sells: SKU, title, price in cents, channel. Flea drops need a prescription."""

_TYPES = {
    "MUG-BLUE": "MUG",
    "MUG-RED": "MUG",
    "TEA/50 G&B 100%": "TEA",
    "FLEA-DROPS": "PET_HEALTH_CARE",
    "LAMP-OAK": "LAMP",
}


_PACKAGES: dict[str, dict[str, Any]] = {
    "LAMP-OAK": {"weight_grams": 1900, "length_mm": 400, "width_mm": 200, "height_mm": 180}
}
"""What Amazon stores and ships has a size, by which it charges."""


class Known(Discreet, msgspec.Struct, frozen=True):
    """A seller who is there from the beginning, and how the application calls for it."""

    account: Seller
    holder: Identity
    """Whom the seller's access tokens speak for: the application, with the scopes that it was given."""
    refresh_token: str
    """Empty where a scenario's seller has not let the application in."""
    marketplace_id: str


class Founded(Discreet, msgspec.Struct, frozen=True):
    """Who is in a market when a story begins."""

    application: Application
    client_secret: str
    sellers: tuple[Known, ...]
    """The first is whom a test is about unless it says otherwise."""


def found(market: Market, marketplaces: Sequence[str]) -> Founded:
    """Let Harbor Goods open on these marketplaces, and Harbor Desk in."""
    market.remember(COST_NAME, CHEAP.told())
    with market.write() as unit:
        developer_id = register_developer(unit, "Quayside Software")
        application, client_secret = register_application(unit, "Harbor Desk", developer_id, **REGISTRATION)
    with market.write() as unit:
        seller = join_seller(unit, "Harbor Goods", marketplaces)
    with market.write(seller.seller_id) as unit:
        _fill_the_shelf(unit, marketplaces)
    with market.write(seller.seller_id) as unit:
        holder, refresh_token = let_in(unit, seller, application)
    return Founded(application, client_secret, (Known(seller, holder, refresh_token, marketplaces[0]),))


def found_by(market: Market, scenario: Scenario) -> Founded:
    """Have a market begin as a scenario says, and stand still at its present."""
    market.remember(COST_NAME, CHEAP.told())
    built = build(market, msgspec.structs.replace(scenario, clock=ClockPart(mode="frozen")))
    with market.read() as unit:
        application = application_by(unit, application_id=built.application_id)
        sellers = tuple(
            Known(
                seller_of(unit, let.seller_id),
                _holder(unit, let, application),
                let.refresh_token or "",
                BY_COUNTRY[part.marketplaces[0]].marketplace_id,
            )
            for part, let in zip(scenario.sellers, built.sellers, strict=True)
        )
    return Founded(application, built.client_secret, sellers)


def _holder(unit: UnitOfWork, let: Let, application: Application) -> Identity:
    """Whom a seller's access tokens speak for; they are refused where it has taken its grant back."""
    grants = grants_of(unit, seller_id=let.seller_id, application_id=application.application_id)
    grant = grants[0] if grants else None
    return Identity(
        application_id=application.application_id,
        seller_id=let.seller_id,
        kind=TokenKind.ACCESS,
        scopes=frozenset(() if grant is None else grant.scopes),
        grant_id=None if grant is None else grant.grant_id,
    )


def let_in(
    unit: UnitOfWork, seller: Seller, application: Application, scopes: Sequence[str] = SCOPES
) -> tuple[Identity, str]:
    """A seller lets an application in; returns whom its access tokens speak for, and the refresh token."""
    grant, refresh_token = give_grant(unit, seller.seller_id, application.application_id, scopes=scopes)
    holder = Identity(
        application_id=application.application_id,
        seller_id=seller.seller_id,
        kind=TokenKind.ACCESS,
        scopes=frozenset(scopes),
        grant_id=grant.grant_id,
    )
    return holder, refresh_token


def _fill_the_shelf(unit: UnitOfWork, marketplaces: Sequence[str]) -> None:
    items = [
        NewItem(product_type=_TYPES[sku], title=title, brand="Harbor", **_PACKAGES.get(sku, {}))
        for sku, title, _, _ in SHELF
    ]
    for asin, (sku, _, cents, channel) in zip(add_items(unit, items), SHELF, strict=True):
        for marketplace_id in marketplaces:
            offer = NewListing(
                sku=sku,
                marketplace_id=marketplace_id,
                asin=asin,
                price=Money(cents, MARKETPLACES[marketplace_id].currency),
                fulfillment_channel=channel,
                is_regulated=sku == "FLEA-DROPS",
            )
            list_item(unit, offer)
        receive(unit, sku, offer.place, 100, reference="opening stock")
