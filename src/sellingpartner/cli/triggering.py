"""`spapi trigger`: makes the thing happen that a notification type tells of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from sellingpartner.cli.choice import did_you_mean
from sellingpartner.cli.connection import Connection
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.printing import print_line
from sellingpartner.contract.market_v1 import (
    AccountStatus,
    CancelOrder,
    Compete,
    GetAccountStatus,
    GetListing,
    Listing,
    ListListings,
    ListSellers,
    OrderLine,
    PlaceOrder,
    SetAccountStatus,
    SetStock,
    SuppressListing,
)

_CENT = Decimal("0.01")
_CHEAPER = Decimal("0.97")
_MOST_LISTINGS = 1000


class Aim(NamedTuple):
    """What it is to happen to, as far as that was said."""

    to: Connection
    seller: str | None
    order: str | None
    sku: str | None


def trigger(
    notification_type: str,
    *,
    order: str | None = None,
    sku: str | None = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Make happen what a notification tells of: a buyer orders, a competitor comes, a listing is suppressed.

    Whoever is subscribed to the type is told; `spapi listen --subscribe` shows it.

    Args:
        notification_type: Such as ORDER_CHANGE.
        order: What it happens to, where that is an order; else a buyer places one.
        sku: What it happens to, where that is a listing; else one is chosen.
        seller: Whose; the market's first seller unless said.
        to: Which market.
    """
    name = notification_type.upper().replace("-", "_")
    do = DONE.get(name)
    if do is None:
        reason = OTHERWISE.get(name)
        known = f"Known are {', '.join(DONE)}."
        hint = did_you_mean(name, [*DONE, *OTHERWISE])
        message = f"{name}: {reason}" if reason else f"Nothing triggers {name!r}.{hint} {known}"
        raise CannotDo(message)
    print_line(do(Aim(to or Connection(), seller, order, sku)))


def _order_changes(aim: Aim) -> str:
    if aim.order is not None:
        aim.to.send(CancelOrder(order_id=aim.order, is_request=True))
        return f"The buyer of {aim.order} asks for its cancellation."
    lines = None if aim.sku is None else [OrderLine(sku=aim.sku)]
    placed = aim.to.send(PlaceOrder(seller_id=aim.seller, lines=lines))
    return f"A buyer placed the order {placed.order_id}."


def _competitor_comes(aim: Aim) -> str:
    listing = _listing(aim)
    if listing.asin is None or listing.price is None:
        message = f"{listing.sku} has no item or no price to compete with; name another one with --sku."
        raise CannotDo(message)
    price = (Decimal(listing.price.amount) * _CHEAPER).quantize(_CENT)
    aim.to.send(Compete(asin=listing.asin, price=price, marketplace_id=listing.marketplace_id))
    return f"A competitor offers {listing.asin} ({listing.sku}) for {price} {listing.price.currency_code}."


def _listing_is_suppressed(aim: Aim) -> str:
    listing = _listing(aim)
    where = {"seller_id": listing.seller_id, "marketplace_id": listing.marketplace_id}
    aim.to.send(SuppressListing(sku=listing.sku, kind="restricted_product", **where))
    return f"{listing.sku} is suppressed; `spapi listing lift {listing.sku}` takes that back."


def _amazon_receives_units(aim: Aim) -> str:
    listing = _listing(aim, is_amazon_fulfilled=True)
    aim.to.send(SetStock(sku=listing.sku, quantity=1, is_added=True, seller_id=listing.seller_id))
    return f"Amazon's warehouse has one more unit of {listing.sku}."


def _account_changes(aim: Aim) -> str:
    seller_id = aim.seller or aim.to.send(ListSellers()).sellers[0].seller_id
    now = aim.to.send(GetAccountStatus(seller_id=seller_id)).standings[0].status
    status = AccountStatus.AT_RISK if now is AccountStatus.NORMAL else AccountStatus.NORMAL
    aim.to.send(SetAccountStatus(seller_id=seller_id, status=status))
    return f"The account of {seller_id} is {status.value}."


def _listing(aim: Aim, *, is_amazon_fulfilled: bool | None = None) -> Listing:
    """The listing that is meant: the named one, or the first that buyers can buy."""
    if aim.sku is not None:
        return aim.to.send(GetListing(sku=aim.sku, seller_id=aim.seller))
    found = aim.to.send(ListListings(seller_id=aim.seller, limit=_MOST_LISTINGS)).listings
    fitting = (
        one
        for one in found
        if "BUYABLE" in one.status and is_amazon_fulfilled in {None, one.is_amazon_fulfilled} and one.asin
    )
    listing = next(fitting, None)
    if listing is None:
        message = "The seller has no listing that this could happen to; name one with --sku."
        raise CannotDo(message)
    return listing


DONE: Mapping[str, Callable[[Aim], str]] = {
    "ORDER_CHANGE": _order_changes,
    "ANY_OFFER_CHANGED": _competitor_comes,
    "LISTINGS_ITEM_STATUS_CHANGE": _listing_is_suppressed,
    "LISTINGS_ITEM_ISSUES_CHANGE": _listing_is_suppressed,
    "FBA_INVENTORY_AVAILABILITY_CHANGES": _amazon_receives_units,
    "ACCOUNT_STATUS_CHANGED": _account_changes,
}
"""What is done for each type."""

OTHERWISE: Mapping[str, str] = {
    "B2B_ANY_OFFER_CHANGED": "it is told where somebody offers to businesses; change such an offer by Listings Items.",
    "LISTINGS_ITEM_MFN_QUANTITY_CHANGE": "it is told when the seller says how many units it has, by Listings Items.",
    "BRANDED_ITEM_CONTENT_CHANGE": "it is told when an item's words or pictures change, by Listings Items.",
    "ITEM_PRODUCT_TYPE_CHANGE": "it is told when an item comes under another product type, by Listings Items.",
    "PRICING_HEALTH": "it is told when the seller asks more than is asked elsewhere; raise a price by Listings Items.",
    "REPORT_PROCESSING_FINISHED": "it is told when a report is done; `spapi report` asks for one.",
    "FEED_PROCESSING_FINISHED": "it is told when a feed is done; `spapi feed` sends one.",
    "SHIPMENT_TRACKING_MILESTONE_CHANGED": "ship an order and move its parcel with `spapi shipment move`.",
    "FBA_OUTBOUND_SHIPMENT_STATUS": "it is told when Amazon ships an order in Brazil; place one and advance the clock.",
    "APPLICATION_OAUTH_CLIENT_NEW_SECRET": "`spapi application rotate` makes a secret and has it sent.",
    "APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY": "`spapi clock advance P90D` brings it.",
}
"""What is to be done by hand for others."""
