"""How the server's log is written: lines for people on a terminal, JSON for machines anywhere else.

The process that serves calls `configure` once; nothing else sets structlog up. Every line passes `redact`, so that a
token in a traceback is cut out even where nobody thought of it.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import msgspec
import structlog

_SECRET = re.compile(r"(Atza|Atzr|Atc|Atz\.sprdt)(\||%7C|%257C)[^\s'\"]+|amzn1\.oa2-cs\.[^\s'\"]+", re.IGNORECASE)
LEVELS = ("debug", "info", "warning", "error", "critical")


def configure(level: str = "info", *, stream: TextIO | None = None, as_json: bool | None = None) -> None:
    """Write the log from here on, to stderr or another stream; as JSON where no terminal is, or as `as_json` says."""
    if level not in LEVELS:
        message = f"{level!r} is not a log level; use one of {', '.join(LEVELS)}."
        raise ValueError(message)
    stream = stream or sys.stderr
    to_people = stream.isatty() if as_json is None else not as_json
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            # Differs from the market's time on purpose: a log tells when the process did something.
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.format_exc_info,
            redact,
            structlog.dev.ConsoleRenderer(colors=to_people and stream.isatty(), timestamp_key="at")
            if to_people
            else structlog.processors.JSONRenderer(serializer=_as_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )


def without_secrets(text: str) -> str:
    """A text with whatever looks like one of the market's tokens or secrets cut out."""
    return _SECRET.sub("(secret)", text)


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut tokens and secrets out of every text of a line."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = without_secrets(value)
    return event


def _as_json(event: MutableMapping[str, Any], **_: object) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()
