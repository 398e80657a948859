"""What can be done to an order on its page, by whom, and which command it is.

What buyers do is the operator's to have done. What sellers do their people may do too, and only in their own shop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import NotFound
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders import commands
from sellingpartner.market.orders.lifecycle import SHIPPABLE, UNPAID, OrderStatus
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.questions import left_to_refund, order_of
from sellingpartner.market.orders.returns import RECEIVABLE, ReturnStatus
from sellingpartner.market.shipping.lifecycle import PARCEL, ParcelStatus
from sellingpartner.market.shipping.questions import parcels_of_order
from sellingpartner.server.console import places
from sellingpartner.server.console.fields import Fields
from sellingpartner.server.console.rendering import redirect
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import asked
from sellingpartner.server.console.window.looking import SHOP, Look, looking, operating
from sellingpartner.server.console.window.orders import place_of
from sellingpartner.server.console.window.tables import Act, Input
from sellingpartner.server.console.window.timeline import Life, words_of
from sellingpartner.server.control.buying import orders as control_orders
from sellingpartner.server.control.buying import returns as control_returns
from sellingpartner.server.control.buying import shipments as control_shipments
from sellingpartner.server.gateway.http import HttpAnswer

_CARRIERS = (("UPS", "UPS"), ("USPS", "USPS"), ("FEDEX", "FedEx"), ("DHL", "DHL"), ("Other", "Another one"))
_MOST_UNITS = 9999
_MOVES = tuple(one.value for one in v1.ParcelMove)
_SELLERS_REASON = "NoInventory"


class Deed(msgspec.Struct, frozen=True):
    """What is done, and whether only the operator has it done."""

    do: Callable[[Look, str, Fields], None]
    is_buyers: bool = False


def do(visit: Visit) -> HttpAnswer:
    """Do something to an order, and show it again."""
    order_id, name = asked.in_path(visit.values), visit.values[1]
    deed = _DEEDS.get(name)
    if deed is None:
        message = f"Nothing that is done to orders is called {name[:40]!r}."
        raise NotFound(message)
    visit.deed = f"order {name}"
    look = operating(visit) if deed.is_buyers else looking(visit)
    with look.reading() as unit:
        order_of(unit, order_id)  # another shop's order is none
    deed.do(look, order_id, visit.form)
    return redirect(place_of(look, order_id, done=name))


def acts_for(look: Look, life: Life) -> list[Act]:
    """What can be done to an order as it stands, by whoever looks."""
    acts = list(_of_seller(look, life))
    return [*_of_buyers(look, life), *acts] if look.is_operator else acts


def _pay(look: Look, order_id: str, _form: Fields) -> None:
    control_orders.pay_order(look.desk, v1.PayOrder(order_id=order_id))


def _cancel(look: Look, order_id: str, form: Fields) -> None:
    reason = asked.text(form, "reason") or _SELLERS_REASON
    with look.writing() as unit:
        commands.cancel(unit, order_id, by=Canceler.SELLER, reason=reason)


def _cancel_as_buyer(look: Look, order_id: str, form: Fields) -> None:
    is_request = asked.choice(form, "how", ("at-once", "ask")) == "ask"
    reason = asked.text(form, "reason") or None
    control_orders.cancel_order(look.desk, v1.CancelOrder(order_id=order_id, is_request=is_request, reason=reason))


def _ship(look: Look, order_id: str, form: Fields) -> None:
    with look.writing() as unit:
        order = order_of(unit, order_id)
        parcel = Parcel(
            reference=str(
                1 + max((int(one.reference) for one in order.packages if one.reference.isdigit()), default=0)
            ),
            shipped_at=unit.now,
            quantities=_quantities(order, form) or order.unshipped_quantities(),
            carrier_code=asked.text(form, "carrier") or "Other",
            carrier_name=asked.text(form, "carrier_name") or None,
            tracking_number=asked.needed(form, "tracking", longest=60),
        )
        commands.confirm_shipment(unit, order_id, parcel, marketplace_id=order.marketplace_id)


def _quantities(order: Order, form: Fields) -> dict[str, int]:
    """How many units of which item the form names."""
    said = {
        item.order_item_id: asked.number(form, f"units-{item.order_item_id}", most=_MOST_UNITS) for item in order.items
    }
    return {item_id: units for item_id, units in said.items() if units}


def _lines(look: Look, order_id: str, form: Fields) -> list[v1.UnitsOfSku] | None:
    with look.reading() as unit:
        order = order_of(unit, order_id)
    named = _quantities(order, form)
    return [v1.UnitsOfSku(sku=order.item(item).sku, quantity=units) for item, units in named.items()] or None


def _ask_return(look: Look, order_id: str, form: Fields) -> None:
    request = v1.AskReturn(
        order_id=order_id,
        lines=_lines(look, order_id, form),
        reason=asked.text(form, "reason", longest=100) or "NoLongerNeeded",
        comes_by_itself=asked.choice(form, "how", ("by-itself", "by-hand")) == "by-itself",
    )
    control_returns.ask_return(look.desk, request)


def _send_return(look: Look, order_id: str, form: Fields) -> None:
    request = v1.SendReturn(order_id=order_id, return_id=asked.needed(form, "return"))
    control_returns.send_return(look.desk, request)


def _receive_return(look: Look, order_id: str, form: Fields) -> None:
    condition = asked.choice(form, "condition", sorted(RECEIVABLE)) or Condition.SELLABLE
    return_id = asked.needed(form, "return")
    with look.writing() as unit:
        commands.receive_return(unit, order_id, return_id, condition=Condition(condition))


def _refund(look: Look, order_id: str, form: Fields) -> None:
    reason = asked.text(form, "reason", longest=100) or "CustomerReturn"
    return_id = asked.text(form, "return") or None
    with look.writing() as unit:
        quantities = _quantities(order_of(unit, order_id), form) or None
        commands.refund(unit, order_id, reason=reason, quantities=quantities, return_id=return_id)


def _move(look: Look, order_id: str, form: Fields) -> None:
    parcel_id = asked.needed(form, "parcel")
    with look.reading() as unit:
        known = parcels_of_order(unit, order_id)
    if parcel_id not in {one.parcel_id for one in known}:
        message = f"Order {order_id} has no parcel {parcel_id}."
        raise NotFound(message)
    status = asked.choice(form, "status", list(_MOVES)) or ParcelStatus.DELIVERED.value
    control_shipments.move_parcel(look.desk, v1.MoveParcel(parcel_id=parcel_id, status=v1.ParcelMove(status)))


_DEEDS = {
    "pay": Deed(_pay, is_buyers=True),
    "cancel": Deed(_cancel),
    "ask-to-cancel": Deed(_cancel_as_buyer, is_buyers=True),
    "ship": Deed(_ship),
    "return": Deed(_ask_return, is_buyers=True),
    "send-back": Deed(_send_return, is_buyers=True),
    "receive": Deed(_receive_return),
    "refund": Deed(_refund),
    "deliver": Deed(_move, is_buyers=True),
}


def _to(order: Order, name: str) -> str:
    return f"{places.ORDERS}/{order.order_id}/{name}"


def _shop(look: Look, **more: str) -> dict[str, str]:
    return ({SHOP: look.shop_said} if look.is_operator else {}) | more


def _units(order: Order, left: dict[str, int], hint: str) -> list[Input]:
    """A field for the units of each item, where there is more than one unit to choose from."""
    if sum(left.values()) < 2:  # noqa: PLR2004 - one unit is no choice
        return []
    return [
        Input(
            name=f"units-{item.order_item_id}",
            label=f"Units of {item.sku}",
            kind="number",
            value=str(left[item.order_item_id]),
            least="0",
            most=str(left[item.order_item_id]),
            hint=hint,
        )
        for item in order.items
        if left.get(item.order_item_id)
    ]


def _of_seller(look: Look, life: Life) -> Iterator[Act]:
    order = life.order
    is_shipped_by_seller = order.channel is FulfillmentChannel.MFN and not order.is_service
    if order.status in SHIPPABLE and is_shipped_by_seller and order.easy_ship_status is None:
        fields = [
            Input(name="carrier", label="Carrier", kind="select", value="UPS", choices=_CARRIERS),
            Input(name="carrier_name", label="Its name", hint="Of another carrier.", longest=100),
            Input(name="tracking", label="Tracking number", is_required=True, longest=60),
            *_units(order, order.unshipped_quantities(), ""),
        ]
        yield Act(
            action=_to(order, "ship"), words="Confirm the shipment", title="Ship it", carried=_shop(look), fields=fields
        )
    for sent_back in life.returns:
        if sent_back.status is ReturnStatus.ON_ITS_WAY:
            yield _receipt(look, order, sent_back.return_id)
    if left := _not_refunded(life):
        fields = [
            Input(name="reason", label="Reason", value="CustomerReturn", longest=100),
            *_units(order, left, "What was refunded already cannot be again."),
        ]
        yield Act(
            action=_to(order, "refund"),
            words="Give the money back",
            title="Refund the buyer",
            carried=_shop(look),
            fields=fields,
            tone="plain",
        )
    if order.is_open and order.quantity_unshipped:
        fields = [Input(name="reason", label="Reason", value=_SELLERS_REASON)]
        yield Act(
            action=_to(order, "cancel"),
            words="Cancel it",
            title="Cancel as the seller",
            carried=_shop(look),
            fields=fields,
            tone="danger",
        )


def _of_buyers(look: Look, life: Life) -> Iterator[Act]:
    order = life.order
    if order.status in UNPAID:
        yield Act(action=_to(order, "pay"), words="Authorize the payment", title="The buyer pays", carried=_shop(look))
    yield from _moves(look, life)
    if not order.is_service and any(package.delivered_at is not None for package in order.packages):
        how = (("by-itself", "Within days, by itself"), ("by-hand", "When somebody says so"))
        fields = [
            Input(name="reason", label="Reason", value="NoLongerNeeded", longest=100),
            Input(name="how", label="It comes", kind="select", value="by-itself", choices=how),
            *_units(order, _shipped(order), ""),
        ]
        yield Act(
            action=_to(order, "return"),
            words="Ask to send it back",
            title="The buyer returns it",
            carried=_shop(look),
            fields=fields,
            tone="plain",
        )
    for sent_back in life.returns:
        if sent_back.status is ReturnStatus.ASKED:
            carried = _shop(look) | {"return": sent_back.return_id}
            title = f"Return {sent_back.return_id} was asked for"
            yield Act(
                action=_to(order, "send-back"), words="Hand it to a carrier", title=title, carried=carried, tone="plain"
            )
    if order.is_open and order.quantity_unshipped and order.status is not OrderStatus.PENDING_AVAILABILITY:
        how = (("ask", "Asks the seller to"), ("at-once", "Cancels it at once"))
        fields = [
            Input(name="how", label="The buyer", kind="select", value="ask", choices=how),
            Input(name="reason", label="Reason", hint="That it is no longer wanted, unless said."),
        ]
        yield Act(
            action=_to(order, "ask-to-cancel"),
            words="Do so",
            title="The buyer changes their mind",
            carried=_shop(look),
            fields=fields,
            tone="danger",
        )


def _moves(look: Look, life: Life) -> Iterator[Act]:
    for parcel in life.parcels:
        moves = [(one, words_of(one)) for one in _MOVES if ParcelStatus(one) in PARCEL[parcel.status]]
        if moves:
            fields = [Input(name="status", label="It is now", kind="select", value=moves[0][0], choices=moves)]
            carried = _shop(look, parcel=parcel.parcel_id)
            title = f"Move the parcel {parcel.tracking_id or parcel.parcel_id}"
            yield Act(
                action=_to(life.order, "deliver"),
                words="Move it",
                title=title,
                carried=carried,
                fields=fields,
                tone="plain",
            )


def _receipt(look: Look, order: Order, return_id: str) -> Act:
    conditions = [(one, words_of(one.replace("_", " "))) for one in sorted(RECEIVABLE)]
    field = Input(name="condition", label="It came", kind="select", value=Condition.SELLABLE, choices=conditions)
    title = f"Receive the return {return_id}"
    return Act(
        action=_to(order, "receive"),
        words="It has come",
        title=title,
        carried=_shop(look) | {"return": return_id},
        fields=[field],
        tone="plain",
    )


def _shipped(order: Order) -> dict[str, int]:
    return {item.order_item_id: item.shipped for item in order.items if item.shipped}


def _not_refunded(life: Life) -> dict[str, int]:
    if life.order.sales_channel == NON_AMAZON:  # its buyer paid another shop
        return {}
    return left_to_refund(life.order, life.refunds)
