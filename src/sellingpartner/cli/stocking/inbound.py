"""`spapi inbound`: what is on its way to Amazon's fulfillment centers."""

from __future__ import annotations

from typing import Annotated

import msgspec
from cyclopts import App

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.following import pause
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.shown.printing import print_line
from sellingpartner.cli.shown.steps import Steps
from sellingpartner.contract.market_v1 import (
    CarryInboundShipment,
    GetInboundPlan,
    GetInboundShipment,
    InboundDeed,
    InboundPlan,
    InboundPlanShipment,
    InboundProblem,
    InboundShipment,
    ListInboundPlans,
    ListInboundShipments,
)

app = App(name="inbound", help="Shipments to Amazon's fulfillment centers: follow, receive and lose them.")
_PLANS = ("Plan", "Status", "At work", "Units", "Received", "Shipments", "Name", "Changed")
_ENDED = frozenset({"CLOSED", "CANCELLED", "DELETED", "ABANDONED"})
_GIVEN_UP = frozenset({"VOIDED", "ERRORED"})
_COLUMNS = ("Shipment", "Status", "Center", "Sent", "Received", "Damaged", "Name", "Changed")
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
def plans(*, seller: str | None = None, csv: Csv = False, to: Connection | None = None) -> None:
    """List the newest plans with their shipments, the newest first.

    Args:
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListInboundPlans(seller_id=seller))
    rows = [
        (
            one.plan_id,
            one.status,
            one.at_work,
            one.units,
            sum(each.received for each in one.shipments),
            [f"{_called(each)} {each.status}" for each in one.shipments],
            one.name,
            one.updated_at,
        )
        for one in answer.plans
    ]
    Printed(to, csv=csv).show(answer, _PLANS, rows, empty="Nothing is planned.")


@app.command
def follow(plan: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Tell what becomes of a plan, or of one of its shipments, until nothing more can.

    Each step is a line, and on a terminal a bar says how many units were received. Ctrl-C ends it.

    Args:
        plan: The plan's id, or the id on the labels of a shipment.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to, last = to or Connection(), ""
    with Steps("units received") as steps:
        while True:
            found = to.send(GetInboundPlan(plan_id=plan, seller_id=seller))
            shown = [one for one in found.shipments if plan in (found.plan_id, one.confirmation_id)]
            if to.json:
                said = msgspec.json.encode(found).decode()
                if said != last:
                    print_line(said)
                last = said
            else:
                done, total = sum(one.received for one in shown), sum(one.sent for one in shown)
                steps.show(_said(found, shown), done=done, total=total)
            if found.status in _GIVEN_UP or (shown and all(one.status in _ENDED for one in shown)):
                return
            pause()


@app.command
def show(shipment: str, *, seller: str | None = None, csv: Csv = False, to: Connection | None = None) -> None:
    """Show what a shipment holds, what of it came, and what of that is damaged.

    Args:
        shipment: The id on its labels.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(GetInboundShipment(confirmation_id=shipment, seller_id=seller))
    columns = ("SKU", "Sent", "Received", "Damaged", "Status", "Center")
    rows = [(one.sku, one.sent, one.received, one.damaged, answer.status, answer.center) for one in answer.skus]
    Printed(to, csv=csv).show(answer, columns, rows, empty="It holds nothing.")
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
    counts = (sum(sku.sent for sku in one.skus), sum(sku.received for sku in one.skus))
    damaged = sum(sku.damaged for sku in one.skus)
    return (one.confirmation_id, one.status, one.center, *counts, damaged, one.name, one.updated_at)


def _said(plan: InboundPlan, shipments: list[InboundPlanShipment]) -> list[str]:
    """What a plan and its shipments are at a moment, a line each."""
    lines = [f"Plan {plan.plan_id} is {plan.status}"]
    if plan.at_work is not None:
        lines.append(f"{plan.at_work} is at work")
    for one in shipments:
        came = f", {one.received} of {one.sent} units received" if one.received else ""
        lines.append(f"{_called(one)} to {one.center} is {one.status}{came}")
    return lines


def _called(shipment: InboundPlanShipment) -> str:
    return shipment.confirmation_id or shipment.shipment_id
