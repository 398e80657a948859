"""Orders: the newest first, narrowed down, a page at a time; and placing one as a buyer."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.identifiers import is_order_id
from sellingpartner.market.orders.lifecycle import SHIPPABLE, UNPAID, OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import Browsed, newest_orders
from sellingpartner.server.console import places
from sellingpartner.server.console.rendering import redirect
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import asked
from sellingpartner.server.console.window.looking import SHOP, Look, looking, named, operating
from sellingpartner.server.console.window.numbers import place_named
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
    amount,
    code,
    moment,
)
from sellingpartner.server.control.buying import orders as control
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.columns import instant_of, microseconds

_AT_ONCE = 50
_SKUS_NAMED = 2
_MOST_UNITS = 999
_PAID = ("now", "later")
_CHANNELS = (
    ("", "All"),
    (FulfillmentChannel.MFN.value, "Seller ships"),
    (FulfillmentChannel.AFN.value, "Amazon ships"),
)
_STATUSES = (("", "All"), *((one.value, one.value) for one in OrderStatus))
_COLUMNS = (
    Column("Order"),
    Column("Placed"),
    Column("Status"),
    Column("What"),
    Column("Where"),
    Column("Total", is_number=True),
)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the list is narrowed down by, as it was written."""

    status: str
    channel: str
    marketplace: str
    sku: str
    since: str
    until: str


def show_all(visit: Visit) -> HttpAnswer:
    """The shop's orders."""
    look = looking(visit)
    query = visit.query
    if visit.refused is None and (known := asked.text(query, "order")):
        return redirect(place_named(look, known))
    said = Asked(
        status=asked.choice(query, "status", [one.value for one in OrderStatus]),
        channel=asked.choice(query, "channel", [one.value for one in FulfillmentChannel]),
        marketplace=asked.choice(query, "marketplace", look.marketplace_ids),
        sku=asked.text(query, "sku"),
        since=asked.text(query, "since"),
        until=asked.text(query, "until"),
    )
    wanted = Browsed(
        status=said.status,
        channel=said.channel,
        marketplace_id=said.marketplace,
        sku=said.sku,
        after=asked.day(query, "since"),
        before=asked.day(query, "until", is_end=True),
    )
    below = _key(asked.text(query, "below"))
    with look.reading() as unit:
        found = newest_orders(unit, wanted, below, _AT_ONCE)
    here = {SHOP: look.shop_said} | msgspec.structs.asdict(said)
    next_key = found.next_key
    page = Page(
        title="Orders",
        lead="The newest first.",
        here=places.ORDERS,
        filters=_filters(look, said),
        table=table_of(look, found.orders),
        next_href="" if next_key is None else places.with_query(places.ORDERS, **here, below=_written(next_key)),
        next_words="Look further back" if found.is_cut_short else "Older orders",
        first_href=places.with_query(places.ORDERS, **here) if below else "",
        note="" if not found.is_cut_short or next_key is None else _how_far(next_key[0]),
    )
    return look.list(page, links=_links(look), notice=notice_of(visit))


def ask_to_place(visit: Visit) -> HttpAnswer:
    """The form by which a buyer orders."""
    look, said = operating(visit), visit.query
    marketplace = asked.choice(said, "marketplace", look.marketplace_ids) or look.home
    quantity = asked.number(said, "quantity", least=1, most=_MOST_UNITS) or 1
    fields = [
        Input(name="sku", label="SKU", value=asked.text(said, "sku"), hint="Some SKU that is in stock unless said."),
        Input(name="quantity", label="Quantity", kind="number", value=str(quantity), least="1", most=str(_MOST_UNITS)),
        look.marketplace_filter(marketplace, has_any=False),
        Input(
            name="paid",
            label="Payment",
            kind="select",
            value=asked.choice(said, "paid", _PAID) or "now",
            choices=(("now", "Authorized at once"), ("later", "Not yet: the order is Pending until it is paid")),
        ),
        Input(
            name="name",
            label="Buyer's name",
            value=asked.text(said, "name", longest=100),
            hint="Somebody is invented unless said.",
            longest=100,
        ),
    ]
    act = Act(
        action=places.PLACE_ORDER,
        words="Place the order",
        fields=fields,
        carried={SHOP: look.seller_id},
    )
    title = "Place an order as a buyer"
    return look.page("form.html", title=title, lead=_to_whom(look), act=act, back=_back(look))


