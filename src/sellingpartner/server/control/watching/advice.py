"""What can be said to whoever made a call: what was odd about it, and what would be right."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from sellingpartner.contract import registry
from sellingpartner.contract.operation import Request, places
from sellingpartner.contract.registry import Entry
from sellingpartner.market.accounts.calls import Call

_NO_TOKEN, _NOT_LET_IN, _NOT_FOUND, _TOO_OFTEN, _NOT_BUILT, _DEFECT = 401, 403, 404, 429, 501, 500


def entry_of(call: Call) -> Entry | None:
    """The operation of Amazon's that was called; None for the market's own, and for none at all."""
    return _by_key().get(f"{call.method} {call.path}")


@cache
def _by_key() -> dict[str, Entry]:
    return {entry.key: entry for entry in registry.operations()}


def advice_on(call: Call) -> list[str]:
    """What to do about a call, a sentence each."""
    return list(_told(call, entry_of(call)))


def _told(call: Call, entry: Entry | None) -> Iterator[str]:
    if call.fault:
        yield f"The fault {call.fault} was injected into it; `spapi fault list` shows the rules."
    if call.reason:
        yield call.reason
    if call.status == _TOO_OFTEN:
        yield "Spread the calls, and wait before trying again; `spapi requests --near-limit` shows what is left."
    if call.status == _NOT_LET_IN and call.application_id and call.seller_id:
        yield f"`spapi grant list` shows what {call.seller_id} has let the application do."
    if call.status == _NOT_BUILT:
        yield "Nothing answers this operation here; at Amazon it may work."
    if entry is not None:
        request = registry.load(entry)
        yield from unknown_parameters(call, request)
        if request.operation.deprecated:
            yield deprecated(entry)
        if not call.agent:
            yield NO_AGENT


NO_AGENT = "It has no User-Agent; Amazon asks for one that names the application, its version and its language."


def unknown_parameters(call: Call, request: type[Request[object]]) -> Iterator[str]:
    """Parameters that Amazon ignores, and what was perhaps meant."""
    for name in call.names:
        yield unknown_parameter(name, request)


def unknown_parameter(name: str, request: type[Request[object]]) -> str:
    """What is said of a parameter that an operation does not have."""
    known = [place.wire_name for place in places(request).query]
    by_plain = {name.lower(): name for name in known}
    near = get_close_matches(name.lower(), by_plain, n=1, cutoff=0.6)
    hint = f"did you mean {by_plain[near[0]]}?" if near else f"it has {', '.join(known) or 'none'}."
    return f"{request.operation.name} has no parameter {name}, so it was ignored; {hint}"


def deprecated(entry: Entry) -> str:
    """What is said of an operation that Amazon does not want to be called any more."""
    return f"{entry.name} ({entry.api} {entry.version}) is deprecated; Amazon may take it away."
