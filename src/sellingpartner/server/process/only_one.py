"""One server a port and one a market file: whoever comes second is told so, however close behind.

To look whether a port is free is no promise that it still is when the world has been built; and the web server lets two
processes listen on one, each of which is then given half of the calls. Two servers on one file would each have a clock.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from sellingpartner.server.process.settings import CannotServe

_PATIENCE_SECONDS = 3.0
"""How long the server before may take to end, such as a worker whose parent was killed."""
_BETWEEN_LOOKS_SECONDS = 0.05


def taken(host: str, port: int, option: str = "--port") -> str:
    """What is said where somebody else listens; `make run` takes the port under a name of its own."""
    other = f" (make run: PORT={port + 1})" if option == "--port" else ""
    return f"Port {port} is taken on {host}; stop what listens there, or choose another {option}{other}."


@contextmanager
def the_port(host: str, port: int) -> Iterator[None]:
    """Hold a port against other servers of markets for as long as the block runs; raises `CannotServe`."""
    if sys.platform != "linux":
        yield
        return
    # A name that lies in no folder, is where ports are (in the network's namespace), and is gone with its last holder.
    with socket.socket(socket.AF_UNIX) as held:
        try:
            held.bind(f"\0sellingpartner/{host}/{port}")
        except OSError:
            raise CannotServe(taken(host, port)) from None
        yield


@contextmanager
def the_file(path: str | None, shown: str) -> Iterator[None]:
    """Hold a market's file against other servers for as long as the block runs; raises `CannotServe`.

    The lock is on a file beside it. A process that is forked meanwhile holds it too, and the last one lets go.
    """
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 - not everywhere
    except ImportError:
        path = None
    if path is None:
        yield
        return
    beside = Path(f"{path}.lock")
    try:
        lock = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as reason:
        message = f"The database {shown} cannot be used: {beside} cannot be written ({reason.strerror})."
        raise CannotServe(message) from reason
    end = monotonic() + _PATIENCE_SECONDS
    try:
        while True:
            try:
                flock(lock, LOCK_EX | LOCK_NB)
                break
            except OSError:
                if monotonic() > end:
                    raise CannotServe(_served_already(lock, shown)) from None
                sleep(_BETWEEN_LOOKS_SECONDS)
        os.truncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(lock)


def _served_already(lock: int, shown: str) -> str:
    holder = ""
    with suppress(OSError):
        holder = os.pread(lock, 20, 0).decode(errors="replace")
    by = f" by process {holder}" if holder.isdecimal() else ""
    return f"The market in {shown} is being served already{by}; stop that server, or choose another --database."
