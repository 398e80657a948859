"""The clock: what time it is in the market, what is due next, and buttons that move time."""

from __future__ import annotations

from collections.abc import Callable

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.counted import counted
from sellingpartner.market.time.clock import Mode
from sellingpartner.server.console import places
from sellingpartner.server.console.rendering import moment_told, redirect
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import asked
from sellingpartner.server.console.window.looking import Look, operating
from sellingpartner.server.console.window.tables import Act, Cell, Column, Input, Table, code, moment
from sellingpartner.server.console.window.timeline import words_of
from sellingpartner.server.control.running import clock as control
from sellingpartner.server.gateway.http import HttpAnswer

_NEXT = 20
_SPANS = {"PT1H": "An hour", "P1D": "A day", "P1W": "A week", "P4W": "Four weeks"}
_SPEEDS = (
    ("1", "As time goes"),
    ("60", "A minute is an hour"),
    ("1440", "A minute is a day"),
    ("10080", "A minute is a week"),
)


def show(visit: Visit) -> HttpAnswer:
    """What time it is, and what comes."""
    look = operating(visit)
    market = visit.market
    return look.page(
        "clock.html",
        due=_due(look),
        spans=[_span(by, words) for by, words in _SPANS.items()],
        acts=_acts(look),
        stop=Act(action=f"{places.CLOCK}/stop", words="Stop it here", tone="danger"),
        is_live=market.clock.mode is Mode.LIVE,
        notice=_notice(visit),
    )


def move(visit: Visit) -> HttpAnswer:
    """Move time, as the control API does."""
    look = operating(visit)
    name = visit.values[0]
    deed = _DEEDS.get(name)
    if deed is None:
        message = f"The clock cannot {name[:40]!r}."
        raise NotFound(message)
    visit.deed = f"clock {name}"
    happened = deed(look)
    said = {"happened": str(happened)} if happened is not None else {}
    return redirect(places.with_query(places.CLOCK, done=name, **said))


def _advance(look: Look) -> int:
    form = look.visit.form
    until = asked.text(form, "until") or None
    by = asked.text(form, "by", longest=40) or None
    if by is None and until is None:
        message = "Say how far time is to go: by, such as P3D, or until something happens."
        raise InvalidInput(message)
    return control.advance_clock(look.desk, v1.AdvanceClock(by=by, until=until)).happened


def _travel(look: Look) -> int:
    to = asked.moment(look.visit.form, "to")
    if to is None:
        message = "to is empty; write the moment to go to, in UTC, as 2026-11-02T09:00."
        raise InvalidInput(message)
    return control.travel_clock(look.desk, v1.TravelClock(to=to)).happened


def _freeze(look: Look) -> None:
    control.freeze_clock(look.desk, v1.FreezeClock())


def _live(look: Look) -> None:
    speed = asked.choice(look.visit.form, "speed", [value for value, _ in _SPEEDS])
    control.run_clock(look.desk, v1.RunClock(speed=float(speed or 1)))


def _stop(look: Look) -> None:
    control.stop_clock(look.desk, v1.StopClock())


_DEEDS: dict[str, Callable[[Look], int | None]] = {
    "advance": _advance,
    "travel": _travel,
    "freeze": _freeze,
    "live": _live,
    "stop": _stop,
}
_NOTICES = {
    "freeze": "The clock stands.",
    "live": "The clock runs.",
    "stop": "Time was told to stop where it is.",
}


def _notice(visit: Visit) -> str:
    done = visit.query.one("done")
    if done in {"advance", "travel"}:
        happened = asked.number(visit.query, "happened", most=10**9) or 0
        return f"It is {moment_told(visit.market.clock.now())}; {counted(happened, 'thing')} happened on the way."
    return _NOTICES.get(done, "")


def _span(by: str, words: str) -> Act:
    return Act(
        action=f"{places.CLOCK}/advance",
        words=words,
        carried={"by": by},
        label=f"Advance: {words.lower()}",
        tone="plain",
    )


def _acts(look: Look) -> list[Act]:
    now = look.visit.market.clock.now()
    return [
        Act(
            action=f"{places.CLOCK}/travel",
            words="Go there",
            title="Go to a moment",
            fields=[
                Input(
                    name="to",
                    label="In UTC",
                    kind="datetime-local",
                    value=f"{now:%Y-%m-%dT%H:%M}",
                    least=f"{now:%Y-%m-%dT%H:%M}",
                    is_required=True,
                    hint="Time never goes back.",
                )
            ],
            tone="plain",
        ),
        Act(
            action=f"{places.CLOCK}/advance",
            words="Go on until then",
            title="Go on until something happens",
            fields=[
                Input(name="until", label="What", value="OrderShipped", is_required=True, longest=60),
                Input(name="by", label="At most", value="P30D", hint="As ISO 8601: P3D, PT90M.", longest=40),
            ],
            tone="plain",
        ),
        Act(
            action=f"{places.CLOCK}/live",
            words="Let it run",
            title="Let time run",
            fields=[Input(name="speed", label="How fast", kind="select", value="1", choices=_SPEEDS)],
            tone="plain",
        ),
        Act(action=f"{places.CLOCK}/freeze", words="Freeze it", title="Have time stand", tone="plain"),
    ]


def _due(look: Look) -> Table:
    names = {one.seller_id: one.name for one in look.shops}
    return Table(
        name="due",
        caption=f"What is due next, up to {_NEXT} things",
        columns=[Column("What"), Column("When"), Column("For")],
        rows=[
            [
                Cell(words_of(one.kind)),
                moment(one.due_at),
                Cell("the market") if not one.seller_id else code(one.seller_id, below=names.get(one.seller_id, "")),
            ]
            for one in look.visit.market.coming(_NEXT)
        ],
        empty="Nothing is due: nothing happens by itself.",
    )
