"""Faults: the rules by which calls and messages go wrong, what each has done, and ready profiles."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.faults.profiles import about, profiles
from sellingpartner.server.console import places
from sellingpartner.server.console.rendering import redirect
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import asked
from sellingpartner.server.console.window.looking import operating
from sellingpartner.server.console.window.tables import OFF, WARN, Act, Cell, Column, Input, Table, amounts, code
from sellingpartner.server.control.running import faults as control
from sellingpartner.server.gateway.http import HttpAnswer

_EXAMPLE = "refuse 503 operation=getOrders every=3 times=5"
_LONGEST_RULE = 1000
_NOTICES = {
    "added": "The rule holds from here on.",
    "applied": "The rules of the profile hold from here on.",
    "removed": "The rule strikes no more.",
    "cleared": "All goes well again.",
}


def show(visit: Visit) -> HttpAnswer:
    """The rules."""
    look = operating(visit)
    found = control.list_faults(look.desk, v1.ListFaults()).faults
    return look.page(
        "faults.html",
        rules=_table(found),
        add=Act(
            action=places.FAULTS,
            words="Add the rule",
            title="Have something go wrong",
            fields=[
                Input(name="rule", label="The rule", hint=f"As in: {_EXAMPLE}", is_required=True, longest=_LONGEST_RULE)
            ],
        ),
        profile=Act(
            action=f"{places.FAULTS}/profile",
            words="Add its rules",
            title="Or take a ready profile",
            fields=[
                Input(
                    name="profile",
                    label="Profile",
                    kind="select",
                    choices=[(name, f"{name}: {about(name)}") for name in profiles()],
                )
            ],
            tone="plain",
        ),
        clear=Act(action=f"{places.FAULTS}/clear", words="Take every rule away", tone="danger") if found else None,
        notice=_NOTICES.get(visit.query.one("done"), ""),
    )


def add(visit: Visit) -> HttpAnswer:
    """Add a rule."""
    look = operating(visit)
    control.create_fault(look.desk, v1.CreateFault(rule=asked.needed(visit.form, "rule", longest=_LONGEST_RULE)))
    return _back("added")


def apply_profile(visit: Visit) -> HttpAnswer:
    """Add the rules of a profile."""
    look = operating(visit)
    control.apply_profile(look.desk, v1.ApplyProfile(profile=asked.needed(visit.form, "profile")))
    return _back("applied")


def remove(visit: Visit) -> HttpAnswer:
    """Take a rule away."""
    look = operating(visit)
    number = asked.number(visit.form, "fault", most=2**53)
    control.delete_fault(look.desk, v1.DeleteFault(fault_id=number or 0))
    return _back("removed")


def clear(visit: Visit) -> HttpAnswer:
    """Take all of them away."""
    control.clear_faults(operating(visit).desk, v1.ClearFaults())
    return _back("cleared")


def _back(done: str) -> HttpAnswer:
    return redirect(places.with_query(places.FAULTS, done=done))


def _table(found: list[v1.Fault]) -> Table:
    return Table(
        name="rules",
        caption="The rules that hold, the oldest first",
        columns=[Column("Rule"), Column("Kind"), *amounts("Concerned", "Struck"), Column("Away with it")],
        rows=[
            [
                code(one.rule, below=one.note or ""),
                Cell(one.kind, badge=WARN if one.struck else OFF),
                Cell(f"{one.matched:,}"),
                Cell(f"{one.struck:,}"),
                Cell(
                    act=Act(
                        action=f"{places.FAULTS}/remove",
                        words="Remove",
                        label=f"Remove rule {one.fault_id}",
                        carried={"fault": str(one.fault_id)},
                    )
                ),
            ]
            for one in found
        ],
        empty="Nothing goes wrong by rule.",
    )
