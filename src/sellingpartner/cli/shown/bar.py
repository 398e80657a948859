"""How far a report or a feed is: a bar on a terminal, else a line for each step; on stderr."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeElapsedColumn, TransferSpeedColumn
from rich.progress import Progress as RichProgress

from sellingpartner.terminal import harmless

if TYPE_CHECKING:
    from sellingpartner.client.documents import Progress


def aside_console() -> Console:
    """Where bars are drawn: stderr, on which text is text and never markup."""
    return Console(stderr=True, highlight=False, markup=False)


class Bar:
    """Is told how far a job is, and shows it until the block ends."""

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._console = aside_console()
        self._bar = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            DownloadColumn(binary_units=True),
            TransferSpeedColumn(),
            TimeElapsedColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task(noun, total=None)
        self._said = ""

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        """Show where it is."""
        words = self._words(progress)
        if self._console.is_terminal:
            total = progress.bytes_total
            self._bar.update(self._task, description=words, completed=progress.bytes_done, total=total)
        elif words != self._said:
            self._console.print(words, soft_wrap=True)
        self._said = words

    def _words(self, progress: Progress) -> str:
        named = f"{self._noun} {progress.job_id}" if progress.job_id else self._noun
        return harmless(f"{named}: {progress.status if progress.stage == 'waiting' else progress.stage}")
