"""`spapi trigger`: makes the thing happen that a notification type tells of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import count
from typing import Annotated, Any, NamedTuple

from cyclopts import Parameter

from sellingpartner.cli.asked.completing import notification_type_words
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_line
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.market_v1 import (
    AccountStatus,
    AdjustLabel,
    CancelOrder,
    ChargeService,
    Compete,
    GetAccountStatus,
    GetListing,
    Listing,
    ListListings,
    ListParcels,
    ListSellers,
    MoveParcel,
    OrderLine,
    ParcelMove,
    PlaceOrder,
    PutListing,
    SetAccountStatus,
    SetStock,
    SuppressListing,
)
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.near import did_you_mean

_CENT = Decimal("0.01")
_CHEAPER = Decimal("0.97")
_MOST_LISTINGS = 1000
_A_FEE = Decimal("2.50")
_A_CHARGE = Decimal(2)
_PRICE = Decimal("20.00")
_OWN = "SPAPI-TRIGGER"
_BRAND = "Spapi Trigger"
_TITLE, _BULLET_POINT = "A Product of the Trigger", "It is there so that something can be told of it."
_BRAZIL = BY_COUNTRY["BR"].marketplace_id
_MOST_PARCELS = 100
_ENDED = frozenset({"Delivered", "Refused", "Lost", "Returning", "Returned", "Canceled"})
"""States of parcels that move no more."""


class Aim(NamedTuple):
    """What it is to happen to, as far as that was said."""

    to: Connection
    seller: str | None
    order: str | None
    sku: str | None


def trigger(
    notification_type: Annotated[str, Parameter(completer=notification_type_words)],
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
        reason = OTHERWISE.get(name) or _why_never(name)
        known = f"Known are {', '.join(DONE)}."
        hint = did_you_mean(name, [*DONE, *OTHERWISE])
        message = f"{name}: {reason}" if reason else f"Nothing triggers {name!r}.{hint} {known}"
        raise CannotDo(message)
    print_line(do(Aim(to or Connection(), seller, order, sku)))


def _why_never(name: str) -> str | None:
    """Why nothing has a type sent; None for one that is none."""
    from sellingpartner.market.notifications.types import subscribable_types  # noqa: PLC0415 - the server's weight

    kind = subscribable_types().get(name)
    return None if kind is None else f"this market never sends it: {kind.never_because}."


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


def _quantity_is_said(aim: Aim) -> str:
    listing = _own_product(aim) if aim.sku is None else _listing(aim, is_amazon_fulfilled=False)
    units = listing.available + 1
    aim.to.send(PutListing(sku=listing.sku, stock=units, **_where(listing)))
    return f"The seller says that it has {units} units of {listing.sku}."


def _content_changes(aim: Aim) -> str:
    """What a seller says of an item fills in what nobody said before: so each time it is another item."""
    product = _own_product(aim, is_new=True)
    said = [{"value": _BULLET_POINT, "language_tag": "en_US", "marketplace_id": product.marketplace_id}]
    aim.to.send(PutListing(sku=product.sku, attributes={"bullet_point": said}, **_where(product)))
    return f"The item of {product.sku}, which is the seller's own, has a bullet point now."


def _business_offer_changes(aim: Aim) -> str:
    listing = _own_product(aim) if aim.sku is None else _listing(aim)
    if listing.price is None:
        message = f"{listing.sku} has no price; name another one with --sku."
        raise CannotDo(message)
    price = Decimal(listing.price.amount)
    for share in (_CHEAPER, _CHEAPER * _CHEAPER):  # the first may be the first that businesses are offered at all
        offers = [
            _offer(listing.price.currency_code, price, "ALL"),
            _offer(listing.price.currency_code, (price * share).quantize(_CENT), "B2B"),
        ]
        aim.to.send(PutListing(sku=listing.sku, attributes={"purchasable_offer": offers}, **_where(listing)))
    return f"Businesses are offered {listing.sku} for {(price * share).quantize(_CENT)} {listing.price.currency_code}."


def _service_is_charged(aim: Aim) -> str:
    charged = aim.to.send(ChargeService(component="VineFee", amount=_A_FEE, seller_id=aim.seller))
    return f"The seller is charged {_A_FEE} {charged.total.currency_code} for a service."


def _parcel_moves(aim: Aim) -> str:
    parcels = aim.to.send(ListParcels(seller_id=aim.seller, order_id=aim.order)).parcels
    under_way = [one for one in parcels if one.tracking_id and one.status not in _ENDED]
    if not under_way:
        message = "No parcel with a tracking number is under way; name an order of which one is with --order."
        raise CannotDo(message)
    parcel = under_way[0]
    aim.to.send(MoveParcel(parcel_id=parcel.parcel_id, status=ParcelMove.DELIVERED))
    return f"The parcel {parcel.parcel_id} is delivered."


def _label_costs_more(aim: Aim) -> str:
    parcels = aim.to.send(ListParcels(seller_id=aim.seller, order_id=aim.order, limit=_MOST_PARCELS)).parcels
    for one in parcels:
        if one.label is not None:
            try:
                charged = aim.to.send(AdjustLabel(shipment_id=one.label.shipment_id, amount=_A_CHARGE))
            except InvalidInput:  # its carrier has asked before
                continue
            return f"The carrier of {one.parcel_id} asks for {_A_CHARGE} {charged.total.currency_code} more."
    message = "No label was bought whose carrier could ask for more; buy one, or name its order with --order."
    raise CannotDo(message)


def _amazon_ships_in_brazil(aim: Aim) -> str:
    listing = _listing(aim, is_amazon_fulfilled=True, marketplace_id=_BRAZIL)
    placed = aim.to.send(
        PlaceOrder(seller_id=listing.seller_id, marketplace_id=_BRAZIL, lines=[OrderLine(sku=listing.sku, quantity=1)])
    )
    return f"A buyer in Brazil placed the order {placed.order_id}; Amazon ships it within a day of market time."


def _offer(currency: str, price: Decimal, audience: str) -> dict[str, object]:
    return {
        "audience": audience,
        "currency": currency,
        "our_price": [{"schedule": [{"value_with_tax": float(price)}]}],
    }


def _where(listing: Listing) -> dict[str, Any]:
    return {"seller_id": listing.seller_id, "marketplace_id": listing.marketplace_id}


def _own_product(aim: Aim, *, is_new: bool = False) -> Listing:
    """A product that nobody else offers, so that what is said of it is so: listed when it is first needed."""
    for number in count(1):
        sku = aim.sku or f"{_OWN}-{number}"
        try:
            found = aim.to.send(GetListing(sku=sku, seller_id=aim.seller))
        except NotFound:
            product = PutListing(sku=sku, seller_id=aim.seller, title=_TITLE, brand=_BRAND, price=_PRICE, stock=1)
            return aim.to.send(product)
        if aim.sku is not None or not is_new:
            return found
    raise AssertionError


def _listing(aim: Aim, *, is_amazon_fulfilled: bool | None = None, marketplace_id: str | None = None) -> Listing:
    """The listing that is meant: the named one, or the first that buyers can buy."""
    if aim.sku is not None:
        return aim.to.send(GetListing(sku=aim.sku, seller_id=aim.seller, marketplace_id=marketplace_id))
    asked = ListListings(seller_id=aim.seller, marketplace_id=marketplace_id, limit=_MOST_LISTINGS)
    found = aim.to.send(asked).listings
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
    "TRANSACTION_UPDATE": _service_is_charged,
    "LISTINGS_ITEM_MFN_QUANTITY_CHANGE": _quantity_is_said,
    "BRANDED_ITEM_CONTENT_CHANGE": _content_changes,
    "B2B_ANY_OFFER_CHANGED": _business_offer_changes,
    "SHIPMENT_TRACKING_MILESTONE_CHANGED": _parcel_moves,
    "SHIPPING_CHARGE_NOTIFICATION": _label_costs_more,
    "FBA_OUTBOUND_SHIPMENT_STATUS": _amazon_ships_in_brazil,
}
"""What is done for each type."""

OTHERWISE: Mapping[str, str] = {
    "PRICING_HEALTH": "it is told when the seller asks more than is asked elsewhere; raise a price by Listings Items.",
    "FULFILLMENT_ORDER_STATUS": "it is told when a multi-channel order changes; `spapi outbound create` makes one.",
    "REPORT_PROCESSING_FINISHED": "it is told when a report is done; `spapi report` asks for one.",
    "FEED_PROCESSING_FINISHED": "it is told when a feed is done; `spapi feed` sends one.",
    "DATA_KIOSK_QUERY_PROCESSING_FINISHED": "it is told when a query of the Data Kiosk is done; createQuery sends one.",
    "ITEM_PRODUCT_TYPE_CHANGE": "nothing that a seller or a buyer does puts an item under another product type.",
    "PRODUCT_TYPE_DEFINITIONS_CHANGE": "it is told when another version of this package opens the market.",
    "APPLICATION_OAUTH_CLIENT_NEW_SECRET": "`spapi application rotate` makes a secret and has it sent.",
    "APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY": "`spapi clock advance P90D` brings it.",
}
"""What is to be done by hand for others."""
