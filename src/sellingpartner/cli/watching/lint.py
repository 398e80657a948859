"""`spapi lint`: what a program's calls could do better."""

from __future__ import annotations

from sellingpartner.cli.failures import Refused
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_json, print_table
from sellingpartner.contract.market_v1 import LintCalls, LintFinding, Severity
from sellingpartner.counted import counted


def lint(*, application: str | None = None, to: Connection | None = None) -> None:
    """Look through the log of calls for what Amazon would refuse or not like; exit code 1 if there are errors.

    Args:
        application: Only calls of this application, by its id.
        to: Which market.
    """
    to = to or Connection()
    report = to.send(LintCalls(application_id=application))
    if to.json:
        print_json(report)
    else:
        print_table(
            ("Severity", "Rule", "Application", "Operation", "Calls", "Advice", "Example"),
            [_row(one) for one in report.findings],
            empty=f"Nothing is wrong with {counted(report.calls, 'call')} that the log has of applications.",
        )
    errors = sum(one.severity is Severity.ERROR for one in report.findings)
    if errors:
        message = f"{counted(errors, 'error')} in {counted(report.calls, 'call')}."
        raise Refused(message)


def _row(one: LintFinding) -> tuple[object, ...]:
    application = one.application or one.application_id
    return one.severity.value, one.rule, application, one.operation, one.calls or None, one.advice, one.example
