"""Servers as processes of their own: started, waited for, weighed and ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.load import request_bytes

_PATIENCE_SECONDS = 600  # a laden machine takes minutes to build a demo world
_PAUSE_SECONDS = 0.005
_A_MOMENT = 0.5
_IDLE = 0.1
"""The part of a moment that a server takes which only listens, at most."""
_MIB = 1024
_PROC = Path("/proc/self").parent


class NotServing(Exception):
    """A server did not come up; the message shows the end of what it said."""


class Server:
    """A running server on a port of this machine."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self._process = process
        self._log = log
        self.port = port
        self.ready_after = 0.0
        """Seconds from the command to the first answer."""

    def wait(self, path: str, since: float) -> None:
        """Wait for the first answer; raises `NotServing`."""
        while not _answers(self.port, path):
            if self._process.poll() is not None or time.perf_counter() - since > _PATIENCE_SECONDS:
                raise NotServing(self._log.read_text(errors="replace")[-3000:])
            time.sleep(_PAUSE_SECONDS)
        self.ready_after = time.perf_counter() - since

    def memory(self) -> float:
        """What the server and its children hold in memory, in MiB."""
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True
        ).stdout
        sizes: dict[int, int] = {}
        children: dict[int, list[int]] = defaultdict(list)
        for line in listed.splitlines():
            pid, parent, size = map(int, line.split())
            sizes[pid] = size
            children[parent].append(pid)
        return sum(sizes.get(pid, 0) for pid in self._family(children)) / _MIB

    def work(self) -> float | None:
        """The seconds of processor time that the server and its children have taken; None where there is no /proc."""
        if not _PROC.is_dir():
            return None
        ticks: dict[int, int] = {}
        children: dict[int, list[int]] = defaultdict(list)
        for stat in _PROC.glob("[0-9]*/stat"):
            with suppress(OSError):  # it has just ended
                # The name before the last parenthesis may hold anything; then come state, parent, and in 12 and 13
                # the time in the program and in the system (proc(5)).
                values = stat.read_text().rpartition(")")[2].split()
                pid = int(stat.parent.name)
                ticks[pid] = int(values[11]) + int(values[12])
                children[int(values[1])].append(pid)
        return sum(ticks.get(pid, 0) for pid in self._family(children)) / os.sysconf("SC_CLK_TCK")

    def rest(self) -> None:
        """Wait until it does nothing but listen: a start leaves things to do, which are no part of what is measured."""
        work = self.work()
        while work is not None:
            time.sleep(_A_MOMENT)
            before, work = work, self.work()
            if work is None or work - before < _A_MOMENT * _IDLE:
                return

    def _family(self, children: Mapping[int, list[int]]) -> list[int]:
        family = [self._process.pid]
        for pid in family:
            family += children.get(pid, [])
        return family

    def stop(self) -> None:
        """End it and all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


@contextmanager
def serving(
    command: Sequence[object],
    port: int,
    *,
    folder: Path,
    path: str = "/",
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run a server for as long as the block takes, from its first answer on; what it says goes to a file."""
    log = folder / f"server-{port}.log"
    with log.open("wb") as output:
        since = time.perf_counter()
        process = subprocess.Popen(
            [*map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            start_new_session=True,  # so that stopping it reaches whatever it starts
        )
    server = Server(process, port, log)
    try:
        server.wait(path, since)
        yield server
    finally:
        server.stop()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def _answers(port: int, path: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_SECONDS) as line:
            line.sendall(request_bytes("GET", path))
            return line.recv(64).startswith(b"HTTP/1.1 ")
    except OSError:
        return False
