"""`spapi orders`: what a seller sees of orders, at Amazon or at a market."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from cyclopts import App, Parameter

from sellingpartner.cli.calling.order_versions import VERSIONS, Search, Version, status_words
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.reach.as_sent import AsSent
from sellingpartner.cli.reach.caller import Caller
from sellingpartner.cli.reach.moments import moment_of
from sellingpartner.cli.reach.walking import Walk
from sellingpartner.cli.shown.output import Output, note, print_json_text
from sellingpartner.cli.shown.printing import print_line
from sellingpartner.cli.shown.shape import Shape, flat, shape_of
from sellingpartner.client import SellingPartner
from sellingpartner.contract.json_values import Json
from sellingpartner.contract.registry import find

app = App(name="orders", help="A seller's orders, as Amazon or a market tells them (`spapi order` is what buyers do).")

_LARGEST_PAGE = 100

Api = Annotated[Literal["v0", "2026-01-01"], Parameter(group="Operation")]


@Parameter(name="*", group="Which orders")
@dataclass(frozen=True)
class Filter:
    """Which orders are listed."""

    since: str = "30d"
    "Purchased since: a date, a time, or how long ago by the market's clock, at Amazon by this machine's (30d, 12h)."
    until: str | None = None
    "Purchased before."
    updated: Annotated[bool, FLAG] = False
    "Take --since and --until for the last change instead of the purchase."
    status: Annotated[tuple[str, ...], SEVERAL, Parameter(completer=status_words)] = ()
    "Only in this status (Unshipped, Shipped, ...); repeat it for more."
    limit: int = 100
    "How many at most."
    all: Annotated[bool, FLAG] = False
    "All of them, however many pages that takes."


@app.command(name="list")
def list_orders(
    *,
    filter_: Filter | None = None,
    api: Api = "v0",
    caller: Caller | None = None,
    output: Output | None = None,
) -> None:
    """List orders; JSON is one order a line.

    Args:
        filter_: Which orders.
        api: The version of the Orders API; Amazon ends v0 on 2027-03-27.
        caller: Who calls.
        output: How they are printed.
    """
    filter_, caller, output = filter_ or Filter(), caller or Caller(), output or Output()
    version, as_sent = VERSIONS[api], AsSent()
    if filter_.limit < 1:
        message = f"--limit is {filter_.limit}; it must be 1 or more."
        raise CannotDo(message)
    with caller.client(as_sent) as client:
        request = version.search(_search(filter_, client))
        walk = Walk(client, as_sent, request, shape_of(find(request.operation.key)[0]))
        output.check(walk.shape)
        output.show_entries(walk.entries(None if filter_.all else filter_.limit), walk.shape, version.columns)
    if walk.has_more:
        note(f"There are more than {filter_.limit}; --limit or --all shows them.")
    if walk.is_empty and not filter_.until:
        note("An order is listed two minutes after it was placed; `spapi orders show ORDER` has it at once.")


@app.command
def show(order_id: str, *, api: Api = "v0", caller: Caller | None = None, output: Output | None = None) -> None:
    """Show an order and its lines; CSV is the lines, JSON has both.

    Args:
        order_id: The order's id, such as 902-3159896-1390916.
        api: The version of the Orders API; Amazon ends v0 on 2027-03-27.
        caller: Who calls.
        output: How it is printed.
    """
    caller, output = caller or Caller(), output or Output()
    version, as_sent = VERSIONS[api], AsSent()
    of_order, of_lines = Shape((), version.kind, is_list=False), Shape((), version.line, is_list=True)
    output.check(*((of_lines,) if output.csv else (of_order, of_lines)))
    with caller.client(as_sent) as client:
        client.send(version.order(order_id, client.options.personal_data))
        order = _object(as_sent.json, version.order_name)
        lines: list[Json] = []
        if version.lines is None:
            found = order.pop("orderItems", [])
            lines = found if isinstance(found, list) else []
        else:
            asked = version.lines(order_id)
            lines = list(Walk(client, as_sent, asked, shape_of(find(asked.operation.key)[0])).entries())
    if output.json:
        print_json_text(msgspec.json.encode({"order": order, "orderItems": lines}))
        return
    wanted = output.of(of_order), output.of(of_lines)
    if not output.csv and (wanted[0].columns or not output.columns):
        wanted[0].show_record(order, of_order)
        if wanted[1].columns or not output.columns:
            print_line("")
    if wanted[1].columns or not output.columns:
        wanted[1].show_entries(lines, of_lines, _line_columns(version, lines))


def _object(answer: Json, name: str) -> dict[str, Json]:
    """An object in an answer; an empty one where there is none."""
    found = answer.get(name) if isinstance(answer, dict) else None
    return found if isinstance(found, dict) else {}


def _line_columns(version: Version, lines: Sequence[Json]) -> tuple[str, ...]:
    """What people want to see of lines; that the buyer asks for a cancellation, where one does."""
    is_asked = any(dict(flat(line)).get(version.asks_to_cancel) for line in lines)
    return (*version.line_columns, *([version.asks_to_cancel] if is_asked else ()))


def _search(wanted: Filter, client: SellingPartner) -> Search:
    marketplace_id = client.credentials.marketplace_id
    if marketplace_id is None:
        message = "Which marketplace? Say --marketplace, by country (US) or id, or set SP_API_MARKETPLACE_ID."
        raise CannotDo(message)
    until = moment_of(wanted.until, "--until", client) if wanted.until else None
    return Search(
        marketplace_ids=[marketplace_id],
        since=moment_of(wanted.since, "--since", client),
        until=until,
        by_update=wanted.updated,
        statuses=wanted.status,
        page_size=_LARGEST_PAGE if wanted.all else min(wanted.limit, _LARGEST_PAGE),
    )
