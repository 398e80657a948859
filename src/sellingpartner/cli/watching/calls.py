"""`spapi requests`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter

from sellingpartner.call_lines import HEADINGS, cells_of
from sellingpartner.cli.asked.completing import operation_name_words
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.following import go_on
from sellingpartner.cli.shown.printing import print_json, print_line, print_table
from sellingpartner.cli.shown.writing import print_aside
from sellingpartner.cli.watching.har import archive
from sellingpartner.contract.market_v1 import Calls, Limits, ListRecordings, ListRequests, ListUsage, PlanUsage
from sellingpartner.counted import counted


def requests(
    *,
    limit: int = 30,
    follow: Annotated[bool, FLAG] = False,
    refused: Annotated[bool, FLAG] = False,
    application: str | None = None,
    seller: str | None = None,
    operation: Annotated[str | None, Parameter(completer=operation_name_words)] = None,
    status: int | None = None,
    faulty: Annotated[bool, FLAG] = False,
    near_limit: Annotated[bool, FLAG] = False,
    har: Path | None = None,
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
        har: Write them into this file instead, as an HTTP Archive.
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
    if har is not None:
        _write_har(to, har, answer)
    elif follow:
        go_on(to, wanted, answer)
    elif to.json:
        print_json(answer)
    else:
        # The log is read like a log: the latest at the end.
        print_table(HEADINGS, [cells_of(call) for call in reversed(answer.requests)], empty=_nobody(wanted))


def _write_har(to: Connection, file: Path, answer: Calls) -> None:
    recorded = to.send(ListRecordings())
    calls = answer.requests[::-1]
    made = msgspec.json.format(msgspec.json.encode(archive(calls, recorded.recordings, to.address)))
    try:
        file.write_bytes(made + b"\n")
    except OSError as reason:
        message = f"--har {file}: {reason.strerror}; name another file."
        raise CannotDo(message) from None
    print_line(f"{counted(len(calls), 'call')} in {file}.")
    if not recorded.is_recording:
        print_aside("They are as the log has them, without values and bodies; `spapi serve --record` keeps them whole.")


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
