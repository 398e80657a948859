"""`spapi inbound`: what is on its way to Amazon's fulfillment centers."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App

from sellingpartner.cli.connection import Connection
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.tables import Printed
from sellingpartner.contract.market_v1 import (
    CarryInboundShipment,
    GetInboundShipment,
    InboundDeed,
    InboundProblem,
    InboundShipment,
    ListInboundShipments,
)

app = App(name="inbound", help="Shipments to Amazon's fulfillment centers: follow, receive and lose them.")
_COLUMNS = ("Shipment", "Status", "Center", "Sent", "Received", "Name", "Changed")
Csv = Annotated[bool, FLAG]


@app.command(name="list")
def list_shipments(*, seller: str | None = None, csv: Csv = False, to: Connection | None = None) -> None:
    """List the latest shipments that have a carrier, the one that changed last first.

    Args:
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListInboundShipments(seller_id=seller))
    Printed(to, csv=csv).show(answer, _COLUMNS, [_row(one) for one in answer.shipments], empty="Nothing was sent.")


@app.command
def show(shipment: str, *, seller: str | None = None, csv: Csv = False, to: Connection | None = None) -> None:
    """Show what a shipment holds, and what of it came.

    Args:
        shipment: The id on its labels.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(GetInboundShipment(confirmation_id=shipment, seller_id=seller))
    rows = [(one.sku, one.sent, one.received, answer.status, answer.center) for one in answer.skus]
    Printed(to, csv=csv).show(answer, ("SKU", "Sent", "Received", "Status", "Center"), rows, empty="It holds nothing.")
    if answer.defects and not (csv or to.json):
        found = [(one.problem.value, one.sku, one.units, one.fee, one.found_at) for one in answer.defects]
        Printed(to, csv=False).show(answer, ("Problem", "SKU", "Units", "Fee", "Found"), found, empty="")


@app.command
def receive(
    shipment: str,
    *,
    short: int = 0,
    damaged: int = 0,
    over: int = 0,
    problem: InboundProblem | None = None,
    problem_units: int = 0,
    sku: str | None = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Receive at once what is left of a shipment, wherever it is, and close it.

    Args:
        shipment: The id on its labels.
        short: How many units do not come; Amazon looks for them.
        damaged: How many Amazon breaks.
        over: How many come beside those that were sent.
        problem: What is wrong with some of them, such as barcode-missing; Amazon puts it right and charges for that.
        problem_units: With how many.
        sku: Of which SKU; the first one unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    asked = CarryInboundShipment(
        confirmation_id=shipment,
        deed=InboundDeed.RECEIVE,
        sku=sku,
        short=short,
        damaged=damaged,
        over=over,
        problem=problem,
        problem_units=problem_units,
        seller_id=seller,
    )
    _carry(asked, to)


@app.command
def lose(shipment: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let the carrier lose a shipment that is on its way; Amazon looks for its units.

    Args:
        shipment: The id on its labels.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _carry(CarryInboundShipment(confirmation_id=shipment, deed=InboundDeed.LOSE, seller_id=seller), to)


def _carry(asked: CarryInboundShipment, to: Connection | None) -> None:
    to = to or Connection()
    answer = to.send(asked)
    Printed(to, csv=False).show(answer, _COLUMNS, [_row(answer)], empty="")


def _row(one: InboundShipment) -> tuple[object, ...]:
    sent, received = sum(sku.sent for sku in one.skus), sum(sku.received for sku in one.skus)
    return (one.confirmation_id, one.status, one.center, sent, received, one.name, one.updated_at)
