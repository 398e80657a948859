"""One order: how it stands, what it holds, its money, its life, and what can be done to it."""

from __future__ import annotations

from collections.abc import Iterator

from sellingpartner.market.money.ledger import questions as ledger
from sellingpartner.market.money.ledger.model import Account
from sellingpartner.market.orders.identifiers import is_order_id
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.server.console import places
from sellingpartner.server.console.rendering import moment_told, redirect
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import asked
from sellingpartner.server.console.window.deeds import acts_for
from sellingpartner.server.console.window.looking import SHOP, Look, looking, named
from sellingpartner.server.console.window.money import state_of
from sellingpartner.server.console.window.numbers import place_named
from sellingpartner.server.console.window.orders import badge_of, notice_of
from sellingpartner.server.console.window.services import facts_of
from sellingpartner.server.console.window.tables import (
    WARN,
    Cell,
    Column,
    Table,
    amount,
    amounts,
    code,
    moment,
)
from sellingpartner.server.console.window.timeline import Life, kind_words, life_of, timeline_of
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork

_OWN = frozenset({Account.AVAILABLE.value, Account.HELD.value})


def show(visit: Visit) -> HttpAnswer:
    """One order of the shop; another shop's is one that is not there. A number of the seller's leads to its order."""
    order_id = asked.in_path(visit.values)
    if not is_order_id(order_id):
        return redirect(place_named(looking(visit), order_id))
    look = looking(visit, of_order=order_id)
    visit.journal.flush()  # so that the call of a moment ago is in its life
    with look.reading() as unit:
        order = order_of(unit, order_id)
        life = life_of(unit, order)
        timeline = timeline_of(unit, life, shows_calls_of=None if look.is_operator else look.seller_id)
        money = _money(unit, life)
    return look.page(
        "order.html",
        order=order,
        badge=badge_of(order),
        facts=list(_facts(order, life)),
        items=_items(look, order),
        money=money,
        payouts=_payouts(look, life),
        timeline=timeline,
        acts=acts_for(look, life),
        notice=notice_of(visit),
        back=("Orders", places.with_query(places.ORDERS, **{SHOP: look.shop_said})),
    )


def _facts(order: Order, life: Life) -> Iterator[tuple[str, Cell]]:
    yield "Placed", moment(order.purchased_at)
    yield "Paid", moment(order.paid_at)
    if order.is_service:
        yield "What it is", Cell("a service, done at an appointment")
    else:
        yield "Ship by", Cell(at=order.latest_ship_at, badge=WARN if order.is_late else "")
        yield "Arrives by", moment(order.latest_delivery_at)
        yield "Shipped by", Cell("Amazon" if order.channel.value == "AFN" else "the seller")
    yield "Marketplace", Cell(f"{named(order.marketplace_id)}, {order.sales_channel}")
    if not order.is_unpaid:
        address = order.address
        yield "Buyer", Cell(order.buyer.name, below=order.buyer.company_name or "")
        where = ", ".join(filter(None, (address.city, address.state_or_region, address.country_code)))
        yield "Buyer's place" if order.is_service else "Goes to", Cell(where)
    if order.seller_order_id is not None:
        yield "Seller's number", code(order.seller_order_id)
    if order.cancellation_request is not None and order.is_open:
        yield "The buyer asks", Cell(f"to cancel it: {order.cancellation_request.reason}")
    if order.cancellation is not None:
        yield "Canceled by", Cell(f"{order.cancellation.by.value}: {order.cancellation.reason}")
    for job in life.jobs:
        yield from facts_of(job)
    yield from _packages(order)


def _packages(order: Order) -> Iterator[tuple[str, Cell]]:
    for package in order.packages:
        if order.is_service:  # nothing was on its way: it is done
            yield "Done", moment(package.delivered_at)
            continue
        said = f"{package.carrier_name or package.carrier_code} {package.tracking_number or ''}".strip()
        delivered = "" if package.delivered_at is None else "Delivered"
        yield f"Package {package.reference}", Cell(said, below=delivered)


def _items(look: Look, order: Order) -> Table:
    return Table(
        name="items",
        caption="What was ordered",
        columns=[Column("SKU"), *amounts("Ordered", "Done" if order.is_service else "Shipped", "Canceled", "Price")],
        rows=[
            [
                code(item.sku, _place_of_product(look, item.sku, order.marketplace_id), below=item.asin),
                Cell(str(item.quantity)),
                Cell(str(item.shipped)),
                Cell(str(item.quantity - item.held)),
                Cell(amount(item.amounts.price, order.currency)),
            ]
            for item in order.items
        ],
    )


def _place_of_product(look: Look, sku: str, marketplace_id: str) -> str:
    return places.with_query(places.PRODUCT, sku=sku, marketplace=marketplace_id, **{SHOP: look.shop_said})


def _money(unit: UnitOfWork, life: Life) -> Table:
    """What each entry comes to, and below it its postings by what they do to the seller."""
    legs = ledger.legs_of(unit, [one.entry_id for one in life.entries])
    rows = []
    for entry in life.entries:
        worth = Cell(amount(entry.total_minor, entry.currency))
        rows.append(
            [
                Cell(kind_words(entry.kind), below=moment_told(entry.posted_at)),
                worth,
                state_of(entry, life.holds.get(entry.entry_id)),
            ]
        )
        rows += [
            [Cell(below=leg.component), Cell(below=amount(leg.effect, entry.currency)), Cell()]
            for leg in legs[entry.entry_id]
            if leg.account not in _OWN
        ]
    return Table(
        name="money",
        caption="What was posted, by its effect on the seller",
        columns=[Column("Entry"), Column("Amount", is_number=True), Column("State")],
        rows=rows,
        empty="Nothing was posted yet: money follows a shipment.",
    )


def _payouts(look: Look, life: Life) -> list[tuple[str, str]]:
    """The settlement periods that the order's money counts in, with their pages."""
    ids = sorted({one.period_id for one in life.entries if one.period_id is not None})
    return [
        (f"Period {one}", places.with_query(places.MONEY, period=str(one), **{SHOP: look.shop_said})) for one in ids
    ]
