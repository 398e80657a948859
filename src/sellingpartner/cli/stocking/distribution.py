"""`spapi awd`: what is on its way to Amazon Warehousing and Distribution, and what leaves it for FBA."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.contract.market_v1 import (
    CarryDistributionOrder,
    DistributionDeed,
    DistributionOrder,
    GetDistributionOrder,
    ListDistributionOrders,
    ListReplenishmentPolicies,
    ReplenishmentPolicies,
    SetReplenishmentPolicy,
    StoreDistributionUnits,
)

app = App(name="awd", help="Amazon Warehousing and Distribution: follow orders into it and out of it, receive, lose.")
_COLUMNS = ("Order", "Kind", "Status", "Shipments", "Centers", "Units", "Received", "Damaged", "Changed")
Csv = Annotated[bool, FLAG]


@app.command(name="list")
def list_orders(*, seller: str | None = None, csv: Csv = False, to: Connection | None = None) -> None:
    """List the latest orders into AWD and out of it, the one that changed last first.

    Args:
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListDistributionOrders(seller_id=seller))
    Printed(to, csv=csv).show(answer, _COLUMNS, [_row(one) for one in answer.orders], empty="Nothing is or was in AWD.")


@app.command
def show(order_id: str, *, seller: str | None = None, csv: Csv = False, to: Connection | None = None) -> None:
    """Show what an order holds, what of it came, and what of that is damaged.

    Args:
        order_id: The order, or its inbound shipment.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(GetDistributionOrder(order_id=order_id, seller_id=seller))
    columns = ("SKU", "Expected", "Received", "Damaged", "Order", "Status", "Shipments")
    rows = [
        (one.sku, one.expected, one.received, one.damaged, answer.order_id, answer.status, "; ".join(answer.shipments))
        for one in answer.skus
    ]
    Printed(to, csv=csv).show(answer, columns, rows, empty="The order holds nothing.")


@app.command
def ship(order_id: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let a carrier pick the shipment of an inbound order up.

    Args:
        order_id: The order.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _carry(CarryDistributionOrder(order_id=order_id, deed=DistributionDeed.SHIP, seller_id=seller), to)


@app.command
def receive(
    order_id: str,
    *,
    short: int = 0,
    damaged: int = 0,
    sku: str | None = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Receive at once what is left of an inbound shipment, wherever it is, and close it.

    Args:
        order_id: The order.
        short: How many units do not come.
        damaged: How many come broken.
        sku: Of which SKU; the first one unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    asked = CarryDistributionOrder(
        order_id=order_id,
        deed=DistributionDeed.RECEIVE,
        sku=sku,
        short=short,
        damaged=damaged,
        seller_id=seller,
    )
    _carry(asked, to)


@app.command
def lose(order_id: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let the carrier lose what an order has on its way to FBA; Amazon pays for it.

    Args:
        order_id: The outbound or replenishment order.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _carry(CarryDistributionOrder(order_id=order_id, deed=DistributionDeed.LOSE, seller_id=seller), to)


@app.command
def add(
    sku: str,
    quantity: int,
    *,
    case: int = 10,
    region: str | None = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Let units of a SKU lie in AWD without a shipment.

    Args:
        sku: The SKU.
        quantity: How many units.
        case: How many of them a case holds.
        region: Where: us-west unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    asked = StoreDistributionUnits(sku=sku, quantity=quantity, units_of_case=case, region=region, seller_id=seller)
    one = to.send(asked)
    columns = ("SKU", "Coming", "Available", "Reserved", "On the way to FBA")
    Printed(to, csv=False).show(one, columns, [(one.sku, one.coming, one.available, one.reserved, one.going)], empty="")


@app.command
def policy(
    sku: str | None = None,
    *,
    minimum: int | None = None,
    maximum: int | None = None,
    by_hand: Annotated[bool, FLAG] = False,
    seller: str | None = None,
    csv: Csv = False,
    to: Connection | None = None,
) -> None:
    """Say how AWD keeps FBA filled with a SKU, or list what was said.

    Args:
        sku: The SKU; all that was said is listed without one.
        minimum: Where FBA has less, more is sent; AWD decides unless said.
        maximum: Up to how many units are sent; AWD decides unless said.
        by_hand: Nothing is sent but what the seller orders.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer: ReplenishmentPolicies
    if sku is None:
        answer = to.send(ListReplenishmentPolicies(seller_id=seller))
    else:
        said = SetReplenishmentPolicy(
            sku=sku, is_automatic=not by_hand, minimum=minimum, maximum=maximum, seller_id=seller
        )
        answer = to.send(said)
    rows = [
        (one.sku, "by itself" if one.is_automatic else "by hand", _bound(one.minimum), _bound(one.maximum))
        for one in answer.policies
    ]
    Printed(to, csv=csv).show(answer, ("SKU", "Sent", "Minimum", "Maximum"), rows, empty="AWD decides by itself.")


def _carry(asked: CarryDistributionOrder, to: Connection | None) -> None:
    to = to or Connection()
    answer = to.send(asked)
    Printed(to, csv=False).show(answer, _COLUMNS, [_row(answer)], empty="")


def _row(one: DistributionOrder) -> tuple[object, ...]:
    return (
        one.order_id,
        f"{one.kind}, by itself" if one.is_automatic else one.kind,
        one.status,
        "; ".join(one.shipments),
        " ".join(filter(None, (one.region, one.center))),
        sum(sku.expected for sku in one.skus),
        sum(sku.received for sku in one.skus),
        sum(sku.damaged for sku in one.skus),
        one.updated_at,
    )


def _bound(units: int | None) -> str:
    return "AWD decides" if units is None else str(units)
