"""How the server's log is written: lines for people on a terminal, JSON for machines anywhere else.

The process that serves calls `configure` once; nothing else sets structlog up. Every line passes `redact`, so that a
token in a traceback is cut out even where nobody thought of it, and what a terminal would obey is shown instead. To
log never fails and never waits, whatever is logged and wherever it goes: `outlet.py`.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from functools import cache
from typing import Any, TextIO, cast

import msgspec
import structlog
from structlog.typing import Processor

from sellingpartner.server.outlet import Outlet
from sellingpartner.terminal import harmless

_SECRET = re.compile(r"(Atza|Atzr|Atc|Atz\.sprdt)(\||%7C|%257C)[^\s'\"]+|amzn1\.oa2-cs\.[^\s'\"]+", re.IGNORECASE)
_TRACEBACK = "exception"
LEVELS = ("debug", "info", "warning", "error", "critical")


def configure(level: str = "info", *, stream: TextIO | Outlet | None = None, as_json: bool | None = None) -> None:
    """Write the log from here on, to stderr or another stream; as JSON where no terminal is, or as `as_json` says."""
    if level not in LEVELS:
        message = f"{level!r} is not a log level; use one of {', '.join(LEVELS)}."
        raise ValueError(message)
    stream = stream or outlet_to(sys.stderr)
    to_people = stream.isatty() if as_json is None else not as_json
    render: Processor = (
        structlog.dev.ConsoleRenderer(colors=to_people and stream.isatty(), timestamp_key="at")
        if to_people
        else structlog.processors.JSONRenderer(serializer=_as_json)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            # Differs from the market's time on purpose: a log tells when the process did something.
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _with_traceback,
            redact,
            _Steadily(render),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(cast("TextIO", stream)),
        cache_logger_on_first_use=True,
    )


@cache
def outlet_to(stream: TextIO | None) -> Outlet:
    """The one way to a stream of this process."""
    return Outlet(stream)


def without_secrets(text: str) -> str:
    """A text with whatever looks like one of the market's tokens or secrets cut out."""
    return _SECRET.sub("(secret)", text)


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut tokens and secrets out of every text of a line, and show what a terminal would obey."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = harmless(without_secrets(value), lines=name == _TRACEBACK)
    if _TRACEBACK in event:  # what an error quotes must not look like a line of its own
        event[_TRACEBACK] = str(event[_TRACEBACK]).replace("\n", "\n    ")
    return event


def _with_traceback(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    try:
        return structlog.processors.format_exc_info(cast("Any", logger), method, event)
    except Exception as reason:  # noqa: BLE001 - an error may fail at saying what it is
        event.pop("exc_info", None)
        event[_TRACEBACK] = f"(no traceback: {type(reason).__name__})"
        return event


class _Steadily:
    """Makes a line of an event; of one that cannot be one, as much as is known to be text."""

    def __init__(self, render: Processor) -> None:
        self._render = render

    def __call__(self, logger: object, method: str, event: MutableMapping[str, Any]) -> Any:  # noqa: ANN401 - structlog's form
        said = event.get("event")  # a renderer may take it out
        try:
            return self._render(cast("Any", logger), method, event)
        except Exception as reason:  # noqa: BLE001 - what is logged must not end who logs
            known = {name: value for name, value in event.items() if isinstance(value, str | int)}
            return _as_json({**known, "event": said, "not_shown": type(reason).__name__})


def _as_json(event: MutableMapping[str, Any], **_: object) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()
