"""What stands on a sheet of paper, and where: lengths are points (1/72 inch), counted from the upper left corner."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

INCH = 72.0
_BLACK = re.compile("#+")


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A line of text; `y` is where it stands on."""

    x: float
    y: float
    size: float
    text: str
    is_bold: bool = False


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """A filled rectangle: a line, if it is thin."""

    x: float
    y: float
    width: float
    height: float


class Diamond(msgspec.Struct, frozen=True, kw_only=True):
    """The mark of limited quantities of dangerous goods: a square on its corner, black above and below."""

    x: float
    y: float
    size: float


class Dotted(msgspec.Struct, frozen=True):
    """A barcode in dots: where it stands, its size, and from which dot to before which each bar goes."""

    left: int
    top: int
    width: int
    height: int
    bars: tuple[tuple[int, int], ...]


class Bars(msgspec.Struct, frozen=True, kw_only=True):
    """A barcode: the widths of its bars and gaps by turns, in modules, to be fitted into a width with quiet sides."""

    x: float
    y: float
    width: float
    height: float
    modules: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many modules it takes, quiet sides included."""
        return sum(self.modules) + 2 * QUIET

    def dotted(self, dots: int) -> Dotted:
        """The bars in dots of a printer or a picture: every module has the same whole number of dots."""
        scale = dots / INCH
        room = int(self.width * scale)
        module = max(room // self.count, 1)
        left = round(self.x * scale) + max(room - self.count * module, 0) // 2
        at, bars = QUIET * module, []
        for place, wide in enumerate(self.modules):
            if place % 2 == 0:
                bars.append((at, at + wide * module))
            at += wide * module
        return Dotted(left, round(self.y * scale), self.count * module, round(self.height * scale), tuple(bars))


QUIET = 10
"""Modules that must stay white on each side of a barcode."""

QUIET_AROUND = 4
"""Modules that must stay white around a square code."""


class Run(msgspec.Struct, frozen=True):
    """Black modules side by side: in which row, from which to before which."""

    row: int
    start: int
    end: int


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """A square code: rows of modules, to be fitted into a square with quiet sides all around."""

    x: float
    y: float
    size: float
    rows: tuple[str, ...]
    """A row for each, `#` where it is black."""

    @property
    def count(self) -> int:
        """How many modules a side takes, quiet sides included."""
        return len(self.rows) + 2 * QUIET_AROUND

    @property
    def runs(self) -> Iterator[Run]:
        """What is black of it, row by row, counted from the corner of the quiet sides."""
        for place, row in enumerate(self.rows):
            for black in _BLACK.finditer(row):
                yield Run(place + QUIET_AROUND, black.start() + QUIET_AROUND, black.end() + QUIET_AROUND)

    def module(self, dots: int) -> int:
        """How many dots of a printer or a picture a module has: a whole number, so that all are alike."""
        return max(int(self.size * dots / INCH) // self.count, 1)


Mark = Text | Box | Diamond | Bars | Grid


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A page."""

    width: float
    height: float
    marks: tuple[Mark, ...]
