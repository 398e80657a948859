"""The rules, one function each: from what is known of an application to what it could do better."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta

from sellingpartner.contract import registry
from sellingpartner.contract.market_v1 import LintFinding, Severity
from sellingpartner.counted import counted
from sellingpartner.server.control.lint.evidence import Evidence, Made
from sellingpartner.server.control.watching.advice import NO_AGENT, deprecated, unknown_parameter

_TOO_OFTEN, _NOT_BUILT = 429, 501
_REFUSED = range(400, 500)
_OFTEN, _OFTEN_SHARE = 3, 0.2
_HARMLESS_SHARE = 0.01
"""Up to this share of calls over the limit is what a client that tries to use its plan well must expect."""

_LIBRARY = re.compile(
    r"(python-requests|python-httpx|python-urllib|aiohttp|axios|node-fetch|undici|curl|guzzlehttp|go-http-client|okhttp|"
    r"java|apache-httpclient|ruby|dotnet|postmanruntime|wget)\b[/ ]?[\w.]*$",
    re.IGNORECASE,
)
_RDT_LIVES = timedelta(hours=1)

Rule = Callable[[Evidence], Iterable[LintFinding]]


def unknown_parameters(evidence: Evidence) -> Iterator[LintFinding]:
    """Parameters that Amazon does not know, and ignores."""
    groups: dict[tuple[str, str], list[Made]] = {}
    for one in evidence.made:
        for name in one.call.names:
            groups.setdefault((one.entry.key, name), []).append(one)
    for (_, name), those in groups.items():
        yield evidence.finding(Severity.WARNING, those, unknown_parameter(name, registry.load(those[0].entry)))


def deprecated_operations(evidence: Evidence) -> Iterator[LintFinding]:
    """Operations that Amazon does not want to be called any more."""
    for entry, those in evidence.by_operation():
        if registry.load(entry).operation.deprecated:
            yield evidence.finding(Severity.WARNING, those, deprecated(entry))


def unused_scopes(evidence: Evidence) -> Iterator[LintFinding]:
    """Scopes that sellers gave and that no call has needed."""
    for scope in evidence.unused_scopes if evidence.made else ():
        advice = f"It has {scope} and never used it; do not ask sellers for what is not needed."
        yield LintFinding(
            rule="", severity=Severity.NOTE, application_id=evidence.application_id, calls=0, advice=advice
        )


def over_limit(evidence: Evidence) -> Iterator[LintFinding]:
    """Calls that came more often than the usage plan lets them."""
    for entry, those in evidence.by_operation():
        refused = [one for one in those if one.call.status == _TOO_OFTEN]
        if not refused:
            continue
        share = len(refused) / len(those)
        severity = Severity.WARNING if share <= _HARMLESS_SHARE else Severity.ERROR
        rate = registry.load(entry).operation.rate
        plan = "" if rate is None else f" Its plan is {rate.per_second:g} calls a second and {rate.burst} at once."
        many = f"{share:.0%} of {counted(len(those), 'call')} came over the limit."
        advice = f"{many}{plan} Spread them, and wait after a 429."
        yield evidence.finding(severity, refused, advice)


def no_user_agent(evidence: Evidence) -> Iterator[LintFinding]:
    """Calls that do not say which application they are of."""
    nameless = [one for one in evidence.made if not one.call.agent]
    if nameless:
        yield evidence.finding(Severity.WARNING, nameless, NO_AGENT)
    of_library = [one for one in evidence.made if _LIBRARY.match(one.call.agent)]
    if of_library:
        said = of_library[-1].call.agent
        advice = (
            f"Its User-Agent is {said}, a library's own; Amazon asks for the application's name, version and language."
        )
        yield evidence.finding(Severity.NOTE, of_library, advice)


def personal_data_unused(evidence: Evidence) -> Iterator[LintFinding]:
    """Restricted data tokens with which nothing was called."""
    idle = []
    for number, one in enumerate(evidence.made):
        if one.entry.name != "createRestrictedDataToken" or one.call.status not in range(200, 300):
            continue
        used = any(
            other.call.elements and other.call.seller_id == one.call.seller_id
            for other in _within(evidence.made[number + 1 :], one)
        )
        if not used:
            idle.append(one)
    if idle:
        advice = (
            f"{counted(len(idle), 'restricted data token')} asked for personal data that nothing was called for; "
            "ask only when it is needed."
        )
        yield evidence.finding(Severity.WARNING, idle, advice)


def _within(others: Iterable[Made], first: Made) -> Iterator[Made]:
    for other in others:
        if other.call.at - first.call.at > _RDT_LIVES:
            return
        yield other


def not_built(evidence: Evidence) -> Iterator[LintFinding]:
    """Operations that this market does not answer."""
    for entry, those in evidence.by_operation():
        refused = [one for one in those if one.call.status == _NOT_BUILT]
        if refused:
            advice = f"{entry.name} is not built in this market; nothing is known of how the program goes on at Amazon."
            yield evidence.finding(Severity.NOTE, refused, advice)


def refused_often(evidence: Evidence) -> Iterator[LintFinding]:
    """Operations whose calls are refused again and again."""
    for entry, those in evidence.by_operation():
        refused = [one for one in those if one.call.status in _REFUSED and one.call.status != _TOO_OFTEN]
        if len(refused) >= _OFTEN and len(refused) / len(those) >= _OFTEN_SHARE:
            (reason, _), *_ = Counter(one.call.reason for one in refused).most_common(1)
            advice = (
                f"{len(refused)} of {counted(len(those), 'call')} of {entry.name} were refused, mostly so: {reason}"
            )
            quoted = [one for one in refused if one.call.reason == reason]
            yield evidence.finding(Severity.ERROR, refused, advice, example=quoted[-1])


RULES: Mapping[str, Rule] = {
    "refused-often": refused_often,
    "over-limit": over_limit,
    "unknown-parameter": unknown_parameters,
    "deprecated-operation": deprecated_operations,
    "personal-data-unused": personal_data_unused,
    "no-user-agent": no_user_agent,
    "unused-scope": unused_scopes,
    "not-built": not_built,
}
