"""What becomes of something, step by step: a line for each step on stdout, and on a terminal a bar of how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from sellingpartner.cli.shown.bar import aside_console
from sellingpartner.cli.shown.printing import print_line
from sellingpartner.terminal import harmless


class Steps:
    """Is told what something is, again and again, and says what is new."""

    def __init__(self, noun: str, said: Sequence[str] = ()) -> None:
        self._said = set(said)
        """Lines that were said already."""
        console = aside_console()
        self._bar = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(noun),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, lines: Sequence[str], *, done: int, total: int) -> None:
        """Say the lines that are new; `done` of `total` is how far it is."""
        for line in lines:
            if line not in self._said:
                self._said.add(line)
                print_line(line)
        words = harmless(lines[-1]) if lines else ""
        self._bar.update(self._task, description=words, completed=done, total=total or None)
