"""`spapi clock`."""

from __future__ import annotations

from datetime import UTC, datetime
from math import isfinite

from cyclopts import App

from sellingpartner.cli.failures import CannotDo, Refused
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.going import gone
from sellingpartner.cli.shown.printing import print_json, print_line, print_table
from sellingpartner.cli.shown.writing import print_aside
from sellingpartner.cli.words.spans import span_of
from sellingpartner.cli.words.speeds import speed_of
from sellingpartner.contract.market_v1 import (
    AdvanceClock,
    AdvancedClock,
    FreezeClock,
    GetClock,
    MarketClock,
    RunClock,
    StopClock,
    TravelClock,
)
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
    until: str | None = None,
    order: str | None = None,
    to: Connection | None = None,
) -> None:
    """Let market time pass at once: everything that is due on the way happens, in order.

    A bar shows how far it is. Ctrl-C has it stand where it is; what was due by then has happened, and nothing else.

    Args:
        by: How long: 3d, 90m, or as an ISO 8601 duration, P1DT12H.
        days: Days to pass.
        hours: Hours to pass.
        minutes: Minutes to pass.
        seconds: Seconds to pass.
        until: Stop when this happens, such as OrderShipped; 30 days at most, unless said otherwise.
        order: Stop only when it happens to this order.
        to: Which market.
    """
    to = to or Connection()
    if (by, days, hours, minutes, seconds, until) == (None,) * 6:
        message = "Say how far: `spapi clock advance P3D`, or --days 3, or --until OrderShipped."
        raise CannotDo(message)
    if not all(isfinite(number or 0) for number in (days, hours, minutes, seconds)):
        message = "That is no number of days, hours, minutes or seconds; write --days 3."
        raise CannotDo(message)
    by = None if by is None else span_of(by)
    request = AdvanceClock(by=by, days=days, hours=hours, minutes=minutes, seconds=seconds, until=until, order_id=order)
    answer = gone(to, request)
    _show_way(to, answer)
    if until is not None and answer.stopped_by is None and not answer.is_stopped:
        message = f"{until} has not happened{f' to {order}' if order else ''}; a longer way may bring it."
        raise Refused(message)


@app.command
def travel(moment: str, *, to: Connection | None = None) -> None:
    """Go to a later moment at once; the clock runs on or stands as before.

    Args:
        moment: Such as 2026-12-24T18:00Z.
        to: Which market.
    """
    to = to or Connection()
    _show_way(to, gone(to, TravelClock(to=_moment(moment))))


def _show_way(to: Connection, answer: AdvancedClock) -> None:
    """Say how far time came, and what happened meanwhile."""
    stopped = answer.stopped_by
    more = "; stopped on the way" if answer.is_stopped else ""
    if stopped is not None:
        more += f"; stopped by {stopped.kind}{f' of {stopped.order_id}' if stopped.order_id else ''}"
    _show(to, answer, f"{more}; {counted(answer.happened, 'thing')} happened")
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
def live(*, speed: str | None = None, to: Connection | None = None) -> None:
    """Let market time run on from where it stands.

    Args:
        speed: How fast: 1440 times as fast as the machine's clock, or "1m=1d", a minute for a day; as fast unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(RunClock(speed=None if speed is None else speed_of(speed))))


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
    if answer.speed is not None:
        more = f", {answer.speed:g} times as fast as this machine's{more}"
    if answer.advancing_to is not None:
        more += f"; on its way to {answer.advancing_to:%Y-%m-%d %H:%M:%S}"
    next_due = "" if answer.next_due_at is None else f"; next due {answer.next_due_at:%Y-%m-%d %H:%M:%S}"
    print_line(f"{answer.now:%Y-%m-%d %H:%M:%S} UTC, {answer.mode}{more}{next_due}")
    if answer.renewed is not None:
        print_aside(answer.renewed)
