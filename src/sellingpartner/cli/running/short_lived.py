"""A market in memory, in a process of its own, for as long as a command runs."""

from __future__ import annotations

import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO

from sellingpartner.cli.failures import CannotDo

_OPEN = "The market is open."
_PATIENCE_SECONDS = 15


@contextmanager
def short_lived_market(options: str) -> Iterator[tuple[str, Path]]:
    """Serve it until the block ends; gives its address, and the file of its credentials. Raises `CannotDo`."""
    with TemporaryDirectory(prefix="spapi-") as folder:
        credentials, port = Path(folder) / "credentials.env", _free_port()
        command = [sys.executable, "-m", "sellingpartner.cli", "serve", "--port", str(port), "--no-demo"]
        command += ["--database", "sqlite://", "--credentials", str(credentials), *_words(options)]
        with (Path(folder) / "errors").open("w+") as errors:
            market = subprocess.Popen(  # noqa: S603 - this very program
                command, stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL, text=True,
                start_new_session=True,  # Ctrl-C is for the command, which may want to say good-bye to the market
            )  # fmt: skip
            try:
                _wait_until_open(market, errors)
                yield f"http://127.0.0.1:{port}", credentials
            finally:
                market.terminate()
                try:
                    market.wait(_PATIENCE_SECONDS)
                except subprocess.TimeoutExpired:
                    market.kill()
                    market.wait()


def _wait_until_open(market: subprocess.Popen[str], errors: IO[str]) -> None:
    assert market.stdout is not None  # noqa: S101 - tells the type checker
    if not any(_OPEN in line for line in market.stdout):
        market.stdout.close()
        market.wait()
        errors.seek(0)
        told = errors.read().strip() or "it ended before it was open"
        message = f"The market for --serve does not open: {told.removeprefix('spapi: ').splitlines()[0]}"
        raise CannotDo(message)
    Thread(target=_hear_out, args=(market.stdout,), daemon=True).start()


def _hear_out(out: IO[str]) -> None:
    """Take what it says besides, which is for nobody."""
    with out:
        out.read()


def _words(options: str) -> list[str]:
    try:
        return shlex.split(options)
    except ValueError as reason:
        message = f"--serve-options cannot be read: {reason}."
        raise CannotDo(message) from reason


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
