"""`spapi removal`."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import App

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.contract.market_v1 import (
    CancelRemoval,
    CreateRemoval,
    GetRemoval,
    ListRemovals,
    Removal,
    RemovalKind,
    WantedUnits,
)

app = App(
    name="removal",
    help="Removal orders: units that leave Amazon's warehouses for their seller or a liquidator, or are destroyed.",
)
_COLUMNS = ("Removal", "Kind", "Status", "SKU", "Condition", "Requested", "Left", "Canceled", "Since")
_PARCELS = ("Shipped", "Center", "Carrier", "Tracking", "Units")
Csv = Annotated[bool, FLAG]


@app.command
def create(
    sku: str,
    quantity: int = 0,
    *,
    unsellable: int = 0,
    kind: Literal["return", "disposal", "liquidation"] = "return",
    number: str | None = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Order that units be sent back to their seller, destroyed, or sold in bulk.

    Args:
        sku: The SKU.
        quantity: How many units that can be sold.
        unsellable: How many units that cannot be sold.
        kind: Whether they are sent to the seller, destroyed, or sold to whoever buys in bulk.
        number: The seller's own number of the order; one is made up unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    asked = CreateRemoval(
        items=[WantedUnits(sku=sku, sellable=quantity, unsellable=unsellable)],
        kind=RemovalKind[kind.upper()],
        removal_id=number,
        seller_id=seller,
    )
    _show(to, to.send(asked))


@app.command(name="list")
def list_removals(*, seller: str | None = None, csv: Csv = False, to: Connection | None = None) -> None:
    """List a seller's removal orders.

    Args:
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    found = to.send(ListRemovals(seller_id=seller))
    rows = [row for one in found.removals for row in _rows(one)]
    Printed(to, csv=csv).show(found, _COLUMNS, rows, empty="The seller has had nothing removed.")


@app.command
def show(
    removal: str, *, parcels: Csv = False, seller: str | None = None, csv: Csv = False, to: Connection | None = None
) -> None:
    """Show a removal order.

    Args:
        removal: The order's number.
        parcels: Show what was sent instead.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    found = to.send(GetRemoval(removal_id=removal, seller_id=seller))
    if not parcels:
        Printed(to, csv=csv).show(found, _COLUMNS, _rows(found), empty="")
        return
    rows = [(one.shipped_at, one.center, one.carrier, one.tracking_id, one.units) for one in found.parcels]
    Printed(to, csv=csv).show(found, _PARCELS, rows, empty="Nothing of it was sent.")


@app.command
def cancel(removal: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Take a removal order back, as long as its units are not picked.

    Args:
        removal: The order's number.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(CancelRemoval(removal_id=removal, seller_id=seller)))


def _show(to: Connection, one: Removal) -> None:
    Printed(to, csv=False).show(one, _COLUMNS, _rows(one), empty="")


def _rows(one: Removal) -> list[tuple[object, ...]]:
    return [
        (
            one.removal_id,
            one.kind.value,
            one.status,
            line.sku,
            line.condition,
            line.requested,
            line.left,
            line.canceled,
            one.requested_at,
        )
        for line in one.lines
    ]
