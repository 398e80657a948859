"""How far the orders are: a bar and the step at hand on a terminal, else a line for each order; on stderr."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from sellingpartner.cli.shown.bar import aside_console
from sellingpartner.terminal import harmless
from sellingpartner.workflows import Progress


class Packing:
    """Is told each step, and shows it until the block ends."""

    def __init__(self) -> None:
        self._console = aside_console()
        self._bar = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._is_any = False
        self._task = self._bar.add_task("looking for orders", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.update(self._task, description="orders", visible=self._is_any)
        self._bar.stop()

    def __call__(self, step: Progress) -> None:
        """Show where it is."""
        self._is_any = True
        if self._console.is_terminal:
            words = harmless(f"{step.order_id} {step.stage}: {step.words}")[:72]
            self._bar.update(self._task, description=words, completed=step.done, total=step.total)
        elif step.outcome is not None:
            ended = step.outcome
            line = " ".join(filter(None, [step.order_id, ended.result.value, ended.words]))
            self._console.print(harmless(line), soft_wrap=True)
