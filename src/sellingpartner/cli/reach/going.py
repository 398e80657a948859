"""A call that takes long, made beside a bar: where time is on its way, and Ctrl-C has it stand there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import Self, TypeVar

from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.bar import aside_console
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.market_v1 import GetClock, MarketClock, StopClock
from sellingpartner.contract.operation import Request
from sellingpartner.counted import counted

Clock = TypeVar("Clock", bound=MarketClock)

SOON_SECONDS = 0.7
"""What is done before that needs no bar."""

_LOOKS_EVERY_SECONDS = 0.3


def gone(to: Connection, request: Request[Clock]) -> Clock:
    """Have time go on, and show how far it is; Ctrl-C stops the market's time, and the answer says where."""
    with ThreadPoolExecutor(1) as threads:
        sending: Future[Clock] | None = None
        try:
            sending = threads.submit(copy_context().run, to.send, request)
            with suppress(NotYet):
                return sending.result(SOON_SECONDS)
            with _Days() as days:
                while True:
                    with suppress(NotYet):
                        return sending.result(_LOOKS_EVERY_SECONDS)
                    with suppress(SellingPartnerError, CannotDo):  # busy for a moment: the next look tells
                        days.show(to.watch(GetClock()))
        except KeyboardInterrupt as interrupted:
            _stop(to, sending, interrupted.add_note)
            raise


def _stop(to: Connection, sending: Future[Clock] | None, tell: Callable[[str], None]) -> None:
    """Have time stand where it is, and say where that is, if what was sent is at hand; it may not have set out yet."""
    is_answered = False
    while not is_answered:
        with suppress(SellingPartnerError, CannotDo):  # it stands already, or is still to set out
            to.send(StopClock())
        is_answered = sending is None or bool(wait([sending], _LOOKS_EVERY_SECONDS).done)
    if sending is None:
        return
    with suppress(SellingPartnerError, CannotDo):
        found = sending.result()
        happened = "" if found.happened is None else f"; {counted(found.happened, 'thing')} happened"
        tell(f"The market's time stands: {found.now:%Y-%m-%d %H:%M:%S} UTC{happened}.")


class _Days:
    """The bar: market days that are through, of those that are to go."""

    def __init__(self) -> None:
        self._console = aside_console()
        self._bar = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("time goes on", total=None)
        self._begun_at: datetime | None = None
        self._told: object = None

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, clock: MarketClock) -> None:
        """Show where time is; where there is no terminal, a line for each market day."""
        if clock.advancing_to is None:
            return
        begun = self._begun_at = self._begun_at or clock.now
        done, total = clock.now - begun, clock.advancing_to - begun
        words = f"{clock.now:%Y-%m-%d %H:%M}, {counted(clock.happened or 0, 'thing')} happened"
        if self._console.is_terminal:
            day = timedelta(days=1)
            self._bar.update(self._task, description=words, completed=done / day, total=max(total, day / 1000) / day)
        elif clock.now.date() != self._told:
            self._console.print(words, soft_wrap=True)
        self._told = clock.now.date()
