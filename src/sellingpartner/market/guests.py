"""Guests of a sandbox: sellers and applications of the market beside it, with something to sell and orders to look at.

Nothing but who they are comes over: what they sell, and who ordered it, is made up from the sandbox's own seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, select

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.accounts import tables
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.events.accounts import SellerJoined
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.market import Market
from sellingpartner.market.simulation.assortment import assortment, put_on_sale
from sellingpartner.market.simulation.buyers import BuyerCame
from sellingpartner.market.simulation.shopping import visit
from sellingpartner.market.simulation.shops import Shop, found_shop
from sellingpartner.market.time.schedule import later
from sellingpartner.storage.remembered import remember
from sellingpartner.storage.unit import UnitOfWork

SKUS = 20
ORDERS = 12
PAST = timedelta(days=8)
"""How long a guest has been in the sandbox when it is first looked at."""

OWN_SELLER = "Sandbox Seller"
"""Whom an application acts for that calls without a seller's token."""

_REMEMBERED = "own seller"


def bring_application(sandbox: Market, home: Market, application_id: str) -> None:
    """Let an application of the market be known in its sandbox."""
    with home.read() as unit:
        application = _row(unit, tables.applications, application_id=application_id)
        developer = application and _row(unit, tables.developers, developer_id=application["developer_id"])
    with sandbox.write() as unit:
        if application is None or _row(unit, tables.applications, application_id=application_id):
            return
        if developer is not None and not _row(unit, tables.developers, developer_id=developer["developer_id"]):
            unit.execute(tables.developers.insert(), [developer])
        unit.execute(tables.applications.insert(), [application])


def bring_seller(sandbox: Market, home: Market, seller_id: str) -> None:
    """Let a seller of the market be in its sandbox, with a shop of its own there."""
    with home.read() as unit:
        seller = _row(unit, tables.sellers, seller_id=seller_id)
        entered = _rows(unit, tables.participations, seller_id=seller_id)
    present = sandbox.clock.now()
    with sandbox.write(seller_id, at=present - PAST) as unit:
        if seller is None or _row(unit, tables.sellers, seller_id=seller_id):
            return
        unit.execute(tables.sellers.insert(), [seller])
        unit.execute(tables.participations.insert(), entered)
        unit.emit(SellerJoined(seller_id=seller_id))
        shop = _open_a_shop(unit, present)
    _let_the_past_happen(sandbox, shop, present)


def own_seller(sandbox: Market) -> str:
    """The sandbox's own seller, for calls that come without one; it joins when it is first needed."""
    known = sandbox.known(_REMEMBERED)
    if known is not None:
        return known
    present = sandbox.clock.now()
    with sandbox.write(at=present - PAST) as unit:
        unit.seller_id = join_seller(unit, OWN_SELLER, [BY_COUNTRY["US"].marketplace_id]).seller_id
        remember(unit.connection, _REMEMBERED, unit.seller_id)
        shop = _open_a_shop(unit, present)
    _let_the_past_happen(sandbox, shop, present)
    return shop.seller_id


def _open_a_shop(unit: UnitOfWork, present: datetime) -> Shop:
    """Fill a seller's shelf, and have buyers come from this moment to the present."""
    per_day = ORDERS / PAST.days
    here = [one.marketplace_id for one in participations_of(unit, unit.seller_id)]
    goods = put_on_sale(unit, assortment(unit.seed, SKUS, here), per_day)
    shares = dict.fromkeys(here, 1 / len(here))
    shop = Shop(seller_id=unit.seller_id, size=SKUS, marketplaces=shares, orders_per_day=per_day, goods=goods)
    found_shop(unit, shop)
    for number in range(ORDERS):
        came_at = unit.now + (number + 1) * (PAST - timedelta(hours=1)) / ORDERS
        later(unit, BuyerCame(number=number, until=present), at=came_at)
    return shop


def _let_the_past_happen(sandbox: Market, shop: Shop, present: datetime) -> None:
    """Have the buyers come, and one whose order is there to be shipped."""
    sandbox.run_due()
    with sandbox.write(shop.seller_id, at=present - timedelta(minutes=10)) as unit:
        for attempt in range(20):
            if visit(unit, shop, f"to ship {attempt}", only=FulfillmentChannel.MFN, pays_at_once=True):
                break


def _row(unit: UnitOfWork, table: Table, **key: str) -> dict[str, Any] | None:
    return next(iter(_rows(unit, table, **key)), None)


def _rows(unit: UnitOfWork, table: Table, **key: str) -> list[dict[str, Any]]:
    found = unit.execute(select(table).filter_by(**key))
    return [_as_dict(row._mapping) for row in found]


def _as_dict(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}
