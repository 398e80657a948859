"""`spapi fault`."""

from __future__ import annotations

import shlex
from pathlib import Path

from cyclopts import App

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_json, print_line, print_table
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.market_v1 import (
    ApplyProfile,
    ClearFaults,
    CreateFault,
    DeleteFault,
    Fault,
    Faults,
    ListFaults,
)
from sellingpartner.counted import counted

app = App(
    name="fault",
    help=(
        "What goes wrong in a market by rule: refusals, delays, broken connections, strange answers.\n\n"
        'A rule is its kind, and names with values: `spapi fault add "refuse 503 operation=getOrders every=3 times=5"`.'
    ),
)


@app.command
def add(*rule: str, to: Connection | None = None) -> None:
    """Have something go wrong from here on.

    Args:
        rule: What, where and when: refuse 429 operation=getOrders probability=0.2.
        to: Which market.
    """
    to = to or Connection()
    if not rule:
        message = "Say what is to go wrong, such as: spapi fault add refuse 503 operation=getOrders times=3"
        raise CannotDo(message)
    made = to.send(CreateFault(rule=rule[0] if len(rule) == 1 else shlex.join(rule)))
    print_json(made) if to.json else print_line(f"Fault {made.fault_id}: {made.rule}")


@app.command(name="list")
def list_(*, to: Connection | None = None) -> None:
    """List the rules, how many calls each concerned, and how many it struck.

    Args:
        to: Which market.
    """
    to = to or Connection()
    found = to.send(ListFaults())
    if to.json:
        print_json(found)
        return
    _show(found)


@app.command
def remove(fault_id: int, *, to: Connection | None = None) -> None:
    """Have a rule strike no more.

    Args:
        fault_id: Its number, as `spapi fault list` shows it.
        to: Which market.
    """
    (to or Connection()).send(DeleteFault(fault_id=fault_id))
    print_line(f"Fault {fault_id} is gone.")


@app.command
def clear(*, to: Connection | None = None) -> None:
    """Have all go well again.

    Args:
        to: Which market.
    """
    (to or Connection()).send(ClearFaults())
    print_line("All goes well again.")


@app.command
def profile(name: str, *, to: Connection | None = None) -> None:
    """Add the rules of a ready profile; those that are there stay.

    Args:
        name: prime-day, flaky-network, throttled, drifting, slow or bad-notifications.
        to: Which market.
    """
    to = to or Connection()
    added = to.send(ApplyProfile(profile=name))
    if to.json:
        print_json(added)
        return
    _show(added)


@app.command
def load(file: Path, *, to: Connection | None = None) -> None:
    """Add the rules of a TOML file: tables [[fault]].

    Args:
        file: The file.
        to: Which market.
    """
    from sellingpartner.market.faults.profiles import rules_in  # noqa: PLC0415 - needs what serves a market
    from sellingpartner.market.faults.text import text_of  # noqa: PLC0415

    to = to or Connection()
    try:
        rules = rules_in(file)
    except InvalidInput as wrong:
        raise CannotDo(wrong.message) from None
    for rule in rules:
        to.send(CreateFault(rule=text_of(rule)))
    print_line(f"{counted(len(rules), 'fault')} added.")


def _show(found: Faults) -> None:
    print_table(("Fault", "Rule", "Calls", "Struck"), [_row(one) for one in found.faults], empty="Nothing goes wrong.")


def _row(one: Fault) -> tuple[object, ...]:
    return (one.fault_id, one.rule, one.matched, one.struck)
