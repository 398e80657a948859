"""The client and its peers, round by round: each has its turn in every round, so that whatever else happens meets all.

A time is that of the best round, because what disturbs a measurement only ever makes it worse. A ratio is the median
of the ratios within the rounds: what is compared was measured within the same second.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from benchmarks.clients import world
from benchmarks.clients.access import PAGE, TOGETHER, Access
from benchmarks.comparison import Comparison, Line, Measured
from benchmarks.processes import free_port, serving

CLIENTS = {
    "httpx2": "bare httpx2",
    "sellingpartner": "ours",
    "python_amazon_sp_api": "python-amazon-sp-api",
    "amzn_sp_api": "amzn-sp-api",
    "amzn_selling_partner": "amzn-selling-partner",
}
"""Modules of `blocking`, and what they are called in tables; the first is what the others are compared with."""
_STARTS = ("import", "make the client", "first call", "all three")
_CALLS = {
    "order": ("`getOrder`", 1e6, "us"),
    "page": (f"`getOrders`, {PAGE} a page", 1e6, "us"),
    "threads": (f"{TOGETHER} calls at once, threads", 1e3, "ms"),
    "tasks": (f"{TOGETHER} calls at once, tasks", 1e3, "ms"),
}
_ORDERS = 500
_ERRORS_SHOWN = 3000

Round = Mapping[str, float | None]
"""What each client took."""


class ClientFailed(Exception):
    """A client's process ended before it should have; the message shows what it said."""


def compare(folder: Path, rounds: int) -> Comparison:
    """Measure all clients on one canned server."""
    database = folder / "few.db"
    access = world.build(database, _ORDERS)
    world.can_answers(database, access, folder)
    with _canned(folder) as url:
        access.url = url
        environment = environment_of(access, folder)
        starts = _starts(environment, rounds)
        calls = _calls(environment, folder, rounds)
    return Comparison(title="time, and ratio to the first", programs=[*CLIENTS.values()], lines=[*starts, *calls])


def environment_of(access: Access, folder: Path) -> dict[str, str]:
    """What a client's process finds: its access, and compiled files, as where a package is installed."""
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    return {**os.environ, **access.environment, **kept}


def _starts(environment: Mapping[str, str], rounds: int) -> list[Line]:
    taken = [{name: _start(name, environment) for name in CLIENTS} for _ in range(rounds + 1)][1:]  # the first compiles
    return [
        _line(label, 1e3, "ms", [{name: found[name][at] for name in CLIENTS} for found in taken])
        for at, label in enumerate(_STARTS)
    ]


def _start(name: str, environment: Mapping[str, str]) -> list[float]:
    command = [sys.executable, "-m", "benchmarks.clients.first_call", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise ClientFailed(f"{name}: {done.stderr[-_ERRORS_SHOWN:]}")
    parts = [float(word) for word in done.stdout.split()]
    return [*parts, sum(parts)]


def _calls(environment: Mapping[str, str], folder: Path, rounds: int) -> list[Line]:
    lines = []
    with ExitStack() as stack:
        players = {name: stack.enter_context(_player(name, environment, folder)) for name in CLIENTS}
        for measure, (label, scale, unit) in _CALLS.items():
            taken = [{name: player.turn(measure) for name, player in players.items()} for _ in range(rounds + 1)][1:]
            lines.append(_line(label, scale, unit, taken))
    return lines


def _line(name: str, scale: float, unit: str, taken: Sequence[Round]) -> Line:
    first = next(iter(CLIENTS))
    cells: list[Measured | None] = []
    for client in CLIENTS:
        values = [value for found in taken if (value := found[client]) is not None]
        bases = [value for found in taken if (value := found[first]) is not None]
        ratios = [value / base for value, base in zip(values, bases, strict=False)]
        cells.append(Measured(value=min(values) * scale, ratio=median(ratios)) if values else None)
    return Line(name=name, unit=unit, cells=cells)


class _Player:
    """A client in a process of its own, which waits for its turns."""

    def __init__(self, name: str, process: subprocess.Popen[str], log: Path) -> None:
        self._name = name
        self._process = process
        self._log = log

    def turn(self, measure: str) -> float | None:
        """The seconds of a call, or None if this client has no such thing."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(measure, file=self._process.stdin, flush=True)
        said = self._process.stdout.readline().strip()
        if not said:
            raise ClientFailed(f"{self._name}: {self._log.read_text(errors='replace')[-_ERRORS_SHOWN:]}")
        return None if said == "none" else float(said)


@contextmanager
def _player(name: str, environment: Mapping[str, str], folder: Path) -> Iterator[_Player]:
    log = folder / f"{name}.log"
    command = [sys.executable, "-m", "benchmarks.clients.calls", name]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=environment,
        )
    try:
        yield _Player(name, process, log)
    finally:
        assert process.stdin is not None
        process.stdin.close()  # which ends it
        process.wait()


@contextmanager
def _canned(folder: Path) -> Iterator[str]:
    """The server that the market runs on, with the same answers for everybody; gives its address."""
    port = free_port()
    command: list[object] = [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--port", str(port)]
    command += ["--no-ws", "--blocking-threads", "1", "--log-level", "warning", "benchmarks.clients.canned:answer"]
    with serving(command, port, folder=folder, environment={"CANNED_FOLDER": str(folder)}):
        yield f"http://127.0.0.1:{port}"
