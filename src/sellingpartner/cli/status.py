"""`spapi status`."""

from __future__ import annotations

from sellingpartner.cli.connection import Connection
from sellingpartner.cli.printing import print_facts, print_json
from sellingpartner.contract.market_v1 import GetMarketStatus, MarketCounts, MarketStatus
from sellingpartner.counted import counted


def status(*, to: Connection | None = None) -> None:
    """Say how the market stands: its clock, what is in it, what failed."""
    to = to or Connection()
    answer = to.send(GetMarketStatus())
    if to.json:
        print_json(answer)
    else:
        print_facts([("Market", f"{to.address}  version {answer.version}"), *_facts(answer)])


def _facts(answer: MarketStatus) -> list[tuple[str, object]]:
    counts = answer.counts
    orders = ", ".join(f"{count:,} {name}" for name, count in counts.orders.items()) or "none"
    next_due = "" if answer.clock.next_due_at is None else f", the next at {answer.clock.next_due_at:%Y-%m-%d %H:%M:%S}"
    facts: list[tuple[str, object]] = [
        ("Clock", f"{answer.clock.now:%Y-%m-%d %H:%M:%S} UTC, {answer.clock.mode}"),
        ("World", f"{'with' if answer.demo_world else 'without'} the demo world, seed {answer.seed}"),
        ("Limits", answer.limits.value),
        ("Accounts", _accounts(counts)),
        ("SKUs", f"{counts.skus:,}"),
        ("Orders", orders),
        ("To come", f"{counted(counts.waiting, 'thing')}{next_due}"),
    ]
    failures = (f"{one.kind}, due {one.due_at:%Y-%m-%d %H:%M:%S}: {one.failure}" for one in answer.failures)
    return [*facts, *(("Failed", failure) for failure in failures)]


def _accounts(counts: MarketCounts) -> str:
    return ", ".join(
        (
            counted(counts.sellers, "seller"),
            counted(counts.applications, "application"),
            counted(counts.grants, "grant"),
        )
    )
