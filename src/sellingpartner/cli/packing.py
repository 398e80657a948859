"""How far the orders are: a bar and the step at hand on a terminal, else a line for each order; on stderr."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress
from rich.text import Text

from sellingpartner.terminal import harmless
from sellingpartner.workflows import Progress, Result, Stage

_COLORS = {
    Result.SHIPPED: "green",
    Result.PLANNED: "cyan",
    Result.BY_AMAZON: "blue",
    Result.HELD: "yellow",
    Result.SHORT: "yellow",
    Result.UNCERTAIN: "magenta",
    Result.FAILED: "red",
}


class Packing:
    """Is told each step, and shows it until the block ends."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False, markup=False)
        self._bar = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("looking for orders", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def __call__(self, step: Progress) -> None:
        """Show where it is."""
        if step.outcome is not None:
            line = Text(f"{step.order_id}  ")
            line.append(f"{step.outcome.result.value:<9}", _COLORS[step.outcome.result])
            line.append(harmless(f"  {step.outcome.words}" if step.outcome.words else ""), "dim")
            self._console.print(line, soft_wrap=True)
        if self._console.is_terminal:
            words = harmless(
                f"{step.order_id} {step.stage}: {step.words}" if step.stage is not Stage.ENDED else "orders"
            )
            self._bar.update(self._task, description=words[:72], completed=step.done, total=step.total)
