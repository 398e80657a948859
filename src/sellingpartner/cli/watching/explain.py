"""`spapi explain`: the whole story of one call."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sellingpartner.call_lines import HEADINGS, cells_of, named
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line, print_table
from sellingpartner.contract.market_v1 import CallStory, FactOfCall, GetRequest


def explain(request_id: str, *, to: Connection | None = None) -> None:
    """Tell the whole story of one call: who, why it was answered as it was, what it brought about.

    Args:
        request_id: The x-amzn-RequestId of its answer.
        to: Which market.
    """
    to = to or Connection()
    story = to.send(GetRequest(request_id=request_id.strip()))
    if to.json:
        print_json(story)
        return
    print_facts(_facts(story))
    if story.facts:
        print_line("")
        print_table(("Happened", "To", "About"), [_fact_row(fact) for fact in story.facts], empty="")
    if story.notifications:
        print_line("")
        print_table(
            ("Told", "State", "To"),
            [(one.notification_type, one.state.value, one.to) for one in story.notifications],
            empty="",
        )
    if story.neighbors:
        print_line(f"\nWhat {story.application or 'the same application'} called just before and after it:")
        number = story.call.number or 0
        rows = [("before" if (one.number or 0) < number else "after", *cells_of(one)) for one in story.neighbors]
        print_table(("Made", *HEADINGS), rows, empty="")


def _facts(story: CallStory) -> Iterator[tuple[str, object]]:
    call = story.call
    yield "Call", f"{named(call)}  {call.method} {call.path}"
    yield "At", f"{call.at:%Y-%m-%d %H:%M:%S} UTC, {call.milliseconds:g} ms"
    yield "Answer", f"{call.status or 'none'}{f' {call.code}' if call.code else ''}, {call.size or 0:,} bytes"
    if call.application_id:
        yield "Application", f"{story.application or 'unknown'}  {call.application_id}"
    if call.seller_id:
        yield "Seller", f"{story.seller or 'unknown'}  {call.seller_id}"
    if call.agent:
        yield "Program", call.agent
    if story.grant is not None:
        held = ", ".join(story.grant.scopes) or "nothing"
        yield "Needs", " or ".join(story.grant.needed) or "no scope"
        yield "Grant", f"holds {held}" if story.grant.stands else "none that stands"
    if call.elements:
        yield "Personal data", call.elements
    if call.left is not None:
        yield "Usage plan", f"{call.left:g} of {call.burst} calls left after it"
    for sentence in story.advice:
        yield "Advice", sentence


def _fact_row(fact: FactOfCall) -> tuple[object, ...]:
    values = msgspec.json.encode(fact.values).decode()
    return fact.kind, fact.seller_id, values if len(values) <= _LONGEST else f"{values[:_LONGEST]}..."


_LONGEST = 160
