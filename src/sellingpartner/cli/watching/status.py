"""`spapi status`."""

from __future__ import annotations

import msgspec

from sellingpartner.cli.reach.connection import SOON, Connection
from sellingpartner.cli.shown.printing import print_facts, print_json
from sellingpartner.contract.errors import ServiceUnavailable
from sellingpartner.contract.market_v1 import (
    Condition,
    DocumentsKept,
    GetMarketStatus,
    Health,
    MarketCounts,
    MarketStatus,
    PartHealth,
)
from sellingpartner.counted import counted


def status(*, to: Connection | None = None) -> None:
    """Say how the market stands: its health, its clock, what is in it, what failed; exit code 1 if it is not well."""
    to = to or Connection()
    health = _health(to)
    answer = _answer(to, health)
    if to.json:
        print_json(answer or health)
    else:
        market = ("Market", f"{to.address}  version {health.version}")
        print_facts([market, *_health_facts(health), *([] if answer is None else _facts(answer))])
    unwell = [name for name, part in _parts(health).items() if part.status is not Condition.OK]
    if unwell or answer is None:
        message = f"The market is not well: {', '.join(unwell) or 'database'}."
        raise ServiceUnavailable(message)


def _health(to: Connection) -> Health:
    """What the market says of itself to everybody; it answers that at once, whatever hangs."""
    reply = to.exchange("GET", f"{to.address}/health", timeout=SOON)
    try:
        return msgspec.json.decode(reply.content, type=Health)
    except msgspec.DecodeError:
        to.send(GetMarketStatus())  # which says what kind of stranger it is
        said = f"GET /health was answered {reply.status_code}"
        raise to.no_market(said) from None


def _answer(to: Connection, health: Health) -> MarketStatus | None:
    """How the market stands, which it has to ask its database for; None while it cannot."""
    if health.database.status is not Condition.OK:
        return None
    try:
        return to.send(GetMarketStatus())
    except ServiceUnavailable:
        return None


def _parts(health: Health) -> dict[str, PartHealth]:
    return {"database": health.database, **health.threads}


def _health_facts(health: Health) -> list[tuple[str, object]]:
    unwell = {**_parts(health), "log": health.log}
    facts = [(name.capitalize(), _words(part)) for name, part in unwell.items() if part.status is not Condition.OK]
    return [("Health", health.status.value), *facts]


def _words(part: PartHealth) -> str:
    since = "" if part.since is None else f" since {part.since:%Y-%m-%d %H:%M:%S} UTC"
    return f"{part.status.value}{since}" + (f": {part.reason}" if part.reason else "")


def _facts(answer: MarketStatus) -> list[tuple[str, object]]:
    counts = answer.counts
    orders = ", ".join(f"{count:,} {name}" for name, count in counts.orders.items()) or "none"
    next_due = "" if answer.clock.next_due_at is None else f", the next at {answer.clock.next_due_at:%Y-%m-%d %H:%M:%S}"
    facts: list[tuple[str, object]] = [
        ("Clock", f"{answer.clock.now:%Y-%m-%d %H:%M:%S} UTC, {answer.clock.mode}{_speed(answer)}"),
        ("World", f"{'with' if answer.demo_world else 'without'} the demo world, seed {answer.seed}"),
        ("Limits", answer.limits.value),
        ("Accounts", _accounts(counts)),
        ("SKUs", f"{counts.skus:,}"),
        ("Orders", orders),
        ("To come", f"{counted(counts.waiting, 'thing')}{next_due}"),
    ]
    if counts.works:
        facts.append(("To be made", counted(counts.works, "document")))
    facts += (("Documents", _documents(one)) for one in counts.documents)
    failures = (f"{one.kind}, due {one.due_at:%Y-%m-%d %H:%M:%S}: {one.failure}" for one in answer.failures)
    return [*facts, *(("Failed", failure) for failure in failures)]


def _documents(kept: DocumentsKept) -> str:
    size = f"{kept.bytes / 1024**2:,.1f} MiB" if kept.bytes >= 1024**2 else f"{kept.bytes:,} bytes"
    return f"{kept.count:,} {kept.purpose}, {size}, the oldest of {kept.oldest_at:%Y-%m-%d %H:%M:%S}"


def _speed(answer: MarketStatus) -> str:
    return "" if answer.clock.speed is None else f", {answer.clock.speed:g} times as fast as this machine's"


def _accounts(counts: MarketCounts) -> str:
    return ", ".join(
        (
            counted(counts.sellers, "seller"),
            counted(counts.applications, "application"),
            counted(counts.grants, "grant"),
        )
    )
