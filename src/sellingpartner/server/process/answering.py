"""The web server: granian, one worker, and how both end."""

from __future__ import annotations

import signal
from functools import partial

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from sellingpartner.server.process.credentials import Credentials
from sellingpartner.server.process.opening import why_no_port
from sellingpartner.server.process.settings import CannotServe, Settings
from sellingpartner.server.process.worker import load

_PATIENCE_SECONDS = 15
"""How long a worker may take to finish what it is doing, when the server is to end."""


class _Granian(Granian):  # type: ignore[misc, valid-type] # which class it is depends on the interpreter
    """The web server; a terminal that is closed ends it in order, as a request to end does."""

    outlives_its_terminal = False

    def signal_handler_reload(self, *_: object, **__: object) -> None:
        """End, unless it was started to outlive its terminal. Granian would start another worker, to load new code."""
        if not self.outlives_its_terminal:
            self.signal_handler_interrupt()


def answer(settings: Settings, credentials: Credentials | None) -> None:
    """Have granian serve a market until a signal says to stop; raises `CannotServe`."""
    is_deaf = hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN  # as under nohup
    server = _Granian(
        "sellingpartner",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.RSGI,
        workers=1,
        workers_kill_timeout=_PATIENCE_SECONDS,
        log_level=LogLevels.error,
        websockets=False,
        # Differs: granian itself refuses what is no HTTP (a length that is no number, a target that is no URI) and what
        # is far too long (a target of 64 KiB, 101 headers) with the right status and an empty body. A sender that ends
        # its side of the connection before the answer came is taken for gone, and is told nothing.
        # HTTP/1 alone: where the server first has to find out which version is spoken, it waits for ever.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=round(settings.patience_seconds * 1000)),
    )
    server.outlives_its_terminal = is_deaf
    try:
        server.serve(target_loader=partial(load, settings, credentials), wrap_loader=False)
    except OSError as reason:
        raise CannotServe(why_no_port(settings.host, settings.port, reason)) from reason
