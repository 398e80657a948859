"""`spapi order`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from cyclopts import App, Parameter
from msgspec.structs import replace

from sellingpartner.cli.buying import order_returns
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.moments import moment_of
from sellingpartner.cli.shown.printing import print_facts, print_json
from sellingpartner.cli.shown.writing import print_aside
from sellingpartner.cli.words.marketplace_names import Marketplace, marketplace_id_of
from sellingpartner.cli.words.quantities import quantities_of
from sellingpartner.contract.market_v1 import (
    CancelOrder,
    OrderAddress,
    OrderBuyer,
    OrderLine,
    PaymentMethod,
    PayOrder,
    PlacedOrder,
    PlaceOrder,
    ServiceLevel,
    ShowOrder,
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
    marketplace: Marketplace = None
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
    company: str | None = None
    "The company that buys."
    tax_id: str | None = None
    "The business's tax number, which orders show in Brazil, Mexico, India and Turkey."
    po_number: str | None = None
    "The buyer's purchase order number."


@Parameter(name="*", group="Extras")
@dataclass(frozen=True)
class Extras:
    """What the first SKU comes with; amounts such as 4.99, for all its units."""

    shipping: Decimal | None = None
    "What the buyer pays for shipping."
    discount: Decimal | None = None
    "What a promotion takes off the price."
    promotion: Annotated[tuple[str, ...], SEVERAL] = ()
    "The promotion's id; repeat it for more."
    gift_message: str | None = None
    "A gift's card."
    gift_wrap: Decimal | None = None
    "What gift wrap costs."
    cod_fee: Decimal | None = None
    "What paying on delivery costs."
    points: int = 0
    "Amazon Points that the seller grants, in Japan."


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
    premium: Annotated[bool, FLAG] = False
    "A premium order."
    access_point: Annotated[bool, FLAG] = False
    "It goes to a place where the buyer picks it up, such as a locker."
    store_pickup: Annotated[bool, FLAG] = False
    "The buyer fetches it from the seller's store."
    payment: Literal["COD", "CVS", "Other"] = "Other"
    "On delivery, in a convenience store, or otherwise."
    replaces: str | None = None
    "The order that it replaces, free of charge."
    available_at: str | None = None
    "A preorder: when what is ordered is released, such as 2026-12-24T00:00Z."
    awaits_invoice: Annotated[bool, FLAG] = False
    "Once shipped it waits for the confirmation of its invoice."
    from_store: str | None = None
    "The code of the supply source that is to ship it, if it has all the units."
    service: Literal[
        "Standard", "Expedited", "FreeEconomy", "SecondDay", "NextDay", "SameDay", "Priority", "Scheduled"
    ] = "Standard"
    "How fast it is to come."


@app.command
def place(
    *,
    goods: Goods | None = None,
    who: Who | None = None,
    extras: Extras | None = None,
    terms: Terms | None = None,
    to: Connection | None = None,
) -> None:
    """Let a buyer order; whatever is left out is chosen."""
    to, goods, who, terms = to or Connection(), goods or Goods(), who or Who(), terms or Terms()
    answer = to.send(
        PlaceOrder(
            seller_id=goods.seller,
            marketplace_id=goods.marketplace and marketplace_id_of(goods.marketplace),
            lines=_lines(goods, extras or Extras()),
            paid=not terms.unpaid,
            pays_after_minutes=terms.pays_after,
            buyer=_buyer(who),
            ship_to=OrderAddress(country_code=who.country, state_or_region=who.state)
            if who.country or who.state
            else None,
            service_level=ServiceLevel(terms.service),
            is_prime=terms.prime,
            is_business=who.business,
            is_premium=terms.premium,
            is_access_point=terms.access_point,
            is_store_pickup=terms.store_pickup,
            payment_method=PaymentMethod(terms.payment),
            replaces_order_id=terms.replaces,
            available_at=moment_of(terms.available_at, "--available-at") if terms.available_at else None,
            awaits_invoice=terms.awaits_invoice,
            from_store=terms.from_store,
        )
    )
    _show(to, answer)
    if not to.json:
        print_aside(
            "getOrders lists it in two minutes of market time (`spapi clock advance PT2M`); getOrder has it at once."
        )


@app.command
def show(order: str, *, to: Connection | None = None) -> None:
    """Show how an order stands, whoever's it is; `spapi orders show` shows what its seller sees.

    Args:
        order: The order's id.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(ShowOrder(order_id=order)))


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


def _lines(goods: Goods, extras: Extras) -> list[OrderLine] | None:
    lines = [OrderLine(sku=sku, quantity=units) for sku, units in quantities_of(goods.sku, goods.quantity)]
    if extras == Extras():
        return lines or None
    if not lines:
        message = "Name the SKU that the shipping, gift wrap or promotion belongs to with --sku."
        raise CannotDo(message)
    lines[0] = replace(
        lines[0],
        shipping=extras.shipping,
        discount=extras.discount,
        promotion_ids=list(extras.promotion) or None,
        gift_message=extras.gift_message,
        gift_wrap=extras.gift_wrap,
        gift_wrap_level="Classic" if extras.gift_wrap is not None else None,
        cod_fee=extras.cod_fee,
        points=extras.points,
    )
    return lines


def _buyer(who: Who) -> OrderBuyer | None:
    said = OrderBuyer(
        name=who.name,
        email=who.email,
        company_name=who.company,
        tax_id=who.tax_id,
        purchase_order_number=who.po_number,
    )
    return None if said == OrderBuyer() else said


def _show(to: Connection, answer: PlacedOrder) -> None:
    if to.json:
        print_json(answer)
        return
    asked = answer.cancellation_request
    print_facts(
        [
            ("Order", answer.order_id),
            ("Status", f"{answer.status}, late" if answer.is_late else answer.status),
            *([("Asked", f"the buyer asks the seller to cancel it: {asked}")] if asked is not None else []),
            *(
                [("Canceled", f"by the {answer.canceled_by.lower()}: {answer.cancel_reason}")]
                if answer.canceled_by
                else []
            ),
            ("Total", f"{answer.total.amount} {answer.total.currency_code}"),
            ("Lines", [f"{line.quantity} x {line.sku}" for line in answer.lines]),
            ("Seller", answer.seller_id),
            ("Marketplace", answer.marketplace_id),
        ]
    )
