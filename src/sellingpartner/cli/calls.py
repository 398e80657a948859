"""`spapi requests`."""

from __future__ import annotations

from typing import Annotated

from sellingpartner.call_lines import HEADINGS, cells_of
from sellingpartner.cli.connection import Connection
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.printing import print_json, print_table
from sellingpartner.contract.market_v1 import ListRequests


def requests(
    *,
    limit: int = 30,
    refused: Annotated[bool, FLAG] = False,
    application: str | None = None,
    to: Connection | None = None,
) -> None:
    """List the latest calls, and why those that were refused were refused.

    Args:
        limit: How many, at most 1000.
        refused: Only those that were refused.
        application: Only those of this application, by its id.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListRequests(limit=limit, refused=refused or None, application_id=application))
    if to.json:
        print_json(answer)
        return
    # The log is read like a log: the latest at the end.
    print_table(
        HEADINGS,
        [cells_of(call) for call in reversed(answer.requests)],
        empty="No call was refused." if refused else "Nobody has called yet.",
    )
