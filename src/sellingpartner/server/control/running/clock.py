"""Market time: looked at, moved, stopped, let run."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import msgspec

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import Conflict, InvalidArgument, InvalidInput
from sellingpartner.market.market import Market
from sellingpartner.market.time.bounds import LATEST
from sellingpartner.market.time.clock import Mode
from sellingpartner.market.time.way import Journey
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.running.happenings import stop_at

_MOST = timedelta(days=3660)
_UNTIL = timedelta(days=30)
"""How long something is waited for that time is to stop at, unless that is said."""

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
    """Let market time pass at once, all of it or until something happens."""
    given = {name: getattr(request, name) or 0.0 for name in _UNITS[1:]}
    span = _span_of(given, None if request.by is None else duration(request.by))
    if request.until is None and request.order_id is not None:
        message = "orderId says which order time is to stop at, and nothing says what of it; say until as well."
        raise InvalidArgument(message)
    until = None if request.until is None else stop_at(request.until, request.order_id)
    if until is not None and not span:
        span = _UNTIL
    now = desk.market.clock.now()
    _check_end(now, span)
    return _advanced(desk, desk.market.travel(now + span, until=until))


def travel_clock(desk: Desk, request: v1.TravelClock) -> v1.AdvancedClock:
    """Go to a later moment; the clock runs or stands as before."""
    now = desk.market.clock.now()
    if request.to < now:
        raise Conflict(_never_back(now, "to"))
    _check(request.to - now)
    _check_end(now, request.to - now)
    return _advanced(desk, desk.market.travel(request.to))


def _advanced(desk: Desk, journey: Journey) -> v1.AdvancedClock:
    stopped = journey.stopped_by
    clock = _after(desk)
    return v1.AdvancedClock(
        now=clock.now,
        mode=clock.mode,
        speed=clock.speed,
        next_due_at=clock.next_due_at,
        happened=journey.happened,
        kinds=[v1.Happening(kind=kind, count=count) for kind, count in journey.kinds.items()],
        is_stopped=journey.is_stopped,
        stopped_by=None
        if stopped is None
        else v1.StoppedBy(kind=stopped.kind, at=stopped.at, order_id=stopped.order_id),
        renewed=clock.renewed,
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
            raise InvalidInput(_never_back(now, "at"))
        _check(request.at - now)
        _check_end(now, request.at - now)
    desk.market.freeze(request.at)
    return _after(desk)


def run_clock(desk: Desk, request: v1.RunClock) -> v1.MarketClock:
    """Let market time run on."""
    desk.market.live(request.speed or 1.0)
    return _after(desk)


def _after(desk: Desk) -> v1.MarketClock:
    """The clock after it was changed, and what that led to."""
    desk.wake()
    renewed = desk.after_time()
    return msgspec.structs.replace(clock_of(desk.market), renewed=renewed)


def clock_of(market: Market) -> v1.MarketClock:
    """The clock as the control API shows it."""
    to, clock = market.way.to, market.clock
    has_speed = clock.mode is Mode.LIVE and clock.speed != 1.0
    return v1.MarketClock(
        now=clock.now(),
        mode=v1.ClockMode(clock.mode.value),
        speed=clock.speed if has_speed else None,
        next_due_at=market.next_due(),
        advancing_to=to,
        happened=None if to is None else market.way.happened,
    )


def _never_back(now: datetime, name: str) -> str:
    return f"Market time never goes back: it is {now:%Y-%m-%dT%H:%M:%SZ}; {name} must be later."


def duration(text: str) -> timedelta:
    """The length of an ISO 8601 duration; raises `InvalidInput`."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        message = f"{text[:40]!r} is not a duration; write P3D for three days or PT90M for ninety minutes."
        raise InvalidArgument(message)
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
        raise InvalidArgument(message)


def _check_end(now: datetime, span: timedelta) -> None:
    if span >= LATEST - now:
        message = f"The market's time ends with the year {LATEST.year - 1}; start a new market to go on."
        raise InvalidInput(message)
