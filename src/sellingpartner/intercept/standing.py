"""Where the proxy of a folder is, for as long as it stands: a file beside its certificates, for other terminals."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sellingpartner.intercept.environment import Way
from sellingpartner.intercept.failures import CannotIntercept
from sellingpartner.intercept.folders import write

_FILE = "addresses.json"
_PATIENCE_SECONDS = 2


@contextmanager
def announced(folder: Path, way: Way) -> Iterator[None]:
    """Say where it is until the block ends; another that stands already keeps its word."""
    path, text = folder / _FILE, json.dumps(vars(way)).encode()
    write(path, text)
    try:
        yield
    finally:
        if path.is_file() and path.read_bytes() == text:
            path.unlink(missing_ok=True)


def found(folder: Path) -> Way:
    """The proxy that stands; raises `CannotIntercept` if there is none."""
    try:
        way = Way(**json.loads((folder / _FILE).read_text(encoding="utf-8")))
        with socket.create_connection((way.reached_at, way.proxy), timeout=_PATIENCE_SECONDS):
            return way
    except (OSError, ValueError, TypeError):
        message = (
            "No proxy stands here: start `spapi proxy`, or `spapi serve --tls`, in this folder and leave it running. "
            "For one command, `spapi run -- COMMAND` needs neither."
        )
        raise CannotIntercept(message) from None
