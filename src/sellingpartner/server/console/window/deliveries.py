"""Notifications of the whole market: what was delivered where, the newest first, and sending again."""

from __future__ import annotations

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.accounts.questions import all_applications
from sellingpartner.market.notifications import commands, questions
from sellingpartner.market.notifications.model import Delivery, State
from sellingpartner.server.console import places
from sellingpartner.server.console.rendering import redirect
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import asked
from sellingpartner.server.console.window.looking import SHOP, Look, looking
from sellingpartner.server.console.window.tables import (
    BAD,
    GOOD,
    OFF,
    WARN,
    Act,
    Cell,
    Column,
    Input,
    Page,
    Table,
    code,
    moment,
)
from sellingpartner.server.gateway.http import HttpAnswer

_AT_ONCE = 50
_MOST_NUMBER = 10**15
_STATES = {
    State.WAITING: ("On its way", WARN),
    State.SENT: ("Arrived", GOOD),
    State.KEPT: ("Kept here", OFF),
    State.DEAD: ("Given up", BAD),
}


def show_all(visit: Visit) -> HttpAnswer:
    """What was delivered: of all, to the operator; of the shop, to its people."""
    look = looking(visit)
    query = visit.query
    state = asked.choice(query, "state", [one.value for one in State])
    kind = asked.text(query, "type", longest=80).upper()
    before = asked.number(query, "before", most=_MOST_NUMBER)
    only = asked.choice(query, SHOP, [one.seller_id for one in look.shops]) if look.is_operator else look.seller_id
    with visit.market.read() as unit:
        wanted = questions.Browsed(seller_id=only, notification_type=kind, state=state)
        found = questions.newest_deliveries(unit, wanted, before, _AT_ONCE)
        names = {one.application_id: one.name for one in all_applications(unit)}
    here = {SHOP: only if look.is_operator else "", "state": state, "type": kind}
    next_before = found.next_before
    page = Page(
        title="Notifications",
        lead="What was delivered where, the newest first.",
        here=places.DELIVERIES,
        filters=_filters(look, only, state, kind),
        table=_table(look, found.deliveries, names),
        next_href="" if next_before is None else places.with_query(places.DELIVERIES, **here, before=str(next_before)),
        next_words="Look further back" if found.is_cut_short else "Older notifications",
        first_href=places.with_query(places.DELIVERIES, **here) if before is not None else "",
        renewed_seconds=0 if before is not None else 5,
    )
    notice = "It is sent again at once." if query.one("done") == "again" else ""
    return look.list(page, notice=notice)


def retry(visit: Visit) -> HttpAnswer:
    """Have a message sent again; only the operator's, or one about the own shop."""
    visit.deed = "notification retry"
    look = looking(visit)
    number = asked.number(visit.form, "delivery", most=_MOST_NUMBER)
    with visit.market.write() as unit:
        delivery = questions.delivery_of(unit, number or 0)
        if not look.is_operator and delivery.seller_id != look.seller_id:
            message = f"There is no delivery {number}."
            raise NotFound(message)
        commands.retry(unit, delivery.delivery_id)
    return redirect(places.with_query(places.DELIVERIES, done="again"))


def _filters(look: Look, only: str, state: str, kind: str) -> list[Input]:
    shops = [("", "All"), *((one.seller_id, one.name) for one in look.shops)]
    shop = [Input(name=SHOP, label="Shop", kind="select", value=only, choices=shops)] if look.is_operator else []
    states = [("", "All"), *((one.value, words) for one, (words, _) in _STATES.items())]
    return [
        *shop,
        Input(name="state", label="State", kind="select", value=state, choices=states),
        Input(name="type", label="Type", value=kind, longest=80),
    ]


def _table(look: Look, shown: list[Delivery], names: dict[str, str]) -> Table:
    shops = {one.seller_id: one.name for one in look.shops}
    return Table(
        name="deliveries",
        caption="Notifications, the newest first",
        columns=[
            Column("Type"),
            Column("When"),
            Column("About"),
            Column("Application"),
            Column("Where to"),
            Column("State"),
            Column("Again"),
        ],
        rows=[
            [
                code(one.notification_type),
                moment(one.created_at),
                Cell(shops.get(one.seller_id, one.seller_id) or "the application"),
                Cell(names.get(one.application_id, one.application_id)),
                code(one.address),
                Cell(_STATES[one.state][0], badge=_STATES[one.state][1], below=one.failure),
                _again(one),
            ]
            for one in shown
        ],
        empty="There is no such notification.",
    )


def _again(one: Delivery) -> Cell:
    if not one.body or one.state is State.SENT:
        return Cell("-")
    carried = {"delivery": str(one.delivery_id)}
    label = f"Send again message {one.delivery_id}"
    return Cell(act=Act(action=places.DELIVERIES, words="Send again", label=label, carried=carried))
