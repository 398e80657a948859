"""`fulfill_orders`: from the orders that wait to those that have left, begun again wherever it stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypedDict, Unpack

from sellingpartner.client import AsyncSellingPartner, SellingPartner
from sellingpartner.contract.errors import (
    AuthorizationRevoked,
    ConnectionFailed,
    LoginFailed,
    NotConfigured,
    SellingPartnerError,
    StoreFailed,
)
from sellingpartner.contract.orders_2026_01_01 import Order
from sellingpartner.workflows import steps
from sellingpartner.workflows.journal import Journal
from sellingpartner.workflows.model import Outcome, Progress, Report, Result, ShippingPlan, Stage
from sellingpartner.workflows.one_order import Desk, fulfill
from sellingpartner.workflows.orders import Found, order, orders_to_ship, units_left
from sellingpartner.workflows.services import orders_of_services
from sellingpartner.workflows.shelf import OnHand, Shelf, listed
from sellingpartner.workflows.steps import Steps
from sellingpartner.workflows.telling import Tell

OnProgress = Callable[[Progress], object]

_ENDS_ALL = (AuthorizationRevoked, LoginFailed, NotConfigured, StoreFailed)
"""What no other order would fare better with."""

_LOST_IN_A_ROW = 3
"""After so many orders to which nobody answered, nobody is there."""

_SINCE = timedelta(days=30)

FRESH_SECONDS = 120.0
"""How long what was found of an order is believed: reading each anew would take two seconds an order at Amazon."""


class FulfillFields(TypedDict, total=False):
    """What may be said of a fulfillment by keyword."""

    marketplace_ids: Sequence[str]
    """Where; the marketplace of the client's credentials unless said."""
    since: datetime
    """Orders placed since; of the last 30 days unless said."""
    order_ids: Sequence[str]
    """These orders, and no others."""
    on_hand: OnHand | None
    """How many units of a SKU are on the shelf; without it every order can be packed."""
    tell: Tell | None
    """What to write to the buyer, where Amazon allows it; nobody is written to unless said."""
    journal: Journal | None
    """What is kept through a crash; without it, only this run is remembered."""
    dry_run: bool
    on_progress: OnProgress | None


def fulfill_orders(client: SellingPartner, ship: ShippingPlan, **fields: Unpack[FulfillFields]) -> Report:
    """Ship every order that waits, once: check its stock, ship, confirm, see its status, tell its buyer.

        report = fulfill_orders(client, OwnShipping(hand_over), journal=Journal("fulfillment.db"))

    An order that fails does not hold up the others; it is in the report. Run again, it goes on where it stopped.
    """
    return steps.run(_fulfillment(client, ship, fields), client)


async def fulfill_orders_async(
    client: AsyncSellingPartner, ship: ShippingPlan, **fields: Unpack[FulfillFields]
) -> Report:
    """The same with the asynchronous client; functions of the caller's may be asynchronous, too."""
    return await steps.run_async(_fulfillment(client, ship, fields), client)


def _fulfillment(
    client: SellingPartner | AsyncSellingPartner, ship: ShippingPlan, fields: FulfillFields
) -> Steps[Report]:
    credentials = client.credentials
    journal = fields.get("journal") or Journal()
    here = list(fields.get("marketplace_ids") or ([credentials.marketplace_id] if credentials.marketplace_id else []))
    if not here and not fields.get("order_ids"):
        message = "Which marketplace? Say marketplace_ids, or marketplace in the credentials."
        raise NotConfigured(message)
    found = yield from _found(here, fields, journal)
    stale_at = time.monotonic() + FRESH_SECONDS
    services = yield from orders_of_services(found.orders)
    shelf = yield from _shelf(found.orders, credentials.seller_id, here, fields.get("on_hand"))
    desk = Desk(
        plan=ship,
        journal=journal,
        shelf=shelf,
        tell=fields.get("tell"),
        is_dry_run=fields.get("dry_run", False),
        is_stale=lambda: time.monotonic() > stale_at,
        services=services,
        at=found.at,
    )
    outcomes = yield from _all(desk, found.orders, fields.get("on_progress"))
    return Report(outcomes=tuple(outcomes), is_dry_run=desk.is_dry_run)


def _found(here: list[str], fields: FulfillFields, journal: Journal) -> Steps[Found]:
    """The orders that wait, and before them those that were begun: the API may show them as shipped already."""
    begun = [entry.order_id for entry in journal.open_entries()]
    if fields.get("order_ids"):
        return Found((yield from _read(fields["order_ids"])))
    waiting = yield from orders_to_ship(here, fields.get("since") or datetime.now(UTC) - _SINCE)
    known = {one.order_id for one in waiting.orders}
    left = yield from _read([order_id for order_id in begun if order_id not in known])
    return Found((*left, *waiting.orders), waiting.at)


def _read(order_ids: Sequence[str]) -> Steps[tuple[Order, ...]]:
    orders: tuple[Order, ...] = ()
    for order_id in dict.fromkeys(order_ids):
        orders = (*orders, (yield from order(order_id)))
    return orders


def _shelf(orders: Sequence[Order], seller_id: str | None, here: list[str], on_hand: OnHand | None) -> Steps[Shelf]:
    """What is on the shelf; listings tell where nobody counts and the seller's id is known."""
    skus = list(dict.fromkeys(unit.sku for one in orders for unit in units_left(one) if unit.sku))
    if on_hand is not None or seller_id is None or not here:
        return Shelf(on_hand, {})
    try:
        return Shelf(None, (yield from listed(skus, seller_id, here)))
    except SellingPartnerError:
        return Shelf(None, {})  # it would only have been told


def _all(desk: Desk, orders: Sequence[Order], on_progress: OnProgress | None) -> Steps[list[Outcome]]:
    outcomes: list[Outcome] = []
    lost = 0
    for one in orders:
        order_id, done = one.order_id, len(outcomes)

        def say(
            stage: Stage, words: str, outcome: Outcome | None = None, *, _of: str = order_id, _at: int = done
        ) -> None:
            if on_progress is not None:
                through = _at + (stage is Stage.ENDED)
                on_progress(
                    Progress(order_id=_of, stage=stage, words=words, done=through, total=len(orders), outcome=outcome)
                )

        try:
            outcome = yield from fulfill(desk, one, say)
            lost = 0
        except _ENDS_ALL:
            raise
        except Exception as failure:  # also a function of the caller's may fail: the others go on
            lost = lost + 1 if isinstance(failure, ConnectionFailed) else 0
            if lost == _LOST_IN_A_ROW:
                raise
            words = str(failure) if isinstance(failure, SellingPartnerError) else f"{type(failure).__name__}: {failure}"
            outcome = Outcome(order_id=order_id, result=Result.FAILED, words=words, error=failure)
        outcomes.append(outcome)
        say(Stage.ENDED, outcome.words, outcome)
    return outcomes
