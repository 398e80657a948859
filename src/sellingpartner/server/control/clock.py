"""Market time: looked at, moved, stopped, let run."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import Conflict, InvalidInput
from sellingpartner.market.market import Market
from sellingpartner.market.time.bounds import LATEST
from sellingpartner.server.control.desk import Desk

_MOST = timedelta(days=3660)

# Years and months have no fixed length, so a duration may not hold them; a comma may stand for the point (ISO 8601).
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_DURATION = re.compile(
    rf"P(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?", re.IGNORECASE
)
_UNITS = ("weeks", "days", "hours", "minutes", "seconds")


def get_clock(desk: Desk, _request: v1.GetClock) -> v1.MarketClock:
    """Market time as it is."""
    return clock_of(desk.market)


def advance_clock(desk: Desk, request: v1.AdvanceClock) -> v1.AdvancedClock:
    """Let market time pass at once."""
    given = {name: getattr(request, name) or 0.0 for name in _UNITS[1:]}
    span = _span_of(given, None if request.by is None else duration(request.by))
    _check_end(desk.market.clock.now(), span)
    journey = desk.market.travel(desk.market.clock.now() + span)
    desk.wake()
    clock = clock_of(desk.market)
    return v1.AdvancedClock(
        now=clock.now,
        mode=clock.mode,
        next_due_at=clock.next_due_at,
        happened=journey.happened,
        kinds=[v1.Happening(kind=kind, count=count) for kind, count in journey.kinds.items()],
        is_stopped=journey.is_stopped,
    )


def stop_clock(desk: Desk, _request: v1.StopClock) -> v1.MarketClock:
    """Have an advance end where it is; it answers for itself, soon after."""
    if not desk.market.stop():
        message = "Nobody advances the clock; there is nothing to stop. To have a live clock stand, freeze it."
        raise Conflict(message)
    return clock_of(desk.market)


def freeze_clock(desk: Desk, request: v1.FreezeClock) -> v1.MarketClock:
    """Stop market time, here or at a later moment."""
    if request.at is not None:
        now = desk.market.clock.now()
        if request.at < now:
            message = f"Market time never goes back: it is {now:%Y-%m-%dT%H:%M:%SZ}; at must be later."
            raise InvalidInput(message)
        _check(request.at - now)
        _check_end(now, request.at - now)
    desk.market.freeze(request.at)
    desk.wake()
    return clock_of(desk.market)


def run_clock(desk: Desk, _request: v1.RunClock) -> v1.MarketClock:
    """Let market time run on."""
    desk.market.live()
    desk.wake()
    return clock_of(desk.market)


def clock_of(market: Market) -> v1.MarketClock:
    """The clock as the control API shows it."""
    to = market.way.to
    return v1.MarketClock(
        now=market.clock.now(),
        mode=v1.ClockMode(market.clock.mode.value),
        next_due_at=market.next_due(),
        advancing_to=to,
        happened=None if to is None else market.way.happened,
    )


def duration(text: str) -> timedelta:
    """The length of an ISO 8601 duration; raises `InvalidInput`."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        message = f"{text[:40]!r} is not a duration; write P3D for three days or PT90M for ninety minutes."
        raise InvalidInput(message)
    numbers = (float((number or "0").replace(",", ".")) for number in found.groups())
    return _span_of(dict(zip(_UNITS, numbers, strict=True)), None)


def _span_of(numbers: dict[str, float], more: timedelta | None) -> timedelta:
    try:
        span = timedelta(**numbers) + (more or timedelta())
    except OverflowError:
        span = timedelta.max
    _check(span)
    return span


def _check(span: timedelta) -> None:
    if span > _MOST:
        message = f"The clock advances by at most {_MOST.days} days at once."
        raise InvalidInput(message)


def _check_end(now: datetime, span: timedelta) -> None:
    if span >= LATEST - now:
        message = f"The market's time ends with the year {LATEST.year - 1}; start a new market to go on."
        raise InvalidInput(message)
