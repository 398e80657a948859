"""Requests as they come: the latest calls with their reasons, and the whole story of one, as `spapi explain` has it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import NotFound
from sellingpartner.market.accounts.calls import Wanted, call_of, found
from sellingpartner.market.orders.identifiers import is_order_id
from sellingpartner.server.console import places
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import asked
from sellingpartner.server.console.window.looking import SHOP, Look, looking
from sellingpartner.server.console.window.tables import (
    BAD,
    GOOD,
    OFF,
    WARN,
    Cell,
    Column,
    Input,
    Page,
    Table,
    code,
    moment,
)
from sellingpartner.server.console.window.timeline import words_of
from sellingpartner.server.control.watching import story
from sellingpartner.server.control.watching.requests import all_shown
from sellingpartner.server.gateway.http import HttpAnswer

_AT_ONCE = 100
_EVERY_SECONDS = 2
_CONSOLE = "console"
_REFUSED, _DEFECT = 400, 500
_LONGEST = 160
_SHOWN = (("", "All"), ("refused", "Refused"), ("faulty", "With an injected fault"))


def show_all(visit: Visit) -> HttpAnswer:
    """The latest calls: all, to the operator; those for the shop, to its people."""
    look = looking(visit)
    query = visit.query
    visit.journal.flush()
    only = asked.choice(query, SHOP, [one.seller_id for one in look.shops]) if look.is_operator else look.seller_id
    which = asked.choice(query, "which", [value for value, _ in _SHOWN])
    operation, status = asked.text(query, "operation"), asked.number(query, "status", most=599)
    own = asked.choice(query, "own", ("yes",))
    wanted = Wanted(
        seller_id=only or None,
        operation=operation or None,
        status=status,
        is_refused=which == "refused",
        is_faulty=which == "faulty",
        without_api=None if own or not look.is_operator else _CONSOLE,
    )
    with visit.market.read() as unit:
        calls, _ = found(unit, wanted, _AT_ONCE)
        shown = all_shown(unit, calls)
    page = Page(
        title="Requests",
        lead=f"The latest calls, up to {_AT_ONCE}, the newest first. The list renews itself.",
        here=places.REQUESTS,
        filters=_filters(look, only, which, operation, "" if status is None else str(status), own),
        table=table_of("calls", "Calls, the newest first", shown),
        renewed_seconds=_EVERY_SECONDS,
    )
    return look.list(page)


def show(visit: Visit) -> HttpAnswer:
    """The story of one call."""
    look = looking(visit)
    visit.journal.flush()
    request_id = visit.values[0]
    _check_own(look, request_id)
    told = story.get_request(look.desk, v1.GetRequest(request_id=request_id))
    neighbors = [one for one in told.neighbors or () if look.is_operator or one.seller_id == look.seller_id]
    return look.page(
        "call.html",
        call=told.call,
        facts=list(_facts(told)),
        advice=told.advice,
        happened=_happened(told),
        told=_notifications(told),
        neighbors=table_of("neighbors", "What the same application called before and after it", neighbors),
        back=("Requests", places.REQUESTS),
    )


def _check_own(look: Look, request_id: str) -> None:
    with look.visit.market.read() as unit:
        one = call_of(unit, request_id)
    if not look.is_operator and one.call.seller_id != look.seller_id:
        message = f"There is no call {request_id[:60]} in the log."
        raise NotFound(message)


def _filters(look: Look, only: str, which: str, operation: str, status: str, own: str) -> list[Input]:
    shops = [("", "All"), *((one.seller_id, one.name) for one in look.shops)]
    shop = [Input(name=SHOP, label="Shop", kind="select", value=only, choices=shops)] if look.is_operator else []
    found_filters = [
        *shop,
        Input(name="which", label="Which", kind="select", value=which, choices=_SHOWN),
        Input(name="operation", label="Operation", value=operation, longest=80),
        Input(name="status", label="Status", value=status, longest=3),
    ]
    if look.is_operator:
        choices = (("", "Left out"), ("yes", "Shown"))
        found_filters.append(Input(name="own", label="The console's own", kind="select", value=own, choices=choices))
    return found_filters


def table_of(name: str, caption: str, calls: list[v1.Call]) -> Table:
    """Calls as a list shows them."""
    return Table(
        name=name,
        caption=caption,
        columns=[
            Column("Call"),
            Column("When"),
            Column("Answer"),
            Column("Why"),
            Column("By"),
            Column("Took", is_number=True),
        ],
        rows=[
            [
                Cell(one.operation or f"{one.method} {one.path}", f"{places.REQUESTS}/{one.request_id}", one.api or ""),
                moment(one.at),
                Cell(str(one.status) if one.status else "none", badge=_badge(one.status), below=one.code or ""),
                Cell(one.reason or (f"fault {one.fault}" if one.fault else "")),
                Cell(one.application or one.agent or "-", below=one.seller_id or ""),
                Cell(f"{one.milliseconds:,.1f} ms"),
            ]
            for one in calls
        ],
        empty="No such call is in the log.",
    )


def _badge(status: int) -> str:
    if not status:
        return OFF
    return BAD if status >= _DEFECT else WARN if status >= _REFUSED else GOOD


def _facts(told: v1.CallStory) -> Iterator[tuple[str, Cell]]:
    call = told.call
    yield "Call", code(f"{call.method} {call.path}")
    yield "At", Cell(at=call.at, below=f"it took {call.milliseconds:,.1f} ms")
    yield "Answer", Cell(f"{call.status or 'none'} {call.code or ''}".strip(), badge=_badge(call.status))
    if call.reason:
        yield "Reason", Cell(call.reason)
    if call.application_id:
        yield "Application", Cell(told.application or "unknown", below=call.application_id)
    if call.seller_id:
        yield "Seller", Cell(told.seller or "unknown", below=call.seller_id)
    if call.agent:
        yield "Program", Cell(call.agent)
    if told.grant is not None:
        yield "Needs", Cell(" or ".join(told.grant.needed) or "no scope")
        held = ", ".join(told.grant.scopes) or "nothing"
        yield "Grant", Cell(f"holds {held}" if told.grant.stands else "none that stands")
    if call.elements:
        yield "Personal data", Cell(", ".join(call.elements))
    if call.left is not None:
        yield "Usage plan", Cell(f"{call.left:g} of {call.burst} calls left after it")
    yield "Request id", code(call.request_id)


def _happened(told: v1.CallStory) -> Table:
    rows = []
    for fact in told.facts:
        order_id = str(fact.values.get("order_id") or "")
        href = f"{places.ORDERS}/{order_id}" if is_order_id(order_id) else ""
        values = msgspec.json.encode(fact.values).decode()
        rows.append([Cell(words_of(fact.kind), href), moment(fact.at), code(values[:_LONGEST])])
    return Table(
        name="happened",
        caption="What it brought about",
        columns=[Column("What"), Column("When"), Column("About")],
        rows=rows,
        empty="It changed nothing.",
    )


def _notifications(told: v1.CallStory) -> Table:
    return Table(
        name="told",
        caption="Who was told of it",
        columns=[Column("Type"), Column("State"), Column("To")],
        rows=[
            [code(one.notification_type), Cell(one.state.value.capitalize()), code(one.to)]
            for one in told.notifications
        ],
        empty="Nobody was told.",
    )
