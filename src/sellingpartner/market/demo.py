"""The demo world: a shop with a past, so that a newcomer has something to look at.

It is built by letting the past happen: buyers come at their moments, payments clear, parcels leave and arrive, all by
the same commands and due things as ever after. So it is coherent by construction, and the same for the same seed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import msgspec

from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.scopes import FINANCE, NOTIFICATIONS
from sellingpartner.market.accounts.applications import Registration, register_application, register_developer
from sellingpartner.market.accounts.model import ApplicationStatus, Distribution
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.market import Market
from sellingpartner.market.simulation.assortment import assortment, put_on_sale
from sellingpartner.market.simulation.buyers import BuyerCame, close_shop, open_shop
from sellingpartner.market.simulation.competition import bring_competition
from sellingpartner.market.simulation.demand import next_arrival
from sellingpartner.market.simulation.installing import bring_services
from sellingpartner.market.simulation.shops import Shop, all_shops, found_shop
from sellingpartner.market.simulation.staff import TruckArrives
from sellingpartner.market.simulation.warehouse import WarehouseWeek
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import later

VERSION = "5"
"""Another version of this program may build another world; a market keeps the one it was built with."""

SELLER = "Harbor & Pine Goods"
DEVELOPER = "Quayside Software"
APPLICATION = "Harbor Desk"

_DESK = "http://127.0.0.1:8080"
"""Where `examples/app` listens unless it is told another port; the guides name it too."""

REGISTRATION = Registration(
    status=ApplicationStatus.PUBLISHED,
    distribution=Distribution.PRIVATE,
    optional_scopes=(FINANCE, NOTIFICATIONS),
    redirect_uris=(f"{_DESK}/callback",),
    login_uri=f"{_DESK}/login",
)
"""The demo application asks for everything, and can be let in: `examples/app` runs where it sends browsers to."""

# The home marketplace first, then the others by their share of orders.
_SHARES = {"US": 0.7, "CA": 0.13, "MX": 0.1, "BR": 0.07}
MARKETPLACES = {BY_COUNTRY[country].marketplace_id: share for country, share in _SHARES.items()}

PAST = timedelta(days=90)

Progress = Callable[[float, str], None]
"""Hears how much is done, from 0 to 1, and what is being done."""


class Demo(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """What was built. The client secret is shown this once."""

    seller_id: str
    application_id: str
    client_secret: str


def build_demo_world(
    market: Market,
    progress: Progress | None = None,
    *,
    skus: int = 1_000,
    orders: int = 5_000,
    items: int | None = None,
) -> Demo:
    """Build the demo world in a new market whose clock shows the present: its past is the 90 days before.

    Unless it is said how many items there are in the catalog, there are ten times as many as the seller offers.
    """
    say = progress or (lambda _done, _what: None)
    present = market.clock.now()
    begin = present - PAST
    say(0.0, "inventing products")
    with market.write(at=begin) as unit:
        seller = join_seller(unit, SELLER, list(MARKETPLACES))
        developer_id = register_developer(unit, DEVELOPER)
        application, secret = register_application(unit, APPLICATION, developer_id, **REGISTRATION)
    orders_per_day = orders / PAST.days
    with market.write(seller.seller_id, at=begin) as unit:
        goods = put_on_sale(
            unit,
            assortment(market.seed, skus, list(MARKETPLACES), 10 * skus if items is None else items),
            orders_per_day,
        )
        shop = Shop(
            seller_id=seller.seller_id,
            size=skus,
            marketplaces=MARKETPLACES,
            orders_per_day=orders_per_day,
            goods=goods,
        )
        found_shop(unit, shop)
        bring_services(unit, shop, SELLER)
        bring_competition(unit, shop, until=present)
        for number, came_at in enumerate(_arrivals(chance(unit, "arrivals"), shop, begin, present, orders)):
            later(unit, BuyerCame(number=number, until=present), at=came_at)
        later(unit, TruckArrives(), at=begin + timedelta(days=7))
        later(unit, WarehouseWeek(), at=begin + timedelta(days=8))
    for day in range(1, PAST.days + 1):
        market.run_due(until=begin + timedelta(days=day))
        say(day / PAST.days, f"{begin + timedelta(days=day):%B %d}")
    market.remember("demo world", VERSION)
    return Demo(seller_id=seller.seller_id, application_id=application.application_id, client_secret=secret)


def _arrivals(luck: Random, shop: Shop, begin: datetime, present: datetime, count: int) -> list[datetime]:
    """When so many buyers came: as they come on ordinary days, stretched to end at the present."""
    arrivals, at = [], begin
    for _ in range(count):
        at = next_arrival(luck, at, shop.orders_per_day)
        arrivals.append(at)
    stretch = (present - timedelta(minutes=1) - begin) / (at - begin)
    return [begin + (arrival - begin) * stretch for arrival in arrivals]


def set_buyers(market: Market, *, come: bool) -> None:
    """Open every simulated shop to buyers, or close them all."""
    with market.read() as unit:
        shops = all_shops(unit)
    for shop in shops:
        with market.write(shop.seller_id) as unit:
            (open_shop if come else close_shop)(unit, shop)
