"""Whole processes: rivals on one database, and servers that are killed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(__file__).with_name("rival.py")
PATIENCE_SECONDS = 60

Rivals = Callable[..., list[Any]]
LetGo = Callable[[list["subprocess.Popen[str]"]], None]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def let_go() -> LetGo:
    """Let rivals go, once all of them are ready."""
    return _let_go


def _let_go(processes: list[subprocess.Popen[str]]) -> None:
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()


@pytest.fixture
def start_rival() -> Iterator[Start]:
    """Start a rival, which waits until a line is written to it."""
    started: list[subprocess.Popen[str]] = []

    def start(url: str, *task: str) -> subprocess.Popen[str]:
        command = [sys.executable, str(PROGRAM), url, *task]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def rivals(start_rival: Start, let_go: LetGo) -> Rivals:
    """Let several processes do something on one database at the same time; what each of them said comes back."""

    def run(url: str, *tasks: tuple[str, ...]) -> list[Any]:
        processes = [start_rival(url, *task) for task in tasks]
        let_go(processes)
        outputs = [process.communicate(timeout=PATIENCE_SECONDS)[0] for process in processes]
        assert [process.returncode for process in processes] == [0] * len(processes)
        return [json.loads(output.splitlines()[-1]) for output in outputs]

    return run
