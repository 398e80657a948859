"""Charts drawn on the server: what a template needs to draw one as SVG, and the same as a table.

A chart has a title, an axis whose marks are round numbers, and a sentence that says what is to be seen; who cannot see
it reads the table below it. Colors are the stylesheet's, so that a chart follows the system's dark mode.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.server.console.window.tables import Cell, Column, Table, amount

WIDTH, HEIGHT = 640, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 10, 26
_MARKS = 4
_STEPS = (1, 2, 5, 10)
_LABELS = 7
"""How many words stand below a chart at most."""


class Scale(msgspec.Struct, frozen=True):
    """How values are said: in full, and as a round number beside a mark of the axis."""

    told: Callable[[int], str]
    short: Callable[[int], str]


def in_currency(currency: str) -> Scale:
    """Of amounts in minor units."""
    return Scale(lambda minor: amount(minor, currency), lambda minor: short(Money(minor, currency).decimal))


def short(value: Decimal | int) -> str:
    """A number in few characters: 950, 1.5k, 20k, 3M."""
    number = float(value)
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(number) >= size:
            return f"{number / size:.4g}{letter}"
    return f"{number:.4g}"


COUNTS = Scale(lambda value: f"{value:,}", short)
"""Of things that are counted."""


class Mark(msgspec.Struct, frozen=True):
    """A mark of an axis: where it is, and what it says."""

    at: float
    words: str


class Bar(msgspec.Struct, frozen=True):
    """A bar, and what it says when it is pointed at."""

    left: float
    top: float
    width: float
    height: float
    words: str


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """All that is drawn."""

    name: str
    title: str
    said: str
    """What is to be seen, in a sentence."""
    heights: Sequence[Mark]
    places: Sequence[Mark]
    table: Table
    bars: Sequence[Bar] = ()
    line: str = ""
    """A way as SVG writes it."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    floor: int = HEIGHT - _BOTTOM


def bars(name: str, title: str, values: Sequence[tuple[str, int]], scale: Scale, *, said: str, of: str) -> Chart:
    """A bar for each value, in the order given; `of` is what the words below them are."""
    marks, top = _heights([value for _, value in values], scale)
    wide = (WIDTH - _LEFT - _RIGHT) / max(1, len(values))
    drawn = []
    for index, (words, value) in enumerate(values):
        tall = value / top * _tall() if value > 0 else 0.0
        drawn.append(
            Bar(
                left=round(_LEFT + index * wide + wide * 0.12, 1),
                top=round(HEIGHT - _BOTTOM - tall, 1),
                width=round(wide * 0.76, 1),
                height=round(tall, 1),
                words=f"{words}: {scale.told(value)}",
            )
        )
    every = -(-len(values) // _LABELS) or 1
    places = [
        Mark(round(_LEFT + (index + 0.5) * wide, 1), words)
        for index, (words, _) in enumerate(values)
        if index % every == 0
    ]
    return Chart(
        name=name,
        title=title,
        said=said,
        heights=marks,
        places=places,
        bars=drawn,
        table=_table(name, title, of, [(words, scale.told(value)) for words, value in values]),
    )


def steps(
    name: str,
    title: str,
    values: Sequence[tuple[datetime, int | None]],
    until: datetime,
    scale: Scale,
    *,
    said: str,
) -> Chart:
    """A line that stays at each value until the next one; None is a gap."""
    marks, top = _heights([value for _, value in values if value is not None], scale)
    since = values[0][0] if values else until
    span = max(1.0, (until - since).total_seconds())
    wide = WIDTH - _LEFT - _RIGHT

    def place(at: datetime) -> float:
        return round(_LEFT + (at - since).total_seconds() / span * wide, 1)

    line: list[str] = []
    ends = [*(at for at, _ in values[1:]), until]
    is_drawn = False
    for (at, value), end in zip(values, ends, strict=False):
        if value is not None:
            y = round(HEIGHT - _BOTTOM - value / top * _tall(), 1)
            line.append(f"{'L' if is_drawn else 'M'}{place(at)} {y}H{place(end)}")
        is_drawn = value is not None
    shown = [since + (until - since) * part / 4 for part in range(4)]
    rows = [
        (f"{at:%b} {at.day}, {at.year}, {at:%H:%M}", "none" if value is None else scale.told(value))
        for at, value in values
    ]
    return Chart(
        name=name,
        title=title,
        said=said,
        heights=marks,
        places=[Mark(place(at), f"{at:%b} {at.day}") for at in dict.fromkeys(shown)],
        line=" ".join(line),
        table=_table(name, title, "From", rows),
    )


def _tall() -> int:
    return HEIGHT - _TOP - _BOTTOM


def _heights(values: Sequence[int], scale: Scale) -> tuple[list[Mark], int]:
    """The marks of the upright axis, from zero on, and what its top is."""
    highest = max([1, *values])
    step = _round_step(-(-highest // _MARKS))
    top = -(-highest // step) * step
    count = top // step
    marks = [
        Mark(round(HEIGHT - _BOTTOM - part / count * _tall(), 1), scale.short(part * step)) for part in range(count + 1)
    ]
    return marks, top


def _round_step(least: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50... that is no smaller."""
    power = 1
    while power * 10 < least:
        power *= 10
    return next(power * one for one in _STEPS if power * one >= least)


def _table(name: str, title: str, of: str, rows: Sequence[tuple[str, str]]) -> Table:
    return Table(
        name=f"{name}-table",
        caption=title,
        columns=[Column(of), Column("Value", is_number=True)],
        rows=[[Cell(words), Cell(value)] for words, value in rows],
    )
