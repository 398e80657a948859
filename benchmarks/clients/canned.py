"""The server that all clients call: three answers of the market, which it was handed when it started.

    granian --interface wsgi benchmarks.clients.canned:answer

`CANNED_FOLDER` names the folder with them. Each names a rate that nobody reaches, so that a client which learns from
answers, as from Amazon's, does not wait.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.clients.access import CANNED

_RATE = "1000000"
_FOLDER = Path(os.environ["CANNED_FOLDER"])
_BODIES = {path: (_FOLDER / name).read_bytes() for path, name in CANNED.items()}


def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Say what there is to say about a path."""
    body = _BODIES.get(environ["PATH_INFO"], b"{}")
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("x-amzn-RequestId", "2f0d2f4b-41f6-4d2b-9d7c-3b1f6d0c8e55"),
        ("x-amzn-RateLimit-Limit", _RATE),
    ]
    start_response("200 OK", headers)
    return [body]
