"""What was measured, as a table for people and as JSON for programs."""

from __future__ import annotations

from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from benchmarks.clients.limits import Limits
from benchmarks.comparison import Comparison
from benchmarks.load import Rate


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of request to one server, under load."""

    request: str
    server: str
    rate: Rate
    alone: Rate
    """With one connection: what a caller waits that shares the server with nobody."""
    work: float | None
    """Microseconds of processor time that the server took for a request: a busy machine disturbs it least."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One number, and what it should be where the project has set itself a goal."""

    name: str
    value: float
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.least is not None:
            return f"at least {self.least:,g}"
        return "" if self.most is None else f"at most {self.most:,g}"

    @property
    def is_met(self) -> bool:
        """Whether the goal, if there is one, is reached."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)


class Report(msgspec.Struct, kw_only=True):
    """All of one run."""

    machine: dict[str, str]
    load: str
    rows: list[Row] = []
    figures: list[Figure] = []
    left_out: list[str] = []
    clients: Comparison | None = None
    limits: Limits | None = None

    def row(self, request: str, server: str) -> Row | None:
        """A row; None if it was not measured."""
        return next((row for row in self.rows if (row.request, row.server) == (request, server)), None)

    def compare(self, request: str, server: str, to: str, beside: str, *, least: float) -> None:
        """Add how many times the requests a second of one row are those of another, where both were measured."""
        one, other = self.row(request, server), self.row(to, beside)
        if one and other:
            ratio = one.rate.per_second / other.rate.per_second
            against = beside if to == request else f"{to} of {beside}"
            self.figures.append(Figure(name=f"{request}, against {against}", value=ratio, unit="x", least=least))

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n")

    def print(self, console: Console) -> None:
        """Show it."""
        console.print(", ".join(f"{name} {value}" for name, value in self.machine.items()), style="dim")
        if self.rows:
            console.print(self._rows())
        if self.figures:
            console.print(self._figures())
        for compared in (self.clients, self.limits):
            if compared:  # Markdown, as it goes into the documentation
                console.print(f"\n{compared.markdown()}", markup=False, highlight=False, soft_wrap=True)
        for reason in self.left_out:
            console.print(f"Left out: {reason}", highlight=False)

    def _rows(self) -> Table:
        table = Table(title=f"Under load: {self.load}", title_justify="left")
        table.add_column("request")
        table.add_column("server")
        for name in ("requests/s", "p50 ms", "p99 ms", "p50 ms alone", "CPU us each", "client's core"):
            table.add_column(name, justify="right")
        for row in self.rows:
            rate = row.rate
            numbers = (f"{rate.per_second:,.0f}", f"{rate.p50:.2f}", f"{rate.p99:.2f}", f"{row.alone.p50:.3f}")
            work = "" if row.work is None else f"{row.work:,.0f}"
            table.add_row(row.request, row.server, *numbers, work, f"{rate.client:.0%}")
        return table

    def _figures(self) -> Table:
        table = Table(title="And besides", title_justify="left")
        for name, justify in (("", "left"), ("value", "right"), ("unit", "left"), ("goal", "left"), ("", "left")):
            table.add_column(name, justify="right" if justify == "right" else "left")
        for figure in self.figures:
            verdict = "" if not figure.goal else "[green]reached[/]" if figure.is_met else "[red]missed[/]"
            table.add_row(figure.name, f"{figure.value:,.3g}", figure.unit, figure.goal, verdict)
        return table
