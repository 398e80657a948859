"""`spapi subscription`: Subscribe & Save, as buyers and sellers use it."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.shown.printing import print_json, print_line
from sellingpartner.cli.words.marketplace_names import Marketplace, marketplace_meant
from sellingpartner.contract.market_v1 import (
    BuyerSubscription,
    CancelBuyerSubscription,
    EnrollOffer,
    ListBuyerSubscriptions,
    SubscribeBuyer,
)

app = App(name="subscription", help="Subscribe & Save: buyers who subscribe and cancel, offers of the program.")
_COLUMNS = ("Subscription", "SKU", "Quantity", "Every days", "Status", "Next", "Ordered", "Missed")


@app.command(name="list")
def list_subscriptions(
    *,
    marketplace: Marketplace = None,
    seller: str | None = None,
    csv: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """List the subscriptions of a seller's buyers, canceled ones included.

    Args:
        marketplace: The marketplace, by country (US) or id; the seller's first unless said.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListBuyerSubscriptions(marketplace_id=marketplace_meant(marketplace), seller_id=seller))
    Printed(to, csv=csv).show(answer, _COLUMNS, [_row(one) for one in answer.subscriptions], empty="Nobody subscribes.")


@app.command
def add(
    sku: str,
    *,
    quantity: int = 1,
    every: int = 30,
    marketplace: Marketplace = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Let somebody subscribe to a SKU; the first delivery is ordered at once.

    Args:
        sku: The SKU.
        quantity: How many units each time.
        every: How many days it is from one delivery to the next.
        marketplace: The marketplace, by country (US) or id; the seller's first unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    asked = SubscribeBuyer(
        sku=sku, quantity=quantity, interval_days=every, marketplace_id=marketplace_meant(marketplace), seller_id=seller
    )
    answer = to.send(asked)
    Printed(to, csv=False).show(answer, _COLUMNS, [_row(answer)], empty="")


@app.command
def cancel(subscription_id: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let a buyer cancel a subscription; what was ordered still comes.

    Args:
        subscription_id: The subscription.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(CancelBuyerSubscription(subscription_id=subscription_id, seller_id=seller))
    Printed(to, csv=False).show(answer, _COLUMNS, [_row(answer)], empty="")


@app.command
def enroll(
    sku: str,
    *,
    percent: int = 5,
    suspended: Annotated[bool, FLAG] = False,
    marketplace: Marketplace = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Put an offer into the program, or change what it takes off.

    Args:
        sku: The SKU.
        percent: What the seller takes off: 0, 5 or 10.
        suspended: Nobody new may subscribe.
        marketplace: The marketplace, by country (US) or id; the seller's first unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    asked = EnrollOffer(
        sku=sku,
        percent=percent,
        is_suspended=suspended,
        marketplace_id=marketplace_meant(marketplace),
        seller_id=seller,
    )
    answer = to.send(asked)
    if to.json:
        print_json(answer)
    else:
        print_line(f"{answer.sku} is in the program, {answer.percent} percent off for subscribers.")


def _row(one: BuyerSubscription) -> tuple[object, ...]:
    return (
        one.subscription_id,
        one.sku,
        one.quantity,
        one.interval_days,
        one.status,
        one.next_at,
        one.ordered,
        one.missed,
    )
