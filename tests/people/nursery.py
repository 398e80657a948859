"""Processes that are there at once: each is forked from one that has imported what `spapi serve` is made of.

A cold `spapi` imports that anew, which takes more than a second of a processor. Most tests ask for a process, not for a
cold start: what it does and how it dies is the same. A test of each kind starts the command cold (`Cold`) all the same.
Nothing is shared with the tests: the process that forks was started by itself, and has done nothing but to import.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from multiprocessing import get_context, set_start_method
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Protocol

SPAPI = (sys.executable, "-m", "sellingpartner.cli")
PATIENCE_SECONDS = 40
_NOT_FOR_OTHERS = ("SP_API_", "SPAPI_", "LWA_", "AMZN_", "SELLING_PARTNER_")

nursery = get_context("forkserver")
nursery.set_forkserver_preload(
    [
        "sellingpartner.cli.app",
        "sellingpartner.client.notifications",
        "sellingpartner.workflows",
        "sellingpartner.cli.running.intercepting",
        "sellingpartner.cli.running.run",
        "sellingpartner.cli.running.serving",
        "sellingpartner.server.process.serving",
        "sellingpartner.server.process.answering",
        "sellingpartner.server.process.scenario",
        "sellingpartner.testing.world",
        "sqlalchemy.dialects.postgresql.psycopg",
    ]
)


class Started(Protocol):
    """A process, whichever way it came to be; as `subprocess.Popen` has it."""

    pid: int

    def poll(self) -> int | None:
        """Its exit code, or the signal that ended it with a minus; None while it runs."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, no longer than so many seconds."""
        ...

    def send_signal(self, sig: int) -> None:
        """Send it a signal, unless it has ended."""
        ...

    def terminate(self) -> None:
        """Ask it to end."""
        ...

    def kill(self) -> None:
        """End it without a word to it."""
        ...


Start = Callable[..., Started]


class Forked:
    """A process of the nursery that carries out a function."""

    def __init__(self, work: Callable[..., object], *given: Any) -> None:  # noqa: ANN401 - whatever it takes
        self._process = nursery.Process(target=work, args=given)
        self._process.start()
        self.pid: int = self._process.pid or 0

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = PATIENCE_SECONDS) -> int:
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired(str(self._process.name), timeout or 0)
        return code

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sig)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def own_environ(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment in which nothing is known of a market, but for what is said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_FOR_OTHERS)}
    return kept | {**(environ or {})}


def forked(
    *arguments: str, folder: Path, out: Path, err: Path | None = None, environ: Mapping[str, str] | None = None
) -> Started:
    """`spapi` with these arguments in a folder, in a process of the nursery that leads a group of its own."""
    return Forked(_spapi, arguments, folder, out, err or out, own_environ(environ))


def cold(
    *arguments: str, folder: Path, out: Path, err: Path | None = None, environ: Mapping[str, str] | None = None
) -> Started:
    """The same as a person starts it: by a new interpreter."""
    with out.open("a") as said, (err or out).open("a") as complained:
        return subprocess.Popen(
            [*SPAPI, *arguments],
            cwd=folder,
            env=own_environ(environ),
            stdout=said,
            stderr=complained,
            start_new_session=True,
            preexec_fn=_hear_of_the_terminal,  # noqa: PLW1509 - one call of the system, which no thread can be within
        )


def status_at(port: int, path: str) -> int:
    """The status of what a server of this machine answers; raises `OSError` or `HTTPException` where none does.

    A client of httpx would first read the certificates of everybody, which takes longer than the answer.
    """
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status


@contextmanager
def opened(
    *arguments: str,
    folder: Path,
    environ: Mapping[str, str] | None = None,
    start: Start = forked,
    word: str = "The market is open.",
) -> Iterator[None]:
    """`spapi serve` until the block ends, which begins when it says that the market is open, or another word."""
    out = folder / "out.txt"
    out.unlink(missing_ok=True)
    process = start("serve", *arguments, folder=folder, out=out, environ=environ)
    try:
        end = monotonic() + PATIENCE_SECONDS
        while not (out.exists() and word in out.read_text()):
            assert process.poll() is None, out.read_text()
            assert monotonic() < end, out.read_text()
            sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def python(
    script: str,
    *arguments: str,
    out: Path | None = None,
    err: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Started:
    """A script, as by `python -c`, in a process of the nursery; what it imports from here is found."""
    return Forked(_python, script, arguments, out, err, own_environ(environ))


def _python(
    script: str, arguments: tuple[str, ...], out: Path | None, err: Path | None, environ: dict[str, str]
) -> None:
    _begin(environ, out, err)
    sys.argv = ["-c", *arguments]
    exec(compile(script, "<string>", "exec"), {"__name__": "__main__"})


def _spapi(arguments: tuple[str, ...], folder: Path, out: Path, err: Path, environ: dict[str, str]) -> None:
    os.setsid()
    _hear_of_the_terminal()
    os.chdir(folder)
    _begin(environ, out, err)
    from sellingpartner.cli.app import run  # noqa: PLC0415 - the tests themselves need none of it

    sys.exit(run(arguments))


def _begin(environ: dict[str, str], out: Path | None, err: Path | None) -> None:
    """Be as a new interpreter is."""
    set_start_method(None, force=True)  # the platform's, and not how this process was born
    os.environ.clear()
    os.environ.update(environ)
    for path, number in ((out, 1), (err, 2)):
        if path is not None:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            os.dup2(file, number)
            os.close(file)
    gc.freeze()  # what was imported is no garbage, and need not be looked through


def _hear_of_the_terminal() -> None:
    """Let a server hear SIGHUP, though the tests themselves may run under nohup."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
