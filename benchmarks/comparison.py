"""Programs side by side: a row for each measure, a column for each program, and what each is to the first."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

NONE = "—"


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one program."""

    value: float
    """The best of all rounds."""
    ratio: float
    """To the first program: the median of what it was in each round."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of all programs; None where a program has nothing to measure."""

    name: str
    unit: str
    cells: list[Measured | None]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A table of them, written as Markdown."""

    title: str
    programs: list[str]
    lines: list[Line]

    def markdown(self) -> str:
        """The table as it stands in the documentation."""
        return table([self.title, *self.programs], [[line.name, *map(_shown(line), line.cells)] for line in self.lines])


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table: words in the first column, numbers in the others."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |".replace(" --- ", "---").replace(" --: ", "--:") for cells in lines)


def _shown(line: Line) -> Callable[[Measured | None], str]:
    def show(cell: Measured | None) -> str:
        if cell is None:
            return NONE
        value = f"{cell.value:,.0f}" if cell.value >= 100 else f"{cell.value:.3g}"  # noqa: PLR2004 - three digits
        return f"{value} {line.unit}, {cell.ratio:.2f}x"

    return show
