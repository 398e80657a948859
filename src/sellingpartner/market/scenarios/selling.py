"""What a scenario's sellers sell and get back: deeds, each with its own moment of the past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple, Protocol

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.counted import counted
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.listings.questions import offered_under
from sellingpartner.market.orders.commands import ask_return, left_to_return, place, receive_return, refund, send_return
from sellingpartner.market.orders.commands import ship as ship_parcel
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import Purchase, PurchaseLine
from sellingpartner.market.orders.questions import order_of, refunds_of, returns_of
from sellingpartner.market.scenarios.checking import BadScenario
from sellingpartner.market.scenarios.model import OrderPart, ReturnPart, SellerPart
from sellingpartner.market.simulation import people
from sellingpartner.market.simulation.shopping import address_of, buyer_of
from sellingpartner.market.time.chance import chance
from sellingpartner.storage.unit import UnitOfWork

_TO_SHIP = timedelta(hours=8)
_TO_SEND, _TO_COME = timedelta(days=1), timedelta(days=3)
_BY_INVOICE = ("Invoice",)


class Action(Protocol):
    """What is done in a unit of the seller's."""

    def __call__(self, unit: UnitOfWork) -> None:
        """Do it."""
        ...


class Deed(NamedTuple):
    """What somebody does at a moment."""

    at: datetime
    do: Action


def deeds_of(seller: SellerPart, present: datetime) -> Iterator[Deed]:
    """All that is ordered of a seller and comes back, up to the present."""
    placed: dict[str, list[str]] = {}
    for number, part in enumerate(seller.orders):
        begins, ends = timedelta(days=part.days_ago), timedelta(days=part.until_days_ago)
        for turn in range(part.count):
            at = present - ends - (begins - ends) * (part.count - turn) / part.count
            yield from _order(_Order(seller, part, f"{number}/{turn}", placed), at, present)
    for back in seller.returns:
        for turn in range(back.count):
            at = present - timedelta(days=back.days_ago) * (back.count - turn) / back.count
            yield from _return(back, placed, at, present)


class _Order(NamedTuple):
    seller: SellerPart
    part: OrderPart
    key: str
    placed: dict[str, list[str]]
    """The orders of each SKU, as they come."""


def _order(order: _Order, at: datetime, present: datetime) -> Iterator[Deed]:
    placed: list[str] = []
    yield Deed(at, partial(_place, order=order, placed=placed))
    if order.part.state == "shipped":
        yield Deed(min(at + _TO_SHIP, present), partial(_ship, placed=placed))


def _place(unit: UnitOfWork, *, order: _Order, placed: list[str]) -> None:
    part, country = order.part, order.part.marketplace or order.seller.marketplaces[0]
    luck = chance(unit, "scenario", order.key)
    buyer = people.invent_buyer(luck, country, is_business=True if part.is_business else None)
    marketplace_id = BY_COUNTRY[country].marketplace_id
    price = _business_price(unit, part.sku, marketplace_id) if part.is_business else None
    purchase = Purchase(
        marketplace_id=marketplace_id,
        lines=(
            PurchaseLine(sku=part.sku, quantity=part.quantity, unit_price=price, has_business_price=price is not None),
        ),
        buyer=buyer_of(buyer, luck),
        address=address_of(people.invent_address(luck, buyer, country)),
        paid=part.state != "pending",
        payment_details=_BY_INVOICE if part.by_invoice else ("Standard",),
        is_business=part.is_business,
        awaits_invoice=part.awaits_invoice,
    )
    placed.append(place(unit, purchase).order_id)
    order.placed.setdefault(part.sku, []).append(placed[0])


def _business_price(unit: UnitOfWork, sku: str, marketplace_id: str) -> int | None:
    offered = offered_under(unit, sku, marketplace_id)
    price = None if offered is None else offered[1].business_price
    return None if price is None else price.minor


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
        ship_parcel(unit, placed[0], parcel)


def _return(part: ReturnPart, placed: dict[str, list[str]], at: datetime, present: datetime) -> Iterator[Deed]:
    back: list[tuple[str, str]] = []
    yield Deed(at, partial(_ask, part=part, placed=placed, back=back))
    if part.state != "asked":
        yield Deed(min(at + _TO_SEND, present), partial(_send, back=back))
    if part.state in {"received", "refunded"}:
        yield Deed(min(at + _TO_COME, present), partial(_receive, part=part, back=back))


def _ask(unit: UnitOfWork, *, part: ReturnPart, placed: dict[str, list[str]], back: list[tuple[str, str]]) -> None:
    """The buyer who has had the SKU longest, and has not asked yet, asks."""
    for order_id in placed.get(part.sku, ()):
        earlier = returns_of(unit, order_id)
        quantities = {} if earlier else left_to_return(order_of(unit, order_id), earlier, at=unit.now)
        if quantities:
            asked = ask_return(unit, order_id, quantities=quantities, reason=part.reason)
            back.append((order_id, asked.return_id))
            return
    message = (
        f"{counted(part.count, 'order')} of {part.sku} cannot all come back: by {unit.now:%Y-%m-%d %H:%M} too few have"
        " arrived. Have more of them shipped, and earlier, or have them come back later."
    )
    raise BadScenario(message)


def _send(unit: UnitOfWork, *, back: list[tuple[str, str]]) -> None:
    send_return(unit, *back[0])


def _receive(unit: UnitOfWork, *, part: ReturnPart, back: list[tuple[str, str]]) -> None:
    condition = Condition[part.condition.upper().replace("-", "_")]
    order_id, return_id = back[0]
    receive_return(unit, order_id, return_id, condition=condition)
    refunded = any(one.return_id == return_id for one in refunds_of(unit, order_id))
    if part.state == "refunded" and not refunded:  # Amazon refunds what it fulfills by itself
        refund(unit, order_id, return_id=return_id)
