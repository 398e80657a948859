"""`spapi clock`."""

from __future__ import annotations

from datetime import UTC, datetime

from cyclopts import App

from sellingpartner.cli.connection import Connection
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.going import gone
from sellingpartner.cli.printing import print_json, print_line, print_table
from sellingpartner.contract.market_v1 import AdvanceClock, FreezeClock, GetClock, MarketClock, RunClock, StopClock
from sellingpartner.counted import counted

app = App(name="clock", help="Market time: look at it, move it, stop it.")


@app.command
def show(*, to: Connection | None = None) -> None:
    """Say what time it is in the market."""
    to = to or Connection()
    _show(to, to.send(GetClock()))


@app.command
def now(*, to: Connection | None = None) -> None:
    """Print the market's time as requests write it: 2026-12-24T18:00:00Z."""
    to = to or Connection()
    answer = to.send(GetClock())
    if to.json:
        print_json(answer)
    else:
        print_line(f"{answer.now:%Y-%m-%dT%H:%M:%SZ}")


@app.command
def advance(
    by: str | None = None,
    *,
    days: float | None = None,
    hours: float | None = None,
    minutes: float | None = None,
    seconds: float | None = None,
    to: Connection | None = None,
) -> None:
    """Let market time pass at once: everything that is due on the way happens, in order.

    A bar shows how far it is. Ctrl-C has it stand where it is; what was due by then has happened, and nothing else.

    Args:
        by: How long, as an ISO 8601 duration: P3D, PT90M.
        days: Days to pass.
        hours: Hours to pass.
        minutes: Minutes to pass.
        seconds: Seconds to pass.
        to: Which market.
    """
    to = to or Connection()
    if (by, days, hours, minutes, seconds) == (None,) * 5:
        message = "Say how far: `spapi clock advance P3D`, or --days 3."
        raise CannotDo(message)
    answer = gone(to, AdvanceClock(by=by, days=days, hours=hours, minutes=minutes, seconds=seconds))
    _show(
        to,
        answer,
        f"{'; stopped on the way' if answer.is_stopped else ''}; {counted(answer.happened, 'thing')} happened",
    )
    if answer.kinds and len(answer.kinds) > 1 and not to.json:
        print_table(("Happened", "Times"), [(one.kind, one.count) for one in answer.kinds], empty="")


@app.command
def stop(*, to: Connection | None = None) -> None:
    """Have an advance that is under way, here or in another terminal, stand where it is.

    Args:
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(StopClock()))


@app.command
def freeze(at: str | None = None, *, to: Connection | None = None) -> None:
    """Stop market time; on a long way to a later moment, Ctrl-C stops it where it is.

    Args:
        at: A later moment to go to and stop at, such as 2026-12-24T18:00Z; here and now unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, gone(to, FreezeClock(at=None if at is None else _moment(at))))


@app.command
def live(*, to: Connection | None = None) -> None:
    """Let market time run on from where it stands."""
    to = to or Connection()
    _show(to, to.send(RunClock()))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is no moment; write one like 2026-12-24T18:00Z."
        raise CannotDo(message) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _show(to: Connection, answer: MarketClock, more: str = "") -> None:
    if to.json:
        print_json(answer)
        return
    if answer.advancing_to is not None:
        more += f"; on its way to {answer.advancing_to:%Y-%m-%d %H:%M:%S}"
    next_due = "" if answer.next_due_at is None else f"; next due {answer.next_due_at:%Y-%m-%d %H:%M:%S}"
    print_line(f"{answer.now:%Y-%m-%d %H:%M:%S} UTC, {answer.mode}{more}{next_due}")
