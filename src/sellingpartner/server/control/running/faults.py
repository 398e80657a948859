"""Faults: what goes wrong by rule, and how often it has."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.faults.model import Counts, Rule
from sellingpartner.market.faults.profiles import profile
from sellingpartner.market.faults.text import text_of
from sellingpartner.server.control.desk import Desk


def list_faults(desk: Desk, _request: v1.ListFaults) -> v1.Faults:
    """The rules, with what each has done so far."""
    counts = desk.market.faults.counts()
    return v1.Faults(faults=[_fault(rule, counts.get(rule.rule_id, Counts())) for rule in desk.market.faults.rules])


def create_fault(desk: Desk, request: v1.CreateFault) -> v1.Fault:
    """Add a rule; it holds from here on."""
    return _fault(desk.market.faults.add(request.rule), Counts())


def delete_fault(desk: Desk, request: v1.DeleteFault) -> NoContent:
    """Take a rule away."""
    desk.market.faults.remove(request.fault_id)
    return NoContent()


def clear_faults(desk: Desk, _request: v1.ClearFaults) -> NoContent:
    """Take every rule away."""
    desk.market.faults.clear()
    return NoContent()


def apply_profile(desk: Desk, request: v1.ApplyProfile) -> v1.Faults:
    """Add the rules of a ready profile; all of them, or none."""
    added = desk.market.faults.add_all(profile(request.profile))
    return v1.Faults(faults=[_fault(rule, Counts()) for rule in added])


def _fault(rule: Rule, counts: Counts) -> v1.Fault:
    return v1.Fault(
        fault_id=rule.rule_id,
        kind=rule.fault.kind,
        rule=text_of(rule),
        note=rule.note or None,
        matched=counts.matched,
        struck=counts.struck,
    )