def place(visit: Visit) -> HttpAnswer:
    """Let a buyer order, as the control API does."""
    visit.deed = "order place"
    look = operating(visit)
    form = visit.form
    sku, name = asked.text(form, "sku"), asked.text(form, "name", longest=100)
    line = v1.OrderLine(sku=sku, quantity=asked.number(form, "quantity", least=1, most=_MOST_UNITS) or 1)
    wanted = v1.PlaceOrder(
        seller_id=look.seller_id,
        marketplace_id=asked.choice(form, "marketplace", look.marketplace_ids) or look.home,
        lines=[line] if sku else None,
        paid=asked.choice(form, "paid", _PAID) != "later",
        buyer=v1.OrderBuyer(name=name) if name else None,
    )
    placed = control.place_order(look.desk, wanted)
    return redirect(place_of(look, placed.order_id, done="placed"))


def place_of(look: Look, order_id: str, done: str = "") -> str:
    """Where one order is shown."""
    return places.with_query(f"{places.ORDERS}/{order_id}", **{SHOP: look.shop_said, "done": done})


def badge_of(order: Order) -> str:
    """How an order's status looks."""
    if order.status in {OrderStatus.CANCELED, OrderStatus.UNFULFILLABLE}:
        return BAD if order.status is OrderStatus.UNFULFILLABLE else OFF
    return OFF if order.status in UNPAID else WARN if order.status in SHIPPABLE else GOOD


def notice_of(visit: Visit) -> str:
    """What was just done, in a sentence."""
    return NOTICES.get(visit.query.one("done"), "")


NOTICES = {
    "placed": "The order was placed.",
    "pay": "Its payment is authorized.",
    "ship": "The package has left.",
    "cancel": "It is canceled.",
    "ask-to-cancel": "The buyer asks for its cancellation.",
    "return": "The buyer wants to send it back.",
    "send-back": "The return is on its way.",
    "receive": "The return has come.",
    "refund": "The buyer got the money back.",
    "deliver": "The parcel has moved.",
}


def table_of(look: Look, found: list[Order]) -> Table:
    """Orders as a list shows them."""
    return Table(
        name="orders",
        caption="Orders, the newest first",
        columns=_COLUMNS,
        rows=[_row(look, order) for order in found],
        empty="There is no such order.",
    )


def _row(look: Look, order: Order) -> list[Cell]:
    shown = ", ".join(f"{item.quantity} x {item.sku}" for item in order.items[:_SKUS_NAMED])
    more = len(order.items) - _SKUS_NAMED
    return [
        code(order.order_id, place_of(look, order.order_id)),
        moment(order.purchased_at),
        Cell(order.status.value, badge=badge_of(order), below="Late" if order.is_late else ""),
        Cell(shown, below=f"and {more} more" if more > 0 else ""),
        Cell(
            named(order.marketplace_id), below="Service" if order.is_service else dict(_CHANNELS)[order.channel.value]
        ),
        Cell(amount(order.total.minor, order.currency)),
    ]


def _filters(look: Look, said: Asked) -> list[Input]:
    return [
        *look.shop_filter(),
        Input(name="status", label="Status", kind="select", value=said.status, choices=_STATUSES),
        Input(name="since", label="From", kind="date", value=said.since),
        Input(name="until", label="Until", kind="date", value=said.until),
        Input(name="channel", label="Channel", kind="select", value=said.channel, choices=_CHANNELS),
        look.marketplace_filter(said.marketplace),
        Input(name="sku", label="SKU", value=said.sku, longest=40),
        Input(name="order", label="Order id, or tracking number", value=_wanted(look.visit), longest=60),
    ]


def _wanted(visit: Visit) -> str:
    """The order that was asked for and is not there: in the form, or by the address of its page."""
    return "" if visit.refused is None else asked.text(visit.query, "order") or "".join(visit.values[:1])


def _links(look: Look) -> list[tuple[str, str]]:
    if not look.is_operator or look.shop is None:
        return []
    return [("Place an order", places.with_query(places.PLACE_ORDER, **{SHOP: look.shop_said}))]


def _back(look: Look) -> tuple[str, str]:
    return "Orders", places.with_query(places.ORDERS, **{SHOP: look.shop_said})


def _to_whom(look: Look) -> str:
    return "" if look.shop is None else f"Of {look.shop.name}. Who buys, and where it goes, is invented."


def _written(key: tuple[datetime, str]) -> str:
    return f"{microseconds(key[0])}.{key[1]}"


def _key(written: str) -> tuple[datetime, str] | None:
    """Where a page begins, from the link that leads to it."""
    if not written:
        return None
    number, _, order_id = written.partition(".")
    is_number = number.isascii() and number.isdigit() and len(number) <= 18  # noqa: PLR2004 - microseconds
    if not is_number or not is_order_id(order_id):
        message = "below is no place in the list; follow the links of the page."
        raise InvalidInput(message)
    try:
        return instant_of(int(number)), order_id
    except (OverflowError, ValueError):
        message = "below is no moment in the list; follow the links of the page."
        raise InvalidInput(message) from None


def _how_far(reached: datetime) -> str:
    return f"Looked at orders down to {reached:%B} {reached.day}, {reached.year}, {reached:%H:%M} UTC."
