"""`spapi outbound`: orders of other shops that Amazon ships."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import App

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.following import pause
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.shown.printing import print_line
from sellingpartner.cli.shown.steps import Steps
from sellingpartner.contract.market_v1 import (
    CancelOutboundOrder,
    CreateOutboundOrder,
    GetOutboundOrder,
    ListOutboundOrders,
    MissOutboundUnits,
    MoveParcel,
    OutboundAddress,
    OutboundOrder,
    ParcelMove,
    ShipOutboundOrder,
)

app = App(name="outbound", help="Multi-channel orders: what Amazon ships for a seller's other shops.")
_COLUMNS = (
    "Order",
    "Shipped as",
    "Status",
    "SKU",
    "Quantity",
    "Shipped",
    "Awaited",
    "Canceled",
    "Unfulfillable",
    "Since",
)
_SHIPMENTS = ("Shipment", "Center", "Status", "Units", "Ships", "Arrives", "Package", "Carrier", "Tracking", "Parcel")
_GONE = frozenset({"Delivered", "Lost", "Returned"})
Csv = Annotated[bool, FLAG]


@app.command(name="list")
def list_orders(*, seller: str | None = None, limit: int = 50, csv: Csv = False, to: Connection | None = None) -> None:
    """List a seller's multi-channel orders, those first whose status changed last.

    Args:
        seller: The seller's id; the market's first seller unless said.
        limit: How many at most.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    found = to.send(ListOutboundOrders(seller_id=seller, limit=limit))
    rows = [row for one in found.orders for row in _rows(one)]
    Printed(to, csv=csv).show(found, _COLUMNS, rows, empty="The seller has asked Amazon to ship nothing.")


@app.command
def show(
    order: str,
    *,
    follow: Annotated[bool, FLAG] = False,
    seller: str | None = None,
    csv: Csv = False,
    to: Connection | None = None,
) -> None:
    """Show a multi-channel order with its shipments.

    Args:
        order: The seller's number of it.
        follow: Go on to tell what becomes of it, until nothing more can.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    found = to.send(GetOutboundOrder(fulfillment_order_id=order, seller_id=seller))
    _show(to, found, csv=csv)
    if not follow:
        return
    with Steps("units shipped", _said(found)) as steps:
        while found.is_open:
            pause()
            found = to.send(GetOutboundOrder(fulfillment_order_id=order, seller_id=seller))
            done, total = sum(line.shipped for line in found.lines), sum(line.quantity for line in found.lines)
            steps.show(_said(found), done=done, total=total)


@app.command
def create(
    sku: str,
    quantity: int = 1,
    *,
    number: str | None = None,
    name: str = "Ann Lee",
    line: str = "12 Elm St",
    city: str = "Portland",
    state: str | None = "OR",
    postal_code: str = "97201",
    country: str = "US",
    speed: Literal["standard", "expedited", "priority", "scheduleddelivery"] = "standard",
    policy: Literal["fillorkill", "fillall", "fillallavailable"] = "fillorkill",
    hold: Annotated[bool, FLAG] = False,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Have Amazon ship something for another shop, to an address in Portland unless another one is said.

    Args:
        sku: The SKU, which must be one that Amazon fulfills.
        quantity: How many units.
        number: The seller's own number of the order; one is made up unless said.
        name: Who gets it.
        line: Street and number.
        city: The town.
        state: The state or region, where the country has such; `none` for none.
        postal_code: The postal code.
        country: The country's two letters.
        speed: How fast.
        policy: What is to become of it if not all units are there.
        hold: Keep the units, and ship when `spapi outbound ship` says so.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    asked = CreateOutboundOrder(
        sku=sku,
        quantity=quantity,
        fulfillment_order_id=number,
        address=OutboundAddress(
            name=name,
            line_1=line,
            city=city,
            state_or_region=None if state == "none" else state,
            postal_code=postal_code,
            country_code=country,
        ),
        speed=speed,
        policy=policy,
        hold=hold,
        seller_id=seller,
    )
    _show(to, to.send(asked))


@app.command
def ship(order: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let an order go that is on hold, and have all of it leave at once that is there.

    Args:
        order: The seller's number of it.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(ShipOutboundOrder(fulfillment_order_id=order, seller_id=seller)))


@app.command
def cancel(order: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Take an order back, as long as its units are not picked.

    Args:
        order: The seller's number of it.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(CancelOutboundOrder(fulfillment_order_id=order, seller_id=seller)))


@app.command
def miss(
    order: str, units: int = 1, *, line: str | None = None, seller: str | None = None, to: Connection | None = None
) -> None:
    """Have a center not find units that it should pick: they are lost, and the order's policy says what follows.

    Args:
        order: The seller's number of it.
        units: How many units.
        line: The line whose units they are; the first unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(MissOutboundUnits(fulfillment_order_id=order, units=units, line_id=line, seller_id=seller)))


@app.command
def lose(order: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Have a carrier lose the parcels of an order that are on their way.

    Args:
        order: The seller's number of it.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    wanted = GetOutboundOrder(fulfillment_order_id=order, seller_id=seller)
    found = to.send(wanted)
    on_their_way = [one.parcel_id for one in found.shipments if one.parcel_id and one.parcel_status not in _GONE]
    if not on_their_way:
        message = f"No parcel of {order} is on its way."
        raise CannotDo(message)
    for parcel_id in on_their_way:
        to.send(MoveParcel(parcel_id=parcel_id, status=ParcelMove.LOST))
    _show(to, to.send(wanted))


def _show(to: Connection, one: OutboundOrder, *, csv: bool = False) -> None:
    Printed(to, csv=csv).show(one, _COLUMNS, _rows(one), empty="")
    if to.json or csv:
        return
    if one.invalid_because:
        print_line(f"It is {one.status}: {one.invalid_because}. {one.why_invalid or ''}".rstrip())
    if not one.shipments:
        return
    rows = [
        (
            each.shipment_id,
            each.center,
            each.status,
            each.units,
            each.ships_at,
            each.arrives_at,
            each.package_number,
            each.carrier,
            each.tracking_id,
            each.parcel_status,
        )
        for each in one.shipments
    ]
    Printed(to, csv=csv).show(one, _SHIPMENTS, rows, empty="")


def _rows(one: OutboundOrder) -> list[tuple[object, ...]]:
    return [
        (
            one.fulfillment_order_id,
            one.order_id,
            one.status,
            line.sku,
            line.quantity,
            line.shipped,
            line.awaited,
            line.canceled,
            line.unfulfillable,
            one.updated_at,
        )
        for line in one.lines
    ]


def _said(one: OutboundOrder) -> list[str]:
    """What an order and its shipments are at a moment, a line each."""
    lines = [f"{one.fulfillment_order_id} is {one.status}"]
    for each in one.shipments:
        where = f", its parcel {each.parcel_status}" if each.parcel_status else ""
        lines.append(f"{each.shipment_id} from {each.center} is {each.status}{where}")
    return lines
