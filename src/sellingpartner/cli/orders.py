"""`spapi order`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import App, Parameter

from sellingpartner.cli import order_returns
from sellingpartner.cli.connection import Connection
from sellingpartner.cli.marketplace_names import marketplace_id_of
from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.printing import print_facts, print_json
from sellingpartner.cli.quantities import quantities_of
from sellingpartner.cli.writing import print_aside
from sellingpartner.contract.market_v1 import (
    CancelOrder,
    OrderAddress,
    OrderBuyer,
    OrderLine,
    PayOrder,
    PlacedOrder,
    PlaceOrder,
    ServiceLevel,
)

app = App(name="order", help="What buyers do: order, pay, cancel, send back.")
order_returns.add_to(app)


@Parameter(name="*", group="Goods")
@dataclass(frozen=True)
class Goods:
    """What is ordered, and of whom."""

    sku: Annotated[tuple[str, ...], SEVERAL] = ()
    "A SKU; repeat it for more lines. One that the seller has in stock unless said."
    quantity: Annotated[tuple[int, ...], SEVERAL] = ()
    "How many, in the order of the SKUs; 1 unless said."
    seller: str | None = None
    "The seller's id; the market's first seller unless said."
    marketplace: str | None = None
    "Where, by country (US) or marketplace id; the seller's home unless said."


@Parameter(name="*", group="Buyer")
@dataclass(frozen=True)
class Who:
    """Who orders; what is left out is invented."""

    name: str | None = None
    "The buyer's name."
    email: str | None = None
    "The buyer's email address."
    country: str | None = None
    "The country that the order goes to, by its two letters."
    state: str | None = None
    "The state or region that it goes to."
    business: Annotated[bool, FLAG] = False
    "A business buys."


@Parameter(name="*", group="Terms")
@dataclass(frozen=True)
class Terms:
    """How it is paid and how fast it is to come."""

    unpaid: Annotated[bool, FLAG] = False
    "Leave the payment open: the order stays Pending until `spapi order pay`."
    pays_after: int | None = None
    "Minutes of market time after which the payment clears by itself; the order is Pending until then."
    prime: Annotated[bool, FLAG] = False
    "A Prime order."
    service: Literal[
        "Standard", "Expedited", "FreeEconomy", "SecondDay", "NextDay", "SameDay", "Priority", "Scheduled"
    ] = "Standard"
    "How fast it is to come."


@app.command
def place(
    *, goods: Goods | None = None, who: Who | None = None, terms: Terms | None = None, to: Connection | None = None
) -> None:
    """Let a buyer order; whatever is left out is chosen."""
    to, goods, who, terms = to or Connection(), goods or Goods(), who or Who(), terms or Terms()
    answer = to.send(
        PlaceOrder(
            seller_id=goods.seller,
            marketplace_id=goods.marketplace and marketplace_id_of(goods.marketplace),
            lines=_lines(goods),
            paid=not terms.unpaid,
            pays_after_minutes=terms.pays_after,
            buyer=OrderBuyer(name=who.name, email=who.email) if who.name or who.email else None,
            ship_to=OrderAddress(country_code=who.country, state_or_region=who.state)
            if who.country or who.state
            else None,
            service_level=ServiceLevel(terms.service),
            is_prime=terms.prime,
            is_business=who.business,
        )
    )
    _show(to, answer)
    if not to.json:
        print_aside(
            "getOrders lists it in two minutes of market time (`spapi clock advance PT2M`); getOrder has it at once."
        )


@app.command
def pay(order: str, *, to: Connection | None = None) -> None:
    """Authorize the payment of a pending order.

    Args:
        order: The order's id.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(PayOrder(order_id=order)))


@app.command
def cancel(
    order: str,
    *,
    reason: str | None = None,
    request: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """Cancel what has not shipped of an order, as its buyer.

    Args:
        order: The order's id.
        reason: Why.
        request: Only ask the seller for it.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(CancelOrder(order_id=order, reason=reason, is_request=request)))


def _lines(goods: Goods) -> list[OrderLine] | None:
    return [OrderLine(sku=sku, quantity=units) for sku, units in quantities_of(goods.sku, goods.quantity)] or None


def _show(to: Connection, answer: PlacedOrder) -> None:
    if to.json:
        print_json(answer)
        return
    asked = answer.cancellation_request
    print_facts(
        [
            ("Order", answer.order_id),
            ("Status", answer.status),
            *([("Asked", f"the buyer asks the seller to cancel it: {asked}")] if asked is not None else []),
            ("Total", f"{answer.total.amount} {answer.total.currency_code}"),
            ("Lines", [f"{line.quantity} x {line.sku}" for line in answer.lines]),
            ("Seller", answer.seller_id),
            ("Marketplace", answer.marketplace_id),
        ]
    )
