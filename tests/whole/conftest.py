"""Whole processes: rivals on one database, and servers that are killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import rival
from nursery import nursery

PATIENCE_SECONDS = 100

Rivals = Callable[..., list[Any]]
LetGo = Callable[[list["Rival"]], None]
Start = Callable[..., "Rival"]


class Rival:
    """Another process on one database, which waits until it is told to begin."""

    def __init__(self, url: str, *task: str) -> None:
        self._line, theirs = nursery.Pipe()
        self.process = nursery.Process(target=rival.live, args=(theirs, url, *task), daemon=True)
        self.process.start()
        theirs.close()

    def hears(self, said: object) -> None:
        self._line.send(said)

    def says(self) -> Any:  # noqa: ANN401 - whatever it was asked
        assert self._line.poll(PATIENCE_SECONDS), "the other process says nothing"
        return self._line.recv()

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self._line.close()


@pytest.fixture
def let_go() -> LetGo:
    """Let rivals go, once all of them are ready."""
    return _let_go


def _let_go(rivals: list[Rival]) -> None:
    for each in rivals:
        assert each.says() == "ready"
    for each in rivals:
        each.hears("go")


@pytest.fixture
def start_rival() -> Iterator[Start]:
    """Start a rival, which waits until it is let go."""
    started: list[Rival] = []

    def start(url: str, *task: str) -> Rival:
        started.append(Rival(url, *task))
        return started[-1]

    yield start
    for each in started:
        each.end()


@pytest.fixture
def rivals(start_rival: Start, let_go: LetGo) -> Rivals:
    """Let several processes do something on one database at the same time; what each of them said comes back."""

    def run(url: str, *tasks: tuple[str, ...]) -> list[Any]:
        started = [start_rival(url, *task) for task in tasks]
        let_go(started)
        answers = [each.says() for each in started]
        for each in started:
            each.process.join(PATIENCE_SECONDS)
        assert [each.process.exitcode for each in started] == [0] * len(started)
        return answers

    return run
