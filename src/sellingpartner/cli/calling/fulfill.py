"""`spapi fulfill`: the orders that wait are shipped, at Amazon or at a market."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import Parameter

from sellingpartner.cli.calling.carrying import Carrying, Labels
from sellingpartner.cli.calling.packing import Packing
from sellingpartner.cli.failures import CannotDo, Refused
from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.reach.caller import Caller
from sellingpartner.cli.reach.moments import moment_of
from sellingpartner.cli.shown.output import JsonOnly
from sellingpartner.cli.shown.printing import print_line, print_table
from sellingpartner.cli.shown.writing import write_json
from sellingpartner.client import SellingPartner
from sellingpartner.counted import counted
from sellingpartner.workflows import (
    Delivery,
    Journal,
    JournalBusy,
    Outcome,
    Report,
    Result,
    ShippingPlan,
    follow_deliveries,
    fulfill_orders,
)

_COLUMNS = ("Order", "Result", "Carrier", "Tracking", "Status", "Why")
_UNDER_WAY = ("Order", "Carrier", "Tracking", "Status")
_LEAST_SECONDS = 1.0


@Parameter(name="*", group="Which orders")
@dataclass(frozen=True)
class Which:
    """Which orders are shipped; all that wait unless said."""

    order: Annotated[tuple[str, ...], SEVERAL] = ()
    "An order's id; repeat it for more."
    since: str = "30d"
    "Purchased since: a date, a time, or how long ago by the market's clock, at Amazon by this machine's (30d, 12h)."


@Parameter(name="*", group="Run")
@dataclass(frozen=True)
class Run:
    """How often, and what is kept."""

    once: Annotated[bool, FLAG] = False
    "Ship what waits, and end; so it does unless --watch is said."
    watch: Annotated[bool, FLAG] = False
    "Go on looking for orders until Ctrl-C."
    every: float = 180.0
    "With --watch: seconds between two looks. Amazon lets orders be searched once in three minutes."
    dry_run: Annotated[bool, FLAG] = False
    "Only say what would be done."
    journal: Path = Path(".spapi/fulfillment.db")
    "What was begun, kept so that nothing ships twice."
    forget: Annotated[tuple[str, ...], SEVERAL] = ()
    "Only forget what was begun of an order, once you have seen that nothing left; repeat it for more."
    follow: Annotated[bool, FLAG] = False
    "Ship nothing: say where the packages are that have left and not arrived."
    tell: str | None = None
    "What to write to buyers once their order has left; {carrier} and {tracking} are filled in."


def fulfill(
    *,
    which: Which | None = None,
    carrying: Carrying | None = None,
    labels: Labels | None = None,
    run: Run | None = None,
    caller: Caller | None = None,
    output: JsonOnly | None = None,
) -> None:
    """Ship the orders that wait: check them, hand them over or buy labels, confirm, see their status.

    Run again, it goes on where it stopped, and ships nothing twice. The exit code is 1 if an order failed or somebody
    must look at it.

    Args:
        which: Which orders.
        carrying: With a carrier of your own.
        labels: With labels of Amazon's carriers.
        run: How often, and what is kept.
        caller: Who calls.
        output: How the result is printed; JSON is one order a line.
    """
    which, run, caller, output = which or Which(), run or Run(), caller or Caller(), output or JsonOnly()
    if run.forget:
        _forget(run)
        return
    if run.follow:
        _follow(run, caller, output)
        return
    plan = _plan(which, carrying or Carrying(), labels or Labels())
    if run.watch and (run.once or run.every < _LEAST_SECONDS):
        message = "--watch does not go with --once." if run.once else f"--every is {run.every}; it must be 1 or more."
        raise CannotDo(message)
    with _journal(run.journal) as journal, caller.client() as client:
        fields = _fields(which, run, client) | {"journal": journal}
        total = 0
        try:
            while True:
                report = _round(client, plan, fields, output)
                total += len(report.of(Result.SHIPPED))
                if not run.watch:
                    break
                time.sleep(run.every)
        except KeyboardInterrupt as interrupted:
            interrupted.add_note(f"{counted(total, 'order')} shipped. The same command goes on where this one stopped.")
            raise
    if report.needs_somebody:
        failed = len(report.of(Result.FAILED)) + len(report.of(Result.UNCERTAIN))
        message = f"{counted(failed, 'order')} did not leave; what was said of each stands above."
        raise Refused(message)


def _round(client: SellingPartner, plan: ShippingPlan, fields: dict[str, Any], output: JsonOnly) -> Report:
    with Packing() as packing:
        report = fulfill_orders(client, plan, on_progress=packing, **fields)
    if output.json:
        for outcome in report.outcomes:
            write_json(msgspec.json.encode(_facts(outcome)))
        return report
    rows = [
        _row(one) for one in report.outcomes if one.result is not Result.BY_AMAZON
    ]  # those are no work of anybody's
    if rows:
        print_table(_COLUMNS, rows, empty="")
    summed = ", ".join(f"{count} {result}" for result, count in report.counts.items())
    print_line(summed or "No order waits.")
    return report


def _plan(which: Which, carrying: Carrying, labels: Labels) -> ShippingPlan:
    if carrying.is_said and labels.is_said:
        message = "Either a carrier of your own (--carrier) or bought labels (--ship-from): leave one of them out."
        raise CannotDo(message)
    if labels.is_said:
        return labels.plan()
    if carrying.is_said:
        return carrying.plan(is_one=len(which.order) == 1)
    message = "How do they leave? Say --carrier with --tracking or --tracking-command, or --ship-from with --box."
    raise CannotDo(message)


def _fields(which: Which, run: Run, client: SellingPartner) -> dict[str, Any]:
    if client.credentials.marketplace_id is None and not which.order:
        message = "Which marketplace? Say --marketplace, by country (US) or id, or set SP_API_MARKETPLACE_ID."
        raise CannotDo(message)
    text = run.tell
    fields: dict[str, Any] = {"since": moment_of(which.since, "--since", client), "dry_run": run.dry_run}
    if which.order:
        fields["order_ids"] = which.order
    if text is not None:
        fields["tell"] = lambda _, handed: text.replace(
            "{carrier}", handed.carrier_name or handed.carrier_code
        ).replace("{tracking}", handed.tracking_number)
    return fields


def _journal(path: Path) -> Journal:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Journal(path)
    except JournalBusy as reason:
        raise CannotDo(str(reason)) from None
    except OSError as reason:
        message = f"The journal {path} cannot be written: {reason.strerror}."
        raise CannotDo(message) from None


def _forget(run: Run) -> None:
    with _journal(run.journal) as journal:
        begun = {order_id: journal.open_entry(order_id) for order_id in run.forget}
        for order_id, entry in begun.items():
            if entry is None:
                message = f"Nothing of {order_id} is begun in {run.journal}; there is nothing to forget."
                raise CannotDo(message)
        for entry in filter(None, begun.values()):
            journal.forget(entry.order_id, entry.reference)
            print_line(f"{entry.order_id}: package {entry.reference} is forgotten; the next run begins it anew.")


def _follow(run: Run, caller: Caller, output: JsonOnly) -> None:
    with _journal(run.journal) as journal, caller.client() as client:
        deliveries = follow_deliveries(client, journal)
    if output.json:
        for one in deliveries:
            write_json(msgspec.json.encode(_facts_of(one)))
    else:
        rows = [(one.order_id, one.carrier, one.tracking_number, one.status or "not shown") for one in deliveries]
        print_table(_UNDER_WAY, rows, empty="No package is under way.")
    if failed := [one for one in deliveries if one.has_failed]:
        message = f"{counted(len(failed), 'package')} will not arrive; which, stands above."
        raise Refused(message)


def _facts_of(one: Delivery) -> dict[str, object]:
    return {
        "orderId": one.order_id,
        "package": {"reference": one.reference, "carrier": one.carrier, "trackingNumber": one.tracking_number},
        "status": one.status or None,
        "hasEnded": one.has_ended,
        "isChanged": one.is_changed,
    }


def _row(outcome: Outcome) -> tuple[object, ...]:
    package = outcome.package
    carried = (package.method or package.carrier_code, package.tracking_number) if package else (None, None)
    return (outcome.order_id, outcome.result, *carried, outcome.status, outcome.words)


def _facts(outcome: Outcome) -> dict[str, object]:
    facts: dict[str, object] = {
        "orderId": outcome.order_id,
        "result": outcome.result,
        "status": outcome.status,
        "isTold": outcome.is_told,
        "words": outcome.words or None,
    }
    if outcome.package is not None:
        facts["package"] = {
            "carrierCode": outcome.package.carrier_code,
            "trackingNumber": outcome.package.tracking_number,
            "method": outcome.package.method,
            "cost": outcome.package.cost,
        }
    return {name: value for name, value in facts.items() if value is not None}
