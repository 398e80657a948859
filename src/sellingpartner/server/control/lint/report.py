"""The report: the log of calls, held against every rule."""

from __future__ import annotations

import msgspec

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.accounts import questions as accounts
from sellingpartner.market.accounts.calls import newest
from sellingpartner.market.accounts.uses import scope_uses
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.lint.evidence import Evidence, Made
from sellingpartner.server.control.lint.rules import RULES
from sellingpartner.server.control.watching.advice import entry_of
from sellingpartner.storage.unit import UnitOfWork

_ORDER = [v1.Severity.ERROR, v1.Severity.WARNING, v1.Severity.NOTE]


def lint_calls(desk: Desk, request: v1.LintCalls) -> v1.LintReport:
    """What the calls of an application, or of all of them, could do better; the worst first."""
    desk.journal.flush()
    with desk.market.read() as unit:
        if request.application_id is not None:
            accounts.application_by(unit, application_id=request.application_id)
        evidence = _evidence(unit, request.application_id)
        names = {one.application_id: one.name for one in accounts.all_applications(unit)}
    found = [
        msgspec.structs.replace(finding, application=names.get(one.application_id))
        for one in evidence
        for finding in findings_of(one)
    ]
    found.sort(key=lambda finding: _ORDER.index(finding.severity))
    return v1.LintReport(findings=found, calls=sum(len(one.made) for one in evidence))


def findings_of(evidence: Evidence) -> list[v1.LintFinding]:
    """All that every rule finds."""
    return [msgspec.structs.replace(finding, rule=name) for name, rule in RULES.items() for finding in rule(evidence)]


def _evidence(unit: UnitOfWork, application_id: str | None) -> list[Evidence]:
    made: dict[str, list[Made]] = {}
    for one in newest(unit):
        call = one.call
        entry = entry_of(call) if call.application_id and application_id in {None, call.application_id} else None
        if entry is not None:
            made.setdefault(call.application_id, []).append(Made(call, entry))
    return [Evidence(name, tuple(calls[::-1]), _unused(unit, name)) for name, calls in sorted(made.items())]


def _unused(unit: UnitOfWork, application_id: str) -> tuple[str, ...]:
    """The scopes that some seller gave an application and that it never needed."""
    used = {use.scope for use in scope_uses(unit, application_id=application_id)}
    given = {
        scope
        for grant in accounts.grants_of(unit, application_id=application_id)
        if grant.stands(unit.now)
        for scope in grant.scopes
    }
    return tuple(sorted(given - used))
