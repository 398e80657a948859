"""`spapi requests`."""

from __future__ import annotations

from typing import Annotated

from sellingpartner.call_lines import HEADINGS, cells_of
from sellingpartner.cli.connection import Connection
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.following import go_on
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.printing import print_json, print_table
from sellingpartner.contract.market_v1 import Limits, ListRequests, ListUsage, PlanUsage


def requests(
    *,
    limit: int = 30,
    follow: Annotated[bool, FLAG] = False,
    refused: Annotated[bool, FLAG] = False,
    application: str | None = None,
    seller: str | None = None,
    operation: str | None = None,
    status: int | None = None,
    faulty: Annotated[bool, FLAG] = False,
    near_limit: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """List the latest calls, and why those that were refused were refused.

    Args:
        limit: How many, at most 1000.
        follow: Go on, and show each call as it comes, until Ctrl-C.
        refused: Only those that were refused.
        application: Only those of this application, by its id.
        seller: Only those for this seller.
        operation: Only those of this operation, such as getOrders.
        status: Only those that were answered with this status.
        faulty: Only those into which a fault was injected.
        near_limit: Instead, how much is left of each usage plan, the nearest to its limit first.
        to: Which market.
    """
    to = to or Connection()
    if near_limit:
        _show_usage(to, ListUsage(application_id=application, seller_id=seller), limit)
        return
    wanted = ListRequests(
        limit=limit,
        refused=refused or None,
        application_id=application,
        seller_id=seller,
        operation_name=operation,
        status=status,
        faulty=faulty or None,
    )
    answer = to.send(wanted)
    if follow:
        go_on(to, wanted, answer)
    elif to.json:
        print_json(answer)
    else:
        # The log is read like a log: the latest at the end.
        print_table(HEADINGS, [cells_of(call) for call in reversed(answer.requests)], empty=_nobody(wanted))


def _nobody(wanted: ListRequests) -> str:
    narrowed = [name for name in wanted.__struct_fields__ if name != "limit" and getattr(wanted, name) is not None]
    if narrowed == ["refused"]:
        return "No call was refused."
    return "No such call is in the log." if narrowed else "Nobody has called yet."


def _show_usage(to: Connection, wanted: ListUsage, limit: int) -> None:
    answer = to.send(wanted)
    if to.json:
        print_json(answer)
        return
    if answer.limits is Limits.OFF:
        message = "The market keeps no limits; start it with --limits real to see how near they are."
        raise CannotDo(message)
    print_table(
        ("Left", "Of", "Per second", "Full in s", "Operation", "Seller", "Application"),
        [_usage_row(one) for one in answer.plans[:limit]],
        empty="Every usage plan is as good as unused.",
    )


def _usage_row(one: PlanUsage) -> tuple[object, ...]:
    return (
        f"{one.left:g}",
        one.burst,
        f"{one.per_second:g}",
        f"{one.full_in_seconds:g}",
        f"{one.operation} ({one.api})",
        one.seller_id,
        one.application_id,
    )
