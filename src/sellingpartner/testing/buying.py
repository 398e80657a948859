"""Buyers of a test's market: who they are unless somebody is named, and whose SKU they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.counted import counted
from sellingpartner.market.accounts.questions import all_sellers
from sellingpartner.market.appointments.questions import area_of_skus, is_in
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.listings.model import Listing, ListingStatus
from sellingpartner.market.listings.questions import listings_of, lists_sku
from sellingpartner.market.market import Market
from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.orders.commands import place
from sellingpartner.market.orders.purchase import Purchase, PurchaseLine
from sellingpartner.market.supply.questions import source_by_code
from sellingpartner.market.time.chance import chance
from sellingpartner.server.control.buying.buyers import buyer_and_address
from sellingpartner.storage.unit import UnitOfWork

BUYER = Buyer(name="Ada Finch", email="ada.finch.4711@marketplace.amazon.com")
ADDRESS = Address(
    name="Ada Finch",
    line_1="12 Larch Lane",
    city="Portland",
    state_or_region="OR",
    postal_code="97205",
    country_code="US",
    phone="+1 503 555 0142",
)


FAVORITE = "MUG-BLUE"
"""What is ordered where no SKU is named, of whoever has it."""

_AT_ONCE = 50


def ordered(
    unit: UnitOfWork,
    sku: str,
    quantity: int,
    marketplace_id: str,
    more: dict[str, Any],
) -> str:
    """A buyer orders of the unit's seller; returns the order's id. `more` are fields of `Purchase`."""
    meant = MARKETPLACES.get(more.get("marketplace_id", marketplace_id))
    country = ADDRESS.country_code if meant is None else meant.country_code
    buyer, address = BUYER, ADDRESS
    if (code := more.pop("from_store", None)) is not None:
        more["supply_source_id"] = _source(unit, code)
    area = area_of_skus(unit, more.get("marketplace_id", marketplace_id), [sku])
    lives_elsewhere = country != ADDRESS.country_code or (bool(area) and not is_in(ADDRESS.state_or_region, area))
    if lives_elsewhere and not more.keys() >= {"buyer", "address"}:
        luck = chance(unit, "buyer of a test", country)
        buyer, address = buyer_and_address(luck, country, None, None, is_business=False, area=area)
    wanted: dict[str, Any] = {
        "marketplace_id": marketplace_id,
        "lines": (PurchaseLine(sku=sku, quantity=quantity),),
        "buyer": buyer,
        "address": address,
    }
    return place(unit, Purchase(**(wanted | more))).order_id


def _source(unit: UnitOfWork, code: str) -> str:
    found = source_by_code(unit, code)
    if found is None:
        message = f"There is no supply source {code!r}; open it first: market.opens_store({code!r})."
        raise LookupError(message)
    return found.supply_source_id


def seller_with(market: Market, sku: str, first: str) -> str:
    """Whose SKU is meant where nobody is named: the first seller's if it has it, else the only other one's.

    Where nobody has it, the first seller is meant, and its refusal says what is wrong.
    """
    with market.read() as unit:
        others = [one.seller_id for one in all_sellers(unit) if one.seller_id != first]
    having = [seller_id for seller_id in [first, *others] if _lists(market, seller_id, sku)]
    if len(having) > 1 and having[0] != first:
        message = f"{counted(len(having), 'seller')} have the SKU {sku!r}; say whose is meant: shop.buys({sku!r})."
        raise LookupError(message)
    return having[0] if having else first


def favorite_of(market: Market, homes: Mapping[str, str], quantity: int = 1) -> tuple[str, str]:
    """The seller and the SKU that are meant where neither is named, of sellers and where they are at home.

    The favorite of the first of them who has it, else whatever a buyer can order so many of. Raises `LookupError`.
    """
    for seller_id in homes:
        if _lists(market, seller_id, FAVORITE):
            return seller_id, FAVORITE
    for seller_id, marketplace_id in homes.items():
        with market.read(seller_id) as unit:
            sku = _something(unit, marketplace_id, quantity)
        if sku is not None:
            return seller_id, sku
    message = (
        f"Nobody sells anything of which a buyer could order {counted(quantity, 'unit')}; list something first, as in "
        'market.lists("MUG", stock=10), or name a SKU.'
    )
    raise LookupError(message)


def _something(unit: UnitOfWork, marketplace_id: str, quantity: int) -> str | None:
    """The first SKU, in their order, of which a buyer can order so many units without more ado."""
    after = ""
    while page := listings_of(unit, marketplace_id, after=after, limit=_AT_ONCE):
        for listing in page:
            if _is_ordinary(listing, quantity) and stock_of(unit, listing.sku, listing.place).available >= quantity:
                return listing.sku
        after = page[-1].sku
    return None


def _is_ordinary(listing: Listing, quantity: int) -> bool:
    is_sold = listing.status is ListingStatus.ACTIVE and not listing.is_regulated
    return is_sold and (listing.max_order_quantity is None or quantity <= listing.max_order_quantity)


def _lists(market: Market, seller_id: str, sku: str) -> bool:
    with market.read(seller_id) as unit:
        return lists_sku(unit, sku)
