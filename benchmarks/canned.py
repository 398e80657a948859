"""The limit: the server that the market runs on, taking requests in as the market does, and giving one answer to all.

    granian --interface rsgi benchmarks.canned:answer

`CANNED_BODY` names the file with the body.
"""

from __future__ import annotations

import os
from pathlib import Path

from sellingpartner.server.process.reception import Exchange, Scope

BODY = Path(os.environ["CANNED_BODY"]).read_bytes()
HEADERS = [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))]


async def answer(_scope: Scope, exchange: Exchange) -> None:
    """Say the same to everybody."""
    exchange.response_bytes(200, HEADERS, BODY)
