"""Which line of a scenario's file a place is at: `$.sellers[0].skus[1].price` may be line 12."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_TABLE = re.compile(r"\s*\[\s*([\w.-]+)\s*\]\s*(?:#.*)?")
_TABLES = re.compile(r"\s*\[\[\s*([\w.-]+)\s*\]\]\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w.-]+)\s*=")
_LAST_STEP = re.compile(r"(?:\.[\w-]+|\[\d+\]|\[\.\.\.\])$")
_PLACE = re.compile(r" - at `(\$[^`]*)`$")


def with_line(said: str, text: str) -> str:
    """What was said of a place in a text, with the line on which that is; the same where it names no place."""
    place = _PLACE.search(said)
    number = None if place is None else line_of(text, place[1])
    return said if number is None else f"{said}, line {number}"


def line_of(text: str, place: str) -> int | None:
    """The line on which a place is, else the one on which what holds it begins; None for the whole text."""
    known: dict[str, int] = {}
    for found, number in _places(text):
        known.setdefault(found, number)
    while place not in known and (step := _LAST_STEP.search(place)):
        place = place[: step.start()]
    return known.get(place)


def _places(text: str) -> Iterator[tuple[str, int]]:
    """Every table and every key that begins a line, with its line."""
    here, counted = "$", Counter[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        if several := _TABLES.fullmatch(line):
            *above, name = several[1].split(".")
            held = f"{_within(above, counted)}.{name}"
            here = f"{held}[{counted[held]}]"
            counted[held] += 1
            yield held, number
            yield here, number
        elif single := _TABLE.fullmatch(line):
            here = _within(single[1].split("."), counted)
            yield here, number
        elif key := _KEY.match(line):
            yield f"{here}.{key[1]}", number


def _within(names: list[str], counted: Counter[str]) -> str:
    """The place of a table below others; of tables that are several, below the last one so far."""
    place = "$"
    for name in names:
        place = f"{place}.{name}"
        if counted[place]:
            place = f"{place}[{counted[place] - 1}]"
    return place
