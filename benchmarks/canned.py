"""The limit: the server that the market runs on, giving one answer that it was handed when it started.

    granian --interface wsgi benchmarks.canned:answer

`CANNED_BODY` names the file with the body.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

BODY = Path(os.environ["CANNED_BODY"]).read_bytes()
HEADERS = [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))]


def answer(_environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Say the same to everybody."""
    start_response("200 OK", HEADERS)
    return [BODY]
