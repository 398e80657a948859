"""A program behind the proxy: started with its variables, waited for, and ended as it ends.

It stays in the terminal's group, so that it may be one that asks and is answered: Ctrl-C reaches it from there. What is
sent to this process alone is handed on to it.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

from sellingpartner.intercept.failures import CannotIntercept

_NOT_FOUND, _NOT_EXECUTABLE = 127, 126
_SIGNALED = 128
_HANDED_ON = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2")


class CannotStart(CannotIntercept):
    """The program is not there, or cannot be run; `code` is what shells end with then."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def run(command: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run a program to its end; returns its exit code, as a shell tells it (128 and more for a signal).

    Raises `CannotStart`.
    """
    try:
        program = subprocess.Popen(command, env=environ)  # noqa: S603 - it is what a person asks to be run
    except OSError as reason:
        is_there = reason.errno not in {errno.ENOENT, errno.ENOTDIR}
        message = f"{command[0]} cannot be run: {reason.strerror}."
        raise CannotStart(message, _NOT_EXECUTABLE if is_there else _NOT_FOUND) from reason
    with _handing_signals_on(program):
        code = program.wait()
    return code if code >= 0 else _SIGNALED - code


@contextmanager
def _handing_signals_on(program: subprocess.Popen[bytes]) -> Iterator[None]:
    def hand_on(number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGINT and _comes_from_the_terminal():
            return  # the program has it already
        with suppress(ProcessLookupError):
            program.send_signal(number)

    numbers = [signal.SIGINT, *(getattr(signal, name) for name in _HANDED_ON if hasattr(signal, name))]
    before = {number: signal.signal(number, hand_on) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _comes_from_the_terminal() -> bool:
    """Whether Ctrl-C reaches every process of this one's group."""
    with suppress(OSError, ValueError, AttributeError):
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    return False
